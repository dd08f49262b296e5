// How fast a campaign can hand its results in, and how fast it finds out what is done. Compilers give some hundred
// results a second on a large machine: add() must be far from ever being waited for.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>
#include <vector>

#include "results/report.h"
#include "results/store.h"
#include "results/test_data.h"

namespace objhound::results {
namespace {

constexpr int kConfigurations = 52;

// A compilation as a campaign gives them: some functions unproved, a finding now and then.
CompilationRecord typical(uint64_t n, bool with_findings) {
  CompilationRecord r = sample_compilation();
  r.object_hash = std::to_string(n);
  r.compile_seconds = 0.05 + static_cast<double>(n % 97) / 1000;
  r.instructions = 1000 + n % 777;
  if (n % 8 == 0) {
    r.unproved_functions = {{"func_" + std::to_string(n % 20), "indirect-jump", n % 300, "jmp *%rax"}};
    r.proved -= 1;
    r.unproved = 1;
  }
  if (with_findings && n % 500 == 0) {
    r = with_finding(r, "fingerprint-" + std::to_string(n % 3000));
    r.object = std::string(6'000, static_cast<char>(n));
  }
  return r;
}

struct Campaign {
  TempDirectory directory;
  std::string path = directory.path("bench.db");
  Store store = must(Store::open(path));
  int64_t id = must(store.begin_campaign(sample_campaign()));
  std::vector<int64_t> configurations;
  int64_t program = 0;
  uint64_t next = 0;

  Campaign() {
    for (int i = 0; i < kConfigurations; ++i) {
      configurations.push_back(
          must(store.intern_configuration(sample_configuration("gcc-12", "-O" + std::to_string(i)))));
    }
  }
  std::vector<Store::Job> batch(int64_t jobs, bool with_findings = true) {
    std::vector<Store::Job> result;
    for (int64_t i = 0; i < jobs; ++i, ++next) {
      if (next % kConfigurations == 0) program = must(store.intern_program(id, sample_program(next)));
      result.push_back({program, configurations[next % kConfigurations], typical(next, with_findings)});
    }
    return result;
  }
};

void BM_Add(benchmark::State& state) {
  Campaign campaign;
  for (auto _ : state) must(campaign.store.add(campaign.id, campaign.batch(state.range(0))));
  state.SetItemsProcessed(static_cast<int64_t>(campaign.next));
  state.counters["bytes/job"] =
      static_cast<double>(std::filesystem::file_size(campaign.path)) / static_cast<double>(campaign.next);
}
BENCHMARK(BM_Add)->Arg(1)->Arg(16)->Arg(256);

// One database of a million compilations for all that read it.
Campaign& nightly() {
  static Campaign campaign;
  while (campaign.next < 1'000'000) must(campaign.store.add(campaign.id, campaign.batch(5'000)));
  return campaign;
}

void BM_DoneOfAMillion(benchmark::State& state) {
  Campaign& campaign = nightly();
  for (auto _ : state) benchmark::DoNotOptimize(must(campaign.store.done(campaign.id)));
  state.counters["bytes/job"] =
      static_cast<double>(std::filesystem::file_size(campaign.path)) / static_cast<double>(campaign.next);
}
BENCHMARK(BM_DoneOfAMillion)->Unit(benchmark::kMillisecond);

void BM_MatrixOfAMillion(benchmark::State& state) {
  Campaign& campaign = nightly();
  for (auto _ : state) benchmark::DoNotOptimize(must(campaign.store.matrix(campaign.id)));
}
BENCHMARK(BM_MatrixOfAMillion)->Unit(benchmark::kMillisecond);

void BM_HtmlReportOfAMillion(benchmark::State& state) {
  Campaign& campaign = nightly();
  for (auto _ : state) benchmark::DoNotOptimize(must(html_report(campaign.store, campaign.id)));
}
BENCHMARK(BM_HtmlReportOfAMillion)->Unit(benchmark::kMillisecond);

void BM_MergeOfAMillion(benchmark::State& state) {
  Campaign& campaign = nightly();
  for (auto _ : state) {
    const TempDirectory directory;
    Store all = must(Store::open(directory.path("all.db")));
    must(all.merge(campaign.path));
  }
}
BENCHMARK(BM_MergeOfAMillion)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace objhound::results
