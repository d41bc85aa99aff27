"""What the documents show of tessera is what it prints.

    documented_commands.py TESSERA [--all] [--write] [DOCUMENT...]

Runs the commands of the documents' console blocks (documents.py says what these are) and compares
what they print with what stands there. Slow ones are left out unless --all, or
TESSERA_DOCUMENTED=all in the environment. --write puts what is printed into the documents; where
lines are left out it changes figures only. Without DOCUMENT the documents' pictures are looked at
too (pictures.py).
"""

import argparse
import os
import pathlib
import sys
import time

import documents
import pictures

OTHERWISE = "it prints otherwise:"
FLOOR = 26  # commands; of all documents, without the slow ones
PICTURES_FLOOR = 8


def changed(output):
    """`output` with one digit changed, for each of its first and last digits; may be empty."""
    places = [(i, k) for i, line in enumerate(output) for k, c in enumerate(line) if c.isdigit()]
    for i, k in places[:1] + places[-1:]:
        line = output[i]
        other = line[:k] + str((int(line[k]) + 1) % 10) + line[k + 1:]
        yield output[:i] + [other] + output[i + 1:]


def complaint(command, folder):
    """What is wrong with a command, and what it printed."""
    code, printed, errors = folder.run(command)
    if code != 0:
        return f"exit code {code}\n{printed}{errors}", printed
    if not documents.agrees(command.output, printed):
        return f"{OTHERWISE}\n{printed}", printed
    if any(documents.agrees(other, printed) for other in changed(command.output)):
        return "a digit could be another one, and this test would not see it", printed
    return "", printed


def written(document, outputs):
    """Replaces what stands behind the commands of a document by what they printed."""
    lines = document.read_text(encoding="utf-8").split("\n")
    for command, printed in reversed(outputs):
        shown = documents.shown(printed, command.output)
        if shown is None:
            print(f"{command.where}: its lines are others now: by hand", file=sys.stderr)
        else:
            lines[command.line:command.line + len(command.output)] = shown
    document.write_text("\n".join(lines), encoding="utf-8")


def check(document, options):
    """Runs the commands of one document; how many, and how many are wrong."""
    commands = [one for one in documents.commands_of(document) if options.all or not one.slow]
    wrong, outputs = 0, []
    with documents.Folder(options.tessera) as folder:
        for command in commands:
            started = time.monotonic()
            what, printed = complaint(command, folder)
            if not what or what.startswith(OTHERWISE):
                outputs.append((command, printed))
            print(f"{command.where}: {time.monotonic() - started:.1f} s: {command.text}")
            if what and not (options.write and what.startswith(OTHERWISE)):
                print(f"{command.where}: {what}", file=sys.stderr)
                wrong += 1
    if options.write:
        written(document, outputs)
    return len(commands), wrong


def check_pictures():
    wrong, count = pictures.complaints()
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{count} pictures, {len(wrong)} complaints")
    if wrong or count < PICTURES_FLOOR:
        sys.exit(f"the documents should have {PICTURES_FLOOR} pictures, all of them right")


def check_the_comparison():
    """A comparison that finds nothing would make all of this worthless."""
    printed = "a 1\n\nb  22 s\nc 3\n"
    for output, agrees in (
            (["a 1", "", "b  22 s", "c 3"], True), (["a 1", "…", "c 3"], True),
            (["a 1", "", "b  … s", "c 3"], True), (["…", "c 3"], True),
            (["a 1", "", "b  22 s"], False), (["a 1", "b  22 s", "c 3"], False),
            (["a 1", "", "b 22 s", "c 3"], False), (["…", "c 4"], False), ([], False),
            (["a 1", "", "b  … s", "c 3", "d"], False), (["…", "a 1"], False)):
        if documents.agrees(output, printed) != agrees:
            sys.exit(f"{output} {'does not agree' if agrees else 'agrees'} with {printed!r}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tessera")
    parser.add_argument("documents", nargs="*", type=pathlib.Path)
    parser.add_argument("--all", action="store_true",
                        default=os.environ.get("TESSERA_DOCUMENTED") == "all")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_intermixed_args()
    check_the_comparison()
    chosen = [one.resolve() for one in options.documents]
    counts = [check(one, options) for one in chosen or documents.documents()]
    run, wrong = (sum(column) for column in zip(*counts, strict=True))
    print(f"{run} commands, {wrong} of them told wrongly")
    if not chosen:
        check_pictures()
        if run < FLOOR:
            sys.exit(f"{run} commands are fewer than the {FLOOR} that the documents should have")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
