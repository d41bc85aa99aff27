"""From RTL to the figures of a row: yosys, then OpenSTA."""
import concurrent.futures
import dataclasses
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from synthesis.blocks import ROOT, SYNTHESIS, WORK, Fault, sources

DRIVER = "BUFX2"       # drives each input pin
LOAD_FF = 20           # on each output pin, about one INVX2
TARGET_PS = 1000       # what cells are sized for; none of the larger blocks gets there
PERIOD_NS = 1000       # the clock OpenSTA measures with: longer than any path
STORAGE_LIMIT = 8192   # bits; a larger array is a black box, unless asked otherwise
AT_ONCE = 2            # blocks
MINUTES = 14           # after which rows are given up, unless asked otherwise
LATE = "not in time"


@dataclasses.dataclass(frozen=True)
class Settings:
    """What all rows share."""
    library: Path    # the liberty file
    limit: int       # bits; larger arrays are black boxes
    deadline: float  # time.monotonic() at which a row is given up


running = set()  # programs, each in a session of its own with what it started


def stop(process):
    """Ends a program and what it started."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass  # it has just ended


class Late(Exception):
    """The deadline came before the row was measured."""


def run(row, command, log, deadline):
    """Runs a program in rtl/, its output into a log; stops it and what it started at the deadline."""
    with open(log, "w") as out:
        process = subprocess.Popen(["nice", *command], cwd=ROOT / "rtl", stdout=out,
                                   stderr=subprocess.STDOUT, start_new_session=True)
        running.add(process)
        try:
            status = process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as expired:
            stop(process)
            process.wait()
            raise Late from expired
        finally:
            running.discard(process)
    if status < 0:
        raise Fault(f"{command[0]} on {row} is ended by signal {-status}", 1)
    if status != 0:
        raise Fault(f"{command[0]} fails on {row}: see {log.relative_to(ROOT)}", 1)


def synthesise(row, module, parameters, settings):
    """RTL to build/area/ROW.v, ROW.storage (arrays that are black boxes), ROW.stat. Flops are named
    after their registers; the pins of a black box become pins of the top, so that paths end and
    begin there."""
    work = WORK / row
    overrides = "".join(f"chparam -set {p.replace('=', ' ')} {module}\n" for p in parameters)
    work.with_suffix(".constr").write_text(f"set_driving_cell {DRIVER}\nset_load {LOAD_FF}\n")
    work.with_suffix(".ys").write_text(f"""
read_verilog -sv -noassert -noassume -defer {' '.join(sources())}
{overrides}hierarchy -check -top {module}
proc
flatten
rename -top {module}
opt_expr
opt_clean
opt -noff -fast
opt_dff
wreduce
peepopt
opt_clean
alumacc
memory -nomap -nordff
opt_clean
techmap -map {SYNTHESIS}/storage.v -D STORAGE_LIMIT={settings.limit}
tee -q -o {work}.storage dump t:storage
delete t:storage
opt_clean
expose -input w:*.array_read
expose w:*.array_written
opt -fast -full
memory_map
opt -fast
techmap
opt -fast
rename -wire -suffix _reg t:$_*DFF*
dfflibmap -liberty {settings.library}
abc -liberty {settings.library} -constr {work}.constr -D {TARGET_PS}
opt_clean -purge
tee -q -o {work}.stat stat -liberty {settings.library}
write_verilog -noattr -noexpr -simple-lhs {work}.v
""")
    run(row, ["yosys", "-q", "-l", f"{work}.log", "-s", f"{work}.ys"], WORK / f"{row}.out",
        settings.deadline)


def pin_name(name):
    """A pin or flop as the RTL calls it; of a black box no bit, for its ports are not the RTL's."""
    name = name.replace("\\", "")
    boxed = re.match(r"(.*)\.array_(read|written)\b", name)
    return f"{boxed[1]} (array)" if boxed else re.sub(r"_reg$", "", name)


def longest_path(row, module, settings):
    """(ns, from, to) of the longest path, or None where no pin depends on another."""
    work = WORK / row
    values = {"liberty": settings.library, "netlist": f"{work}.v", "top": module, "driver": DRIVER,
              "load_pf": LOAD_FF / 1000, "period": PERIOD_NS}
    assignments = "".join(f"set {name} {value}\n" for name, value in values.items())
    Path(f"{work}.tcl").write_text(f"{assignments}source {SYNTHESIS}/timing.tcl\n")
    log = WORK / f"{row}.timing"
    run(row, ["sta", "-no_splash", "-exit", f"{work}.tcl"], log, settings.deadline)
    report = log.read_text()
    wrong = re.search(r"^(Error|Warning).*", report, re.M)  # sta goes on, with half a netlist
    if wrong:
        raise Fault(f"sta, {row}: {wrong[0]}; see {log.relative_to(ROOT)}", 1)
    ends = [re.search(rf"^{end}point: (\S+)", report, re.M) for end in ("Start", "End")]
    slack = re.search(r"^\s*(\S+)\s+slack", report, re.M)
    if not (slack and all(ends)):
        if "No paths found" in report:
            return None
        raise Fault(f"sta reports no path of {row}: see {log.relative_to(ROOT)}", 1)
    return PERIOD_NS - float(slack[1]), *(pin_name(end[1]) for end in ends)


def late(row):
    """The table's cells of a row that was not measured in time."""
    return [row, *["-"] * 5, LATE, LATE]


def measure(row, module, parameters, settings):
    """The table's cells of a row."""
    began = time.monotonic()
    try:
        synthesise(row, module, parameters, settings)
        path = longest_path(row, module, settings)
    except Late:
        return late(row)
    stat = (WORK / f"{row}.stat").read_text()
    storage = (WORK / f"{row}.storage").read_text()
    cells = re.search(r"Number of cells:\s+(\d+)", stat)
    area = re.search(r"Chip area.*: ([\d.]+)", stat)
    flops = sum(int(count) for count in re.findall(r"^\s+DFF\w+\s+(\d+)$", stat, re.M))
    bits = sum(int(size) * int(width) for width, size in re.findall(
        r"parameter \\WIDTH (\d+)\s+parameter \\SIZE (\d+)", storage))
    print(f"scripts/area: {row} took {time.monotonic() - began:.0f} s", file=sys.stderr)
    timing = [f"{path[0]:.2f}", *path[1:]] if path else ["-", "-", "-"]
    return [row, f"{int(cells[1]):,}", f"{flops:,}", f"{float(area[1]) if area else 0:,.0f}",
            f"{bits:,}" if bits else "-", *timing]


def measure_all(names, known, settings):
    """Rows in the order asked; the last of rtl/rtl.f start first, for they hold the others."""
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        submitted = {name: pool.submit(measure, name, *known[name], settings)
                     for name in reversed(names)}
        try:
            for done in concurrent.futures.as_completed(submitted.values()):
                done.result()
        except BaseException:  # Ctrl-C too
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list(running):
                stop(process)
            raise
    return [submitted[name].result() for name in names]
