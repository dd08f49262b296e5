// What is not proved and why, what the compilers failed at, how fast it went, and what exactly was run.
#include <fmt/format.h>

#include <algorithm>

#include "results/html_parts.h"
#include "results/text.h"

namespace objhound::results {

namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

// A bar of this share of its cell's width.
std::string bar(double share) {
  return fmt::format("<span class=\"bar\"><span style=\"width:{:.1f}%\"></span></span>",
                     100 * std::clamp(share, 0.0, 1.0));
}

}  // namespace

std::string html_unproved(const CampaignView& view) {
  std::string text = "<section id=\"unproved\">\n<h2>Unproved, by reason</h2>\n";
  if (view.reasons.empty()) return text + "<p class=\"empty\">None: every function was decided.</p>\n</section>\n";
  text +=
      "<table class=\"sortable stacked\"><thead><tr><th>reason</th><th class=\"n\">functions</th>"
      "<th class=\"n\">of all</th><th></th><th>example</th></tr></thead>\n<tbody>\n";
  const auto most = static_cast<double>(view.reasons.front().functions);
  for (const ReasonCount& r : view.reasons) {
    text += fmt::format(
        "<tr><td class=\"key\">{}</td><td class=\"n\" data-label=\"functions\">{}</td><td class=\"n\" data-label=\"of "
        "all\">{}</td><td class=\"bars\">{}"
        "</td><td class=\"example\"><code>{}</code></td></tr>\n",
        html(r.reason), grouped(r.functions), html(percent(r.functions, view.total.functions)),
        bar(ratio(static_cast<double>(r.functions), most)), html(r.example));
  }
  return text + "</tbody></table>\n</section>\n";
}

std::string html_failures(const CampaignView& view) {
  std::string text = "<section id=\"failures\">\n<h2>Compiler failures, by signature</h2>\n";
  if (view.failures.empty()) {
    return text + fmt::format("<p class=\"empty\">None: {} all gave an object that could be read.</p>\n</section>\n",
                              counted(view.total.compilations, "compilation"));
  }
  text +=
      "<table class=\"sortable stacked\"><thead><tr><th>outcome</th><th>compiler</th><th class=\"n\">count</th>"
      "<th>signature</th><th>example</th></tr></thead>\n<tbody>\n";
  for (const Store::FailureCount& f : view.failures) {
    text += fmt::format(
        "<tr><td class=\"key\"><span class=\"{}\">{}</span></td><td>{}</td><td class=\"n\" data-label=\"×\">{}</td>"
        "<td class=\"example\"><code>{}</code></td><td>seed {}, {}</td></tr>\n",
        f.outcome == Outcome::Crashed || f.outcome == Outcome::Hung ? "bad" : "warn", html(to_text(f.outcome)),
        html(f.compiler), grouped(f.count), html(f.detail), f.example_seed, html(f.example_configuration));
  }
  return text + "</tbody></table>\n</section>\n";
}

std::string html_throughput(const CampaignView& view) {
  const MatrixCell& all = view.total;
  std::string text = "<section id=\"throughput\">\n<h2>Throughput</h2>\n";
  if (all.compilations == 0) return text + "<p class=\"empty\">Nothing has run yet.</p>\n</section>\n";
  const double work = all.compile_seconds + all.check_seconds;
  text += "<dl class=\"figures\">\n";
  const auto figure = [&](std::string_view name, const std::string& value, const std::string& note) {
    text += fmt::format("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>\n", name, html(value), html(note));
  };
  const auto count = static_cast<double>(all.compilations);
  figure("compilations/s", view.seconds > 0 ? rate(count / view.seconds) : "-",
         fmt::format("{} wall, {:.1f} at a time", duration(view.seconds), ratio(work, view.seconds)));
  figure("checks/s", all.check_seconds > 0 ? rate(static_cast<double>(all.ok) / all.check_seconds) : "-",
         "on one core");
  figure("instructions/s",
         all.check_seconds > 0 ? rate(static_cast<double>(all.instructions) / all.check_seconds) : "-",
         "checked on one core");
  figure("time checking", fmt::format("{:.1f}%", 100 * ratio(all.check_seconds, work)),
         fmt::format("{} of {}", duration(all.check_seconds), duration(work)));
  text +=
      "</dl>\n<table class=\"sortable stacked\"><thead><tr><th>compiler</th><th class=\"n\">compilations</th>"
      "<th class=\"n\">compile, ms</th><th class=\"n\">check, ms</th><th class=\"n\">instructions/s</th>"
      "<th>checking</th></tr></thead>\n<tbody>\n";
  for (const std::string& compiler : view.compilers) {
    MatrixCell sum;
    for (const MatrixCell& c : view.cells) {
      if (c.compiler != compiler) continue;
      sum.compilations += c.compilations;
      sum.instructions += c.instructions;
      sum.compile_seconds += c.compile_seconds;
      sum.check_seconds += c.check_seconds;
    }
    const auto n = static_cast<double>(sum.compilations);
    const double share = ratio(sum.check_seconds, sum.compile_seconds + sum.check_seconds);
    text += fmt::format(
        "<tr><td class=\"key\">{}</td><td class=\"n\" data-label=\"compilations\">{}</td>"
        "<td class=\"n\" data-label=\"ms to compile\">{:.1f}</td><td class=\"n\" data-label=\"ms to check\">{:.2f}</td>"
        "<td class=\"n\" data-label=\"instructions/s\">{}</td><td class=\"bars\">{} {:.1f}%</td></tr>\n",
        html(compiler), grouped(sum.compilations), 1000 * ratio(sum.compile_seconds, n),
        1000 * ratio(sum.check_seconds, n), rate(ratio(static_cast<double>(sum.instructions), sum.check_seconds)),
        bar(share), 100 * share);
  }
  return text + "</tbody></table>\n</section>\n";
}

std::string html_campaign(const CampaignView& view) {
  std::string text = "<section id=\"campaign\">\n<h2>Campaign</h2>\n<h3>Compilers</h3>\n";
  std::vector<const ConfigurationRecord*> compilers;
  for (const ConfigurationRecord& g : view.configurations) {
    if (std::none_of(compilers.begin(), compilers.end(), [&](const ConfigurationRecord* other) {
          return other->compiler == g.compiler && other->version == g.version && other->arch == g.arch;
        })) {
      compilers.push_back(&g);
    }
  }
  text +=
      "<table class=\"stacked\"><thead><tr><th>name</th><th>arch</th><th>called as</th><th>version</th></tr></thead>\n"
      "<tbody>\n";
  for (const ConfigurationRecord* g : compilers) {
    text += fmt::format("<tr><td class=\"key\">{}</td><td>{}</td><td><code>{}</code></td><td>{}</td></tr>\n",
                        html(g->compiler), html(g->arch), html(g->executable), html(g->version));
  }
  text += "</tbody></table>\n";
  for (const CampaignRecord& c : view.campaigns) {
    text += fmt::format("<h3>Campaign {}</h3>\n<dl class=\"facts\">\n", c.id);
    const auto fact = [&](std::string_view name, const std::string& value) {
      text += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, html(value));
    };
    fact("generator", c.generator);
    fact("seeds",
         c.last_seed == 0 ? fmt::format("from {}", c.first_seed) : fmt::format("{} to {}", c.first_seed, c.last_seed));
    fact("started", c.started);
    fact("finished", c.finished.empty() ? "not yet" : c.finished);
    fact("wall time", fmt::format("{} in {}", duration(c.seconds), counted(c.runs, "run")));
    fact("objhound", c.objhound_version);
    text += fmt::format("</dl>\n<details class=\"more\"><summary>Configuration</summary>\n<pre>{}</pre></details>\n",
                        html(c.config));
  }
  return text + "</section>\n";
}

}  // namespace objhound::results
