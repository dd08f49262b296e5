// Generators run no processes themselves; here is what runs them.
#pragma once

#include "generator/generator.h"
#include "harness/process.h"
#include "harness/workdir.h"

namespace objhound::harness {

// A generator's commands, within the harness's limits: in an empty directory of their own, the worker's, which they may
// fill with what they like. The time limit counts CPU time; three times as much on the clock is the end as well.
generator::RunCommand command_runner(ProcessRunner& runner, const WorkDir& work, unsigned worker);

}  // namespace objhound::harness
