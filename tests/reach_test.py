#!/usr/bin/env python3
"""tools/reach.sh runs a campaign for each generator, and tells what each has reached."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
OBJHOUND = os.environ["OBJHOUND"]

CONFIG = """
[flag-sets]
default = []

[[compiler]]
name = "gcc-12"
path = "gcc-12"
arch = "x86-64"
levels = ["-O1"]
flag-sets = ["default"]
"""


class Reach(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="objhound-reach-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        (self.folder / "config.toml").write_text(CONFIG)

    def reach(self, *options):
        return subprocess.run([ROOT / "tools/reach.sh", "--objhound", OBJHOUND, "--config", "config.toml", "--jobs", "1",
                               "--out", "out", *options], cwd=self.folder, capture_output=True, text=True)

    def test_table_and_curves(self):
        result = self.reach("--cpu-time", "1s", "--curves", "shapes", "weave")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"^ +shapes +weave +together")
        row = re.search(r"^distinct features +([\d,]+) +([\d,]+) +([\d,]+)$", result.stdout, re.MULTILINE)
        shapes, weave, together = (int(number.replace(",", "")) for number in row.groups())
        self.assertGreater(min(shapes, weave), 100)
        self.assertGreater(together, max(shapes, weave))
        self.assertLessEqual(together, shapes + weave)
        curve = re.search(r"^weave: .* ([\d,]+) after \d+$", result.stdout, re.MULTILINE)
        self.assertEqual(int(curve[1].replace(",", "")), weave)

    def test_what_is_wrong(self):
        self.assertEqual(self.reach("--cpu", "1s").returncode, 2)
        failed = self.reach("--cpu-time", "1s", "no-such-generator")
        self.assertEqual(failed.returncode, 3)
        self.assertIn("unknown generator 'no-such-generator'", failed.stderr)


if __name__ == "__main__":
    unittest.main()
