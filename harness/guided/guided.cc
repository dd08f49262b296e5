#include "harness/guided/guided.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <numeric>
#include <thread>
#include <unordered_map>

#include "generator/weave/mutate.h"
#include "generator/weave/weave.h"
#include "harness/cpu_budget.h"
#include "harness/guided/companion.h"
#include "harness/guided/corpus.h"
#include "harness/guided/engine.h"
#include "harness/guided/examiner.h"
#include "harness/guided/schedule.h"
#include "harness/hash.h"
#include "harness/judge.h"
#include "harness/recorder.h"
#include "harness/version.h"

namespace objhound::harness {
namespace {

using Clock = std::chrono::steady_clock;
using results::CompilationRecord;
using results::Outcome;
namespace weave = generator::weave;

constexpr std::chrono::milliseconds kTick(100);
constexpr size_t kFirstInputs = 64;     // that a corpus begins with
constexpr double kLookSeconds = 0.2;    // how often a worker that waits for its engine looks whether it is over
constexpr unsigned kMaxDeaths = 5;      // of a worker's engine
constexpr double kMessageSeconds = 60;  // that the rest of a message may take

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::vector<uint8_t> drawn_input(uint16_t choice, generator::Draw& draw) {
  return to_bytes({choice, weave::small_program(kMaxProgramBytes, draw)});
}

bool worth_telling(const CompilationRecord& record) {
  return record.outcome != Outcome::Ok || !record.check_error.empty() || record.unproved > 0 ||
         std::ranges::any_of(record.findings, [](const auto& finding) { return finding.severity != "advice"; });
}

}  // namespace

struct Guided::Impl {
  Impl(const Config& config, const Matrix& matrix, results::Store& store, ProcessRunner& runner, WorkDir& work)
      : config(config), matrix(matrix), store(store), runner(runner), work(work), plans(matrix.configurations.size()) {}

  const Config& config;
  const Matrix& matrix;
  results::Store& store;
  ProcessRunner& runner;
  WorkDir& work;

  GuidedPlan plan;
  std::string preload;
  CallPlans plans;
  FeatureIds ids;
  std::optional<Corpus> corpus;
  std::unique_ptr<Schedule> schedule;
  std::unique_ptr<Recorder> recorder;
  std::vector<int64_t> configuration_ids;  // in the store, by index in the matrix
  const std::string weave_version = weave::make_weave()->version();
  std::atomic<bool> stopped = false;

  std::mutex mutex;  // for what follows
  Progress progress;
  GuidedStatistics statistics;
  std::unordered_map<uint64_t, std::vector<uint32_t>> remembered;  // of the inputs that are kept, by fnv1a()
  OwnFailures own_failures;
  std::string trouble;

  // One thread's tools.
  struct Worker {
    unsigned number;
    Examiner examiner;
    uint64_t executed = 0;  // inputs
  };
  void give_up(const std::string& why) {
    std::lock_guard lock(mutex);
    if (trouble.empty()) trouble = why;
    stopped = true;
  }
  std::unique_ptr<Worker> make_worker(unsigned number) {
    return std::unique_ptr<Worker>(new Worker{
        number,
        Examiner(matrix, ids, QuickCompiler(config, matrix, runner, work, number, preload, plans), oracle_check()())});
  }
  void retire(Worker& worker);

  Shown show(Worker& worker, Woven& program, size_t configuration);
  FeatureIds::Noted execute(Worker& worker, const std::vector<uint8_t>& bytes, Work work);
  void replay(Worker& worker);
  void draw(Worker& worker);
  void count(const Shown& shown, const CompilationRecord& record);

  results::StoreResult<int64_t> begin();
  void warm_up(std::vector<std::unique_ptr<Worker>>& workers, const std::function<void()>& tick);
  void serve(Worker& worker);
  bool answer(Worker& worker, Companion& engine);
  bool search(Worker& worker, Companion& engine);
  void in_parallel(std::vector<std::unique_ptr<Worker>>& workers, const std::function<void()>& tick,
                   const std::function<void(Worker&)>& work_through);
};

// Compiles and checks, and hands what came of it to the recorder.
Shown Guided::Impl::show(Worker& worker, Woven& program, size_t configuration) {
  CompilationRecord record;
  Shown shown = worker.examiner.examine(program.text(), configuration, record);
  if (shown.stopped) {
    stopped = true;
  } else {
    count(shown, record);
    const std::shared_ptr<ProgramRow> row = program.row(worth_telling(record));
    recorder->add(row, configuration_ids[configuration], std::move(record));
  }
  return shown;
}

void Guided::Impl::count(const Shown& shown, const CompilationRecord& record) {
  std::lock_guard lock(mutex);
  statistics.checks += shown.check_seconds;
  harness::count(record, progress);
  if (const std::optional<std::string> why = own_failures.count(record)) {
    if (trouble.empty()) trouble = *why;
    stopped = true;
  }
}

// An input of the engine's. What it shows is remembered if it is new: other engines will ask for it too.
FeatureIds::Noted Guided::Impl::execute(Worker& worker, const std::vector<uint8_t>& bytes, Work work) {
  {
    std::lock_guard lock(mutex);
    if (const auto known = remembered.find(fnv1a(bytes)); known != remembered.end()) return {known->second, 0};
  }
  ++worker.executed;
  const Input input = input_from(bytes);
  const size_t configuration = configuration_of(input.choice, plan.fixed, matrix.configurations.size());
  Woven program(input.program, weave_version);
  Shown shown = show(worker, program, configuration);
  if (shown.stopped) return {};
  schedule->done(work, configuration, shown.features.fresh, shown.cpu_seconds);
  if (shown.features.fresh > 0) {
    std::vector<size_t> others(matrix.configurations.size());
    std::iota(others.begin(), others.end(), size_t{0});
    std::erase(others, configuration);
    schedule->add_replay({std::move(program), std::move(others), static_cast<double>(shown.features.fresh)});
  }
  std::lock_guard lock(mutex);
  ++progress.programs;
  if (shown.features.fresh > 0) {
    remembered.emplace(fnv1a(bytes), shown.features.ids);
    statistics.kept = remembered.size();
  }
  return std::move(shown.features);
}

// One configuration more of the program with the most promise, which is then what this has shown, and half of what was
// promised before.
void Guided::Impl::replay(Worker& worker) {
  std::optional<Replay> replay = schedule->take_replay();
  if (!replay) return;
  const size_t configuration = schedule->take_best(replay->configurations);
  const Shown shown = show(worker, replay->program, configuration);
  if (shown.stopped) return;
  schedule->done(Work::Replay, configuration, shown.features.fresh, shown.cpu_seconds);
  replay->promise = (replay->promise + static_cast<double>(shown.features.fresh)) / 2;
  schedule->add_replay(*std::move(replay));
}

// A program anew. If it shows anything new, the engines find it in the corpus.
void Guided::Impl::draw(Worker& worker) {
  generator::Draw seed(schedule->draw_seed());
  const std::vector<uint8_t> bytes = drawn_input(choice_of(schedule->draw_configuration(), plan.fixed), seed);
  const size_t kept = execute(worker, bytes, Work::Draw).fresh;
  if (kept > 0 && !corpus->add(bytes)) give_up(corpus->directory() + ": cannot be written");
}

// One question of the engine; false if it has ended.
bool Guided::Impl::answer(Worker& worker, Companion& engine) {
  uint32_t size = 0;
  if (!engine.receive(&size, sizeof size, kMessageSeconds) || size > kMaxInputBytes) return false;
  std::vector<uint8_t> bytes(size);
  if (!engine.receive(bytes.data(), bytes.size(), kMessageSeconds)) return false;
  const std::vector<uint32_t> ids = execute(worker, bytes, Work::Search).ids;
  const auto count = static_cast<uint32_t>(ids.size());
  std::array<uint16_t, kHints> hints{};
  for (uint16_t& hint : hints) hint = choice_of(schedule->draw_configuration(), plan.fixed);
  return engine.send(&count, sizeof count) && engine.send(ids.data(), ids.size() * sizeof(uint32_t)) &&
         engine.send(hints.data(), sizeof hints);
}

// Questions of the engine's until one has cost a compilation; it also asks for what others have found. False if it has
// ended.
bool Guided::Impl::search(Worker& worker, Companion& engine) {
  const uint64_t before = worker.executed;
  while (!stopped && worker.executed == before) {
    if (!engine.wait(kLookSeconds)) return true;
    if (!answer(worker, engine)) return false;
  }
  return true;
}

// Answers the worker's engine, or does other work while that waits.
void Guided::Impl::serve(Worker& worker) {
  for (unsigned deaths = 0; !stopped && deaths < kMaxDeaths; ++deaths) {
    const std::string socket = work.worker_directory(worker.number) + "/engine.socket";
    ProcessSpec spec;
    spec.argv = engine_command(socket, plan.corpus, plan.seed + worker.number + uint64_t{1000} * deaths);
    spec.working_directory = work.worker_tmp(worker.number);
    spec.limits.wall_seconds = 1e9;
    auto engine = Companion::start(runner, std::move(spec), socket);
    if (!engine) {
      if (!stopped) give_up("the search cannot be started: " + engine.error());
      return;
    }
    bool alive = true;
    while (!stopped && alive) {
      switch (schedule->next()) {
        case Work::Replay:
          replay(worker);
          break;
        case Work::Draw:
          draw(worker);
          break;
        case Work::Search:
          alive = search(worker, **engine);
          break;
      }
    }
    const ProcessResult ended = (*engine)->end();
    std::lock_guard lock(mutex);
    statistics.engines += ended.cpu_seconds;
    if (!stopped && deaths + 1 == kMaxDeaths) {
      trouble =
          fmt::format("the search ended {} times by itself, the last time with {}: {}", kMaxDeaths, ended.summary(),
                      ended.err.substr(ended.err.size() - std::min<size_t>(ended.err.size(), 300)));
      stopped = true;
    }
  }
}

void Guided::Impl::retire(Worker& worker) {
  const double compilers = worker.examiner.compiler().cpu_seconds();
  const double servers = worker.examiner.compiler().end_servers();
  std::lock_guard lock(mutex);
  statistics.compilers += compilers;
  statistics.servers += servers;
}

// The corpus, on today's compilers: what earlier nights kept is tried, and what shows nothing by itself any more goes.
void Guided::Impl::warm_up(std::vector<std::unique_ptr<Worker>>& workers, const std::function<void()>& tick) {
  std::vector<std::vector<uint8_t>> inputs = corpus->read();
  generator::Draw draw(plan.seed);
  const size_t earlier = inputs.size();
  while (inputs.size() < kFirstInputs) {
    inputs.push_back(drawn_input(static_cast<uint16_t>(draw.next()), draw));
    if (!corpus->add(inputs.back())) return give_up(corpus->directory() + ": cannot be written");
  }
  std::vector<std::vector<uint32_t>> features(inputs.size());
  std::atomic<size_t> next = 0;
  in_parallel(workers, tick, [&](Worker& worker) {
    for (size_t i = next++; i < inputs.size() && !stopped; i = next++)
      features[i] = execute(worker, inputs[i], Work::Draw).ids;
  });
  if (stopped) return;
  const std::vector<size_t> kept = cover(features);
  for (size_t i = 0; i < earlier; ++i) {
    if (std::ranges::binary_search(kept, i)) continue;
    corpus->remove(inputs[i]);
    ++statistics.dropped;
  }
  for (const size_t i : kept) remembered.emplace(fnv1a(inputs[i]), features[i]);
}

void Guided::Impl::in_parallel(std::vector<std::unique_ptr<Worker>>& workers, const std::function<void()>& tick,
                               const std::function<void(Worker&)>& work_through) {
  std::atomic<size_t> working = workers.size();
  std::vector<std::thread> threads;
  for (const auto& worker : workers)
    threads.emplace_back([&, &worker = *worker] {
      try {
        work_through(worker);
      } catch (const std::exception& error) {
        give_up(fmt::format("internal error: {}", error.what()));
      }
      --working;
    });
  while (working > 0) {
    std::this_thread::sleep_for(kTick);
    tick();
  }
  for (std::thread& thread : threads) thread.join();
}

results::StoreResult<int64_t> Guided::Impl::begin() {
  results::CampaignRecord record;
  record.generator = kGuidedGenerator;
  record.objhound_version = kVersion;
  record.config = to_toml(config);
  record.first_seed = plan.seed;
  auto id = store.begin_campaign(record);
  if (!id) return id;
  for (const Configuration& configuration : matrix.configurations) {
    auto configuration_id = store.intern_configuration(configuration.record);
    if (!configuration_id) return configuration_id;
    configuration_ids.push_back(*configuration_id);
  }
  return id;
}

Guided::Guided(const Config& config, const Matrix& matrix, results::Store& store, ProcessRunner& runner, WorkDir& work)
    : impl_(std::make_unique<Impl>(config, matrix, store, runner, work)) {}

Guided::~Guided() = default;

CampaignEnd Guided::run(const GuidedPlan& plan, const std::function<void(const Progress&)>& tick) {
  Impl& impl = *impl_;
  const Clock::time_point start = Clock::now();
  const double cpu_before = own_cpu_seconds();
  impl.plan = plan;
  if (impl.plan.fixed == 0) impl.plan.fixed = impl.matrix.configurations.size();
  CampaignEnd end;
  auto corpus = Corpus::open(plan.corpus);
  if (!corpus) {
    end.error = corpus.error();
    return end;
  }
  impl.corpus = *std::move(corpus);
  const auto id = impl.begin();
  if (!id) {
    end.error = id.error();
    return end;
  }
  end.id = *id;
  impl.schedule = std::make_unique<Schedule>(impl.matrix.configurations.size(), plan.seed);
  impl.recorder = std::make_unique<Recorder>(impl.store, *id);
  if (!plan.by_drivers) impl.preload = unpack_preload(impl.work.root());

  const auto snapshot = [&] {
    std::lock_guard lock(impl.mutex);
    Progress now = impl.progress;
    now.new_findings = impl.recorder->new_findings();
    now.features = impl.ids.size();
    now.seconds = seconds_since(start);
    if (plan.seconds) now.seconds_left = std::max(0.0, *plan.seconds - now.seconds);
    return now;
  };
  bool time_over = false;
  CpuBudget budget(plan.cpu_seconds);
  const auto look = [&] {
    tick(snapshot());
    if (plan.seconds && seconds_since(start) >= *plan.seconds) time_over = impl.stopped = true;
    if (budget.used_up()) time_over = impl.stopped = true;
    if (!impl.recorder->error().empty()) impl.stopped = true;
  };
  std::vector<std::unique_ptr<Impl::Worker>> workers;
  for (unsigned number = 0; number < plan.jobs; ++number) workers.push_back(impl.make_worker(number));
  impl.warm_up(workers, look);
  if (!impl.stopped) impl.in_parallel(workers, look, [&](Impl::Worker& worker) { impl.serve(worker); });
  for (const auto& worker : workers) impl.retire(*worker);
  impl.recorder->finish();

  end.progress = snapshot();
  impl.statistics.features = impl.ids.size();
  impl.statistics.searched = impl.schedule->count(Work::Search);
  impl.statistics.drawn = impl.schedule->count(Work::Draw);
  impl.statistics.replayed = impl.schedule->count(Work::Replay);
  impl.statistics.rest = own_cpu_seconds() - cpu_before - impl.statistics.checks;
  end.error = impl.recorder->error().empty() ? impl.trouble : impl.recorder->error();
  end.complete = end.error.empty() && time_over;
  if (end.complete)
    if (const auto finished = impl.store.finish_campaign(*id, end.progress.seconds); !finished)
      end.error = finished.error();
  return end;
}

void Guided::stop() {
  impl_->stopped = true;
  impl_->runner.stop_all();
}

const GuidedStatistics& Guided::statistics() const { return impl_->statistics; }

}  // namespace objhound::harness
