#include "results/campaign_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "results/text.h"

namespace objhound::results {

namespace {

void add(MatrixCell& total, const MatrixCell& cell) {
  total.compilations += cell.compilations;
  total.ok += cell.ok;
  total.rejected += cell.rejected;
  total.crashed += cell.crashed;
  total.hung += cell.hung;
  total.out_of_memory += cell.out_of_memory;
  total.our_failures += cell.our_failures;
  total.functions += cell.functions;
  total.proved += cell.proved;
  total.unproved += cell.unproved;
  total.violating += cell.violating;
  total.instructions += cell.instructions;
  total.compile_seconds += cell.compile_seconds;
  total.check_seconds += cell.check_seconds;
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

// Thousands of drawn configurations become a few, named as reports name them.
void put_drawn_together(CampaignView& view) {
  std::set<std::pair<std::string, std::string>> known;  // name, version
  std::erase_if(view.configurations, [&](ConfigurationRecord& configuration) {
    if (configuration.flag_set != kSwarm) return false;
    ++view.drawn;
    configuration.name = name_in_reports(configuration);
    return !known.emplace(configuration.name, configuration.version).second;
  });
}

}  // namespace

StoreResult<CampaignView> load_campaign(const Store& store, int64_t campaign) {
  CampaignView view;
  view.id = campaign;
  std::string error;
  const auto take = [&error](auto result, auto& into) {
    if (!result) {
      error = result.error();
    } else {
      into = std::move(*result);
    }
    return error.empty();
  };
  if (!take(store.campaigns(), view.campaigns) || !take(store.configurations(campaign), view.configurations) ||
      !take(store.matrix(campaign), view.cells) || !take(store.findings(campaign), view.findings) ||
      !take(store.unproved_reasons(campaign), view.reasons) || !take(store.failures(campaign), view.failures)) {
    return tl::unexpected(error);
  }
  std::erase_if(view.campaigns, [&](const CampaignRecord& c) { return campaign != 0 && c.id != campaign; });
  if (view.campaigns.empty() && campaign != 0) {
    return tl::unexpected(fmt::format("{}: there is no campaign {}", store.path(), campaign));
  }
  for (const CampaignRecord& c : view.campaigns) {
    view.programs += c.programs;
    view.failed_programs += c.failed_programs;
    view.seconds += c.seconds;
  }
  put_drawn_together(view);
  std::set<std::string> known;
  for (const MatrixCell& cell : view.cells) {
    add(view.total, cell);
    if (known.insert(cell.compiler).second) view.compilers.push_back(cell.compiler);
  }
  return view;
}

uint64_t CampaignView::findings_of(std::string_view severity) const {
  return static_cast<uint64_t>(
      std::count_if(findings.begin(), findings.end(), [&](const FindingSummary& f) { return f.severity == severity; }));
}

std::string CampaignView::seeds() const {
  if (campaigns.size() != 1) return "";
  const CampaignRecord& c = campaigns.front();
  return c.last_seed == 0 ? fmt::format("from {}", c.first_seed) : fmt::format("{}..{}", c.first_seed, c.last_seed);
}

std::string CampaignView::title() const {
  if (campaigns.size() != 1) return fmt::format("{}, {}", counted(campaigns.size(), "campaign"), duration(seconds));
  const CampaignRecord& c = campaigns.front();
  return fmt::format("campaign {}: {}, seeds {}, {}, {}, {}", c.id, c.generator, seeds(), c.started,
                     c.finished.empty() ? "not finished" : "finished", duration(seconds));
}

std::string CampaignView::findings_in_words() const {
  std::vector<std::string> words;
  const uint64_t violations = findings_of("violation"), suspects = findings_of("suspect");
  const uint64_t others = findings.size() - violations - suspects;
  if (violations != 0) words.push_back(counted(violations, "violation"));
  if (suspects != 0) words.push_back(counted(suspects, "suspect"));
  if (others != 0) words.push_back(counted(others, "advice", "pieces of advice"));
  return words.empty() ? "none" : joined(words);
}

std::string CampaignView::failures_in_words() const {
  std::vector<std::string> words;
  if (total.crashed != 0) words.push_back(counted(total.crashed, "crash", "crashes"));
  if (total.hung != 0) words.push_back(counted(total.hung, "hang"));
  if (total.out_of_memory != 0) words.push_back(grouped(total.out_of_memory) + " out of memory");
  if (total.rejected != 0) words.push_back(counted(total.rejected, "rejection"));
  uint64_t ours = 0;
  for (const Store::FailureCount& f : failures) ours += f.outcome == Outcome::OurFailure ? f.count : 0;
  if (ours != 0) words.push_back(counted(ours, "failure of our own", "failures of our own"));
  return words.empty() ? "no crash, no hang, nothing rejected" : joined(words);
}

std::string CampaignView::throughput_in_words() const {
  if (seconds <= 0 || total.compilations == 0) return "not measured";
  const double compiling = total.compile_seconds, checking = total.check_seconds;
  return fmt::format("{} compilations/s; {:.1f}% of the work is checking, at {} instructions/s",
                     rate(static_cast<double>(total.compilations) / seconds),
                     compiling + checking > 0 ? 100 * checking / (compiling + checking) : 0.0,
                     rate(checking > 0 ? static_cast<double>(total.instructions) / checking : 0.0));
}

}  // namespace objhound::results
