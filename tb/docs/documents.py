"""The console blocks of the documents: their commands, what these printed, and running them again.

A block is fenced as `console`. A line `$ COMMAND` is run by bash, in the top folder and with
tessera in its path; what follows up to the next one is all that it prints on its standard output.
There `…` stands for anything within a line, and a line of it alone for any number of lines.
`<!-- slow -->` in the line before a block says that its commands take seconds. Commands of one
document find the files of those before them.
"""

import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FENCE = "```console"
SLOW = "<!-- slow -->"
ANYTHING = "…"

# What a run prints of the machine that it ran on.
SECONDS = re.compile(r"(simulated in )[\d.]+( s \()[\d,]+( accesses/s\))")


@dataclasses.dataclass
class Command:
    """One command of a document; `output` are lines first, up to but not including `end`."""
    document: pathlib.Path
    line: int  # of the `$`, from 1
    text: str
    output: list
    slow: bool

    @property
    def where(self):
        return f"{self.document.relative_to(ROOT)}:{self.line}"


def documents():
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands_of(document):
    """The commands of a document, in order."""
    found = []
    lines = document.read_text(encoding="utf-8").split("\n")
    inside = slow = False
    for number, line in enumerate(lines, 1):
        if not inside:
            inside = line == FENCE
            slow = inside and lines[number - 2] == SLOW
        elif line == "```":
            inside = False
        elif line.startswith("$ "):
            found.append(Command(document, number, line[2:], [], slow))
        elif found and found[-1].document == document:
            found[-1].output.append(line)
        else:
            raise ValueError(f"{document}:{number}: output before any command")
    return found


def pattern_of(output):
    """What a command that prints `output` may print, as a regular expression."""
    text = ""
    for line in output:
        if line.strip() == ANYTHING:
            text += r"(?:[^\n]*\n)*?"
        else:
            text += r"[^\n]*".join(map(re.escape, line.rstrip().split(ANYTHING))) + r"\n"
    return re.compile(text)


def agrees(output, printed):
    """Whether a command that printed `printed` is told truly by `output`; blanks at ends of lines
    apart."""
    stripped = "".join(line.rstrip() + "\n" for line in printed.splitlines())
    return pattern_of(output).fullmatch(stripped) is not None


def shown(printed, output):
    """The lines to show of what was printed, those left out that `output` leaves out; None if the
    lines are others in more than figures."""
    lines = [SECONDS.sub(r"\1…\2…\3", line.rstrip()) for line in printed.splitlines()]
    if not any(line.strip() == ANYTHING for line in output):
        return lines
    text = ""
    for line in output:
        if line.strip() == ANYTHING:
            text += r"(?:[^\n]*\n)*?"
        else:
            relaxed = re.sub(r"(?:\\?[ -])+", "[ -]+", re.escape(line))
            text += "(" + re.sub(r"[\d,]*\\?\.?\d+", r"[\\d.,]+", relaxed) + r")\n"
    found = re.fullmatch(text, "".join(line + "\n" for line in lines))
    if found is None:
        return None
    figures = iter(found.groups())
    return [line if line.strip() == ANYTHING else next(figures) for line in output]


class Folder:
    """A scratch folder that looks like the top folder. Used as a context manager."""

    def __init__(self, tessera):
        self._tessera = pathlib.Path(tessera).resolve()
        self.path = None

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="tessera-documents-"))
        for entry in ROOT.iterdir():
            if entry.name != "build" and not entry.name.startswith("."):
                (self.path / entry.name).symlink_to(entry)
        programs = self.path / "build/release"
        programs.mkdir(parents=True)
        (programs / "tessera").symlink_to(self._tessera)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def run(self, command):
        """Exit code, standard output and standard error."""
        environment = dict(os.environ, LC_ALL="C.UTF-8",
                           PATH=f"{self.path}/build/release:{os.environ['PATH']}")
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command.text], cwd=self.path,
                              env=environment, capture_output=True, text=True, timeout=600,
                              stdin=subprocess.DEVNULL, check=False)
        return done.returncode, done.stdout, done.stderr
