#include "oracle/witness/witness.h"

#include "oracle/witness/target.h"

namespace objhound::oracle::witness {

Result<Run> run(const std::string& name, std::span<const uint8_t> executable, Plan& plan, const RunLimits& limits) {
  const Target* target = find_target(plan.arch().elf_machine);
  if (target == nullptr) return tl::unexpected(Error{name, "no emulator for this machine", ""});
  Result<std::unique_ptr<Program>> program = Program::load(name, executable, *target, limits);
  if (!program) return tl::unexpected(program.error());
  Shadow shadow(**program, *target, plan);
  if (!shadow.attach()) return tl::unexpected(Error{name, "the emulator takes no more hooks", ""});

  Run run;
  run.ending = (*program)->run();
  run.output = (*program)->output();
  run.notes = (*program)->notes();
  run.instructions = shadow.instructions();
  run.counted = (*program)->counted();
  run.activations = shadow.activations();
  run.unchecked = shadow.unchecked();
  run.doubted = shadow.doubted();
  run.contradictions = shadow.contradictions();
  return run;
}

}  // namespace objhound::oracle::witness
