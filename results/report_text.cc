// Reports for terminals and for other programs.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "results/campaign_view.h"
#include "results/report.h"
#include "results/reproduce.h"
#include "results/text.h"

namespace objhound::results {

namespace {

constexpr size_t kShownFindings = 8, kShownReasons = 5, kShownFailures = 3, kShownOccurrences = 20;

std::string row(std::string_view label, const std::string& text) { return fmt::format("  {:<13}{}\n", label, text); }

// Enough of a text for one line of a terminal.
std::string cut(const std::string& text, size_t width) {
  std::string line = printable(text);
  if (line.size() <= width) return line;
  size_t end = width - 3;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) --end;  // not inside a character
  line.resize(end);
  return line + "...";
}

std::string findings_text(const CampaignView& view) {
  std::string text;
  for (size_t i = 0; i < std::min(view.findings.size(), kShownFindings); ++i) {
    const FindingSummary& f = view.findings[i];
    text += fmt::format("    {:>4}  {} {:<24} {:>7} x  {}\n", f.id, cut(f.rule, 8), cut(f.slug, 24),
                        grouped(f.occurrences), cut(fmt::format("{}", fmt::join(f.compilers, ", ")), 60));
  }
  if (view.findings.size() > kShownFindings) {
    text += fmt::format("    and {} more: `objhound list`\n", view.findings.size() - kShownFindings);
  }
  return text;
}

std::string ranked_reasons(const CampaignView& view) {
  std::vector<std::string> words;
  for (const ReasonCount& r : view.reasons) {
    if (words.size() == kShownReasons) break;
    words.push_back(fmt::format("{} {}", printable(r.reason), grouped(r.functions)));
  }
  if (view.reasons.size() > kShownReasons) words.push_back("...");
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

StoreResult<std::string> terminal_summary(const Store& store, int64_t campaign) {
  StoreResult<CampaignView> loaded = load_campaign(store, campaign);
  if (!loaded) return tl::unexpected(loaded.error());
  const CampaignView& view = *loaded;
  const MatrixCell& all = view.total;

  std::string text = printable(view.title()) + "\n";
  text +=
      row("programs",
          grouped(view.programs) +
              (view.failed_programs == 0 ? "" : fmt::format("; {} gave none", counted(view.failed_programs, "seed"))));
  text += row("compilations",
              fmt::format("{} with {} ({})", grouped(all.compilations), counted(view.compilers.size(), "compiler"),
                          cut(fmt::format("{}", fmt::join(view.compilers, ", ")), 100)));
  text += row("functions", fmt::format("{} checked: {} proved, {} unproved, {} violating", grouped(all.functions),
                                       percent(all.proved, all.functions), percent(all.unproved, all.functions),
                                       grouped(all.violating)));
  text += row("findings", view.findings_in_words());
  text += findings_text(view);
  if (!view.reasons.empty()) text += row("unproved", ranked_reasons(view));
  text += row("compilers", view.failures_in_words());
  for (size_t i = 0; i < std::min(view.failures.size(), kShownFailures); ++i) {
    const Store::FailureCount& f = view.failures[i];
    text += fmt::format("    {} x {} {}: {} (seed {})\n", grouped(f.count), cut(f.compiler, 30), to_text(f.outcome),
                        cut(f.detail, 90), f.example_seed);
  }
  text += row("throughput", view.throughput_in_words());
  return text;
}

StoreResult<std::string> list_json(const Store& store) {
  return store.findings().map([](const std::vector<FindingSummary>& findings) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const FindingSummary& f : findings) {
      nlohmann::ordered_json entry;
      entry["id"] = f.id;
      entry["rule"] = f.rule;
      entry["slug"] = f.slug;
      entry["fingerprint"] = f.fingerprint;
      entry["status"] = f.status;
      entry["occurrences"] = f.occurrences;
      entry["arch"] = f.arch;
      entry["compilers"] = f.compilers;
      entry["first_seen"] = f.first_seen;
      entry["reduced_lines"] = f.reduced_lines ? nlohmann::ordered_json(*f.reduced_lines) : nlohmann::ordered_json();
      list.push_back(std::move(entry));
    }
    // Names may be any bytes; what is no UTF-8 is replaced, as JSON knows nothing else.
    return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  });
}

StoreResult<std::string> list_text(const Store& store) {
  return store.findings().map([](const std::vector<FindingSummary>& findings) {
    if (findings.empty()) return std::string("no findings\n");
    std::string text = fmt::format("{:>4}  {:<6} {:<24} {:<9} {:<8} {:>8}  {:<8} {:<10}  {:<16}  {}\n", "id", "rule",
                                   "slug", "severity", "status", "seen", "arch", "first", "fingerprint", "compilers");
    for (const FindingSummary& f : findings) {
      text += fmt::format("{:>4}  {:<6} {:<24} {:<9} {:<8} {:>8}  {:<8} {:<10}  {:<16}  {}\n", f.id, cut(f.rule, 12),
                          cut(f.slug, 40), cut(f.severity, 12), cut(f.status, 12), grouped(f.occurrences),
                          cut(f.arch, 12), f.first_seen.substr(0, 10), cut(f.fingerprint, 32),
                          cut(fmt::format("{}", fmt::join(f.compilers, ", ")), 60));
    }
    return text;
  });
}

StoreResult<std::string> show_text(const Store& store, int64_t id) {
  const StoreResult<std::optional<FindingSummary>> found = store.finding(id);
  if (!found) return tl::unexpected(found.error());
  const std::optional<FindingSummary>& finding = *found;
  if (!finding)
    return tl::unexpected(fmt::format("{}: there is no finding {} (`objhound list` shows them)", store.path(), id));
  const FindingSummary& f = *finding;
  const auto seen = store.occurrences(id, kShownOccurrences);
  if (!seen) return tl::unexpected(seen.error());

  std::string text =
      fmt::format("finding {}: {} {} ({}, {}, {})\n\n  {}\n\n", f.id, printable(f.rule), printable(f.slug),
                  printable(f.severity), printable(f.arch), printable(f.status), printable(f.message));
  const auto field = [&](std::string_view label, const std::string& value) {
    text += fmt::format("  {:<14}{}\n", label, printable(value));
  };
  field("function", fmt::format("{}+{:#x} in {}", f.function, f.offset, f.section));
  field("fingerprint", fmt::format("{} (version {})", f.fingerprint, f.fingerprint_version));
  if (!f.cause.empty()) field("cause", f.cause);
  field("first seen", f.first_seen);
  field("occurrences", fmt::format("{} with {}", grouped(f.occurrences), fmt::join(f.configurations, ", ")));
  if (f.reduced_lines) field("reduced to", counted(static_cast<uint64_t>(*f.reduced_lines), "line"));

  if (!f.statement.empty()) {
    field("demanded", f.statement);
    field("source", f.source);
  }

  const auto block = [&](std::string_view title, const std::string& lines) {
    if (lines.empty()) return;
    text += fmt::format("\n{}:\n", title);
    std::string shown = "  " + printable(lines, true);
    while (shown.ends_with("\n")) shown.pop_back();
    for (size_t at = 0; (at = shown.find('\n', at)) != std::string::npos; at += 3) shown.insert(at + 1, "  ");
    text += shown + "\n";
  };
  block("evidence", f.evidence);
  block("the way there", f.path);
  if (seen->empty()) return text;

  text += "\nto see it again:\n";
  for (const std::string& line : reproduction_commands(seen->front().program, seen->front().configuration)) {
    text += "  " + line + "\n";
  }
  if (seen->size() > 1) text += "\nalso seen in:\n";
  for (size_t i = 1; i < seen->size(); ++i) {
    const OccurrenceRecord& o = (*seen)[i];
    text += fmt::format("  seed {:<10} {:<36} {}+{:#x}\n", o.program.seed, cut(o.configuration.name, 120),
                        cut(o.finding.function, 60), o.finding.offset);
  }
  if (f.occurrences > seen->size()) text += fmt::format("  and {} more\n", grouped(f.occurrences - seen->size()));
  return text;
}

}  // namespace objhound::results
