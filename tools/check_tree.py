#!/usr/bin/env python3
"""The rules that a compiler does not enforce: who may include whom, where an architecture may be named, and what
must not be in a committed file. Prints one line per breach, `file:line: rule: what`; exit status 1 if there is any.

    tools/check_tree.py [ROOT]

The rules are data at the top; tests/check_tree_test.py plants a breach of each and expects it to be found.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Folder -> the folders that its files may include. oracle and generator are leaves, results stores plain records.
FOLDER_INCLUDES = {
    "generator": {"generator"},
    "oracle": {"oracle"},
    "results": {"results"},
    "harness": {"harness", "oracle", "generator", "results"},
    "triage": {"triage", "harness", "oracle", "generator", "results"},
    "tests": {"tests", "harness", "oracle", "generator", "results", "triage"},
}

# Inside oracle the data goes one way. The facts every stage shares are "base"; "report" is the plain records of what
# was found; "front" is what else stands directly in oracle/ and composes the stages. cfi reads elf and never frame:
# declared rows must not know the computed ones.
ORACLE_FILES = {"oracle/error.h": "base", "oracle/arch.h": "base", "oracle/report.h": "report",
                "oracle/features.h": "report"}
ORACLE_INCLUDES = {
    "base": {"base"},
    "decode": {"base", "decode"},
    "elf": {"base", "elf"},
    "cfi": {"base", "elf", "cfi"},
    "rules": {"base", "elf", "rules"},
    "cfg": {"base", "elf", "decode", "cfg"},
    "frame": {"base", "elf", "decode", "cfg", "frame"},
    "report": {"base", "rules", "cfg", "report"},
    "checks": {"base", "rules", "elf", "decode", "cfg", "frame", "cfi", "report", "checks"},
    "witness": {"base", "rules", "elf", "decode", "cfg", "frame", "cfi", "report", "checks", "witness"},
    "features": {"base", "rules", "elf", "decode", "cfg", "frame", "cfi", "report", "checks", "features"},
    "front": {"base", "rules", "elf", "decode", "cfg", "frame", "cfi", "report", "checks", "witness", "features", "front"},
}

LLVM_FOLDERS = ("oracle/decode/", "oracle/elf/", "oracle/cfi/")

# In the oracle, what names a register, a relocation or an architecture belongs to that architecture's file. The table
# of rules and the document that is printed from it cite the ABI documents by their titles.
ARCH_FILES = re.compile(r"oracle/(decode|witness)/arch-[^/]+\.(cc|h)$|^oracle/rules/(rules|markdown)\.cc$")
ARCH_NAMES = re.compile(
    r"\b([re](ax|bx|cx|dx|si|di|bp|sp|ip)|r(8|9|1[0-5])[dwb]?|[xw](1[6-9]|2\d|30)|[xw]zr"
    r"|x86|x86[-_]64|X86|X86_64|amd64|aarch64|AArch64|AARCH64|arm64|ARM64"
    r"|EM_(X86_64|AARCH64|386|ARM)|R_(X86_64|AARCH64)_\w+|endbr64|int3|bti|paciasp|autiasp)\b")

# Built from pieces, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile(r"(?<![\w.$}/-])/(" + "|".join(["wo" "rk", "ho" "me", "ro" "ot", "Us" "ers"]) + r")/")
REGISTRY_HOSTS = re.compile(
    r"\b(" + "|".join(name + r"\." + top for name, top in [
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "(org|com)"), ("crates", "io"), ("proxy.golang", "org"),
        ("rubygems", "org"), ("docker", "(io|com)"), ("ghcr", "io"), ("quay", "io"), ("deb.debian", "org"),
        ("security.debian", "org"), ("archive.ubuntu", "com"), ("repo.maven.apache", "org"), ("apt.llvm", "org"),
    ]) + r")\b")

MAX_BYTES = 100_000  # a committed file above this is generated output
CHAPTER_LINES = 400  # a smell, not a gate

SOURCE = re.compile(r"\.(cc|h)$")
STRING = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.DOTALL)
BESIDE = re.compile(r"_(test|bench|fuzz)\.cc$")  # stands beside the code and is no part of it
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


@dataclass(frozen=True)
class Breach:
    file: str
    line: int
    rule: str
    what: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.rule}: {self.what}"


def includes(text):
    """(line number, is a system include, path) of every #include."""
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1] == "<", match[2]


def without_comments(text):
    """The text with comments blanked out; line numbers stay as they are, string literals stay in."""
    token = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/', re.DOTALL)

    def blank(match):
        text = match[0]
        return "\n" * text.count("\n") if text.startswith("/") else text

    return token.sub(blank, text)


def oracle_stage(file):
    parts = file.split("/")
    return parts[1] if len(parts) > 2 else ORACLE_FILES.get(file, "front")


def check_folder_includes(file, text):
    folder = file.split("/")[0]
    allowed = FOLDER_INCLUDES.get(folder)
    if allowed is None or not SOURCE.search(file):
        return
    for number, system, path in includes(text):
        other = path.split("/")[0]
        if not system and other in FOLDER_INCLUDES and other not in allowed:
            yield Breach(file, number, "folder-include", f"{folder}/ must not include {path}")


def check_oracle_direction(file, text):
    if not file.startswith("oracle/") or not SOURCE.search(file):
        return
    stage = oracle_stage(file)
    allowed = ORACLE_INCLUDES.get(stage)
    if allowed is None:
        yield Breach(file, 1, "oracle-direction", f"oracle/{stage}/ is not in the table of stages")
        return
    if BESIDE.search(file):  # may use any stage to make its input
        return
    for number, system, path in includes(text):
        if not system and path.startswith("oracle/") and oracle_stage(path) not in allowed:
            yield Breach(file, number, "oracle-direction", f"oracle stage {stage} must not include {path}")


def check_llvm_quarantine(file, text):
    if not SOURCE.search(file) or file.startswith(LLVM_FOLDERS):
        return
    breaches = [number for number, _, path in includes(text) if re.match(r"(llvm|clang|lld)(-c)?/", path)]
    code = STRING.sub(lambda match: "\n" * match[0].count("\n"), without_comments(text))
    breaches += [number for number, line in enumerate(code.splitlines(), 1) if re.search(r"\bllvm::", line)]
    for number in breaches:
        yield Breach(file, number, "llvm-quarantine", "LLVM is spoken only in " + ", ".join(LLVM_FOLDERS))


def check_arch_names(file, text):
    if not file.startswith("oracle/") or not SOURCE.search(file) or ARCH_FILES.search(file) or BESIDE.search(file):
        return
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if INCLUDE.match(line):
            continue
        match = ARCH_NAMES.search(line)
        if match:
            yield Breach(file, number, "arch-name", f"'{match[0]}' belongs in oracle/*/arch-*.cc")


def check_no_machine(file, text):
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATHS.search(line):
            yield Breach(file, number, "machine-path", f"absolute path of one machine: {line.strip()[:80]}")
        if REGISTRY_HOSTS.search(line):
            yield Breach(file, number, "registry-host", f"name of a package registry's host: {line.strip()[:80]}")


def check_size(file, text):
    if len(text) > MAX_BYTES:
        yield Breach(file, 1, "generated-output", f"{len(text)} bytes; files above {MAX_BYTES} are not committed")


CHECKS = [check_folder_includes, check_oracle_direction, check_llvm_quarantine, check_arch_names, check_no_machine,
          check_size]


def check_text(file, text):
    """All breaches of one file; `file` is its path from the root, with '/'."""
    return [breach for check in CHECKS for breach in check(file, text)]


def smells(file, text):
    lines = text.count("\n")
    if SOURCE.search(file) and lines > CHAPTER_LINES:
        yield f"{file}: {lines} lines; a file is a chapter of at most about {CHAPTER_LINES}"


def tracked_files(root):
    """Committed files and those about to be; everything below root where there is no git."""
    listing = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
                             capture_output=True, text=True)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.split("\0") if name]
    else:
        below = (path.relative_to(root) for path in root.rglob("*"))
        names = [str(path) for path in below if not path.parts[0].startswith(("build", "out"))]
    return sorted(name for name in names if (root / name).is_file() and not (root / name).is_symlink())


def main(arguments):
    root = Path(arguments[0] if arguments else Path(__file__).parent.parent).resolve()
    breaches, warnings, files = [], [], 0
    for name in tracked_files(root):
        text = (root / name).read_bytes().decode("utf-8", errors="replace")
        files += 1
        breaches += check_text(name, text)
        warnings += smells(name, text)
    for warning in warnings:
        print(f"warning: {warning}")
    for breach in breaches:
        print(breach)
    print(f"check_tree: {files} files, {len(breaches)} breaches")
    if files == 0:
        print("check_tree: nothing to check below", root)
        return 1
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
