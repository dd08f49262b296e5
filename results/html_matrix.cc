// Totals by compiler, flag set, level and architecture, as a heat map: calm where everything is proved, warm where the
// proof does not close, red where a rule is broken.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "results/html_parts.h"
#include "results/text.h"

namespace objhound::results {

namespace {

// Shade n begins below this share of proved functions, in percent. The interest is near 100, so the steps are finer
// there.
constexpr std::array<double, 7> kShades = {100, 99.9, 99.5, 99, 98, 95, 90};

size_t shade(uint64_t proved, uint64_t functions) {
  if (proved >= functions) return 0;
  const double share = 100.0 * static_cast<double>(proved) / static_cast<double>(functions);
  size_t n = 1;
  while (n < kShades.size() && share < kShades[n]) ++n;
  return n;
}

// As percent(), without its sign: the caption says what the numbers are.
std::string share(uint64_t part, uint64_t whole) {
  std::string text = percent(part, whole);
  if (text.ends_with('%')) text.pop_back();
  return text;
}

uint64_t failures_of(const MatrixCell& c) { return c.rejected + c.crashed + c.hung + c.out_of_memory; }

std::string all_about(const MatrixCell& c) {
  std::string text =
      fmt::format("{}: {} functions, {} proved, {} unproved, {} violating", counted(c.compilations, "compilation"),
                  grouped(c.functions), grouped(c.proved), grouped(c.unproved), grouped(c.violating));
  if (failures_of(c) != 0) text += ", " + counted(failures_of(c), "compiler failure");
  return text;
}

std::string heat_cell(const MatrixCell* cell) {
  if (cell == nullptr) return "<td class=\"none\"></td>";
  if (cell->functions == 0 && failures_of(*cell) == 0) {
    return fmt::format("<td class=\"none\" title=\"{}\">–</td>", html(all_about(*cell)));
  }
  std::string text =
      fmt::format("<td class=\"heat h{}{}\" title=\"{}\"><b>{}</b><small>{}</small>",
                  shade(cell->proved, cell->functions), cell->violating != 0 ? " hit" : "", html(all_about(*cell)),
                  html(share(cell->proved, cell->functions)), compact(cell->functions));
  if (cell->violating != 0) text += fmt::format("<em class=\"bad\">{}&nbsp;✗</em>", grouped(cell->violating));
  if (failures_of(*cell) != 0) text += fmt::format("<em class=\"warn\">{}&nbsp;!</em>", grouped(failures_of(*cell)));
  return text + "</td>";
}

std::string version_of(const CampaignView& view, const std::string& compiler, const std::string& arch) {
  for (const ConfigurationRecord& g : view.configurations) {
    if (g.compiler == compiler && g.arch == arch) return g.version;
  }
  return "";
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

// One architecture: a row for each compiler and flag set, a column for each level.
std::string heat_map(const CampaignView& view, const std::string& arch) {
  std::vector<std::string> levels;
  for (const MatrixCell& c : view.cells) {
    if (c.arch == arch) add_once(levels, c.level);
  }
  std::string text = fmt::format(
      "<table class=\"matrix\">\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">"
      "<span class=\"quiet\">flag set</span></th>",
      html(arch));
  for (const std::string& level : levels) text += fmt::format("<th scope=\"col\">{}</th>", html(level));
  text += "</tr></thead>\n";
  for (const std::string& compiler : view.compilers) {
    std::vector<std::string> sets;
    for (const MatrixCell& c : view.cells) {
      if (c.arch == arch && c.compiler == compiler) add_once(sets, c.flag_set);
    }
    if (sets.empty()) continue;
    text += fmt::format(
        "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{}\">{} <span "
        "class=\"quiet\">{}</span></th></tr>\n",
        levels.size() + 1, html(compiler), html(version_of(view, compiler, arch)));
    for (const std::string& set : sets) {
      text += fmt::format("<tr><th scope=\"row\">{}</th>", html(set));
      for (const std::string& level : levels) {
        const auto cell = std::find_if(view.cells.begin(), view.cells.end(), [&](const MatrixCell& c) {
          return c.arch == arch && c.compiler == compiler && c.flag_set == set && c.level == level;
        });
        text += heat_cell(cell == view.cells.end() ? nullptr : &*cell);
      }
      text += "</tr>\n";
    }
    text += "</tbody>\n";
  }
  return text + "</table>\n";
}

std::string legend() {
  std::string text = "<p class=\"legend\">proved, %: <span class=\"heat h0\">100</span>";
  for (size_t n = 1; n < kShades.size(); ++n) text += fmt::format("<span class=\"heat h{}\">≥{}</span>", n, kShades[n]);
  return text + fmt::format(
                    "<span class=\"heat h{}\">less</span> below it the functions checked; "
                    "<em class=\"bad\">n&nbsp;✗</em> violating, <em class=\"warn\">n&nbsp;!</em> compilations "
                    "that failed</p>\n",
                    kShades.size());
}

std::string all_numbers(const CampaignView& view) {
  std::string text =
      "<details class=\"more\"><summary>All numbers</summary>\n<div class=\"scroll\"><table class=\"sortable "
      "filterable\">"
      "<thead><tr><th>compiler</th><th>arch</th><th>level</th><th>flag set</th><th class=\"n\">compilations</th>"
      "<th class=\"n\">ok</th><th class=\"n\">rejected</th><th class=\"n\">crashed</th><th class=\"n\">hung</th>"
      "<th class=\"n\">memory</th><th class=\"n\">ours</th><th class=\"n\">functions</th><th class=\"n\">proved</th>"
      "<th class=\"n\">unproved</th><th class=\"n\">violating</th><th "
      "class=\"n\">instructions</th></tr></thead>\n<tbody>\n";
  for (const MatrixCell& c : view.cells) {
    text += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td>", html(c.compiler), html(c.arch),
                        html(c.level), html(c.flag_set));
    for (uint64_t n : {c.compilations, c.ok, c.rejected, c.crashed, c.hung, c.out_of_memory, c.our_failures,
                       c.functions, c.proved, c.unproved, c.violating, c.instructions}) {
      text += fmt::format("<td class=\"n{}\">{}</td>", n == 0 ? " zero" : "", grouped(n));
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table></div></details>\n";
}

}  // namespace

std::string html_matrix(const CampaignView& view) {
  std::string text = "<section id=\"matrix\">\n<h2>Matrix</h2>\n";
  if (view.cells.empty()) return text + "<p class=\"empty\">Nothing has been compiled yet.</p>\n</section>\n";
  std::vector<std::string> archs;
  for (const MatrixCell& c : view.cells) add_once(archs, c.arch);
  text +=
      "<p class=\"note\">A function is <dfn>proved</dfn> when every instruction that can be reached was modelled and "
      "every rule that applies holds; <dfn>violating</dfn> when a rule is broken; <dfn>unproved</dfn> when nothing is "
      "known to be wrong, but a <a href=\"#unproved\">named reason</a> kept the proof from closing.</p>\n";
  text += legend() + "<div class=\"matrices\">\n";
  for (const std::string& arch : archs) text += heat_map(view, arch);
  return text + "</div>\n" + all_numbers(view) + "</section>\n";
}

}  // namespace objhound::results
