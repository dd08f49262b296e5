#include "harness/guided/pool.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/compile.h"

namespace objhound::harness {
namespace {

constexpr int kMaxRounds = 20;  // a draw has a dozen flags, and each round leaves out one at least

// Levels are counted as the compiler's are; those that it is not configured with share one more.
size_t level_of(const Compiler& compiler, const std::string& level) {
  const std::vector<std::string>& levels = compiler.config.levels;
  return static_cast<size_t>(std::ranges::find(levels, level) - levels.begin());
}

}  // namespace

results::StoreResult<Matrix> with_pool(const Config& config, const Matrix& matrix, uint64_t seed, results::Store& store,
                                       ProcessRunner& runner, const WorkDir& work) {
  Matrix wide = matrix;
  Swarm swarm(config, matrix);
  const auto refused = store.refused_flags();
  if (!refused) return tl::unexpected(refused.error());
  swarm.remember(*refused);
  CompilerDriver driver(config, runner, work, 0);
  for (uint64_t turn = 0; turn < kPoolSize * swarm.draws(); ++turn) {
    for (int round = 0; round < kMaxRounds && !runner.stopped(); ++round) {
      Swarm::Drawn drawn = swarm.draw(seed * kPoolSize + turn / swarm.draws(), turn % swarm.draws(), /*careful=*/true);
      Configuration& entry = drawn.configuration;
      const Compiler& compiler = matrix.compilers[entry.compiler];
      const auto ask = [&](const std::vector<std::string>& flags) -> std::optional<std::string> {
        const Diagnosis answer = driver.try_flags(compiler, flags).diagnosis;
        if (!is_refusal(answer.outcome, entry.record)) return {};
        return answer.detail;
      };
      if (auto learnt = swarm.learn(drawn, ask)) {
        if (const auto stored = store.add_refused_flags(*learnt); !stored) return tl::unexpected(stored.error());
        continue;
      }
      entry.level = level_of(compiler, entry.record.level);
      const auto same = [&](const Configuration& other) { return other.record.name == entry.record.name; };
      if (std::ranges::none_of(wide.configurations, same)) wide.configurations.push_back(std::move(entry));
      break;
    }
  }
  return wide;
}

}  // namespace objhound::harness
