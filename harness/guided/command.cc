#include "harness/guided/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "harness/guided/guided.h"
#include "harness/guided/pool.h"
#include "harness/progress.h"

namespace objhound::harness {

OrFuzzEnding<CampaignEnd> conduct_guided(FuzzSession& session) {
  const FuzzOptions& options = session.options;
  GuidedPlan plan;
  plan.jobs = options.jobs != 0 ? options.jobs : session.config.jobs;
  if (plan.jobs == 0) plan.jobs = cores();
  // The search's process works in another directory.
  plan.corpus = std::filesystem::absolute(options.corpus.empty() ? options.out + "/guided-corpus" : options.corpus);
  plan.by_drivers = options.by_drivers;
  if (!options.seeds.empty() || !options.shard.empty())
    return tl::unexpected(FuzzEnding{
        kWrongInput, "--guided searches on its own: --seeds and --shard are not for it (give each machine its --out)"});
  if (!options.time.empty()) {
    const auto seconds = parse_duration(options.time);
    if (!seconds) return tl::unexpected(FuzzEnding{kWrongInput, "--time: " + seconds.error()});
    plan.seconds = *seconds;
  }
  if (!options.cpu_time.empty()) {
    const auto seconds = parse_duration(options.cpu_time);
    if (!seconds) return tl::unexpected(FuzzEnding{kWrongInput, "--cpu-time: " + seconds.error()});
    plan.cpu_seconds = *seconds;
  }
  if (!plan.seconds && !plan.cpu_seconds && session.config.seconds > 0) plan.seconds = session.config.seconds;
  const auto campaigns = session.store.campaigns();
  if (!campaigns) return tl::unexpected(FuzzEnding{kInternalError, campaigns.error()});
  for (const results::CampaignRecord& campaign : *campaigns)
    if (campaign.generator == kGuidedGenerator) plan.seed = std::max(plan.seed, campaign.first_seed + 1);

  const auto matrix = with_pool(session.config, session.matrix, plan.seed, session.store, session.runner, session.work);
  if (!matrix) return tl::unexpected(FuzzEnding{kInternalError, matrix.error()});
  plan.fixed = session.matrix.configurations.size();
  fmt::print(
      "  guided, {} of {} configurations with flags drawn for this run, {} at a time{}, corpus {}, database {}\n",
      matrix->configurations.size() - plan.fixed, matrix->configurations.size(), plan.jobs,
      plan.seconds ? fmt::format(", for {:.0f} s", *plan.seconds) : "", plan.corpus, session.store.path());
  std::fflush(stdout);
  Guided guided(session.config, *matrix, session.store, session.runner, session.work);
  session.interrupt.on_stop([&] { guided.stop(); });
  ProgressLine line(stderr);
  const CampaignEnd end = guided.run(plan, [&](const Progress& progress) { line.show(progress); });
  session.interrupt.on_stop({});
  line.clear();
  if (end.error.empty()) fmt::print("{}", to_text(guided.statistics(), end.progress.seconds, plan.jobs));
  return end;
}

}  // namespace objhound::harness
