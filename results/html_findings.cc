// Findings by fingerprint: a line each, and behind it the disassembly, the way there, and the commands.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "results/html_parts.h"
#include "results/reproduce.h"
#include "results/text.h"

namespace objhound::results {

namespace {

// Beyond these, a finding has its line but not its disassembly, so that the page stays one that browsers like.
constexpr size_t kDetailed = 1000;
constexpr int kOccurrencesShown = 6;

std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ") {
  return fmt::format("{}", fmt::join(words, separator));
}

// The oracle's lines, as dress.cc of oracle/checks writes them: "> " before those of the offending instruction, then
// "OFFSET: TEXT" or, below an instruction, "computed: STATE" and "declared: ROW".
std::string annotated(const std::string& lines) {
  std::string text = "<pre class=\"asm\"><code>";
  size_t at = 0;
  while (at < lines.size()) {
    const size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string line = lines.substr(at, end - at);
    at = end + 1;
    const size_t word = std::min(line.find_first_not_of("> "), line.size());
    const bool state = line.compare(word, 9, "computed:") == 0 || line.compare(word, 9, "declared:") == 0;
    const std::string names = std::string(line.starts_with('>') ? "hit" : "line") + (state ? " state" : "");
    text += fmt::format("<span class=\"{}\">{}</span>", names, html(line));
  }
  return text + "</code></pre>\n";
}

std::string commands(const OccurrenceRecord& o) {
  std::string text = "<pre class=\"commands\">";
  for (const std::string& line : reproduction_commands(o.program, o.configuration)) {
    text += line.starts_with('#') ? fmt::format("<i>{}</i>\n", html(line)) : html(line) + "\n";
  }
  return text + "</pre>\n";
}

// "clang-19: default -O1 -O2 -O3, no-red-zone -O2", a line for each compiler; exact, and short where it can be.
std::string seen_with(const CampaignView& view, const FindingSummary& f) {
  std::vector<std::string> compilers;                              // in the order of the matrix
  std::map<std::string, std::map<std::string, std::string>> sets;  // compiler, flag set: levels
  for (const ConfigurationRecord& g : view.configurations) {
    if (!std::binary_search(f.configurations.begin(), f.configurations.end(), g.name)) continue;
    if (!sets.contains(g.compiler)) compilers.push_back(g.compiler);
    std::string& levels = sets[g.compiler][g.flag_set];
    if ((levels + " ").find(" " + g.level + " ") == std::string::npos) levels += " " + g.level;  // other versions
  }
  std::string text;
  for (const std::string& compiler : compilers) {
    text += (text.empty() ? "" : "<br>") + html(compiler);
    std::string_view separator = ": ";
    for (const auto& [set, levels] : sets[compiler]) {
      text += fmt::format("{}{}<b>{}</b>", separator, html(set), html(levels));
      separator = ", ";
    }
  }
  return text;
}

std::string facts(const CampaignView& view, const FindingSummary& f) {
  std::string text = "<dl class=\"facts\">\n";
  const auto fact = [&](std::string_view name, const std::string& value) {
    text += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
  };
  fact("function",
       fmt::format("<code>{}+{:#x}</code> in <code>{}</code>", html(f.function), f.offset, html(f.section)));
  fact("fingerprint", "<code>" + html(f.fingerprint) + "</code>");
  if (!f.cause.empty()) fact("cause", html(f.cause));
  fact("status", html(f.status) + (f.reduced_lines ? fmt::format(", {} lines", *f.reduced_lines) : ""));
  fact("first seen", html(f.first_seen));
  fact("seen with", seen_with(view, f));
  return text + "</dl>\n";
}

// What the rule demands, in the specification's terms, and where it stands.
std::string demand(const FindingSummary& f) {
  if (f.statement.empty()) return "";
  return fmt::format("<p class=\"demand\">{} <cite>{}</cite></p>\n", html(f.statement), html(f.source));
}

std::string elsewhere(const std::vector<OccurrenceRecord>& seen, uint64_t total) {
  if (seen.size() < 2) return "";
  std::string text = "<h4>Also in</h4>\n<ul class=\"also\">\n";
  for (size_t i = 1; i < seen.size(); ++i) {
    const OccurrenceRecord& o = seen[i];
    text += fmt::format("<li>seed {0}, {1}: <code title=\"{2}\">{2}+{3:#x}</code></li>\n", o.program.seed,
                        html(o.configuration.name), html(o.finding.function), o.finding.offset);
  }
  if (total > seen.size()) text += fmt::format("<li>and {} more</li>\n", grouped(total - seen.size()));
  return text + "</ul>\n";
}

std::string body(const CampaignView& view, const FindingSummary& f, const std::vector<OccurrenceRecord>& seen) {
  std::string text = "<div class=\"body\">\n" + demand(f) + facts(view, f);
  if (!f.evidence.empty()) text += "<h4>Evidence</h4>\n" + annotated(f.evidence);
  if (!f.path.empty()) text += "<h4>The way there</h4>\n<pre class=\"way\">" + html(f.path) + "</pre>\n";
  if (!seen.empty()) text += "<h4>To see it again</h4>\n" + commands(seen.front()) + elsewhere(seen, f.occurrences);
  return text + "</div>\n";
}

std::string line(const FindingSummary& f) {
  const std::string_view kind = f.severity == "violation" ? "bad" : f.severity == "suspect" ? "warn" : "quiet";
  return fmt::format(
      "<summary><span class=\"rule {}\">{}</span> <span class=\"slug\">{}</span> <span class=\"what\">{}</span> "
      "<span class=\"arch\">{}</span> <span class=\"who\">{}</span> <span class=\"n\">{}</span></summary>\n",
      kind, html(f.rule), html(f.slug), html(f.message), html(f.arch), html(joined(f.compilers)),
      grouped(f.occurrences));
}

// Which rules are broken, how often, by whom.
std::string by_rule(const CampaignView& view) {
  struct Row {
    const FindingSummary* first;
    uint64_t findings = 0, occurrences = 0;
    std::map<std::string, uint64_t> by_compiler;
  };
  std::vector<Row> rows;  // findings come sorted by severity and rule
  for (const FindingSummary& f : view.findings) {
    if (rows.empty() || rows.back().first->rule != f.rule || rows.back().first->severity != f.severity) {
      rows.push_back(Row{&f, 0, 0, {}});
    }
    Row& row = rows.back();
    row.findings += 1;
    row.occurrences += f.occurrences;
    for (const std::string& compiler : f.compilers) row.by_compiler[compiler] += 1;
  }
  std::string text =
      "<div class=\"scroll\"><table class=\"sortable stacked\"><thead><tr><th>rule</th><th>severity</th>"
      "<th class=\"n\">findings</th><th class=\"n\">seen</th>";
  for (const std::string& compiler : view.compilers) text += fmt::format("<th class=\"n\">{}</th>", html(compiler));
  text += "</tr></thead>\n<tbody>\n";
  for (const Row& row : rows) {
    text += fmt::format(
        "<tr><td class=\"key\">{} {}</td><td>{}</td><td class=\"n\" data-label=\"distinct\">{}</td>"
        "<td class=\"n\" data-label=\"×\">{}</td>",
        html(row.first->rule), html(row.first->slug), html(row.first->severity), grouped(row.findings),
        grouped(row.occurrences));
    for (const std::string& compiler : view.compilers) {
      const auto count = row.by_compiler.find(compiler);
      const uint64_t n = count == row.by_compiler.end() ? 0 : count->second;
      text +=
          fmt::format("<td class=\"n{}\" data-label=\"{}\">{}</td>", n == 0 ? " zero" : "", html(compiler), grouped(n));
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

}  // namespace

StoreResult<std::string> html_findings(const Store& store, const CampaignView& view) {
  std::string text = "<section id=\"findings\">\n<h2>Findings</h2>\n";
  if (view.findings.empty()) {
    return text + fmt::format("<p class=\"empty\">None: no rule was broken in {} functions.</p>\n</section>\n",
                              grouped(view.total.functions));
  }
  text +=
      "<p class=\"note\">One for each fingerprint, however often it was seen. The object shown is the smallest that "
      "has it. Below, a compiler's column counts the findings it shows.</p>\n";
  text += by_rule(view) + "<div class=\"findings\">\n";
  for (size_t i = 0; i < view.findings.size(); ++i) {
    const FindingSummary& f = view.findings[i];
    text += fmt::format(
        "<details class=\"finding\" id=\"f{}\" data-severity=\"{}\" data-rule=\"{}\" data-arch=\"{}\" "
        "data-compilers=\"{}\" data-first=\"{}\" data-seen=\"{}\"{}>\n",
        f.id, html(f.severity), html(f.rule), html(f.arch), html(joined(f.compilers, "\n")), html(f.first_seen),
        f.occurrences, i == 0 && f.severity == "violation" ? " open" : "");
    text += line(f);
    if (i < kDetailed) {
      const auto seen = store.occurrences(f.id, kOccurrencesShown);
      if (!seen) return tl::unexpected(seen.error());
      text += body(view, f, *seen);
    } else {
      text += fmt::format("<div class=\"body\"><pre class=\"commands\">objhound show {}</pre></div>\n", f.id);
    }
    text += "</details>\n";
  }
  return text + "</div>\n</section>\n";
}

}  // namespace objhound::results
