#include "oracle/witness/plan.h"

#include <algorithm>

namespace objhound::oracle::witness {
namespace {

// The equations as bytes; two with the same bytes are the same. Expressions belong to their file's table.
std::string key_of(const Claims& claims, uint64_t file) {
  std::string key;
  const auto put = [&key](auto value) { key.append(reinterpret_cast<const char*>(&value), sizeof value); };
  for (const Step& step : claims.steps) {
    put(step.left);
    put(step.right);
    put(step.reg);
    put(step.entry);
    put(step.base);
    put(step.right_base);
    put(step.offset);
    put(step.right_offset);
    put(step.expression);
    put(step.expression == kNoIndex ? 0 : file);
    put(step.of_state);
    put(step.rule);
    put(step.row);
  }
  return key;
}

bool exit_is_held(Exit exit) {
  return exit == Exit::Return || exit == Exit::TailCall || exit == Exit::TailCallIndirect;
}

// What the checks make of a way out, from the state that the leaving instruction leaves.
ExitClaim exit_claim(const FamilyContext& context, const Block& block, const State& state) {
  const Arch& arch = context.arch;
  ExitClaim claim;
  claim.returns = block.exit == Exit::Return;
  claim.conditional = context.insn(block.last - 1).flow == Flow::Branch;
  claim.through = arch.return_on_stack ? kNoReg : arch.return_address;
  if (claim.returns && !arch.return_on_stack) {
    for (const MicroOp& op : context.decoder.ops(context.cfg.insns[block.last - 1].insn))
      if (op.op == Op::Return) claim.through = op.a;
  }
  const Value sp = state.reg(arch.sp);
  if (sp == Value::cfa(arch.entry_sp)) claim.sp = Conclusion::Right;
  if (sp.kind == Value::Kind::Cfa && claim.sp != Conclusion::Right && !state.tainted) claim.sp = Conclusion::Wrong;
  const Value back = arch.return_on_stack ? state.slot(Value::cfa(arch.return_slot)) : state.reg(claim.through);
  if (back.is_entry(arch.return_address)) claim.return_address = Conclusion::Right;
  bool all = true;
  for (Reg r = 0; r < arch.registers.size(); ++r)
    all = all && ((arch.callee_saved & reg_bit(r)) == 0 || state.reg(r).is_entry(r));
  if (all) claim.registers = Conclusion::Right;
  return claim;
}

}  // namespace

uint32_t Plan::intern(Claims claims, uint32_t family) {
  const auto [it, added] = interned_.try_emplace(key_of(claims, reinterpret_cast<uintptr_t>(families_[family].cfi)),
                                                 static_cast<uint32_t>(claims_.size()));
  if (added) claims_.push_back(std::move(claims));
  return it->second;
}

bool Plan::add_range(uint32_t family, uint32_t range, const FamilyContext& context, const Placement& placement) {
  const CodeRange& code = context.cfg.ranges[range];
  const std::optional<uint64_t> begin = placement.address_of({code.section, static_cast<int64_t>(code.begin)});
  if (!begin || code.begin >= code.end) return false;
  const uint64_t end = *begin + (code.end - code.begin);
  // Hand-written code may have functions in functions: the first one has the bytes.
  const auto after = taken_.lower_bound(end);
  if (after != taken_.begin() && std::prev(after)->second > *begin) return false;
  taken_.emplace(*begin, end);
  const unsigned step = context.arch.insn_alignment;
  ranges_.push_back({*begin, end, step, static_cast<uint32_t>(places_.size()), family, range});
  places_.resize(places_.size() + (end - *begin + step - 1) / step, kNoIndex);
  return true;
}

void Plan::add_block(uint32_t family, uint32_t index, const State* entry, const FamilyContext& context,
                     Transfer& transfer, UnwindCheck& rows) {
  std::optional<State> state;
  if (entry != nullptr) state = *entry;
  const Block& block = context.cfg.blocks[index];
  for (uint32_t i = block.first; i < block.last; ++i) {
    const CodeInsn& code = context.cfg.insns[i];
    if (by_insn_[family][i] != kNoIndex) {
      Expectation& expectation = expectations_[by_insn_[family][i]];
      const Insn& insn = context.insn(i);
      expectation.block = index;
      expectation.flow = insn.flow;
      expectation.length = insn.length;
      expectation.block_start = i == block.first;
      expectation.block_end = i + 1 == block.last;
      expectation.entry = code.range == 0 && code.offset == context.cfg.ranges[0].begin;
      const uint64_t pc = context.object.sections()[context.range(i).section].address + code.offset;
      if (state) expectation.claims = intern(make_claims(context, *state, rows.held_row(i), pc), family);
    }
    if (state) transfer.step(*state, i);
  }
  const uint32_t last = block.first == block.last ? kNoIndex : by_insn_[family][block.last - 1];
  if (last == kNoIndex || !state || context.cfg.outlined_helper || !exit_is_held(block.exit)) return;
  expectations_[last].exit = static_cast<uint32_t>(exits_.size());
  exits_.push_back(exit_claim(context, block, *state));
}

uint32_t Plan::add(const FamilyContext& context, const FamilyResult& result, const Placement& placement) {
  const auto family = static_cast<uint32_t>(families_.size());
  const Cfg& cfg = context.cfg;
  families_.push_back({&cfg, &context.cfi, {}, cfg.outlined_helper, !result.doubts.empty()});
  std::vector<uint32_t> range_index(cfg.ranges.size(), kNoIndex);
  for (uint32_t r = 0; r < cfg.ranges.size(); ++r) {
    families_[family].range_names.push_back(context.object.functions()[cfg.ranges[r].function].name);
    if (cfg.ranges[r].inlined) continue;
    const bool there = add_range(family, r, context, placement);
    ++(there ? placed_ : not_placed_);
    if (there) range_index[r] = static_cast<uint32_t>(ranges_.size() - 1);
  }
  std::vector<uint32_t>& by_insn = by_insn_.emplace_back(cfg.insns.size(), kNoIndex);
  for (uint32_t i = 0; i < cfg.insns.size(); ++i) {
    const CodeInsn& code = cfg.insns[i];
    if (range_index[code.range] == kNoIndex) continue;
    const PlannedRange& range = ranges_[range_index[code.range]];
    by_insn[i] = static_cast<uint32_t>(expectations_.size());
    places_[range.first + (code.offset - cfg.ranges[code.range].begin) / range.step] = by_insn[i];
    Expectation& expectation = expectations_.emplace_back();
    expectation.family = family;
    expectation.insn = i;
    expectation.rewritten = placement.rewritten_near(context.place(i));
  }
  // The fixpoint once more: its dynamic bases are numbered as they are met, and the walk below must give the same.
  Transfer transfer(context.arch, context.decoder.pool(), cfg);
  const Frame frame = interpret(context.arch, cfg, transfer, result.options);
  FamilyResult nobody_reads;
  UnwindCheck rows(context, frame, nobody_reads);
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) add_block(family, b, frame.entry[b], context, transfer, rows);
  return family;
}

const Expectation* Plan::of_insn(uint32_t family, uint32_t insn) const {
  const std::vector<uint32_t>& by_insn = by_insn_[family];
  return insn < by_insn.size() && by_insn[insn] != kNoIndex ? &expectations_[by_insn[insn]] : nullptr;
}

std::pair<std::string, uint64_t> Plan::place_of(uint32_t family, uint32_t insn) const {
  const PlannedFamily& planned = families_[family];
  const CodeInsn& code = planned.cfg->insns[insn];
  return {planned.range_names[code.range], code.offset - planned.cfg->ranges[code.range].begin};
}

}  // namespace objhound::oracle::witness
