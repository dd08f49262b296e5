#include "oracle/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace objhound::oracle {
namespace {

using witness::Ending;
using witness::Expectation;
using witness::Mismatch;

constexpr size_t kMostSightings = 100;

// What the run must see for the finding to be witnessed; 0: nothing that it looks for.
uint8_t evidence_for(RuleId rule) {
  switch (rule) {
    case RuleId::UnbalancedReturn:
    case RuleId::TailCallWithFrame:
      return Mismatch::ExitSp;
    case RuleId::ReturnAddressLost:
      return Mismatch::ExitReturnAddress;
    case RuleId::CalleeSavedLost:
      return Mismatch::ExitRegister;
    case RuleId::StateConflictAtJoin:
      return Mismatch::Cfa | Mismatch::ExitSp;
    case RuleId::CfaWrong:
      return Mismatch::Cfa;
    case RuleId::SavedRegisterWrong:
      return Mismatch::Register;
    case RuleId::ReturnAddressRuleWrong:
      return Mismatch::ReturnAddress;
    default:
      return 0;
  }
}

// The instruction at an address of the program, as text, and whether it is there to stop the program.
std::pair<std::string, bool> instruction_at(const ObjectFile& executable, Decoder& decoder, uint64_t address) {
  const Place place = executable.place_of_address(address);
  const bool bytes_there =
      place.valid() && static_cast<uint64_t>(place.offset) < executable.sections()[place.section].bytes.size();
  if (!bytes_there) return {fmt::format("at {:#x}", address), false};
  const std::span<const uint8_t> bytes =
      executable.sections()[place.section].bytes.subspan(static_cast<size_t>(place.offset));
  const std::span<const uint8_t> head = bytes.first(std::min<size_t>(bytes.size(), executable.arch().max_insn_length));
  std::string text = decoder.text(head, address);
  std::replace(text.begin(), text.end(), '\t', ' ');
  const uint32_t function = executable.function_at(place);
  std::string where = fmt::format("{:#x}", address);
  if (function != kNoIndex) {
    const Function& in = executable.functions()[function];
    where = fmt::format("{}+{:#x}", in.name, static_cast<uint64_t>(place.offset) - in.offset);
  }
  const bool trap = decoder.insn(decoder.decode(head)).flow == Flow::Trap;
  return {fmt::format("at {} ({})", where, text), trap};
}

void describe_ending(const Ending& ending, const RunOptions& options, const ObjectFile& executable, Decoder& decoder,
                     RunReport& report) {
  const auto [place, trap] = instruction_at(executable, decoder, ending.pc);
  const auto say = [&report](std::string_view word, std::string text) {
    report.ending = word;
    report.ending_text = std::move(text);
  };
  report.code = ending.code;
  switch (ending.kind) {
    case Ending::Kind::NotStarted:
      return say("not-started", "it could not be started: " + ending.detail);
    case Ending::Kind::Exited:
      return say("exited", fmt::format("exit status {}", ending.code));
    case Ending::Kind::Signalled: {
      const char* name = sigabbrev_np(ending.code);
      return say("signalled",
                 fmt::format("ended itself with {}",
                             name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", ending.code)));
    }
    case Ending::Kind::Crashed:
      return say("crashed", fmt::format("crashed {}, address {:#x}: {}", place, ending.address, ending.detail));
    case Ending::Kind::Trapped:
      return say("trapped", fmt::format("stopped by a trap {}", place));
    case Ending::Kind::NotEmulated:
      if (trap) return say("trapped", fmt::format("stopped by a trap {}", place));
      return say("not-emulated", fmt::format("not finished: the emulator does not know the instruction {}", place));
    case Ending::Kind::Instructions:
      return say("instruction-limit", fmt::format("not finished after {} instructions", options.instructions));
    case Ending::Kind::Time:
      return say("time-limit", fmt::format("not finished after {:g} s", options.seconds));
    case Ending::Kind::Stopped:
      return say("stopped", "stopped: the shadow stack is full");
  }
}

}  // namespace

void Rehearsal::add_coverage(RunReport& report) const {
  report.functions = plan_.placed();
  report.functions_absent = plan_.not_placed();
  for (const Expectation& expectation : plan_.expectations()) {
    report.distinct += expectation.tested;
    report.functions_executed += expectation.executed != 0 && expectation.entry;
  }
}

RunReport Rehearsal::perform(const NamedBytes& program, const ObjectFile& executable, Decoder& decoder,
                             const RunOptions& options) {
  RunReport report;
  report.program = program.name;
  const witness::RunLimits limits{
      .instructions = options.instructions, .seconds = options.seconds, .memory_bytes = options.memory_bytes};
  const auto start = std::chrono::steady_clock::now();
  const Result<witness::Run> run = witness::run(program.name, program.bytes, plan_, limits);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!run) {
    report.error = run.error().text();
    return report;
  }
  describe_ending(run->ending, options, executable, decoder, report);
  report.instructions = run->instructions;
  report.activations = run->activations;
  report.unchecked = run->unchecked;
  report.doubted = run->doubted;
  report.notes = run->notes;
  report.output = run->output;
  add_coverage(report);
  for (const witness::Contradiction& seen : run->contradictions) {
    RunSighting sighting{.function = "", .address = seen.address, .what = seen.what, .count = seen.count};
    if (seen.insn != kNoIndex) std::tie(sighting.function, sighting.offset) = plan_.place_of(seen.family, seen.insn);
    report.contradictions.push_back(std::move(sighting));
  }
  return report;
}

void Rehearsal::mark(uint32_t family, std::span<const Draft> drafts, std::span<Finding> findings,
                     RunReport& report) const {
  uint8_t explained = 0;
  for (size_t i = 0; i < drafts.size() && i < findings.size(); ++i) {
    const uint8_t evidence = evidence_for(drafts[i].rule);
    explained |= evidence;
    const Expectation* expectation = plan_.of_insn(family, drafts[i].insn);
    findings[i].seen = expectation == nullptr || expectation->executed == 0 ? Seen::NotExecuted
                       : (expectation->seen & evidence) != 0                ? Seen::Witnessed
                                                                            : Seen::NotWitnessed;
  }
  constexpr uint8_t kRow = Mismatch::Cfa | Mismatch::ReturnAddress | Mismatch::Register;
  for (const Expectation& expectation : plan_.expectations()) {
    if (expectation.family != family || (expectation.seen & kRow & ~explained) == 0) continue;
    if (report.wrong_rows.size() >= kMostSightings) return;
    auto [function, offset] = plan_.place_of(family, expectation.insn);
    report.wrong_rows.push_back({.function = std::move(function),
                                 .offset = offset,
                                 .what = "the declared row did not recover what the run shows",
                                 .count = expectation.executed});
  }
}

}  // namespace objhound::oracle
