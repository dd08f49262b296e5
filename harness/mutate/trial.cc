#include "harness/mutate/trial.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/files.h"
#include "harness/mutate/equivalence.h"

namespace objhound::harness::mutation {
namespace {

// The rule by which the mutated function is violating; empty if it is not.
std::string killer(const Subject& subject, const Mutant& mutant, const oracle::FileReport& report) {
  const bool killed = std::ranges::any_of(report.verdicts, [&](const oracle::FunctionVerdict& verdict) {
    return verdict.verdict == oracle::Verdict::Violating && subject.belongs(*mutant.family, verdict.function);
  });
  if (!killed) return {};
  for (const oracle::Finding& finding : report.findings)
    if (finding.severity == oracle::Severity::Violation && subject.belongs(*mutant.family, finding.function))
      return fmt::format("OH{}", static_cast<int>(finding.rule));
  return "in an outlined helper";
}

// The rule of a suspect finding of the mutated function, which the original, being proved, has none of; empty if there
// is none.
std::string suspicion(const Subject& subject, const Mutant& mutant, const oracle::FileReport& report) {
  for (const oracle::Finding& finding : report.findings)
    if (finding.severity == oracle::Severity::Suspect && subject.belongs(*mutant.family, finding.function))
      return fmt::format("OH{}", static_cast<int>(finding.rule));
  return {};
}

std::string unproved_reason(const Subject& subject, const Mutant& mutant, const oracle::FileReport& report) {
  for (const oracle::UnprovedFunction& function : report.unproved_functions)
    if (subject.belongs(*mutant.family, function.function)) return std::string(oracle::to_text(function.reason));
  return {};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::string CompileCommand::flags() const { return fmt::format("{}", fmt::join(argv, " ")); }

ProcessResult Bench::run(std::vector<std::string> argv) {
  ProcessSpec spec;
  spec.argv = std::move(argv);
  spec.working_directory = work_.worker_directory(worker_);
  spec.environment = {"LC_ALL=C", "TMPDIR=" + work_.worker_tmp(worker_)};
  spec.limits = limits_;
  return runner_.run(spec);
}

tl::expected<std::string, std::string> Bench::compile(const CompileCommand& command, const std::string& source,
                                                      const std::vector<std::string>& include_directories) {
  const std::string assembly = file("program.s");
  std::vector<std::string> argv = command.argv;
  for (const std::string& directory : include_directories) argv.push_back("-I" + directory);
  argv.insert(argv.end(), {"-w", "-S", source, "-o", assembly});
  const ProcessResult result = run(std::move(argv));
  if (!result.ok())
    return tl::unexpected(fmt::format("{}: {}: {}", command.name, result.summary(), first_line(result.err)));
  return slurp(assembly);
}

tl::expected<std::string, std::string> Bench::assemble(const CompileCommand& command, const std::string& text) {
  const std::string source = file("mutant.s");
  const std::string object = file("mutant.o");
  if (!spill(source, text)) return tl::unexpected(source + " cannot be written");
  std::vector<std::string> argv = command.argv;
  argv.insert(argv.end(), {"-w", "-c", source, "-o", object});
  const ProcessResult result = run(std::move(argv));
  if (!result.ok()) return tl::unexpected(fmt::format("{}: {}", result.summary(), first_line(result.err)));
  return slurp(object);
}

tl::expected<size_t, std::string> Bench::objtool_warnings(const std::string& program, const std::string& object) {
  const std::string copy = file("objtool.o");
  if (!spill(copy, object)) return tl::unexpected(copy + " cannot be written");
  const ProcessResult result = run({program, "--orc", "--dry-run", copy});
  if (result.ending != Ending::Exited) return tl::unexpected(result.summary());
  size_t count = 0;
  for (const std::string* text : {&result.out, &result.err})
    for (size_t at = text->find("warning: objtool:"); at != std::string::npos;
         at = text->find("warning: objtool:", at + 1))
      ++count;
  return count;
}

Trial try_mutant(const Subject& subject, const Mutant& mutant, const CompileCommand& command, Bench& bench,
                 oracle::Oracle& oracle, const Objtool& objtool) {
  Trial trial;
  const auto object = bench.assemble(command, with_edits(subject.listing, mutant.edits));
  if (!object) {
    const bool refused = object.error().starts_with("exit status");
    trial.fate = refused ? Fate::Rejected : Fate::Failed;
    trial.why = object.error();
    return trial;
  }
  const std::string_view argument = why_equivalent(subject, mutant, *object);
  const oracle::FileReport report = oracle.check_bytes("mutant.o", as_bytes(*object), command.flags());
  const std::string broken = killer(subject, mutant, report);
  if (!report.error.empty()) {
    trial.why = report.error;
  } else if (!argument.empty()) {
    trial.fate = broken.empty() ? Fate::Equivalent : Fate::Contradiction;
    trial.why = argument;
  } else if (!broken.empty()) {
    trial.fate = Fate::Killed;
    trial.why = broken;
  } else {
    trial.why = unproved_reason(subject, mutant, report);
    const std::string suspect = suspicion(subject, mutant, report);
    trial.fate = trial.why.empty() ? Fate::Survived : suspect.empty() ? Fate::Unproved : Fate::Suspected;
    if (trial.fate == Fate::Suspected) trial.why = fmt::format("{}, {}", suspect, trial.why);
  }
  const bool counts = trial.fate == Fate::Killed || trial.fate == Fate::Survived || trial.fate == Fate::Unproved ||
                      trial.fate == Fate::Suspected;
  if (counts && !objtool.program.empty()) {
    const auto warnings = bench.objtool_warnings(objtool.program, *object);
    trial.objtool_asked = true;
    trial.objtool_killed = !warnings || *warnings > 0;
  }
  return trial;
}

}  // namespace objhound::harness::mutation
