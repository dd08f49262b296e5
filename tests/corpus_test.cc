// The corpus: small assembly files with a planted fault and the finding that it must give, and beside them the
// tricky code that is right and must stay silent. Each file carries its expectation in the comment lines at its top:
//
//   // arch: x86-64
//   // rule: OH201
//   // expect: OH201 f+0xd              a finding of the rule's own severity at that byte offset of f
//   // expect: suspect OH101 f+0x1d     the same with another severity
//   // expect: unproved unreachable-end f
//   // expect: silent                   no finding at all, every function proved
//   // flags: -O2                       the compiler's command line, from which the contract is read
//   // why: one sentence with the section of the specification
//
// The comparison is exact: nothing more and nothing less may be found, and a function that no line names is proved.
// Every file is assembled by Clang and by the GNU assembler; both objects must give the same.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "oracle/oracle.h"
#include "oracle/rules/rules.h"

namespace objhound {
namespace {

namespace fs = std::filesystem;
using oracle::FileReport;
using oracle::Oracle;
using oracle::Verdict;

struct Case {
  fs::path path;
  std::string arch;
  std::string rule;  // empty for code that is only meant to be right
  std::string flags;
  std::string link;                 // the linker and its options, for a case that is about a linked file
  std::vector<std::string> expect;  // as in the report's lines below, sorted; empty: silent
  std::string finding;              // the number of what it stands for in docs/findings, if it does
  std::string broken;               // what is wrong with the header
};

void PrintTo(const Case& test, std::ostream* out) { *out << test.path.string(); }

const fs::path kCorpus = fs::path(OBJHOUND_SOURCE_DIR) / "corpus";

// "OH201 f+0xd" becomes "violation OH201 f+0xd": the severity that the rule has when nothing else is said.
std::string with_severity(const std::string& line) {
  const oracle::Rule* rule = oracle::find_rule(line.substr(0, line.find(' ')));
  return rule == nullptr ? line : fmt::format("{} {}", oracle::to_text(rule->severity), line);
}

Case read_case(const fs::path& path) {
  Case result;
  result.path = path;
  bool silent = false;
  bool why = false;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line) && line.starts_with("// ");) {
    if (const size_t known = line.find("docs/findings/"); known != std::string::npos)
      result.finding = line.substr(known + std::string_view("docs/findings/").size(), 3);
    const size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;  // a second line of a sentence
    const std::string key = line.substr(3, colon - 3);
    const std::string value = line.substr(colon + 2);
    if (key == "arch") result.arch = value;
    if (key == "rule") result.rule = value;
    if (key == "flags") result.flags = value;
    if (key == "link") result.link = value;
    if (key == "why") why = true;
    if (key == "expect" && value == "silent") silent = true;
    if (key == "expect" && value != "silent") result.expect.push_back(with_severity(value));
  }
  std::sort(result.expect.begin(), result.expect.end());
  if (result.arch.empty()) result.broken += "no arch line; ";
  if (!why) result.broken += "no why line; ";
  if (silent == !result.expect.empty()) result.broken += "needs either 'expect: silent' or findings; ";
  if (silent != path.filename().string().ends_with(".silent.s"))
    result.broken += "only silent cases end in .silent.s; ";
  return result;
}

std::vector<Case> read_corpus() {
  std::vector<Case> cases;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kCorpus)) {
    if (entry.path().extension() == ".s") cases.push_back(read_case(entry.path()));
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.path < b.path; });
  return cases;
}

// What the oracle says, in the words of the expectation.
std::vector<std::string> lines_of(const FileReport& report) {
  std::vector<std::string> lines;
  for (const oracle::Finding& finding : report.findings) {
    lines.push_back(fmt::format("{} OH{} {}+{:#x}", oracle::to_text(finding.severity), static_cast<int>(finding.rule),
                                finding.function, finding.offset));
  }
  for (const oracle::UnprovedFunction& function : report.unproved_functions) {
    lines.push_back(fmt::format("unproved {} {}", oracle::to_text(function.reason), function.function));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// The verdict that follows from the expected lines.
Verdict expected_verdict(const Case& test, const std::string& function) {
  Verdict verdict = Verdict::Proved;
  for (const std::string& line : test.expect) {
    std::string name = line.substr(line.rfind(' ') + 1);
    name = name.substr(0, name.find('+'));
    if (name != function) continue;
    if (line.starts_with("violation ")) return Verdict::Violating;
    if (line.starts_with("unproved ")) verdict = Verdict::Unproved;
  }
  return verdict;
}

std::string_view to_text(Verdict verdict) {
  return verdict == Verdict::Proved ? "proved" : verdict == Verdict::Unproved ? "unproved" : "violating";
}

std::string messages(const FileReport& report) {
  std::string text;
  for (const oracle::Finding& finding : report.findings) {
    text += fmt::format("  {}+{:#x}: {}\n", finding.function, finding.offset, finding.message);
  }
  for (const oracle::UnprovedFunction& function : report.unproved_functions) {
    text += fmt::format("  {}+{:#x}: {}\n", function.function, function.offset, function.detail);
  }
  return text;
}

const std::map<std::string, std::vector<std::string>> kAssemblers = {
    {"x86-64", {"clang-19 --target=x86_64-linux-gnu -c", "x86_64-linux-gnu-as"}},
    {"arm64", {"clang-19 --target=aarch64-linux-gnu -c", "aarch64-linux-gnu-as"}},
};

class ScratchObject {
 public:
  ScratchObject() {
    std::string pattern = (fs::temp_directory_path() / "objhound-corpus-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) directory_ = pattern;
  }
  ~ScratchObject() {
    std::error_code ignored;
    if (!directory_.empty()) fs::remove_all(directory_, ignored);
  }
  std::string path() const { return directory_ + "/case.o"; }

 private:
  std::string directory_;
};

// The case as an object, or linked as it says.
FileReport check(const Case& test, const std::string& assembler) {
  const ScratchObject object;
  std::string checked = object.path();
  std::string command = fmt::format("{} -o '{}' '{}'", assembler, checked, test.path.string());
  if (!test.link.empty()) {
    command += fmt::format(" && {} -o '{}.linked' '{}'", test.link, checked, checked);
    checked += ".linked";
  }
  FileReport failed;
  failed.error = "failed: " + command;
  if (std::system(command.c_str()) != 0) return failed;
  return Oracle(oracle::CheckOptions{}).check_file(checked, test.flags);
}

// Fingerprint and cause of its violations.
std::map<std::string, std::string> causes(const FileReport& report) {
  std::map<std::string, std::string> found;
  for (const oracle::Finding& finding : report.findings) {
    if (finding.severity == oracle::Severity::Violation) found[finding.fingerprint] = finding.cause;
  }
  return found;
}

class Corpus : public testing::TestWithParam<Case> {};

TEST_P(Corpus, SaysExactlyWhatIsExpected) {
  const Case& test = GetParam();
  ASSERT_EQ(test.broken, "") << test.path;
  const auto assemblers = kAssemblers.find(test.arch);
  ASSERT_NE(assemblers, kAssemblers.end()) << "unknown arch " << test.arch;
  std::map<std::string, std::string> fingerprints;  // how an assembler encodes an instruction does not enter them
  for (const std::string& assembler : assemblers->second) {
    SCOPED_TRACE(assembler);
    const FileReport report = check(test, assembler);
    ASSERT_EQ(report.error, "");
    if (fingerprints.empty()) fingerprints = causes(report);
    EXPECT_EQ(causes(report), fingerprints);
    EXPECT_EQ(report.arch, test.arch);
    EXPECT_THAT(lines_of(report), testing::ElementsAreArray(test.expect)) << messages(report);
    // The path of a fault in a frame shows the fault by itself, without what joins have blurred.
    for (const oracle::Finding& finding : report.findings) {
      const int rule = static_cast<int>(finding.rule);
      if (finding.severity != oracle::Severity::Violation || rule < 200 || rule > 303) continue;
      ASSERT_FALSE(finding.path.empty()) << finding.message;
      EXPECT_THAT(finding.path.back(), testing::EndsWith("<- here")) << finding.message;
    }
    EXPECT_GT(report.total, 0u);
    EXPECT_EQ(report.total, report.verdicts.size());
    for (const oracle::FunctionVerdict& verdict : report.verdicts) {
      EXPECT_EQ(to_text(verdict.verdict), to_text(expected_verdict(test, verdict.function))) << verdict.function;
    }
  }
}

std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name = fs::relative(info.param.path, kCorpus).replace_extension().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Corpus, testing::ValuesIn(read_corpus()), test_name);

// Every rule of the table has, on every architecture, two faults that it must find and two neighbours that it must
// leave alone.
TEST(CorpusAsAWhole, CoversEveryRuleOnEveryArchitecture) {
  std::map<std::string, std::pair<int, int>> count;  // "OH201 arm64" -> detect, silent
  for (const Case& test : read_corpus()) {
    auto& [detect, silent] = count[test.rule + " " + test.arch];
    (test.expect.empty() ? silent : detect) += 1;
  }
  for (const oracle::Rule& rule : oracle::all_rules()) {
    for (const auto& [arch, assemblers] : kAssemblers) {
      // Only some architectures sign return addresses.
      const bool signs = oracle::find_arch(arch)->sign_state_dwarf >= 0;
      if (rule.id == oracle::RuleId::RaSigningStateWrong && !signs) continue;
      const std::string key = fmt::format("OH{} {}", static_cast<int>(rule.id), arch);
      EXPECT_GE(count[key].first, 2) << key << ": must-detect cases";
      EXPECT_GE(count[key].second, 2) << key << ": must-stay-silent twins";
    }
  }
}

// What stands for one finding of docs/findings has no fingerprint of what stands for another.
TEST(CorpusAsAWhole, DifferentFindingsHaveDifferentFingerprints) {
  std::map<std::string, std::string> finding_of;
  std::set<std::string> findings;
  for (const Case& test : read_corpus()) {
    if (test.finding.empty() || test.expect.empty()) continue;
    const FileReport report = check(test, kAssemblers.at(test.arch).front());
    ASSERT_EQ(report.error, "");
    findings.insert(test.finding);
    for (const oracle::Finding& found : report.findings) {
      // Beside what a case is about it may have another finding, too (022 has 010).
      if (fmt::format("OH{}", static_cast<int>(found.rule)) != test.rule) continue;
      const auto [known, fresh] = finding_of.emplace(found.fingerprint, test.finding);
      EXPECT_EQ(known->second, test.finding) << test.path << ": " << found.cause;
    }
  }
  EXPECT_GE(findings.size(), 10u);
}

}  // namespace
}  // namespace objhound
