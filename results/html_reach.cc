// What the objects exercised: of each kind of construct which members were seen and which never, and where. A campaign
// without findings says something only of what stands here.
#include <fmt/format.h>

#include <algorithm>

#include "results/coverage_view.h"
#include "results/html_parts.h"
#include "results/text.h"

namespace objhound::results {

namespace {

// Which constructs a reader knows these by.
std::string_view title_of(std::string_view kind) {
  return kind == "rule"       ? "What rules ask of"
         : kind == "frame"    ? "Frames"
         : kind == "unwind"   ? "Call frame operations"
         : kind == "edge"     ? "Ways of control"
         : kind == "table"    ? "Jump tables"
         : kind == "unproved" ? "Reasons to stay unproved"
                              : kind;
}

std::string never(const Coverage::Kind& kind) {
  std::string text;
  for (const Coverage::Row& row : kind.rows) {
    if (row.functions == 0) text += fmt::format("{}{}", text.empty() ? "" : "; ", html(row.text));
  }
  return text.empty() ? "<span class=\"good\">nothing is missing</span>"
                      : "<span class=\"quiet\">never:</span> " + text;
}

std::string overview(const Coverage& coverage) {
  std::string text =
      "<table class=\"stacked\"><thead><tr><th>constructs</th><th class=\"n\">seen</th><th></th></tr></thead>\n"
      "<tbody>\n";
  for (const Coverage::Kind& kind : coverage.kinds) {
    if (!kind.closed) continue;
    text += fmt::format(
        "<tr><td class=\"key\"><a href=\"#reach-{0}\">{1}</a></td><td class=\"n\" data-label=\"seen\">{2} of {3}</td>"
        "<td>{4}</td></tr>\n",
        html(kind.name), html(title_of(kind.name)), kind.distinct, kind.rows.size(), never(kind));
  }
  text += "</tbody></table>\n<p class=\"note\">Combinations of these:";
  for (const Coverage::Kind& kind : coverage.kinds) {
    if (!kind.closed) text += fmt::format(" <b>{}</b>&nbsp;{},", grouped(kind.distinct), html(kind.name));
  }
  if (text.ends_with(',')) text.back() = '.';
  return text + "</p>\n";
}

// Distinct features by compiler and level.
std::string by_place(const Coverage& coverage) {
  const std::vector<std::string> compilers = coverage.compilers(), levels = coverage.levels();
  std::string text = "<h3>Distinct features</h3>\n<div class=\"scroll\"><table><thead><tr><th>compiler</th>";
  for (const std::string& level : levels) text += fmt::format("<th class=\"n\">{}</th>", html(level));
  text += "</tr></thead>\n<tbody>\n";
  for (const std::string& compiler : compilers) {
    text += fmt::format("<tr><td class=\"key\">{}</td>", html(compiler));
    for (const std::string& level : levels) {
      const auto place = std::ranges::find(coverage.places, Coverage::Place{compiler, level});
      text += place == coverage.places.end() ? "<td></td>"
                                             : fmt::format("<td class=\"n\">{}</td>", grouped(place->distinct));
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

// A row for each construct, a column for each compiler.
std::string members(const Coverage& coverage, const Coverage::Kind& kind) {
  std::string text = fmt::format(
      "<details class=\"more\" id=\"reach-{}\"><summary>{}: {} of {}</summary>\n<div class=\"scroll\"><table "
      "class=\"sortable\"><thead><tr><th>construct</th><th class=\"n\">places</th>",
      html(kind.name), html(title_of(kind.name)), kind.distinct, kind.rows.size());
  for (const std::string& column : coverage.columns) text += fmt::format("<th class=\"n\">{}</th>", html(column));
  text += "<th class=\"n\">a seed</th></tr></thead>\n<tbody>\n";
  for (const Coverage::Row& row : kind.rows) {
    const std::string gaps = coverage.gaps(row);
    text += fmt::format("<tr><td{}>{}</td><td class=\"n{}\"{}>{}</td>", row.functions == 0 ? " class=\"warn\"" : "",
                        html(row.text), row.places.empty() ? " zero" : "",
                        gaps.empty() ? "" : fmt::format(" title=\"{}\"", html(gaps)),
                        row.places.empty() ? "never" : fmt::format("{}/{}", row.places.size(), coverage.places.size()));
    for (const uint64_t functions : row.columns)
      text +=
          functions == 0 ? "<td class=\"n zero\">–</td>" : fmt::format("<td class=\"n\">{}</td>", grouped(functions));
    text += fmt::format("<td class=\"n\">{}</td></tr>\n", row.functions == 0 ? "" : std::to_string(row.seed));
  }
  return text + "</tbody></table></div></details>\n";
}

}  // namespace

StoreResult<std::string> html_reach(const Store& store, const CampaignView& view) {
  const StoreResult<Reach> reach = store.reach(view.id);
  if (!reach) return tl::unexpected(reach.error());
  const Coverage coverage = coverage_of(*reach, CoverageBy::Compiler);
  std::string text = "<section id=\"reach\">\n<h2>Reach</h2>\n";
  if (coverage.distinct == 0)
    return text + "<p class=\"empty\">It was not noted what the objects exercise.</p>\n</section>\n";
  text += fmt::format(
      "<p class=\"note\">What the objects exercised: {} distinct features, and of a feature and a pair of compiler and "
      "level {}. Where no finding is reported, this is what was looked at; what was never seen was never tested.</p>\n",
      grouped(coverage.distinct), grouped(coverage.pairs));
  text += overview(coverage) + by_place(coverage);
  for (const Coverage::Kind& kind : coverage.kinds) {
    if (kind.closed) text += members(coverage, kind);
  }
  return text + "</section>\n";
}

}  // namespace objhound::results
