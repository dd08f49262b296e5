// `objhound fuzz`: from the command line to a campaign, and from its end to a summary and a page.

#include "harness/fuzz.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "harness/campaign.h"
#include "harness/commands.h"
#include "harness/generate.h"
#include "harness/interrupt.h"
#include "harness/judge.h"
#include "harness/progress.h"
#include "harness/swarm.h"
#include "results/report.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;

tl::unexpected<FuzzEnding> wrong(const std::string& line) { return tl::unexpected(FuzzEnding{kWrongInput, line}); }

OrFuzzEnding<Config> config_for(const FuzzOptions& options) {
  auto config = choose_config(options.config);
  if (!config) return wrong(config.error());
  if (!options.generator.empty()) config->generator = options.generator;
  if (!options.flag_sets.empty()) config->rotate = options.flag_sets == "rotate";
  if (options.swarm) config->swarm.draws = *options.swarm;
  if (!options.flags_catalogue.empty()) config->swarm.catalogue = options.flags_catalogue;
  if (const auto loaded = load_catalogue(*config); !loaded) return wrong(loaded.error());
  return *std::move(config);
}

// "I/N" with 1 <= I <= N.
bool parse_shard(const std::string& text, uint64_t& shard, uint64_t& shards) {
  const char* const end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, shard);
  if (error != std::errc() || rest == end || *rest != '/') return false;
  const auto [tail, tail_error] = std::from_chars(rest + 1, end, shards);
  return tail_error == std::errc() && tail == end && shard >= 1 && shard <= shards;
}

// Seeds from the command line, else all of a finite generator, else the next ones that the database has not seen.
OrFuzzEnding<CampaignPlan> make_plan(const FuzzOptions& options, const Config& config,
                                     const generator::Generator& generator, const results::Store& store) {
  CampaignPlan plan;
  plan.jobs = options.jobs != 0 ? options.jobs : config.jobs;
  if (plan.jobs == 0) plan.jobs = cores();
  if (!options.shard.empty()) {
    uint64_t number = 0;
    if (!parse_shard(options.shard, number, plan.shards))
      return wrong(fmt::format("--shard {}: write I/N with 1 <= I <= N, as in --shard 2/8", options.shard));
    plan.shard = number - 1;
  }
  if (!options.time.empty()) {
    const auto seconds = parse_duration(options.time);
    if (!seconds) return wrong("--time: " + seconds.error());
    plan.seconds = *seconds;
  }
  if (!options.cpu_time.empty()) {
    const auto seconds = parse_duration(options.cpu_time);
    if (!seconds) return wrong("--cpu-time: " + seconds.error());
    plan.cpu_seconds = *seconds;
  }
  if (!options.seeds.empty()) {
    uint64_t last = 0;
    if (!parse_seeds(options.seeds, plan.first_seed, last))
      return wrong(fmt::format("--seeds {}: write A..B with A <= B, as in --seeds 1..1000", options.seeds));
    plan.last_seed = last;
  } else if (generator.seed_count() > 0) {
    plan.first_seed = 0;
    plan.last_seed = generator.seed_count() - 1;
  } else {
    const auto first = next_first_seed(store, generator.name(), to_toml(config));
    if (!first) return wrong(first.error());
    plan.first_seed = *first;
    if (!plan.seconds && !plan.cpu_seconds && config.seconds > 0) plan.seconds = config.seconds;
  }
  return plan;
}

std::string to_text(const CampaignPlan& plan) {
  std::string text = fmt::format("{} at a time, from seed {}", plan.jobs, plan.first_seed);
  if (plan.last_seed) text += fmt::format(" to {}", *plan.last_seed);
  if (plan.seconds) text += fmt::format(", for {:.0f} s", *plan.seconds);
  if (plan.cpu_seconds) text += fmt::format(", for {:.0f} s of CPU time", *plan.cpu_seconds);
  if (plan.shards > 1) text += fmt::format(", shard {} of {}", plan.shard + 1, plan.shards);
  return text;
}

// Violations, and what only a broken compiler does: crash, hang, write assembly that its assembler refuses. Running out
// of memory and rejecting a program may be the limits' or the generator's doing; they are reported and no more.
results::StoreResult<bool> anything_found(const results::Store& store, int64_t campaign) {
  const auto cells = store.matrix(campaign);
  if (!cells) return tl::unexpected(cells.error());
  for (const results::MatrixCell& cell : *cells)
    if (cell.violating > 0 || cell.crashed > 0 || cell.hung > 0) return true;
  const auto failures = store.failures(campaign);
  if (!failures) return tl::unexpected(failures.error());
  return std::ranges::any_of(*failures, [](const results::Store::FailureCount& failure) {
    return failure.outcome == results::Outcome::Rejected && failure.detail.starts_with("assembler:");
  });
}

// The summary on standard output and the page in OUT.
int conclude(const FuzzOptions& options, const results::Store& store, const CampaignEnd& end) {
  const auto summary = results::terminal_summary(store, end.id);
  const auto page = results::html_report(store, end.id);
  const auto found = anything_found(store, end.id);
  for (const std::string& error :
       {summary ? "" : summary.error(), page ? "" : page.error(), found ? "" : found.error()})
    if (!error.empty()) {
      fmt::print(stderr, "objhound: {}\n", error);
      return kInternalError;
    }
  fmt::print("{}", *summary);
  const std::string path = options.out + "/report.html";
  std::ofstream file(path, std::ios::binary);
  if (file << *page << std::flush) {
    fmt::print("report: {}\n", path);
  } else {
    fmt::print(stderr, "objhound: {}: cannot be written: {}\n", path, std::strerror(errno));
    return kInternalError;
  }
  if (!end.complete) fmt::print("stopped; the same command goes on from here\n");
  return *found ? kFound : kNothingFound;
}

// The seeds of the generator, one after the other.
OrFuzzEnding<CampaignEnd> by_seeds(FuzzSession& session, const generator::Generator& generator) {
  const OrFuzzEnding<CampaignPlan> plan = make_plan(session.options, session.config, generator, session.store);
  if (!plan) return tl::unexpected(plan.error());
  fmt::print("  {}, database {}\n", to_text(*plan), session.store.path());
  std::fflush(stdout);
  Campaign campaign(session.config, session.matrix, generator, session.store, session.runner, session.work,
                    oracle_check());
  session.interrupt.on_stop([&] { campaign.stop(); });
  ProgressLine line(stderr);
  const CampaignEnd end = campaign.run(*plan, [&](const Progress& progress) { line.show(progress); });
  session.interrupt.on_stop({});
  line.clear();
  return end;
}

OrFuzzEnding<int> run(const FuzzOptions& options, const ConductFuzz& conduct, WorkDir& work, ProcessRunner& runner,
                      Interrupt& interrupt) {
  const OrFuzzEnding<Config> config = config_for(options);
  if (!config) return tl::unexpected(config.error());
  const auto generator = generator::make_generator(config->generator, command_runner(runner, work, 0));
  if (!generator) return wrong(generator.error());
  const Matrix matrix = probe(*config, runner, work);
  if (interrupt.requested()) return kNothingFound;

  for (const std::string& note : matrix.notes) fmt::print(stderr, "objhound: {}\n", note);
  if (matrix.configurations.empty()) return wrong(config->origin + ": none of its compilers can be used");
  fmt::print("{}; {} ({})\n{}", config->origin, (*generator)->name(), (*generator)->version(), to_text(matrix));
  if (const Swarm swarm(*config, matrix); swarm.draws() > 0)
    fmt::print("  and {} with flags drawn from the {}\n", swarm.draws(),
               (config->swarm.flags ? *config->swarm.flags : Catalogue::built_in()).origin());
  if (options.dry_run) {
    for (const Configuration& entry : matrix.configurations)
      fmt::print("{:<36} {} {}\n", entry.record.name, entry.record.executable, entry.record.flags);
    return kNothingFound;
  }

  std::error_code error;
  fs::create_directories(options.out, error);
  if (error) return wrong(fmt::format("{}: cannot be created: {}", options.out, error.message()));
  const std::string database = options.database.empty() ? options.out + "/objhound.db" : options.database;
  auto store = results::Store::open(database);
  if (!store) return wrong(store.error());
  if (const auto known = store->intern_features(known_features()); !known) return wrong(known.error());
  FuzzSession session{options, *config, matrix, *store, runner, work, interrupt};
  const OrFuzzEnding<CampaignEnd> end = conduct ? conduct(session) : by_seeds(session, **generator);
  if (!end) return tl::unexpected(end.error());
  if (!end->error.empty()) return tl::unexpected(FuzzEnding{kInternalError, end->error});
  return conclude(options, *store, *end);
}

}  // namespace

int fuzz(const FuzzOptions& options, const ConductFuzz& conduct) {
  auto work = WorkDir::create();
  if (!work) {
    fmt::print(stderr, "objhound: {}\n", work.error());
    return kWrongInput;
  }
  ProcessRunner runner;
  Interrupt interrupt([&] {
    runner.stop_all();
    (*work)->remove();
  });
  interrupt.on_stop([&] { runner.stop_all(); });
  const OrFuzzEnding<int> status = run(options, conduct, **work, runner, interrupt);
  if (status) return *status;
  fmt::print(stderr, "objhound: {}\n", status.error().line);
  return status.error().status;
}

}  // namespace objhound::harness
