// The page: one file, no network, complete without its script. A reader sees first what was found, then how much of
// the matrix it covers, then each finding with all that is needed to believe it and to make it again.
#include <fmt/format.h>

#include "results/html_parts.h"
#include "results/report.h"
#include "results/text.h"

namespace objhound::results {

namespace {

// A table beyond this serves no reader, and only a file made to hurt has it.
constexpr size_t kMostConfigurations = 5'000;

// The result is the title: "2 violations in 67,231 functions".
std::string result(const CampaignView& view) {
  const MatrixCell& all = view.total;
  const uint64_t violations = view.findings_of("violation");
  if (all.functions == 0) return "<h1>Nothing has been checked yet</h1>\n";
  return fmt::format("<h1>{} in {}</h1>\n",
                     violations == 0 ? "<span class=\"good\">No violation</span>"
                                     : fmt::format("<a class=\"bad\" href=\"#findings\">{}</a>",
                                                   counted(violations, "distinct violation")),
                     counted(all.functions, "function"));
}

std::string figures(const CampaignView& view) {
  const MatrixCell& all = view.total;
  std::string text = "<dl class=\"figures\">\n";
  const auto figure = [&](std::string_view name, const std::string& value, const std::string& note) {
    text += fmt::format("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>\n", name, html(value), html(note));
  };
  figure("programs", grouped(view.programs),
         view.failed_programs == 0 ? "every seed gave one" : counted(view.failed_programs, "seed") + " gave none");
  figure("compilations", grouped(all.compilations),
         fmt::format("{}, {}{}", counted(view.compilers.size(), "compiler"),
                     counted(view.configurations.size(), "configuration"),
                     view.drawn == 0 ? "" : fmt::format(", {} drawn", grouped(view.drawn))));
  figure("functions", grouped(all.functions), compact(all.instructions) + " instructions");
  figure("proved", percent(all.proved, all.functions), grouped(all.unproved) + " unproved");
  figure("violating functions", grouped(all.violating), view.findings_in_words());
  const uint64_t failures = all.crashed + all.hung + all.out_of_memory + all.rejected;
  figure("compiler failures", grouped(failures), view.failures_in_words());
  return text + "</dl>\n";
}

std::string navigation(const CampaignView& view) {
  return fmt::format(
      "<nav><a href=\"#matrix\">Matrix</a> <a href=\"#findings\">Findings <span>{}</span></a> "
      "<a href=\"#reach\">Reach</a> <a href=\"#unproved\">Unproved <span>{}</span></a> <a href=\"#failures\">Compiler "
      "failures <span>{}</span></a> "
      "<a href=\"#throughput\">Throughput</a> <a href=\"#campaign\">Campaign</a></nav>\n",
      grouped(view.findings.size()), grouped(view.reasons.size()), grouped(view.failures.size()));
}

}  // namespace

StoreResult<std::string> html_report(const Store& store, int64_t campaign) {
  const StoreResult<CampaignView> loaded = load_campaign(store, campaign);
  if (!loaded) return tl::unexpected(loaded.error());
  const CampaignView& view = *loaded;
  if (view.configurations.size() > kMostConfigurations) {
    return tl::unexpected(fmt::format("{}: {} configurations are too many for a page of at most {} (give one campaign)",
                                      store.path(), view.configurations.size(), kMostConfigurations));
  }
  const StoreResult<std::string> findings = html_findings(store, view);
  if (!findings) return tl::unexpected(findings.error());
  const StoreResult<std::string> reach = html_reach(store, view);
  if (!reach) return tl::unexpected(reach.error());

  std::string page =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      // A second lock behind the escaping: whatever came into the page, it may load and send nothing.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";
  page += fmt::format("<title>objhound: {}</title>\n<style>\n{}</style>\n</head>\n<body>\n", html(view.title()),
                      kReportStyle);
  page += fmt::format("<header>\n<p class=\"title\"><b>objhound</b> {}</p>\n", html(view.title()));
  page += result(view) + figures(view) + "</header>\n" + navigation(view) + "<main>\n";
  page += html_matrix(view) + *findings + *reach + html_unproved(view) + html_failures(view) + html_throughput(view) +
          html_campaign(view);
  page += fmt::format("</main>\n<script>\n{}</script>\n</body>\n</html>\n", kReportScript);
  return page;
}

}  // namespace objhound::results
