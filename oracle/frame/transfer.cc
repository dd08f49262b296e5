// What each micro-operation does to the abstract state. Most instructions have nothing to do with the frame: see
// Transfer::step.

#include <algorithm>
#include <bit>

#include "oracle/frame/interpreter.h"

namespace objhound::oracle {
namespace {

// How far a store of unknown size may reach; larger than any single store of either architecture.
constexpr unsigned kUnknownStoreReach = 64;

// A constant as the low `width` bytes of a register, zero-extended.
Value truncated(Value value, unsigned width) {
  if (width >= 8) return value;
  if (value.kind != Value::Kind::Const || value.units() != 0)
    return value.kind == Value::Kind::Approximate ? value : Value::unknown();
  return Value::constant(int64_t{value.offset} & ((int64_t{1} << (8 * width)) - 1));
}

Value add(Value a, Value b) {
  if (b.kind == Value::Kind::Const) return a.plus(b.offset).plus_units(b.units());
  if (a.kind == Value::Kind::Const) return b.plus(a.offset).plus_units(a.units());
  if (a.kind == Value::Kind::Approximate || b.kind == Value::Kind::Approximate) return Value::approximate();
  const bool in_frame = a.is_stack() || a.is_somewhere() || b.is_stack() || b.is_somewhere();
  return in_frame ? Value::somewhere() : Value::unknown();
}

Value shifted(Value value, unsigned shift) {
  if (shift == 0) return value;
  if (value.kind == Value::Kind::Const)
    return Value::constant(int64_t{value.offset} << shift).plus_units(int64_t{value.units()} << shift);
  return value.kind == Value::Kind::Approximate ? value : Value::unknown();
}

Value negated(Value value) {
  if (value.kind == Value::Kind::Const)
    return Value::constant(-int64_t{value.offset}).plus_units(-int64_t{value.units()});
  return value.kind == Value::Kind::Approximate ? value : Value::unknown();
}

// Operations on constants that the compilers use to build frame sizes.
Value on_constant(Op op, Value a, int64_t imm) {
  const bool aligns = op == Op::Or || (op == Op::And && imm < 0);
  if (aligns && (a.is_stack() || a.is_somewhere())) return Value::somewhere();
  if (a.kind != Value::Kind::Const && op == Op::Sar && imm == 63) return Value::all_or_none();
  if (a.kind != Value::Kind::Const) return a.kind == Value::Kind::Approximate ? a : Value::unknown();
  if (a.units() != 0)
    return op == Op::Shl && imm >= 0 && imm < 16 ? shifted(a, static_cast<unsigned>(imm)) : Value::unknown();
  const int64_t value = a.offset;
  switch (op) {
    case Op::And:
      return Value::constant(value & imm);
    case Op::Or:
      return Value::constant(value | imm);
    case Op::Shl:
      return imm >= 0 && imm < 32 ? Value::constant(value << imm) : Value::unknown();
    case Op::Shr:
      return imm >= 0 && imm < 64 && value >= 0 ? Value::constant(value >> imm) : Value::unknown();
    case Op::Sar:
      return imm >= 0 && imm < 64 ? Value::constant(value >> imm) : Value::unknown();
    default:
      return Value::unknown();
  }
}

// Of a condition that was hardened, one way brings a mask, the other what sets or clears all of it.
Value selected(Value a, Value b) {
  const Value mask = Value::all_or_none();
  const auto uniform = [&](Value v) { return v == mask || v == Value::constant(0) || v == Value::constant(-1); };
  return uniform(a) && uniform(b) && (a == mask || b == mask) ? mask : join(a, b, false);
}

// What is masked so (see Value) is an address, or a register of the caller's behind its reload.
Value masked(Value value, Value other, Value mask) {
  if (other == mask && describes_frame(value)) return value;
  return value == mask && describes_frame(other) ? other : Value::unknown();
}

}  // namespace

Value Transfer::address(const State& state, const MicroOp& op) {
  if (op.a == kPcReg) return Value::unknown();
  const Value base = op.a == kNoReg ? Value::constant(0) : state.reg(op.a);
  const Value sum = op.b == kNoReg ? base : add(base, shifted(state.reg(op.b), op.scale));
  return sum.plus(op.imm);
}

uint16_t Transfer::base_for_insn(uint32_t insn) {
  for (const auto& [key, base] : bases_) {
    if (key == insn) return base;
  }
  if (bases_.size() >= Value::kScalable - 1) return 0;
  bases_.emplace_back(insn, static_cast<uint16_t>(bases_.size() + 1));
  return bases_.back().second;
}

std::vector<uint32_t> Transfer::makers_of_bases() const {
  std::vector<uint32_t> makers;
  for (const auto& [key, base] : bases_) makers.push_back((key & kJoin) != 0 ? kNoIndex : key);
  return makers;
}

bool Transfer::make_element(uint32_t insn) {
  const auto place = std::ranges::lower_bound(elements_, insn);
  if (place != elements_.end() && *place == insn) return false;
  elements_.insert(place, insn);
  return true;
}

void Transfer::approximate(Reason reason, uint32_t insn_index) {
  for (const Approximation& known : approximations_) {
    if (known.insn == insn_index && known.reason == reason) return;
  }
  approximations_.push_back({reason, insn_index});
}

// Whether what the operation computes, or the address that it stores to, rests on a stack address from memory. The
// compiler keeps such addresses there too (a saved SP, the base of a realigned frame), but only to make SP of them.
bool Transfer::is_hearsay(const State& state, const MicroOp& op) {
  return op.op == Op::Load || state.hearsay(op.a) || state.hearsay(op.b);
}

// Whether a store is to an object of the program's, wherever in it: through an address that was computed, or with an
// index. An index may have a known value (in the first round of a loop; nor need the loop be long enough for its
// unrolled body), and is still an index. What a compiler saves far from SP, it may reach with one, too.
bool Transfer::stays_within_object(const State& state, const MicroOp& op) {
  const bool saves = op.op == Op::Store && op.src != kNoReg && state.reg(op.src).kind == Value::Kind::Entry;
  return is_hearsay(state, op) || (op.b != kNoReg && !saves);
}

// Writes a computed value. SP always is *some* stack address: where the value is not known it becomes a dynamic base
// of its own, named by the instruction.
void Transfer::assign(State& state, const MicroOp& op, Value value, uint32_t insn_index) {
  if (op.dst == kNoReg) return;
  if (op.merges) value = value.kind == Value::Kind::Approximate ? value : Value::unknown();
  // What an address is that was made of one that is only approximated is not known either.
  const auto rests_on_approximation = [&](Reg from) {
    return from != kNoReg && state.reg(from).kind == Value::Kind::Approximate;
  };
  if (op.dst == arch_.sp && !value.is_stack() && (rests_on_approximation(op.a) || rests_on_approximation(op.b)))
    value = Value::approximate();
  if (op.dst != arch_.sp || value.is_stack() || value.kind == Value::Kind::Approximate) {
    const bool hearsay = value.is_stack() && op.dst != arch_.sp && is_hearsay(state, op);
    state.set(op.dst, value);
    if (hearsay) state.mark_hearsay(op.dst);
    return;
  }
  const uint16_t base = base_for_insn(insn_index);
  if (base == 0) {
    approximate(Reason::Limit, insn_index);
    state.set(op.dst, Value::approximate());
    return;
  }
  state.retire_base(base);
  state.set(op.dst, Value::dynamic(base, 0));
}

void Transfer::value_op(State& state, const MicroOp& op, uint32_t insn_index) {
  Value result = Value::unknown();
  switch (op.op) {
    case Op::Copy:
    case Op::Zext:
      result = truncated(state.reg(op.a), op.width);
      break;
    case Op::Sext: {
      const Value value = state.reg(op.a);
      const bool fits = value.kind == Value::Kind::Const && op.width == 4 && op.to_width == 8;
      if (fits) result = Value::constant(static_cast<int32_t>(value.offset));
      break;
    }
    case Op::Const:
      // Where a relocation will write, a zero stands (both architectures keep addends in the relocations): such a zero
      // may become anything.
      if (!op.relocatable || op.imm != 0) result = Value::constant(op.imm);
      break;
    case Op::Add:
      result = truncated(state.reg(op.a).plus(op.imm), op.width);
      break;
    case Op::AddReg:
      result = truncated(add(state.reg(op.a), shifted(state.reg(op.b), op.scale)).plus(op.imm), op.width);
      break;
    case Op::AddScalable:
      result = (op.a == kNoReg ? Value::constant(0) : state.reg(op.a)).plus_units(op.imm);
      break;
    case Op::SubReg:
      if (state.reg(op.b).is_stack()) break;  // a distance
      result = truncated(add(state.reg(op.a), negated(shifted(state.reg(op.b), op.scale))), op.width);
      break;
    case Op::AndReg:
      result = truncated(masked(state.reg(op.a), state.reg(op.b), Value::all_or_none()), op.width);
      break;
    case Op::OrReg:
      result = truncated(masked(state.reg(op.a), state.reg(op.b), Value::beyond_addresses()), op.width);
      break;
    case Op::Shl:
      result = truncated(on_constant(op.op, state.reg(op.a), op.imm), op.width);
      if (result.is_unknown() && op.width == 8 && op.imm >= int64_t{arch_.address_bits})
        result = Value::beyond_addresses();
      break;
    case Op::And:
    case Op::Or:
    case Op::Shr:
    case Op::Sar:
      result = truncated(on_constant(op.op, state.reg(op.a), op.imm), op.width);
      break;
    case Op::Select:
      result = truncated(selected(state.reg(op.a), state.reg(op.b)), op.width);
      break;
    case Op::Load:
      result = load(state, op);
      break;
    default:  // Address, Clobber
      break;
  }
  assign(state, op, result, insn_index);
}

// Whether it is known which eight bytes of the stack the operation goes to, if it goes there at all.
bool Transfer::is_followed(const State& state, const MicroOp& op) {
  const auto in_frame = [&](Reg reg) {
    const Value value = state.reg(reg);
    return value.is_stack() || value.is_somewhere();
  };
  return !in_frame(op.a) ? !in_frame(op.b) : op.b == kNoReg && !state.reg(op.a).is_somewhere() && !state.hearsay(op.a);
}

Value Transfer::load(const State& state, const MicroOp& op) {
  if (op.width != 8) return Value::unknown();
  const Value value = state.slot(address(state, op));
  const bool perhaps_astray = state.astray && value.kind == Value::Kind::Unknown && !is_followed(state, op);
  return perhaps_astray ? Value::approximate() : value;
}

void Transfer::store(State& state, const MicroOp& op, Value value, uint32_t insn_index) {
  const bool followed = is_followed(state, op);
  if (!followed && describes_frame(value)) state.astray = true;
  if (stays_within_object(state, op) || is_element(insn_index)) return;
  const Value where = address(state, op);
  note_overwrite(op, where, state.store(where, op.width, value), insn_index);
}

void Transfer::note_overwrite(const MicroOp& op, Value address, Value forgotten, uint32_t insn_index) {
  if (forgotten.kind == Value::Kind::Unknown) return;
  if (forgotten.is_stack() && (op.a == arch_.sp || op.a == arch_.fp)) return;
  constexpr size_t kMost = 64;
  const auto moves = [&](const MicroOp& other) { return writes_register(other, arch_.sp); };
  if (op.a == arch_.sp && std::ranges::any_of(ops(insn_index), moves)) return;  // a push
  const bool no_register = op.op == Op::StoreConst || (op.op == Op::Store && op.src == kNoReg);
  const Overwrite overwrite{insn_index, op.a, no_register, op.width, address};
  const bool known = std::ranges::find(overwrites_, overwrite) != overwrites_.end();
  if (!known && overwrites_.size() < kMost) overwrites_.push_back(overwrite);
}

// A string store: its length is a constant, or computed by the program, which keeps to its objects as every computed
// store does (state.h), or nobody knows it.
void Transfer::store_unknown_size(State& state, const MicroOp& op, uint32_t insn_index) {
  const Value start = state.reg(op.a);
  if (state.hearsay(op.a)) return;
  if (op.src == kNoReg) {
    state.store(start, kUnknownStoreReach, Value::unknown(), Value::approximate());
    return;
  }
  const Value count = state.reg(op.src);
  if (count.kind != Value::Kind::Const || count.offset <= 0) return;
  constexpr int64_t kMost = 1 << 30;  // bytes: no frame is larger
  const unsigned bytes = static_cast<unsigned>(std::min(kMost, int64_t{count.offset} * op.width));
  note_overwrite(op, start, state.store(start, bytes, Value::unknown()), insn_index);
}

void Transfer::execute(State& state, uint32_t insn_index) {
  for (const MicroOp& op : ops(insn_index)) {
    switch (op.op) {
      case Op::Copy:
      case Op::Const:
      case Op::Add:
      case Op::AddReg:
      case Op::AddScalable:
      case Op::SubReg:
      case Op::And:
      case Op::Or:
      case Op::AndReg:
      case Op::OrReg:
      case Op::Shl:
      case Op::Shr:
      case Op::Sar:
      case Op::Zext:
      case Op::Sext:
      case Op::Address:
      case Op::Clobber:
      case Op::Select:
      case Op::Load:
        value_op(state, op, insn_index);
        break;
      case Op::ClobberSet:
        state.forget(static_cast<RegSet>(op.imm));
        break;
      case Op::Store:
        store(state, op, op.src == kNoReg ? Value::unknown() : state.reg(op.src), insn_index);
        break;
      case Op::StoreConst:
        store(state, op, Value::unknown(), insn_index);
        break;
      case Op::StoreUnknownSize:
        if (!is_element(insn_index)) store_unknown_size(state, op, insn_index);
        break;
      case Op::SignReturn:
      case Op::AuthReturn: {
        Value value = state.reg(op.dst);
        if (value.kind == Value::Kind::Entry) value.base = op.op == Op::SignReturn ? 1 : 0;
        state.set(op.dst, value);
        break;
      }
      case Op::Unmodelled:
        approximate(Reason::UnmodelledInstruction, insn_index);
        state.forget_all(arch_, Value::approximate());
        break;
      case Op::Compare:
      case Op::CompareMem:
      case Op::TestBits:
      case Op::FlagsLost:
      case Op::Jump:
      case Op::Branch:
      case Op::JumpReg:
      case Op::JumpMem:
      case Op::Call:
      case Op::CallReg:
      case Op::CallMem:
      case Op::Return:
      case Op::Trap:
      case Op::Syscall:
        break;
    }
  }
  state.forget_temporaries();
}

void Transfer::leave(State& state, const Block& block) const {
  if (block.call_as_push) {
    const Value sp = state.reg(arch_.sp).plus(arch_.return_on_stack ? arch_.entry_sp : 0);
    state.set(arch_.sp, sp);
    if (arch_.return_on_stack) state.store(sp, 8, Value::unknown());
  }
  if (block.pops_target) state.set(arch_.sp, state.reg(arch_.sp).plus(-arch_.entry_sp));
  if (block.inlined_call || block.call_as_push) {
    if (!arch_.return_on_stack) state.set(arch_.return_address, Value::unknown());
    return;
  }
  if (!block.ends_in_call) return;
  // A callee of the same file may be known to leave registers alone that the ABI lets it change (GCC's -fipa-ra, and
  // hand-written assembly): what they held is not lost for certain. The call itself writes the link register.
  const bool local = block.callee.function != kNoIndex || block.callee.place.valid();
  const RegSet clobbered = arch_.call_clobbered & ~block.kept;
  const RegSet doubtful = local ? state.known() & clobbered & ~reg_bit(arch_.return_address) : 0;
  state.forget(clobbered & ~doubtful);
  for (RegSet left = doubtful; left != 0; left &= left - 1) {
    const Reg r = static_cast<Reg>(std::countr_zero(left));
    state.set(r, state.reg(r).is_somewhere() ? Value::unknown() : Value::approximate());
  }
  state.drop_slots_below(state.reg(arch_.sp), 0);
}

void Transfer::unwind(State& state, uint32_t popped) const {
  state.drop_slots_below(state.reg(arch_.sp), 0);
  state.forget(arch_.call_clobbered);
  state.set(arch_.sp, state.reg(arch_.sp).plus(popped));
}

void Transfer::receive(State& state) const {
  state.drop_slots_below(state.reg(arch_.sp), 0);
  state.forget(~(reg_bit(arch_.sp) | reg_bit(arch_.fp)));
}

Transfer::Equality Transfer::equality_of(const Block& block) const {
  if (block.first == block.last || pool_.insn(cfg_.insns[block.last - 1].insn).flow != Flow::Branch) return {};
  const std::span<const MicroOp> last = pool_.ops(cfg_.insns[block.last - 1].insn);
  const Cond cond = last.back().cond;
  if (cond != Cond::Eq && cond != Cond::Ne) return {};
  // The compare must be the instruction before, or be followed only by what writes none of its registers; it may be in
  // the copy of a helper that is called just before.
  constexpr unsigned kReach = 8;  // instructions
  RegSet written = 0;
  const Block* in = &block;
  uint32_t i = block.last;
  for (unsigned distance = 0; distance < kReach; ++distance) {
    if (i == in->first) {
      if (in->predecessors.size() != 1) return {};
      in = &cfg_.blocks[in->predecessors.front().to];
      if (in->ends_in_call || in->first == in->last) return {};
      i = in->last;
    }
    const std::span<const MicroOp> ops = pool_.ops(cfg_.insns[--i].insn);
    for (size_t k = ops.size(); k-- > 0;) {
      const MicroOp& op = ops[k];
      if (op.op == Op::Compare) {
        const bool whole = op.width == 8 && op.a < kMaxRegs && op.b < kMaxRegs && op.scale == 0 && op.imm == 0;
        if (!whole || ((reg_bit(op.a) | reg_bit(op.b)) & written)) return {};
        return {op.a, op.b, cond == Cond::Eq};
      }
      if (op.op == Op::CompareMem || op.op == Op::TestBits || op.op == Op::FlagsLost || op.op == Op::ClobberSet)
        return {};
      written |= reg_bit(op.dst);
    }
  }
  return {};
}

bool Transfer::assume_equal(State& state, const Equality& equality) const {
  const Value a = state.reg(equality.a);
  const Value b = state.reg(equality.b);
  if (a.is_stack() && a.kind == b.kind && a.base == b.base) return a == b;
  // The lattice's order: what is named against entry or the CFA is known best.
  if (a.kind < b.kind && a.is_stack()) state.set(equality.b, a);
  if (b.kind < a.kind && b.is_stack()) state.set(equality.a, b);
  return true;
}

}  // namespace objhound::oracle
