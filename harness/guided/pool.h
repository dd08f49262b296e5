// Flags for a guided campaign. The search needs configurations that come back, so what the flag swarm (swarm.h) draws
// anew for every program is here drawn once for a night: a pool of configurations beside the matrix, other ones every
// night, which are searched as all others are.
#pragma once

#include <tl/expected.hpp>

#include "harness/swarm.h"
#include "results/store.h"

namespace objhound::harness {

// The matrix, and behind its configurations those of the pool: kPoolSize draws for each compiler and each of
// config.swarm.draws. What a compiler refuses is learnt and stored, and the rest of the draw is taken. Fails if the
// database does.
inline constexpr uint64_t kPoolSize = 8;
results::StoreResult<Matrix> with_pool(const Config& config, const Matrix& matrix, uint64_t seed, results::Store& store,
                                       ProcessRunner& runner, const WorkDir& work);

}  // namespace objhound::harness
