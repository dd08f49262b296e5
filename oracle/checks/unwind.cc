// OH301 to OH304: the unwind row that the compiler declared for an instruction, held against the state that was
// computed for it. An unwinder that stops before the instruction computes the CFA from the row, then the caller's
// registers; both must come out as what they were at entry.

#include "oracle/checks/unwind.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "oracle/checks/evaluate.h"

namespace objhound::oracle {

void UnwindCheck::begin_block(uint32_t block) {
  block_ = block;
  last_row_ = nullptr;
  if (block == 0) recovers_from_ = nullptr;  // the states may be those of another fixpoint
}

const Row* UnwindCheck::row_for(uint32_t insn) {
  const CodeInsn& code = context_.cfg.insns[insn];
  const Place place = context_.place(insn);
  const bool inside = fde_ != nullptr && fde_range_ == code.range && place.offset >= fde_->begin.offset &&
                      static_cast<uint64_t>(place.offset - fde_->begin.offset) < fde_->size;
  if (!inside) {
    fde_ = context_.cfi.fde_at(place);
    fde_range_ = code.range;
    if (fde_ != nullptr && fde_->call_sites_unread)
      result_.doubts.push_back({Reason::IndirectEntry, insn, "its exception table could not be read"});
    rows_ = fde_ == nullptr ? std::span<const RowStart>{} : context_.cfi.rows_of(*fde_);
    row_index_ = 0;
  }
  if (fde_ == nullptr || rows_.empty()) return nullptr;
  const uint64_t offset = static_cast<uint64_t>(place.offset - fde_->begin.offset);
  // Mostly the next row, or one before that in force: blocks are not always visited in the order of their places.
  const bool next = row_index_ + 1 < rows_.size() && rows_[row_index_ + 1].offset <= offset;
  row_index_ += next ? 1 : 0;
  const bool found =
      rows_[row_index_].offset <= offset && (row_index_ + 1 == rows_.size() || rows_[row_index_ + 1].offset > offset);
  if (!found) {
    const auto after = std::ranges::upper_bound(rows_, offset, {}, &RowStart::offset);
    row_index_ = static_cast<size_t>(std::max<ptrdiff_t>(after - rows_.begin(), 1) - 1);
  }
  return rows_[row_index_].offset <= offset ? &context_.cfi.row(rows_[row_index_].row) : nullptr;
}

// Notes where the row in force ends.
void UnwindCheck::remember_extent() {
  const bool last = row_index_ + 1 == rows_.size();
  held_from_ = static_cast<uint64_t>(fde_->begin.offset) + rows_[row_index_].offset;
  held_size_ = (last ? fde_->size : rows_[row_index_ + 1].offset) - rows_[row_index_].offset;
}

void UnwindCheck::look(uint32_t insn, Walk& walk) {
  if (!tables_ || context_.contract.unwind == UnwindPromise::None) return;
  const State& state = walk.state();
  if (&state == recovers_from_ && goes_on(context_.cfg.insns[insn])) {
    last_row_ = recovers_;
    watched_ = asked_;
    return check_slots(insn, state, *recovers_);
  }
  const RegSet moved = walk.take_changes();
  if (!goes_on(context_.cfg.insns[insn])) {
    held_size_ = 0;
    if (context_.range(insn).inlined) return;
    if (row_for(insn) == nullptr) return without_row(insn, state);
    remember_extent();
  }
  const Row* row = &context_.cfi.row(rows_[row_index_].row);
  const Flow flow = context_.insn(insn).flow;
  const bool call = flow == Flow::Call || flow == Flow::CallIndirect;
  const bool anew = row != last_row_ || (moved & asked_) != 0;
  last_row_ = row;
  // Tables that are only synchronous promise something at calls alone.
  if (promise() == UnwindPromise::Synchronous) {
    last_row_ = nullptr;
    watched_ = 0;
    cfa_holds_ = false;
    recovers_from_ = nullptr;
    if (call && !calls_leaf_helper()) hold(insn, state, *row);
    return;
  }
  if (anew) {
    const bool known = row == recovers_ && &state == recovers_from_;
    known ? check_slots(insn, state, *row) : hold(insn, state, *row);
    recovers_from_ = recovers_ == row && !walk.in_room() ? &state : nullptr;
  } else if (call && cfa_holds_) {
    check_slots(insn, state, *row);  // a call takes away what the red zone keeps
  }
  watched_ = asked_;
}

void UnwindCheck::without_row(uint32_t insn, const State& state) {
  if (fde_ != nullptr && rows_.empty()) {
    result_.doubts.push_back({Reason::DwarfExpression, insn, "the unwind entry of this function could not be read"});
    return;
  }
  if (context_.cfi.incomplete()) {
    result_.doubts.push_back({Reason::DwarfExpression, insn, "an unwind entry that could not be read may be for this"});
    return;
  }
  if (!described_) {
    described_ = described_elsewhere();
    if (!*described_) {
      result_.doubts.push_back({Reason::NonstandardFrame, insn, "no unwind entry covers any of the function"});
    }
  }
  if (*described_) report(RuleId::NotCovered, insn, state, "no unwind row covers this instruction", "");
}

// Nearly every row is simple, and is right.
void UnwindCheck::hold(uint32_t insn, const State& state, const Row& row) {
  const RowQuestion& question = context_.questions.of(rows_[row_index_].row);
  if (question.simple && !context_.cfg.outlined_helper && context_.questions.recovers_all(question, state)) {
    asked_row_ = nullptr;
    asked_ = question.asked;
    lowest_slot_ = question.lowest;
    cfa_holds_ = true;
    recovers_ = &row;
    check_slots(insn, state, row);
    return;
  }
  recovers_ = nullptr;
  if (&row != asked_row_) ask(row);
  check_row(insn, state, row);
}

// A call of an outlined helper that calls nothing itself is no call that anyone unwinds through: the helper is a piece
// of this function, perhaps of its prologue.
bool UnwindCheck::calls_leaf_helper() const {
  const Block& block = context_.cfg.blocks[block_];
  return block.inlined_call && std::ranges::all_of(block.successors, [&](const Edge& edge) {
           const Block& helper = context_.cfg.blocks[edge.to];
           return !helper.ends_in_call && !helper.inlined_call && helper.successors.size() <= 1;
         });
}

// What the tables of the function at hand promise. Tables that are right at calls only have a row from the entry on and
// one or two from the prologue; in a function that returns, asynchronous ones go back to the CFA of the entry.
UnwindPromise UnwindCheck::promise() {
  if (!context_.contract.unwind_uncertain) return context_.contract.unwind;
  if (promise_for_ != rows_.data()) {
    promise_for_ = rows_.data();
    const auto cfa = [&](const RowStart& start) { return context_.cfi.row(start.row).cfa; };
    const auto leaves = std::ranges::find_if(rows_, [&](const RowStart& r) { return cfa(r) != cfa(rows_.front()); });
    const bool goes_back =
        std::any_of(leaves, rows_.end(), [&](const RowStart& r) { return cfa(r) == cfa(rows_.front()); });
    const bool returns = std::ranges::any_of(context_.cfg.blocks, [](const Block& block) {
      return block.exit == Exit::Return || block.exit == Exit::TailCall || block.exit == Exit::TailCallIndirect;
    });
    weak_ = rows_.size() <= 2 || (returns && !goes_back);
  }
  return weak_ ? UnwindPromise::Synchronous : context_.contract.unwind;
}

// A compiler that describes a file describes all of its functions. Linked files also hold functions from files without
// tables (start-up code), and assembly describes what it likes: there, only a function that is described in part is
// known to be described badly.
bool UnwindCheck::described_elsewhere() const { return !context_.perhaps_by_hand() || context_.described(); }

bool FamilyContext::described() const {
  const std::span<const Fde> fdes = cfi.fdes();
  return std::ranges::any_of(cfg.ranges, [&](const CodeRange& range) {
    if (range.inlined) return false;
    const Place begin{range.section, static_cast<int64_t>(range.begin)},
        end{range.section, static_cast<int64_t>(range.end)};
    if (cfi.fde_at(begin) != nullptr) return true;
    const auto next = std::ranges::lower_bound(fdes, begin, {}, &Fde::begin);
    return next != fdes.end() && next->begin < end;
  });
}

void UnwindCheck::check_row(uint32_t insn, const State& state, const Row& row) {
  cfa_holds_ = false;
  // The outermost frame (DWARF 5, 6.4.4): unwinding ends here, so that there is neither a caller nor a CFA to recover.
  const RegisterRule* way_back = row.rule_for(context_.arch.return_address);
  if (way_back != nullptr && way_back->kind == RegisterRule::Kind::Undefined) return;
  const std::optional<Value> cfa = evaluate_cfa(row.cfa, state, context_.cfi, context_.address(insn));
  if (!cfa) {
    result_.doubts.push_back({Reason::DwarfExpression, insn, "the CFA's expression is not modelled"});
    return;
  }
  cfa_holds_ = *cfa == Value::cfa(0);
  if (cfa_holds_) {
    check_registers(insn, state, row);
    check_slots(insn, state, row);
    return;
  }
  if (cfa->kind == Value::Kind::Approximate) return doubt(insn, state);

  const std::string declared = to_text(row, context_.cfi, context_.arch);
  const Reg reg = row.cfa.kind == CfaRule::Kind::RegisterOffset ? row.cfa.reg : kNoReg;
  for (const JoinConflict& conflict : frame_.conflicts) {
    const bool to_blame =
        conflict.base != 0 ? cfa->kind == Value::Kind::Dynamic && cfa->base == conflict.base : conflict.block == block_;
    if (conflict.reg != reg || !to_blame) continue;
    report(RuleId::StateConflictAtJoin, insn, state,
           fmt::format("{} is {} on one path and {} on another, but the CFA is computed from it (row: {})",
                       context_.arch.registers[reg].name, to_text(conflict.first, context_.arch),
                       to_text(conflict.second, context_.arch), declared),
           "join");
    return;
  }
  const std::string computed =
      reg == kNoReg ? to_text(*cfa, context_.arch)
                    : fmt::format("{} with {} = {}", to_text(*cfa, context_.arch), context_.arch.registers[reg].name,
                                  to_text(state.reg(reg), context_.arch));
  report(RuleId::CfaWrong, insn, state, fmt::format("the row [{}] computes {}, not the CFA", declared, computed),
         fmt::format("{}", to_text(*cfa, context_.arch)));
}

// Which rules the row has for the registers that must be recovered, and what of a state decides whether they do it.
void UnwindCheck::ask(const Row& row) {
  const Arch& arch = context_.arch;
  asked_row_ = &row;
  asked_ = reg_bit(arch.sp) | State::kSlotsChanged;
  if (row.cfa.kind == CfaRule::Kind::RegisterOffset) asked_ |= reg_bit(row.cfa.reg);
  if (row.cfa.kind == CfaRule::Kind::Expression) asked_ = ~RegSet{0};
  // An outlined helper is a piece of its caller: registers that it changes are changed for the caller, and only its own
  // return address is its to describe.
  const RegSet saved = context_.cfg.outlined_helper ? 0 : arch.callee_saved;
  wanted_.clear();
  lowest_slot_ = 0;
  for (RegSet left = saved | reg_bit(arch.return_address); left != 0; left &= left - 1) {
    const Reg r = static_cast<Reg>(std::countr_zero(left));
    const RegisterRule* explicit_rule = row.rule_for(r);
    wanted_.push_back(explicit_rule != nullptr ? *explicit_rule : RegisterRule{.of = r});
    switch (wanted_.back().kind) {
      case RegisterRule::Kind::SameValue:
        asked_ |= reg_bit(r);
        break;
      case RegisterRule::Kind::AtCfa:
        lowest_slot_ = std::min(lowest_slot_, wanted_.back().offset);
        break;
      case RegisterRule::Kind::ValueCfa:
      case RegisterRule::Kind::Undefined:
        break;
      default:
        asked_ = ~RegSet{0};
        lowest_slot_ = std::numeric_limits<int64_t>::min();
    }
  }
}

void UnwindCheck::check_registers(uint32_t insn, const State& state, const Row& row) {
  const Arch& arch = context_.arch;
  for (const RegisterRule& rule : wanted_) {
    const Reg r = rule.of;
    if (rule.kind == RegisterRule::Kind::Undefined) continue;  // declared to be lost
    if (r != arch.return_address && rule.kind == RegisterRule::Kind::SameValue && state.reg(r).is_entry(r)) continue;
    const std::optional<Value> value = evaluate_register(rule, state, context_.cfi, context_.address(insn));
    if (!value) {
      result_.doubts.push_back(
          {Reason::DwarfExpression, insn, fmt::format("the rule of {} is not modelled", arch.registers[r].name)});
      continue;
    }
    if (value->kind == Value::Kind::Entry && value->reg == r) {
      if (r == arch.return_address) check_signing(insn, state, row, *value);
      continue;
    }
    if (value->kind == Value::Kind::Approximate) {
      doubt(insn, state);
      continue;
    }
    const RuleId id = r == arch.return_address ? RuleId::ReturnAddressRuleWrong : RuleId::SavedRegisterWrong;
    report(id, insn, state,
           fmt::format("the row [{}] recovers {} as {}, not as the caller's value", to_text(row, context_.cfi, arch),
                       arch.registers[r].name, to_text(*value, arch)),
           fmt::format("{} {}", arch.registers[r].name, to_text(*value, arch)), r);
  }
}

// OH308: an unwinder authenticates the address that it recovers if, and only if, the row says that it is signed.
void UnwindCheck::check_signing(uint32_t insn, const State& state, const Row& row, Value return_address) {
  const bool is_signed = return_address.base != 0;
  if (is_signed == row.return_address_signed) return;
  report(RuleId::RaSigningStateWrong, insn, state,
         fmt::format("the row [{}] recovers the return address as {}signed, but it is {}signed",
                     to_text(row, context_.cfi, context_.arch), is_signed ? "not " : "", is_signed ? "" : "not "),
         is_signed ? "signed" : "not signed");
}

void UnwindCheck::doubt(uint32_t insn, const State& state) {
  result_.doubts.push_back(
      state.astray ? Doubt{Reason::DynamicStack, insn, "the row needs a value that was kept where it is not followed"}
                   : Doubt{Reason::CallConvention, insn, "the row needs a value that is only approximated"});
}

void UnwindCheck::report(RuleId id, uint32_t insn, const State& state, std::string message, std::string shape,
                         Reg about, Severity highest) {
  if (!reported_.emplace(id, shape).second) return;
  const Severity severity = highest != Severity::Violation ? highest
                            : state.tainted                ? Severity::Suspect
                                                           : rule(id).severity;
  result_.drafts.push_back({id, severity, insn, block_, std::move(message), std::move(shape), {}, about});
}

}  // namespace objhound::oracle
