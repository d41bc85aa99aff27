"""What scripts/area measures, and what it needs: rows, the library, the programs."""
import difflib
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SYNTHESIS = ROOT / "scripts/synthesis"
WORK = ROOT / "build/area"

LIBRARY_PACKAGE = "qflow-tech-osu018"
LIBERTY = "usr/share/qflow/tech/osu018/osu018_stdcells.lib"


class Fault(Exception):
    """What the user has to know, in one line, and the exit status."""

    def __init__(self, message, status=2):
        super().__init__(message)
        self.status = status


def sources():
    """The files of rtl/rtl.f, in its order."""
    lines = (ROOT / "rtl/rtl.f").read_text().splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("//")]


def rows():
    """Row name -> (module, parameters): each module in its defaults, then sizes.txt."""
    found = {}
    for source in sources():
        for module in re.findall(r"^module\s+(\w+)", (ROOT / "rtl" / source).read_text(), re.M):
            found[module] = (module, [])
    for line in (SYNTHESIS / "sizes.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            row, module, *parameters = line.split()
            found[row] = (module, parameters)
    return found


def chosen(names, known):
    """The rows asked for, all if none; an unknown name is a Fault."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0)
            raise Fault(f"no block '{name}' in rtl/rtl.f or scripts/synthesis/sizes.txt; "
                        f"did you mean {near[0]}?")
    return list(dict.fromkeys(names)) or list(known)


def liberty():
    """The liberty file: installed, or unpacked from Debian's package alone, for what that depends
    on is a place-and-route suite with its windows."""
    for root in (Path("/"), WORK / "library"):
        if (root / LIBERTY).exists():
            return root / LIBERTY
    scratch = WORK / "library.part"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    fetch = subprocess.run(["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download",
                            LIBRARY_PACKAGE], cwd=scratch, capture_output=True, check=False)
    packages = list(scratch.glob("*.deb"))
    if fetch.returncode != 0 or not packages:
        raise Fault(f"needs {LIBERTY} of Debian's {LIBRARY_PACKAGE}, which apt-get download "
                    "does not get; run apt-get update first, or install that package")
    subprocess.run(["dpkg", "-x", packages[0].name, "."], cwd=scratch, check=True)
    scratch.rename(WORK / "library")
    return WORK / "library" / LIBERTY


def tools():
    """Faults if a program is missing."""
    for program, package in (("yosys", "yosys"), ("sta", "opensta")):
        if not shutil.which(program):
            raise Fault(f"needs {program}; scripts/setup installs Debian's {package}")
