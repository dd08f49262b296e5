#include "harness/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "generator/words.h"
#include "harness/compile.h"
#include "harness/cpu_budget.h"
#include "harness/generate.h"
#include "harness/judge.h"
#include "harness/open_program.h"
#include "harness/recorder.h"
#include "harness/scheduler.h"
#include "harness/swarm.h"
#include "harness/version.h"

namespace objhound::harness {

namespace {

using Clock = std::chrono::steady_clock;
using results::CompilationRecord;
using results::Outcome;

constexpr auto kTick = std::chrono::milliseconds(100);
// After the time is up, compilations that are under way may end; then they are killed.
constexpr double kGraceSeconds = 3;
// Beyond it nobody waits for the last seed, and products would overflow.
constexpr uint64_t kCountableSeeds = uint64_t{1} << 40;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// How many seeds from the first to the last are the shard's; 0 without a last one.
uint64_t seeds_of(const CampaignPlan& plan) {
  if (!plan.last_seed) return 0;
  const auto below = [&](uint64_t end) { return end <= plan.shard ? 0 : (end - plan.shard - 1) / plan.shards + 1; };
  const uint64_t last = *plan.last_seed;
  return last < plan.first_seed ? 0 : below(last) - below(plan.first_seed) + (last % plan.shards == plan.shard);
}

}  // namespace

struct Campaign::Impl {
  Impl(const Config& config, const Matrix& matrix, const generator::Generator& generator, results::Store& store,
       ProcessRunner& runner, WorkDir& work, MakeCheck make_check)
      : config(config),
        matrix(matrix),
        generator(generator),
        store(store),
        runner(runner),
        work(work),
        make_check(std::move(make_check)),
        swarm(config, matrix) {}

  const Config& config;
  const Matrix& matrix;
  const generator::Generator& generator;
  results::Store& store;
  ProcessRunner& runner;
  WorkDir& work;
  MakeCheck make_check;

  // Tasks count the matrix's configurations first, and from there on the draws.
  Swarm swarm;
  CampaignPlan plan;
  std::vector<int64_t> configuration_ids;             // in the store, by index in the matrix
  std::map<std::string, std::vector<int64_t>> drawn;  // those of earlier runs with drawn flags, by name
  std::set<std::pair<uint64_t, int64_t>> done;
  std::set<uint64_t> failed_seeds;
  std::optional<uint64_t> next_seed;  // none: used up
  std::unique_ptr<Scheduler> scheduler;
  std::unique_ptr<Recorder> recorder;

  std::mutex mutex;  // for what follows
  std::condition_variable worker_ended;
  size_t working = 0;
  Progress progress;
  OwnFailures own_failures;
  std::string trouble;  // why the campaign cannot go on
  std::atomic<bool> stopped = false;

  // Ends the campaign for a reason of ours; what is done is stored.
  void give_up(const std::string& why) {
    std::lock_guard lock(mutex);
    if (trouble.empty()) trouble = why;
    stopped = true;
    scheduler->stop();
  }

  // The next seed of the shard that has something left to compile.
  std::optional<SeedWork> take_seed() {
    while (next_seed) {
      const uint64_t seed = *next_seed;
      const bool last = plan.last_seed && seed >= *plan.last_seed;
      next_seed = last || seed == ~uint64_t{0} ? std::nullopt : std::optional(seed + 1);
      if (seed % plan.shards != plan.shard || failed_seeds.contains(seed)) continue;
      SeedWork work_left{seed, {}};
      for (size_t i : matrix.for_seed(seed))
        if (!done.contains({seed, configuration_ids[i]})) work_left.configurations.push_back(i);
      for (size_t draw = 0; draw < swarm.draws(); ++draw)
        if (!draw_is_done(seed, draw)) work_left.configurations.push_back(matrix.configurations.size() + draw);
      if (!work_left.configurations.empty()) return work_left;
    }
    return {};
  }

  bool draw_is_done(uint64_t seed, size_t draw) const {
    if (drawn.empty()) return false;
    const auto ids = drawn.find(swarm.draw(seed, draw).configuration.record.name);
    return ids != drawn.end() &&
           std::ranges::any_of(ids->second, [&](int64_t id) { return done.contains({seed, id}); });
  }

  void worker(unsigned number);
  void work_through(unsigned number);
  std::shared_ptr<OpenProgram> make_program(unsigned number, const SeedWork& seed_work);
  void compile(CompilerDriver& driver, CheckObject& check, OpenProgram& program, size_t index);
  CompileResult call_compiler(CompilerDriver& driver, OpenProgram& program, const Configuration& configuration);
  CompileResult compile_drawn(CompilerDriver& driver, OpenProgram& program, size_t draw, Configuration& drawn);
  void preprocess(CompilerDriver& driver, OpenProgram& program, size_t compiler);
  std::optional<std::string> count(const CompilationRecord& record);
  results::StoreResult<int64_t> begin();
  Progress snapshot(Clock::time_point start);
  void wait_for_workers(Clock::time_point start, const std::function<void(const Progress&)>& tick);
};

std::shared_ptr<OpenProgram> Campaign::Impl::make_program(unsigned number, const SeedWork& seed_work) {
  auto program = std::make_shared<OpenProgram>(matrix.compilers.size(), seed_work.configurations.size());
  program->seed = seed_work.seed;
  results::ProgramRecord& record = program->row->record;
  record.generator = generator.name();
  record.generator_version = generator.version();
  record.seed = seed_work.seed;

  auto made = generator.generate(seed_work.seed, command_runner(runner, work, number));
  if (stopped || runner.stopped()) return nullptr;
  if (made) {
    program->source = work.program_directory(seed_work.seed) + "/" + made->file_name;
    std::ofstream file(program->source, std::ios::binary);
    // A full disk is our trouble, and the seed is not to be blamed: it is left for the next run.
    if (!(file << made->text << std::flush)) {
      give_up(fmt::format("{}: cannot be written: {} (set TMPDIR to a place with room)", program->source,
                          std::strerror(errno)));
      return nullptr;
    }
    record.options = made->options;
    record.bytes = made->text.size();
    std::vector<std::string> includes;
    for (const std::string& directory : made->include_directories) includes.push_back("-I" + directory);
    record.include_flags = generator::join_words(includes);
    program->include_directories = std::move(made->include_directories);
  } else {
    record.failure = made.error();
    recorder->add_failure(program->row);
  }
  std::lock_guard lock(mutex);
  ++progress.programs;
  if (!made) ++progress.failed_programs;
  return made ? program : nullptr;
}

void Campaign::Impl::preprocess(CompilerDriver& driver, OpenProgram& program, size_t compiler) {
  OpenProgram::Preprocessed& result = program.preprocessed[compiler];
  std::call_once(result.once, [&] {
    result.path =
        fmt::format("{}/{}{}", work.program_directory(program.seed), compiler, preprocessed_extension(program.source));
    result.diagnosis =
        driver.preprocess(matrix.compilers[compiler], program.source, program.include_directories, result.path)
            .diagnosis;
    if (!result.diagnosis.detail.empty()) result.diagnosis.detail = "preprocessor: " + result.diagnosis.detail;
  });
}

CompileResult Campaign::Impl::call_compiler(CompilerDriver& driver, OpenProgram& program,
                                            const Configuration& configuration) {
  preprocess(driver, program, configuration.compiler);
  const OpenProgram::Preprocessed& preprocessed = program.preprocessed[configuration.compiler];
  if (preprocessed.diagnosis.outcome != Outcome::Ok || preprocessed.diagnosis.stopped)
    return {preprocessed.diagnosis, 0, 0, {}};
  return driver.compile(matrix.compilers[configuration.compiler], configuration, preprocessed.path);
}

// `used`: what it was compiled with in the end. Where the compiler refuses, the flags may be to blame: what it would
// refuse for any program is learnt and left out, what it may refuse for this one is left out for this one.
CompileResult Campaign::Impl::compile_drawn(CompilerDriver& driver, OpenProgram& program, size_t draw,
                                            Configuration& used) {
  bool careful = false;
  for (;;) {
    Swarm::Drawn drawn = swarm.draw(program.seed, draw, careful);
    CompileResult compiled = call_compiler(driver, program, drawn.configuration);
    used = drawn.configuration;
    if (compiled.diagnosis.stopped || !is_refusal(compiled.diagnosis.outcome, used.record)) return compiled;
    const Compiler& compiler = matrix.compilers[used.compiler];
    const auto ask = [&](const std::vector<std::string>& flags) -> std::optional<std::string> {
      const Diagnosis answer = driver.try_flags(compiler, flags).diagnosis;
      if (!is_refusal(answer.outcome, used.record)) return {};
      return answer.detail;
    };
    // Each round knows a culprit more, and a draw has a dozen flags.
    if (auto refused = swarm.learn(drawn, ask)) {
      // A crash by flags that are for everybody is a defect, on whatever program.
      const bool defect =
          compiled.diagnosis.outcome == Outcome::Crashed && refused->units.find("-mllvm") == std::string::npos;
      recorder->add(*std::move(refused));
      if (defect) return compiled;
    } else if (drawn.daring && !careful) {
      careful = true;
    } else {
      return compiled;
    }
  }
}

void Campaign::Impl::compile(CompilerDriver& driver, CheckObject& check, OpenProgram& program, size_t index) {
  const bool fixed = index < matrix.configurations.size();
  Configuration drawn_configuration;
  CompileResult compiled =
      fixed ? call_compiler(driver, program, matrix.configurations[index])
            : compile_drawn(driver, program, index - matrix.configurations.size(), drawn_configuration);
  const Configuration& configuration = fixed ? matrix.configurations[index] : drawn_configuration;
  if (!compiled.diagnosis.stopped) {
    CompilationRecord record;
    record.outcome = compiled.diagnosis.outcome;
    record.detail = std::move(compiled.diagnosis.detail);
    record.compile_seconds = compiled.seconds;
    if (record.outcome == Outcome::Ok) judge_object(check, configuration, std::move(compiled.object), record);
    if (const std::optional<std::string> trouble = count(record)) give_up(*trouble);
    if (fixed)
      recorder->add(program.row, configuration_ids[index], std::move(record));
    else
      recorder->add(program.row, configuration.record, std::move(record));
  }
  if (--program.unfinished == 0) work.remove_program(program.seed);
}

// Why it is time to give up, if it is.
std::optional<std::string> Campaign::Impl::count(const CompilationRecord& record) {
  std::lock_guard lock(mutex);
  harness::count(record, progress);
  return own_failures.count(record);
}

void Campaign::Impl::work_through(unsigned number) {
  CompilerDriver driver(config, runner, work, number);
  CheckObject check = make_check();
  for (Task task = scheduler->next(number); task.kind != Task::Kind::Done; task = scheduler->next(number)) {
    if (task.kind == Task::Kind::Compile) {
      compile(driver, check, *task.program, task.configuration);
      continue;
    }
    const std::shared_ptr<OpenProgram> program = make_program(number, task.work);
    scheduler->publish(number, program, program ? task.work.configurations : std::vector<size_t>{});
  }
}

void Campaign::Impl::worker(unsigned number) {
  try {
    work_through(number);
  } catch (const std::exception& error) {
    give_up(fmt::format("internal error: {}", error.what()));
  }
  std::lock_guard lock(mutex);
  --working;
  worker_ended.notify_all();
}

// Registers the campaign and learns what it has done already.
results::StoreResult<int64_t> Campaign::Impl::begin() {
  results::CampaignRecord record;
  record.generator = generator.name();
  record.objhound_version = kVersion;
  record.config = to_toml(config);
  record.first_seed = plan.first_seed;
  record.last_seed = plan.last_seed.value_or(0);
  auto id = store.begin_campaign(record);
  if (!id) return id;
  for (const Configuration& configuration : matrix.configurations) {
    auto configuration_id = store.intern_configuration(configuration.record);
    if (!configuration_id) return configuration_id;
    configuration_ids.push_back(*configuration_id);
  }
  if (swarm.draws() > 0) {
    const auto refused = store.refused_flags();
    if (!refused) return tl::unexpected(refused.error());
    swarm.remember(*refused);
    const auto known = store.configurations(*id);
    if (!known) return tl::unexpected(known.error());
    for (const results::ConfigurationRecord& record : *known)
      if (record.flag_set == results::kSwarm) drawn[record.name].push_back(record.id);
  }
  auto earlier = store.done(*id);
  if (!earlier) return tl::unexpected(earlier.error());
  auto failed = store.failed_seeds(*id);
  if (!failed) return tl::unexpected(failed.error());
  done = std::move(*earlier);
  failed_seeds = std::move(*failed);

  progress.earlier = done.size();
  if (const uint64_t seeds = seeds_of(plan); seeds < kCountableSeeds) {
    progress.expected =
        (seeds - std::min<uint64_t>(seeds, failed_seeds.size())) * (matrix.for_seed(0).size() + swarm.draws());
  }
  return id;
}

Progress Campaign::Impl::snapshot(Clock::time_point start) {
  std::lock_guard lock(mutex);
  Progress now = progress;
  now.new_findings = recorder->new_findings();
  now.seconds = seconds_since(start);
  if (plan.seconds) now.seconds_left = std::max(0.0, *plan.seconds - now.seconds);
  if (now.expected > 0 && now.compilations > 0 && now.expected >= now.earlier + now.compilations) {
    const auto left = static_cast<double>(now.expected - now.earlier - now.compilations);
    const double by_rate = left * now.seconds / static_cast<double>(now.compilations);
    now.seconds_left = std::min(now.seconds_left.value_or(by_rate), by_rate);
  }
  return now;
}

void Campaign::Impl::wait_for_workers(Clock::time_point start, const std::function<void(const Progress&)>& tick) {
  CpuBudget budget(plan.cpu_seconds);
  std::unique_lock lock(mutex);
  while (working > 0) {
    worker_ended.wait_for(lock, kTick);
    lock.unlock();
    tick(snapshot(start));
    const double elapsed = seconds_since(start);
    if (plan.seconds && elapsed >= *plan.seconds) scheduler->stop();
    if (budget.used_up()) scheduler->stop();
    if (plan.seconds && elapsed >= *plan.seconds + kGraceSeconds) runner.stop_all();
    if (!recorder->error().empty()) scheduler->stop();
    lock.lock();
  }
}

Campaign::Campaign(const Config& config, const Matrix& matrix, const generator::Generator& generator,
                   results::Store& store, ProcessRunner& runner, WorkDir& work, MakeCheck make_check)
    : impl_(std::make_unique<Impl>(config, matrix, generator, store, runner, work, std::move(make_check))) {}

Campaign::~Campaign() = default;

CampaignEnd Campaign::run(const CampaignPlan& plan, const std::function<void(const Progress&)>& tick) {
  const Clock::time_point start = Clock::now();
  impl_->plan = plan;
  CampaignEnd end;
  const auto id = impl_->begin();
  if (!id) {
    end.error = id.error();
    return end;
  }
  end.id = *id;
  if (!plan.last_seed || plan.first_seed <= *plan.last_seed) impl_->next_seed = plan.first_seed;
  {
    // stop() may come from another thread at any moment, this one included.
    std::lock_guard lock(impl_->mutex);
    impl_->scheduler = std::make_unique<Scheduler>(plan.jobs, [this] { return impl_->take_seed(); });
    if (impl_->stopped) impl_->scheduler->stop();
  }
  impl_->recorder = std::make_unique<Recorder>(impl_->store, *id);

  impl_->working = plan.jobs;
  std::vector<std::thread> threads;
  threads.reserve(plan.jobs);
  for (unsigned number = 0; number < plan.jobs; ++number)
    threads.emplace_back([this, number] { impl_->worker(number); });
  impl_->wait_for_workers(start, tick);
  for (std::thread& thread : threads) thread.join();
  impl_->recorder->finish();

  end.progress = impl_->snapshot(start);
  end.error = impl_->recorder->error().empty() ? impl_->trouble : impl_->recorder->error();
  end.complete = end.error.empty() && !impl_->stopped;
  if (end.complete)
    if (const auto finished = impl_->store.finish_campaign(*id, end.progress.seconds); !finished)
      end.error = finished.error();
  return end;
}

void Campaign::stop() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stopped = true;
    if (impl_->scheduler) impl_->scheduler->stop();
  }
  impl_->runner.stop_all();
}

results::StoreResult<uint64_t> next_first_seed(const results::Store& store, const std::string& generator,
                                               const std::string& config_text) {
  const auto campaigns = store.campaigns();
  if (!campaigns) return tl::unexpected(campaigns.error());
  for (const results::CampaignRecord& campaign : *campaigns)
    if (campaign.generator == generator && campaign.finished.empty() && campaign.config == config_text &&
        campaign.last_seed == 0 && campaign.objhound_version == kVersion)
      return campaign.first_seed;
  const auto last = store.last_seed(generator);
  if (!last) return tl::unexpected(last.error());
  return last->has_value() ? **last + 1 : 1;
}

}  // namespace objhound::harness
