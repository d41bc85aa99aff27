"""scripts/area against counts made without yosys: flops by hand from the registers of the RTL, area
from the netlist and the liberty file. And its errors."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LIBERTY = "usr/share/qflow/tech/osu018/osu018_stdcells.lib"
SKIPPED = 77
checks = 0

# Of the modules' defaults. lru: 16 sets of 4 ages of 2 bits, and `touched` a set; nv_counter: one
# counter of 4 ways; l2_arbiter: a timer of up to 1; pte_kind: combinational.
FLOPS_BY_HAND = {"lru": 16 * (4 * 2 + 1), "nv_counter": 2, "l2_arbiter": 1, "pte_kind": 0}


# A page in the arrays: its tag, its page and the rest of its MAS registers (rtl/mmu_pkg.sv).
PAGE_BITS = 52 + 36 + 71
# TLB0 has V and "written" of 512 entries in flops, the rest in arrays; TLB1 all of 64, and IPROT.
DOCUMENT_BY_HAND = (("tlb0", "flops", 512 * 2), ("tlb0", "array bits", 512 * PAGE_BITS),
                    ("tlb1", "flops", 64 * (PAGE_BITS + 3)))


def area(*arguments):
    return subprocess.run([ROOT / "scripts/area", *arguments], capture_output=True, text=True,
                          check=False)


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"area_test: {what}")


def rows(text):
    """Block -> column -> text, of a Markdown table."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")]
             for line in text.splitlines() if line.startswith("|")]
    return {line[0]: dict(zip(lines[0], line)) for line in lines[2:]}


def number(text):
    return 0 if text == "-" else float(text.replace(",", ""))


def cell_areas():
    """Cell -> µm², of the liberty file that is installed, or else unpacked."""
    path = next(root / LIBERTY for root in (Path("/"), ROOT / "build/area/library")
                if (root / LIBERTY).exists())
    return {cell: float(size) for cell, size in re.findall(
        r"^cell \((\w+)\) \{.*?^\s*area : ([\d.]+);", path.read_text(), re.M | re.S)}


def check_figures(measured):
    sizes = cell_areas()
    for block, flops in FLOPS_BY_HAND.items():
        row = measured[block]
        check(number(row["flops"]) == flops, f"{block} has {row['flops']} flops, by hand {flops}")
        netlist = (ROOT / f"build/area/{block}.v").read_text()
        instances = re.findall(r"^  (\w+) \S+ +\($", netlist, re.M)
        cells = [cell for cell in instances if cell in sizes]
        in_netlist = len(cells)
        check(number(row["cells"]) == in_netlist > 0, f"{block}: its netlist has {in_netlist} cells")
        check(number(row["area µm²"]) == sum(sizes[cell] for cell in cells),
              f"{block}: area is not that of its cells")
        # an inverter takes some 0.05 ns, and nothing as small as these takes 5 ns
        check(0.05 < number(row["path ns"]) < 5, f"{block}: path of {row['path ns']} ns")
        check(row["array bits"] == "-", f"{block} has no array of more than 8,192 bits")
    check(re.fullmatch(r"(touched|ages)_q\[.*", measured["lru"]["to"]), "lru's path ends elsewhere")
    check(re.fullmatch(r"pte_i\[\d+\]", measured["pte_kind"]["from"]), "pte_kind begins elsewhere")


def check_black_box():
    """With a limit of 100 bits lru's 128 bits of ages are a black box, where its path may end."""
    result = area("lru", "--storage-limit", "100")
    row = rows(result.stdout)["lru"]
    check((row["array bits"], row["flops"]) == ("128", "16"), f"black box: {row}")


def check_document():
    """docs/area.md has a row for each module, and of the TLBs what one can count."""
    text = (ROOT / "docs/area.md").read_text()
    document = rows(text)
    modules = [Path(line).stem for line in (ROOT / "rtl/rtl.f").read_text().split()
               if line.endswith(".sv") and not line.endswith("_pkg.sv")]
    check(set(modules) <= set(document), f"docs/area.md lacks {set(modules) - set(document)}")
    for block, column, by_hand in DOCUMENT_BY_HAND:
        check(number(document[block][column]) == by_hand,
              f"docs/area.md: {block} has {document[block][column]} {column}, by hand {by_hand}")


def check_output(folder):
    """A file with marks keeps what is around them; one without is the result alone."""
    marked, plain = folder / "marked.md", folder / "plain.md"
    begin, end = ("<!-- scripts/area: %s -->\n" % mark for mark in ("begin", "end"))
    marked.write_text(f"above\n{begin}old\n{end}below\n")
    check(area("lru", "nv_counter", "--out", marked).returncode == 0, "--out marked.md fails")
    text = marked.read_text()
    kept = text.startswith("above\n") and text.endswith("\nbelow\n")
    check(kept, "text around the marks is lost")
    check("old" not in text and list(rows(text)) == ["lru", "nv_counter"], "the table is not there")
    check(area("nv_counter", "--out", plain).returncode == 0, "--out plain.md fails")
    check(list(rows(plain.read_text())) == ["nv_counter"], "the table is not there")
    check(sorted(folder.iterdir()) == [marked, plain], "a file is left beside")


def check_errors(folder):
    for arguments, words in ((["lruu"], "did you mean lru?"), (["lru", "tlb2"], "did you mean tlb"),
                             (["lru", "--out", folder / "none/area.md"], "is no folder")):
        result = area(*arguments)
        check(result.returncode == 2 and not result.stdout, f"{arguments}: not refused")
        check(result.stderr.count("\n") == 1 and words in result.stderr,
              f"{arguments}: says {result.stderr}")
    check(not any(folder.iterdir()), "a refused call wrote something")


def check_deadline(folder):
    """What is not measured in time is said so, and no file is written."""
    result = area("lru", "--minutes", "0", "--out", folder / "late.md")
    check(result.returncode == 1 and "lru not measured in 0 minutes" in result.stderr,
          f"deadline: says {result.stderr}")
    check(rows(result.stdout)["lru"]["from"] == "not in time", "a late row has figures")
    check(not any(folder.iterdir()), "a late table is written")


first = area(*FLOPS_BY_HAND)
if first.returncode == 2 and first.stderr.startswith("scripts/area: needs "):
    print(f"area_test: skipped: {first.stderr.strip()}")
    sys.exit(SKIPPED)
check(first.returncode == 0, first.stderr)
check_figures(rows(first.stdout))
check_black_box()
check_document()
for part in (check_errors, check_deadline, check_output):
    with tempfile.TemporaryDirectory() as name:
        part(Path(name))
check(checks >= 38, f"only {checks} checks")
print(f"area_test: {checks} checks")
