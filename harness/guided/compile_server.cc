#include "harness/guided/compile_server.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "generator/words.h"
#include "harness/files.h"
#include "harness/guided/compile_protocol.h"

// The bytes of the library, linked in (CMakeLists.txt).
extern "C" const char objhound_preload_begin[], objhound_preload_end[];

namespace objhound::harness {
namespace {

using results::Outcome;
using Clock = std::chrono::steady_clock;

constexpr unsigned kMaxFailures = 20;  // of a server in a row; then its program is called in the ordinary way

// A server lives as long as the search; each call has a limit of its own.
constexpr double kForever = 1e9;

std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }

// Where the word is the file between compiler and assembler: of no directory of ours, and of a random name.
bool is_temporary_assembly(const std::string& word) {
  return word.ends_with(".s") && base_name(word).starts_with("cc") && word != kPlanAssembly;
}

}  // namespace

std::optional<CallPlan> plan_from(std::string_view printed) {
  CallPlan plan;
  while (!printed.empty()) {
    const size_t end = std::min(printed.find('\n'), printed.size());
    const std::string_view line = printed.substr(0, end);
    printed.remove_prefix(std::min(end + 1, printed.size()));
    if (!line.starts_with(' ') || line.starts_with(" (")) continue;
    auto words = generator::split_words(line);
    if (!words || words->empty()) return {};
    const bool compiler =
        base_name(words->front()) == "cc1" || std::find(words->begin(), words->end(), "-cc1") != words->end();
    const bool assembler = base_name(words->front()) == "as";
    if (!compiler && !assembler) return {};
    for (std::string& word : *words)
      if (is_temporary_assembly(word)) word = kPlanAssembly;
    plan.push_back(*std::move(words));
  }
  if (plan.empty() || plan.size() > 2) return {};
  const std::vector<std::string>& last = plan.back();
  return std::find(last.begin(), last.end(), kPlanObject) == last.end() ? std::nullopt : std::optional(plan);
}

CallPlans::State CallPlans::of(size_t configuration) const {
  std::lock_guard lock(mutex_);
  return states_.at(configuration);
}

void CallPlans::set(size_t configuration, State state) {
  std::lock_guard lock(mutex_);
  states_.at(configuration) = std::move(state);
}

std::pair<size_t, size_t> CallPlans::count() const {
  std::lock_guard lock(mutex_);
  const auto with = [&](Trust trust) {
    return static_cast<size_t>(
        std::count_if(states_.begin(), states_.end(), [&](const State& state) { return state.trust == trust; }));
  };
  return {with(Trust::Tried), with(Trust::Refused)};
}

QuickCompiler::QuickCompiler(const Config& config, const Matrix& matrix, ProcessRunner& runner, const WorkDir& work,
                             unsigned worker, std::string preload, CallPlans& plans)
    : config_(config),
      matrix_(matrix),
      runner_(runner),
      preload_(std::move(preload)),
      directory_(work.worker_directory(worker)),
      driver_(config, runner, work, worker),
      plans_(plans) {}

CompileResult QuickCompiler::by_driver(size_t configuration) {
  const Configuration& entry = matrix_.configurations[configuration];
  CompileResult result = driver_.compile_source(matrix_.compilers[entry.compiler], entry, kPlanSource);
  cpu_seconds_ += result.cpu_seconds;
  return result;
}

CallPlans::State QuickCompiler::plan_of(size_t configuration) {
  CallPlans::State state = plans_.of(configuration);
  if (preload_.empty()) state.trust = CallPlans::Trust::Refused;
  if (state.trust != CallPlans::Trust::Unknown || state.plan) return state;
  const Configuration& entry = matrix_.configurations[configuration];
  ProcessSpec spec;
  spec.argv = {matrix_.compilers[entry.compiler].config.path, "-###"};
  spec.argv.insert(spec.argv.end(), entry.flags.begin(), entry.flags.end());
  spec.argv.insert(spec.argv.end(), {"-c", kPlanSource, "-o", kPlanObject});
  spec.working_directory = directory_;
  spec.environment = {"LC_ALL=C"};
  const ProcessResult asked = runner_.run(spec);
  cpu_seconds_ += asked.cpu_seconds;
  if (asked.ending == Ending::Stopped) return state;
  state.plan = asked.ok() && !asked.truncated ? plan_from(asked.err) : std::nullopt;
  if (!state.plan) state.trust = CallPlans::Trust::Refused;
  plans_.set(configuration, state);
  return state;
}

CompileResult QuickCompiler::compile(size_t configuration, const std::string& text) {
  if (!spill(directory_ + "/" + kPlanSource, text))
    return {{Outcome::OurFailure, directory_ + ": cannot be written (set TMPDIR to a place with room)"}, 0, 0, {}};
  CallPlans::State state = plan_of(configuration);
  if (state.trust == CallPlans::Trust::Refused || !state.plan) return by_driver(configuration);

  const Clock::time_point start = Clock::now();
  CompileResult result;
  const double before = cpu_seconds_;
  result.object = by_plan(*state.plan);
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  result.cpu_seconds = cpu_seconds_ - before;
  if (!result.object.empty() && state.trust == CallPlans::Trust::Tried) return result;
  CompileResult ordinary = by_driver(configuration);
  if (!result.object.empty() && ordinary.diagnosis.outcome == Outcome::Ok) {
    state.trust = result.object == ordinary.object ? CallPlans::Trust::Tried : CallPlans::Trust::Refused;
    plans_.set(configuration, std::move(state));
  }
  return ordinary;
}

std::string QuickCompiler::by_plan(const CallPlan& plan) {
  const std::string object = directory_ + "/" + kPlanObject;
  unlink(object.c_str());
  const bool all = std::ranges::all_of(plan, [&](const std::vector<std::string>& argv) { return call(argv); });
  std::string bytes = all ? slurp(object) : "";
  unlink(object.c_str());
  return bytes;
}

Companion* QuickCompiler::server_for(const std::string& program) {
  Server& server = servers_[program];
  if (server.companion || server.failures >= kMaxFailures) return server.companion.get();
  const std::string socket = fmt::format("{}/{}.socket", directory_, servers_.size());
  ProcessSpec spec;
  spec.argv = {program};
  spec.working_directory = directory_;
  spec.environment = {"LC_ALL=C", "LD_PRELOAD=" + preload_, fmt::format("{}={}", kCompileSocketVariable, socket)};
  spec.limits.wall_seconds = kForever;
  spec.limits.cpu_seconds = config_.compile_cpu_seconds;
  spec.limits.memory_bytes = config_.compile_memory_bytes;
  auto started = Companion::start(runner_, std::move(spec), socket);
  if (started) {
    server.companion = *std::move(started);
  } else {
    server.failures = kMaxFailures;
  }
  return server.companion.get();
}

// What a process has used counts what it has waited for: the compilers (getrusage(2), wait4(2)).
void QuickCompiler::end(Server& server) {
  if (!server.companion) return;
  servers_cpu_seconds_ += std::max(0.0, server.companion->end().cpu_seconds - server.calls_cpu_seconds);
  server.calls_cpu_seconds = 0;
  server.companion.reset();
}

double QuickCompiler::end_servers() {
  for (auto& [program, server] : servers_) end(server);
  return servers_cpu_seconds_;
}

bool QuickCompiler::call(const std::vector<std::string>& argv) {
  std::string words;
  for (const std::string& word : argv) words.append(word).push_back('\0');
  Companion* server = server_for(argv.front());
  if (server == nullptr || words.size() >= kMaxCallBytes || argv.size() > kMaxCallWords) return false;
  const auto size = static_cast<uint32_t>(words.size());
  CompileReply reply;
  if (server->send(&size, sizeof size) && server->send(words.data(), words.size()) &&
      server->receive(&reply, sizeof reply, config_.compile_wall_seconds)) {
    Server& answered = servers_[argv.front()];
    const double spent = 1e-6 * static_cast<double>(reply.cpu_microseconds);
    cpu_seconds_ += spent;
    answered.calls_cpu_seconds += spent;
    answered.failures = 0;
    return reply.status == 0;
  }
  // It hangs, or has been killed. The next call starts another.
  Server& broken = servers_[argv.front()];
  end(broken);
  ++broken.failures;
  return false;
}

std::string unpack_preload(const std::string& directory) {
  const std::string path = directory + "/objhound-preload.so";
  const std::string bytes(objhound_preload_begin, objhound_preload_end);
  return spill(path, bytes) ? path : "";
}

}  // namespace objhound::harness
