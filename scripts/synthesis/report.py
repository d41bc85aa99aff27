"""The table of scripts/area, and where it goes."""
import os
import re
import subprocess

from synthesis.blocks import Fault
from synthesis.flow import DRIVER, LOAD_FF

BEGIN, END = "<!-- scripts/area: begin -->", "<!-- scripts/area: end -->"


def table(measured):
    """A Markdown table whose columns also line up as plain text."""
    lines = [["block", "cells", "flops", "area µm²", "array bits", "path ns", "from", "to"],
             *measured]
    widths = [max(map(len, column)) for column in zip(*lines)]
    right = range(1, 6)
    text = ["| " + " | ".join(cell.rjust(width) if i in right else cell.ljust(width)
                              for i, (cell, width) in enumerate(zip(line, widths))) + " |"
            for line in lines]
    rule = "|" + "|".join("-" * (width + 1) + (":" if i in right else "-")
                          for i, width in enumerate(widths)) + "|"
    return "\n".join([text[0], rule, *text[1:]])


def version(*command):
    """What a program calls itself, without the commit in brackets."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return said.split("(")[0].strip()


def provenance(names, known, settings):
    """What the table was made with, from the library itself and the constants above."""
    text = settings.library.read_text()
    condition = [re.search(rf"nom_{key} : ([\d.]+)", text)[1]
                 for key in ("process", "voltage", "temperature")]
    sizes = [f"`{name}` is `{known[name][0]}` with {' '.join(known[name][1])}."
             for name in names if known[name][1]]
    return "\n".join([
        f"{version('yosys', '-V')}, OpenSTA {version('sta', '-version')}; library "
        f"{re.search(r'library *[(](.*?)[)]', text)[1]}, process {condition[0]}, "
        f"{condition[1]} V, {condition[2]} °C, no wire load;",
        f"pins driven by {DRIVER} and loaded with {LOAD_FF} fF; arrays of more than "
        f"{settings.limit:,} bits are black boxes.", *sizes])


def write(path, result):
    """Puts the result between the marks of a file that has them, or makes it the whole file."""
    text = path.read_text() if path.exists() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and not end:
        raise Fault(f"{path} has '{BEGIN}' and no '{END}'")
    if begin:
        result = f"{before}{BEGIN}\n{result}\n{END}{after}"
    else:
        result += "\n"
    beside = path.with_name(path.name + ".part")
    beside.write_text(result)
    os.replace(beside, path)
