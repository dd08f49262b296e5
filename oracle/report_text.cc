// Reports for programs (JSON, version 1 of the contract) and for people.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "oracle/oracle.h"
#include "oracle/report_run.h"

namespace objhound::oracle {
namespace {

std::string rule_number(RuleId id) { return fmt::format("OH{}", static_cast<int>(id)); }

nlohmann::ordered_json json_of(const FileReport& report) {
  using Json = nlohmann::ordered_json;
  Json unproved = Json::array();
  for (const UnprovedFunction& function : report.unproved_functions) {
    unproved.push_back({{"function", function.function},
                        {"reason", to_text(function.reason)},
                        {"offset", function.offset},
                        {"detail", function.detail}});
  }
  Json tables = Json::array();
  for (const JumpTableRecord& table : report.jump_tables) {
    tables.push_back({{"function", table.function}, {"offset", table.offset}, {"targets", table.targets}});
  }
  Json findings = Json::array();
  for (const Finding& finding : report.findings) {
    findings.push_back({{"rule", rule_number(finding.rule)},
                        {"slug", rule(finding.rule).slug},
                        {"severity", to_text(finding.severity)},
                        {"function", finding.function},
                        {"section", finding.section},
                        {"address", finding.address},
                        {"offset", finding.offset},
                        {"message", finding.message},
                        {"cause", finding.cause},
                        {"fingerprint", finding.fingerprint},
                        {"fingerprint_version", kFingerprintVersion},
                        {"statement", rule(finding.rule).statement},
                        {"source", rule(finding.rule).source},
                        {"evidence", finding.evidence},
                        {"path", finding.path}});
    if (finding.seen == Seen::NotRun) continue;
    findings.back()["executed"] = finding.seen != Seen::NotExecuted;
    findings.back()["witnessed"] = finding.seen == Seen::Witnessed;
  }
  Json file;
  file["path"] = report.path;
  file["arch"] = report.arch;
  file["error"] = report.error.empty() ? Json(nullptr) : Json(report.error);
  file["functions"] = {{"total", report.total},
                       {"proved", report.proved},
                       {"unproved", report.unproved},
                       {"violating", report.violating}};
  file["unwind_entries"] = {{"total", report.unwind_entries.total},
                            {"proved", report.unwind_entries.proved},
                            {"unproved", report.unwind_entries.unproved},
                            {"violating", report.unwind_entries.violating}};
  file["unproved"] = std::move(unproved);
  file["jump_tables"] = std::move(tables);
  file["findings"] = std::move(findings);
  if (!report.libraries.empty()) {
    Json libraries = Json::array();
    for (const NeededLibrary& library : report.libraries) {
      libraries.push_back(
          {{"path", library.path}, {"build_id", library.build_id}, {"never_return", library.never_return}});
    }
    file["libraries"] = std::move(libraries);
  }
  return file;
}

}  // namespace

std::string to_json(std::span<const FileReport> reports, const RunReport* run) {
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const FileReport& report : reports) files.push_back(json_of(report));
  nlohmann::ordered_json all = {{"version", 1}, {"files", std::move(files)}};
  if (run != nullptr) all["run"] = json_of(*run);
  // Names in a hostile object need not be UTF-8.
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string to_terminal_text(const FileReport& report, bool colour) {
  const std::string_view red = colour ? "\x1b[1;31m" : "", yellow = colour ? "\x1b[33m" : "",
                         bold = colour ? "\x1b[1m" : "", off = colour ? "\x1b[0m" : "";
  std::string out;
  const Finding* shown = nullptr;  // several findings at one instruction share what is shown of it
  for (const Finding& finding : report.findings) {
    const bool violation = finding.severity == Severity::Violation;
    out += fmt::format("{}: {}{} {}{} {}{}+{:#x}{}: {}\n", report.path, violation ? red : yellow,
                       rule_number(finding.rule), rule(finding.rule).slug, off, bold, finding.function, finding.offset,
                       off, finding.message);
    if (finding.severity != Severity::Violation) {
      out.insert(out.size() - 1, fmt::format(" [{}]", to_text(finding.severity)));
      continue;
    }
    const bool again = shown != nullptr && shown->function == finding.function && shown->offset == finding.offset;
    shown = &finding;
    if (finding.seen == Seen::Witnessed) out += "    witnessed: the run saw it happen\n";
    if (finding.seen == Seen::NotExecuted) out += "    not executed in this run\n";
    if (again) continue;
    for (const std::string& line : finding.evidence) out += "    " + line + "\n";
    if (!finding.path.empty()) out += "    path from entry:\n";
    for (const std::string& line : finding.path) out += "      " + line + "\n";
    out += fmt::format("    {}\n    source: {}\n", rule(finding.rule).statement, rule(finding.rule).source);
  }
  std::map<std::string_view, std::vector<const UnprovedFunction*>> by_reason;
  for (const UnprovedFunction& function : report.unproved_functions)
    by_reason[to_text(function.reason)].push_back(&function);
  for (const auto& [reason, functions] : by_reason) {
    const UnprovedFunction& example = *functions.front();
    out += fmt::format("{}: unproved {}: {} function{}, e.g. {}+{:#x}{}{}\n", report.path, reason, functions.size(),
                       functions.size() == 1 ? "" : "s", example.function, example.offset,
                       example.detail.empty() ? "" : ": ", example.detail);
  }
  for (const NeededLibrary& library : report.libraries) {
    const size_t count = library.never_return.size();
    out += fmt::format("{}: relies on {} ({}): {} function{} of it never return{}, e.g. {}\n", report.path,
                       library.path, library.build_id.empty() ? "no build-id" : "build-id " + library.build_id, count,
                       count == 1 ? "" : "s", count == 1 ? "s" : "", library.never_return.front());
  }
  out += fmt::format("{}: {}{} functions: {} proved, {} unproved, {} violating{} ({}, {} instructions)\n", report.path,
                     bold, report.total, report.proved, report.unproved, report.violating, off, report.arch,
                     report.instructions);
  return out;
}

std::string archive_summary(const std::string& path, std::span<const FileReport> members) {
  VerdictCounts sum;
  for (const FileReport& member : members) {
    sum.total += member.total;
    sum.proved += member.proved;
    sum.unproved += member.unproved;
    sum.violating += member.violating;
  }
  return fmt::format("{}: {} members, {} functions: {} proved, {} unproved, {} violating\n", path, members.size(),
                     sum.total, sum.proved, sum.unproved, sum.violating);
}

}  // namespace objhound::oracle
