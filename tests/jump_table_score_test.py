#!/usr/bin/env python3
"""tools/jump-table-score measures what it says: on programs of the generator "shapes" the score is full, and a checker
that leaves out a target of each table, or makes one up, is found out."""

import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
OBJHOUND = os.environ["OBJHOUND"]
COMPILERS = ["gcc-12", "clang-19", "aarch64-linux-gnu-gcc-12", "clang-19 --target=aarch64-linux-gnu"]

LIAR = """#!/usr/bin/env python3
import json, subprocess, sys
done = subprocess.run([{objhound!r}] + sys.argv[1:], capture_output=True, text=True)
if sys.argv[1] != "check":
    sys.exit(done.returncode)
report = json.loads(done.stdout)
for table in report["files"][0]["jump_tables"]:
    table["targets"] = {lie}
print(json.dumps(report))
"""


class JumpTableScore(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.scratch = pathlib.Path(self.directory.name)

    def tearDown(self):
        self.directory.cleanup()

    def score(self, objhound, compilers):
        argv = [sys.executable, str(ROOT / "tools" / "jump-table-score"), "--objhound", str(objhound), "--level=-O2",
                "--programs", str(self.scratch), "--shapes", "1..1", "--failures"]
        for compiler in compilers:
            argv += ["--compiler", compiler]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=300)
        total = re.search(r"^all +all +(\d+) +([\d.]+)% +(\d+) +([\d.]+)%$", done.stdout, re.M)
        self.assertIsNotNone(total, done.stdout + done.stderr)
        return done.returncode, int(total[1]), float(total[2]), float(total[4]), done.stdout

    def liar(self, lie):
        path = self.scratch / "liar"
        path.write_text(LIAR.format(objhound=OBJHOUND, lie=lie))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def test_every_table_of_every_compiler_is_found(self):
        status, tables, recall, precision, text = self.score(OBJHOUND, COMPILERS)
        self.assertGreater(tables, 4 * len(COMPILERS), text)
        self.assertEqual((status, recall, precision), (0, 100.0, 100.0), text)

    def test_a_target_that_is_left_out_costs_recall(self):
        status, _, recall, precision, text = self.score(self.liar('table["targets"][:-1]'), COMPILERS[:1])
        self.assertEqual((status, precision), (1, 100.0), text)
        self.assertLess(recall, 50, text)

    def test_a_target_that_is_made_up_costs_precision(self):
        status, _, recall, precision, text = self.score(self.liar('table["targets"] + [1]'), COMPILERS[:1])
        self.assertEqual((status, recall, precision), (1, 100.0, 0.0), text)


if __name__ == "__main__":
    unittest.main()
