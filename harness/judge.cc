#include "harness/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <span>

#include "harness/files.h"
#include "harness/hash.h"
#include "oracle/oracle.h"

namespace objhound::harness {
namespace {

using results::CompilationRecord;
using results::Outcome;
using Clock = std::chrono::steady_clock;

bool is_violation(const results::FindingRecord& finding) { return finding.severity == "violation"; }

// Advice is counted, but its objects are not worth their place in the database.
bool worth_keeping(const CompilationRecord& record) {
  return std::any_of(record.findings.begin(), record.findings.end(),
                     [](const results::FindingRecord& finding) { return finding.severity != "advice"; });
}

}  // namespace

void add_report(const oracle::FileReport& report, results::CompilationRecord& record) {
  record.check_error = report.error;
  record.functions = report.total;
  record.proved = report.proved;
  record.unproved = report.unproved;
  record.violating = report.violating;
  record.instructions = report.instructions;
  for (const oracle::UnprovedFunction& function : report.unproved_functions)
    record.unproved_functions.push_back(
        {function.function, std::string(oracle::to_text(function.reason)), function.offset, function.detail});
  for (const oracle::Finding& finding : report.findings) {
    results::FindingRecord row;
    row.rule = fmt::format("OH{}", static_cast<unsigned>(finding.rule));
    row.slug = oracle::rule(finding.rule).slug;
    row.statement = oracle::rule(finding.rule).statement;
    row.source = oracle::rule(finding.rule).source;
    row.severity = oracle::to_text(finding.severity);
    row.fingerprint = finding.fingerprint;
    row.fingerprint_version = oracle::kFingerprintVersion;
    row.cause = finding.cause;
    row.function = finding.function;
    row.section = finding.section;
    row.address = finding.address;
    row.offset = finding.offset;
    row.message = finding.message;
    row.evidence = fmt::format("{}", fmt::join(finding.evidence, "\n"));
    row.path = fmt::format("{}", fmt::join(finding.path, "\n"));
    record.findings.push_back(std::move(row));
  }
}

void judge_object(CheckObject& check, const Configuration& configuration, std::string object,
                  CompilationRecord& record) {
  record.object_hash = fmt::format("{:016x}", fnv1a(as_bytes(object)));
  record.object_bytes = object.size();
  const Clock::time_point start = Clock::now();
  try {
    check(object, configuration, record);
  } catch (const std::exception& error) {
    record.check_error = fmt::format("internal error of the check: {}", error.what());
  }
  record.check_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (worth_keeping(record)) record.object = std::move(object);
}

void count(const CompilationRecord& record, Progress& progress) {
  ++progress.compilations;
  progress.functions += record.functions;
  progress.unproved += record.unproved;
  progress.violations += static_cast<uint64_t>(std::ranges::count_if(record.findings, is_violation));
  progress.rejected += record.outcome == Outcome::Rejected;
  progress.crashed += record.outcome == Outcome::Crashed;
  progress.hung += record.outcome == Outcome::Hung;
  progress.out_of_memory += record.outcome == Outcome::OutOfMemory;
  progress.our_failures += record.outcome == Outcome::OurFailure || !record.check_error.empty();
}

std::optional<std::string> OwnFailures::count(const CompilationRecord& record) {
  in_a_row_ = record.outcome == Outcome::OurFailure ? in_a_row_ + 1 : 0;
  if (in_a_row_ < kMost) return {};
  return fmt::format("{} compilations in a row failed on this machine, the last one with: {}", kMost, record.detail);
}

namespace {

std::shared_ptr<const results::FeatureName> name_of(const oracle::Feature& feature) {
  return std::make_shared<results::FeatureName>(
      results::FeatureName{std::string(to_text(feature.kind)), feature.text, is_closed(feature.kind)});
}

}  // namespace

void FeatureNames::add(const oracle::FileReport& report, results::CompilationRecord& record) {
  record.features.reserve(report.features.size());
  for (const oracle::FeatureCount& count : report.features) {
    std::shared_ptr<const results::FeatureName>& name = names_[count.hash];
    if (!name) name = name_of(*count.feature);
    record.features.push_back({count.hash, count.functions, name});
  }
}

std::vector<results::FeatureRecord> known_features() {
  std::vector<results::FeatureRecord> known;
  for (const oracle::Feature& feature : oracle::known_features())
    known.push_back({hash_of(feature), 0, name_of(feature)});
  return known;
}

MakeCheck oracle_check() {
  return [] {
    auto judge = std::make_shared<oracle::Oracle>(oracle::CheckOptions{.flags = {}, .features = true});
    auto names = std::make_shared<FeatureNames>();
    return [judge, names](const std::string& object, const Configuration& configuration,
                          results::CompilationRecord& record) {
      const std::span bytes(reinterpret_cast<const uint8_t*>(object.data()), object.size());
      const std::string command = configuration.record.executable + " " + configuration.record.flags;
      const oracle::FileReport report = judge->check_bytes(configuration.record.name, bytes, command);
      add_report(report, record);
      names->add(report, record);
    };
  };
}

}  // namespace objhound::harness
