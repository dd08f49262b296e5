// What it saves not to start compilers anew: the same program, in the same configuration, by the driver and by a
// server.
#include <benchmark/benchmark.h>

#include "generator/weave/mutate.h"
#include "generator/weave/weave.h"
#include "harness/guided/compile_server.h"
#include "harness/guided/corpus.h"

namespace objhound::harness {
namespace {

// A guided campaign's programs on the default matrix; one iteration is one compilation, of each configuration in turn.
void compile(benchmark::State& state, bool servers) {
  const Config config = default_config();
  ProcessRunner runner;
  const auto work = *WorkDir::create();
  const Matrix matrix = probe(config, runner, *work);
  CallPlans plans(matrix.configurations.size());
  QuickCompiler compiler(config, matrix, runner, *work, 0, servers ? unpack_preload(work->root()) : "", plans);
  generator::Draw draw(1);
  std::vector<std::string> programs;
  for (int i = 0; i < 50; ++i) {
    generator::weave::Decisions decisions(generator::weave::small_program(kMaxInputBytes, draw));
    programs.push_back(generator::weave::program_of(decisions));
  }
  for (size_t i = 0; i < matrix.configurations.size(); ++i) compiler.compile(i, programs[0]);
  const double before = compiler.cpu_seconds();
  size_t n = 0;
  for (auto _ : state) {
    const CompileResult result = compiler.compile(n % matrix.configurations.size(), programs[n % programs.size()]);
    if (result.object.empty()) state.SkipWithError(result.diagnosis.detail.c_str());
    ++n;
  }
  state.counters["cpu_ms"] = 1000 * (compiler.cpu_seconds() - before) / static_cast<double>(n);
  state.counters["servers_ms"] = 1000 * compiler.end_servers() / static_cast<double>(n);
}

void by_driver(benchmark::State& state) { compile(state, false); }
void by_server(benchmark::State& state) { compile(state, true); }
BENCHMARK(by_driver)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(400);
BENCHMARK(by_server)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(400);

}  // namespace
}  // namespace objhound::harness
