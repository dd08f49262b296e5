#!/usr/bin/env python3
"""Plants a breach of every rule of tools/check_tree.py and expects it to be found, and expects silence beside it."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))
import check_tree  # noqa: E402

# rule, file, its text, the line of the breach
BREACHES = [
    ("folder-include", "oracle/cfg/cfg.cc", '\n#include "results/store.h"\n', 2),
    ("folder-include", "oracle/oracle.cc", '#include "harness/process.h"\n', 1),
    ("folder-include", "generator/csmith.cc", '  #  include "harness/process.h"\n', 1),
    ("folder-include", "generator/csmith.cc", '#include "oracle/error.h"\n', 1),
    ("folder-include", "results/store.cc", '#include "oracle/report.h"\n', 1),
    ("folder-include", "results/store.h", '#include "harness/campaign.h"\n', 1),
    ("folder-include", "harness/campaign.cc", '#include "triage/reduce.h"\n', 1),
    ("folder-include", "oracle/cfg/cfg_test.cc", '#include "triage/reduce.h"\n', 1),
    ("oracle-direction", "oracle/elf/object.cc", '#include "oracle/cfg/cfg.h"\n', 1),
    ("oracle-direction", "oracle/decode/decoder.cc", '#include "oracle/elf/object.h"\n', 1),
    ("oracle-direction", "oracle/cfi/rows.cc", '#include "oracle/frame/state.h"\n', 1),
    ("oracle-direction", "oracle/frame/state.cc", '#include "oracle/cfi/rows.h"\n', 1),
    ("oracle-direction", "oracle/cfg/cfg.cc", '#include "oracle/oracle.h"\n', 1),
    ("oracle-direction", "oracle/error.h", '#include "oracle/elf/object.h"\n', 1),
    ("oracle-direction", "oracle/checks/cfa.cc", '#include "oracle/oracle.h"\n', 1),
    ("oracle-direction", "oracle/cfg/cfg.cc", '#include "oracle/report.h"\n', 1),
    ("oracle-direction", "oracle/newstage/a.cc", "", 1),
    ("llvm-quarantine", "oracle/frame/state.cc", "#include <llvm/ADT/StringRef.h>\n", 1),
    ("llvm-quarantine", "oracle/checks/cfa.cc", "int a;\nvoid f(llvm::StringRef name);\n", 2),
    ("llvm-quarantine", "harness/compile.cc", 'R"(\n)";\nllvm::Triple t;\n', 3),
    ("llvm-quarantine", "harness/main.cc", '#include "llvm-c/Core.h"\n', 1),
    ("arch-name", "oracle/frame/state.cc", 'bool sp = name == "rsp";\n', 1),
    ("arch-name", "oracle/frame/state.cc", "/* a\nb */ if (machine == EM_X86_64) return;\n", 2),
    ("arch-name", "oracle/witness/shadow.cc", "read(UC_X86_REG_RSP, rsp);\n", 1),
    ("arch-name", "oracle/cfg/jump_table.cc", 'if (arch.name == "aarch64") return;\n', 1),
    ("arch-name", "oracle/checks/frame_pointer.h", "constexpr int x29 = 29;\n", 1),
    ("arch-name", "oracle/elf/object.cc", "case R_AARCH64_CALL26:\n", 1),
    ("arch-name", "oracle/decode/decoder.cc", 'bool x86 = false;  // fast path\n', 1),
    ("machine-path", "README.md", "see /wo" "rk/main/build\n", 1),
    ("machine-path", "objhound.toml", 'path = "/ho' 'me/ada/gcc"\n', 1),
    ("registry-host", "Makefile", "all:\n\tcurl https://pypi" ".org/simple\n", 2),
    ("registry-host", "tools/install-deps", "deb http://deb.debian" ".org/debian bookworm main\n", 1),
    ("generated-output", "docs/run.log", "x\n" * 60_000, 1),
]

SILENT = [
    ("oracle/cfg/cfg.cc", '#include "oracle/elf/object.h"\n#include "oracle/decode/decoder.h"\n#include <vector>\n'),
    ("oracle/checks/cfa.cc", '#include "oracle/rules/contract.h"\n#include "oracle/cfi/rows.h"\n'),
    ("oracle/decode/decoder.cc", "#include <llvm/MC/MCInst.h>\nllvm::MCInst inst;\n"),
    ("oracle/decode/arch-x86-64.cc", 'const RegisterInfo r{"rsp", 7, 8};\n'),
    ("oracle/witness/arch-x86-64.cc", 'const NamedRegister r{"rsp", UC_X86_REG_RSP};\n'),
    ("oracle/frame/state_test.cc", 'EXPECT_EQ(name, "rsp"); // "x29"\n'),
    ("oracle/frame/state.cc", '// as push %rsp does on x86-64\n/* x29 */ int aarch = 0;\n'),
    ("oracle/decode/arch.cc", "const Arch& a = x86_64_arch();\n"),
    ("harness/matrix.cc", '#include "oracle/oracle.h"\n#include "results/store.h"\nauto arch = "aarch64";\n'),
    ("tests/corpus_test.cc", '#include "oracle/oracle.h"\n#include "generator/generator.h"\n'),
    ("harness/compile.cc", 'names = {"llvm::sys::"};\n'),
    ("harness/compile_test.cc", 'const char* frames = R"(\n#3 llvm::sys::foo " // (\n)";\n'),
    ("oracle/cfi/rows_bench.cc", 'const char* target = "x86_64";\n'),
    ("README.md", "build/objhound check /usr/lib/crt1.o https://gcc.gnu.org ${HOME}/wo" "rk/x\n"),
]


class PlantedBreaches(unittest.TestCase):
    def test_every_breach_is_found_at_its_line(self):
        for rule, file, text, line in BREACHES:
            with self.subTest(rule=rule, file=file, text=text[:60]):
                found = [(breach.rule, breach.line) for breach in check_tree.check_text(file, text)]
                self.assertIn((rule, line), found)

    def test_every_rule_has_a_breach(self):
        for check in check_tree.CHECKS:
            with self.subTest(check=check.__name__):
                self.assertTrue(any(list(check(file, text)) for _, file, text, _ in BREACHES))

    def test_silence_beside(self):
        for file, text in SILENT:
            with self.subTest(file=file, text=text[:60]):
                self.assertEqual([str(breach) for breach in check_tree.check_text(file, text)], [])

    def test_long_files_only_warn(self):
        text = "int a;\n" * 500
        self.assertEqual(check_tree.check_text("oracle/frame/state.cc", text), [])
        self.assertEqual(len(list(check_tree.smells("oracle/frame/state.cc", text))), 1)


class WholeTree(unittest.TestCase):
    """The program itself, on a tree with and without a breach, with and without git."""

    def run_on(self, files, git):
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            if git:
                subprocess.run(["git", "init", "-q", root], check=True)
            return subprocess.run([sys.executable, ROOT / "tools" / "check_tree.py", root],
                                  capture_output=True, text=True)

    def test_exit_status(self):
        clean = {"oracle/frame/state.cc": '#include "oracle/cfg/cfg.h"\n'}
        broken = clean | {"oracle/frame/join.cc": '#include "results/store.h"\n'}
        for git in (True, False):
            with self.subTest(git=git):
                self.assertEqual(self.run_on(clean, git).returncode, 0)
                result = self.run_on(broken, git)
                self.assertEqual(result.returncode, 1)
                self.assertIn("oracle/frame/join.cc:1: folder-include", result.stdout)

    def test_an_empty_tree_is_no_pass(self):
        self.assertEqual(self.run_on({}, True).returncode, 1)


if __name__ == "__main__":
    unittest.main()
