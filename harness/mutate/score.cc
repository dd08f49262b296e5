#include "harness/mutate/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

namespace objhound::harness::mutation {
namespace {

std::string_view to_text(Fate fate) {
  switch (fate) {
    case Fate::Rejected:
      return "rejected";
    case Fate::Equivalent:
      return "equivalent";
    case Fate::Killed:
      return "killed";
    case Fate::Suspected:
      return "suspected";
    case Fate::Unproved:
      return "unproved";
    case Fate::Survived:
      return "survived";
    case Fate::Contradiction:
      return "contradiction";
    case Fate::Failed:
      break;
  }
  return "failed";
}

// Rounded down: 100% means all of them.
std::string percent(uint64_t part, uint64_t whole) {
  if (whole == 0) return "-";
  const uint64_t hundredths = part * 10'000 / whole;
  return fmt::format("{}.{:02}%", hundredths / 100, hundredths % 100);
}

constexpr std::string_view kRow = "  {:<34} {:>7} {:>8} {:>10} {:>7} {:>9} {:>8} {:>8} {:>8} {:>13} {:>8}\n";

std::string row(std::string_view name, const Tally& t) {
  return fmt::format(kRow, name, t.planted, t.rejected, t.equivalent, t.killed, t.suspected, t.unproved, t.survived,
                     percent(t.killed, t.counted()), percent(t.killed + t.suspected, t.counted()),
                     percent(t.objtool_killed, t.objtool_asked));
}

Tally sum(const Score& score, const std::function<bool(const Key&)>& wanted) {
  Tally total;
  for (const auto& [key, tally] : score.tallies)
    if (wanted(key)) total.add(tally);
  return total;
}

bool is_cfi(const std::string& op) { return op.starts_with("cfi-"); }

std::string table_of(const Score& score, const std::string& arch) {
  std::string text = fmt::format("{}\n", arch);
  text += fmt::format(kRow, "operator", "planted", "rejected", "equivalent", "killed", "suspected", "unproved",
                      "survived", "score", "with suspects", "objtool");
  for (const Operator& op : all_operators()) {
    const Tally tally = sum(score, [&](const Key& key) { return key.arch == arch && key.op == op.name; });
    if (tally.planted > 0) text += row(op.name, tally);
  }
  text += row("all code", sum(score, [&](const Key& key) { return key.arch == arch && !is_cfi(key.op); }));
  text += row("all CFI", sum(score, [&](const Key& key) { return key.arch == arch && is_cfi(key.op); }));
  text += row("all", sum(score, [&](const Key& key) { return key.arch == arch; }));
  text += "\n";
  std::set<std::string> compilers;
  for (const auto& [key, tally] : score.tallies)
    if (key.arch == arch) compilers.insert(key.compiler);
  for (const std::string& compiler : compilers)
    text += row(compiler, sum(score, [&](const Key& key) { return key.arch == arch && key.compiler == compiler; }));
  return text + "\n";
}

std::string remark_text(const Remark& remark) {
  std::string text =
      fmt::format("{}{}: {} in {} ({}, {})\n", to_text(remark.fate), remark.why.empty() ? "" : " (" + remark.why + ")",
                  remark.id, remark.function, remark.source, remark.compiler);
  for (const std::string& line : remark.before) text += fmt::format("    - {}\n", line);
  for (const std::string& line : remark.after) text += fmt::format("    + {}\n", line);
  return text + fmt::format("    {}\n", remark.command);
}

nlohmann::json to_json(const Tally& t) {
  nlohmann::json json = {{"planted", t.planted},     {"rejected", t.rejected}, {"equivalent", t.equivalent},
                         {"suspected", t.suspected}, {"unproved", t.unproved}, {"killed", t.killed},
                         {"survived", t.survived},   {"failed", t.failed},     {"contradictions", t.contradictions}};
  if (t.objtool_asked > 0) json["objtool"] = {{"asked", t.objtool_asked}, {"killed", t.objtool_killed}};
  return json;
}

}  // namespace

void Tally::add(const Trial& trial) {
  ++planted;
  rejected += trial.fate == Fate::Rejected;
  equivalent += trial.fate == Fate::Equivalent;
  suspected += trial.fate == Fate::Suspected;
  unproved += trial.fate == Fate::Unproved;
  killed += trial.fate == Fate::Killed;
  survived += trial.fate == Fate::Survived;
  contradictions += trial.fate == Fate::Contradiction;
  failed += trial.fate == Fate::Failed;
  objtool_asked += trial.objtool_asked;
  objtool_killed += trial.objtool_killed;
}

void Tally::add(const Tally& other) {
  planted += other.planted;
  rejected += other.rejected;
  equivalent += other.equivalent;
  suspected += other.suspected;
  unproved += other.unproved;
  killed += other.killed;
  survived += other.survived;
  contradictions += other.contradictions;
  failed += other.failed;
  objtool_asked += other.objtool_asked;
  objtool_killed += other.objtool_killed;
}

std::string to_text(const Score& score) {
  std::string text;
  for (const Remark& remark : score.remarks) text += remark_text(remark);
  if (!score.remarks.empty()) text += "\n";
  std::set<std::string> archs;
  for (const auto& [key, tally] : score.tallies) archs.insert(key.arch);
  for (const std::string& arch : archs) text += table_of(score, arch);
  for (const auto& [argument, count] : score.arguments)
    text += fmt::format("  equivalent  {:<18} {}\n", argument, count);
  for (const auto& [rule, count] : score.rules) text += fmt::format("  killed by   {:<18} {}\n", rule, count);
  text += fmt::format("  {} compilations, faults in {} functions; {} functions left out because they are not proved\n",
                      score.compilations, score.functions, score.functions_left_out);
  for (const std::string& note : score.notes) text += fmt::format("  {}\n", note);
  return text;
}

std::string to_json(const Score& score) {
  nlohmann::json json = {{"version", 1},
                         {"compilations", score.compilations},
                         {"functions", score.functions},
                         {"functions_left_out", score.functions_left_out},
                         {"arguments", score.arguments},
                         {"rules", score.rules},
                         {"notes", score.notes},
                         {"rows", nlohmann::json::array()},
                         {"remarks", nlohmann::json::array()}};
  for (const auto& [key, tally] : score.tallies) {
    nlohmann::json entry = to_json(tally);
    entry["arch"] = key.arch;
    entry["compiler"] = key.compiler;
    entry["operator"] = key.op;
    if (!key.directive.empty()) entry["directive"] = key.directive;
    json["rows"].push_back(std::move(entry));
  }
  for (const Remark& remark : score.remarks)
    json["remarks"].push_back({{"fate", to_text(remark.fate)},
                               {"why", remark.why},
                               {"arch", remark.arch},
                               {"compiler", remark.compiler},
                               {"source", remark.source},
                               {"function", remark.function},
                               {"id", remark.id},
                               {"before", remark.before},
                               {"after", remark.after},
                               {"command", remark.command}});
  return json.dump(1);
}

}  // namespace objhound::harness::mutation
