#include "harness/judge.h"

#include <fmt/format.h>

#include <memory>
#include <span>

#include "oracle/oracle.h"

namespace objhound::harness {

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

MakeCheck oracle_check() {
  return [] {
    auto judge = std::make_shared<oracle::Oracle>(oracle::CheckOptions{});
    return [judge](const std::string& object, const Configuration& configuration, results::CompilationRecord& record) {
      const std::span bytes(reinterpret_cast<const uint8_t*>(object.data()), object.size());
      const std::string command = configuration.record.executable + " " + configuration.record.flags;
      add_report(judge->check_bytes(configuration.record.name, bytes, command), record);
    };
  };
}

}  // namespace objhound::harness
