#!/usr/bin/env python3
"""tools/sweep tells what its table of known fingerprints knows, what is new, and what is new in a file."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
OBJHOUND = os.environ["OBJHOUND"]

# The row does not follow the push.
SOURCE = """
.globl {name}
.type {name}, @function
{name}:
.cfi_startproc
pushq %rdi
xorl %eax, %eax
popq %rdi
ret
.cfi_endproc
.size {name}, .-{name}
"""


class Sweep(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="objhound-sweep-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def link(self, name):
        source = self.folder / "code.s"
        source.write_text(SOURCE.format(name="f"))
        subprocess.run(["gcc-12", "-shared", "-nostdlib", "-o", self.folder / "lib" / name, source], check=True)

    def sweep(self, *options):
        return subprocess.run([ROOT / "tools/sweep", "--objhound", OBJHOUND, "--jobs", "2", *options, self.folder / "lib"],
                              capture_output=True, text=True, check=True).stdout

    def test_known_and_new(self):
        (self.folder / "lib").mkdir()
        self.link("libone.so.3")
        self.link("libtwo-4.so")
        line = re.search(r"^ +2  OH301 ([0-9a-f]{16})  cfa, .*", self.sweep(), re.MULTILINE)
        self.assertIsNotNone(line)
        table = self.folder / "known.md"

        def marks(text):
            table.write_text(text)
            return re.search(f"{line[1]}(.*?)  cfa, ", self.sweep("--known", table))[1]

        self.assertEqual(marks("nothing\n"), "  NEW")
        self.assertEqual(marks(f"| `{line[1]}` | `libone.so.2` | real |\n"), "  NEW IN libtwo.so")
        self.assertEqual(marks(f"| `{line[1]}` | `libone.so.2`, `libtwo-3.so` | real |\n"), "")


if __name__ == "__main__":
    unittest.main()
