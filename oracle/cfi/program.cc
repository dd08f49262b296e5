// The interpreter of call frame instructions. Flat on purpose: the row in work is one small sorted vector, and a row is
// looked up in the table of known rows only where the location advances.

#include "oracle/cfi/program.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>

#include "oracle/elf/cursor.h"

namespace objhound::oracle {
namespace {

namespace dwarf = llvm::dwarf;
using Kind = RegisterRule::Kind;

// Not in LLVM 19's list.
constexpr uint8_t kNegateRaStateWithPc = 0x2c;        // AADWARF64, "Call frame instructions"
constexpr uint8_t kGnuNegativeOffsetExtended = 0x2f;  // obsolete

constexpr size_t kMaxRemembered = 256;  // compilers nest once

CfiFailure malformed(std::string what) { return {std::move(what), false}; }
CfiFailure unsupported(std::string what) { return {std::move(what), true}; }

}  // namespace

// One execution of one program.
class ProgramEvaluator::Run {
 public:
  Run(ProgramEvaluator& evaluator, const Cie& cie, std::span<const uint8_t> instructions)
      : evaluator_(evaluator), arch_(evaluator.arch_), cie_(cie), bytes_(instructions), in_(instructions) {}

  // For a CIE `starts` and `locations` are null: there is no location yet, and nothing to restore.
  std::optional<CfiFailure> execute(uint64_t size, const LocationReader* locations, std::vector<RowStart>* starts,
                                    std::vector<PushedArguments>* pushed, std::vector<CfiOp>* operations) {
    size_ = size;
    locations_ = locations;
    starts_ = starts;
    pushed_ = pushed;
    operations_ = operations;
    if (starts) row_ = cie_.initial;
    while (!in_.at_end() && !failure_) step();
    if (!failure_ && !in_.ok()) failure_ = malformed("its instructions are cut short");
    if (starts && !failure_ && location_ < size_) emit();
    return failure_;
  }
  const Row& row() const { return row_; }

 private:
  void step();
  void step_extended(uint8_t op);
  void advance(uint64_t units);
  void set_location();
  void move_to(uint64_t location);
  void emit();

  void note(CfiOp::Kind kind, uint64_t reg, int64_t value = 0) {
    if (operations_ != nullptr) operations_->push_back({kind, reg_of(reg), value});
  }
  void note(CfiOp::Kind kind, int64_t value = 0) {
    if (operations_ != nullptr) operations_->push_back({kind, kNoReg, value});
  }
  // How far the CFA's offset moves; only damaged files have offsets between which that wraps.
  int64_t moved_to(int64_t offset) const {
    return static_cast<int64_t>(static_cast<uint64_t>(offset) - static_cast<uint64_t>(row_.cfa.offset));
  }
  void count_cfa_from(uint64_t reg, int64_t offset);
  void define_cfa(uint64_t reg, int64_t offset);
  void define_cfa_register(uint64_t reg);
  void define_cfa_offset(int64_t offset);
  void define_cfa_expression();
  void set_rule(uint64_t reg, Kind kind, int64_t offset = 0);
  void set_rule(const RegisterRule& rule);
  void set_register_rule(uint64_t reg, uint64_t holder);
  void set_expression_rule(uint64_t reg, Kind kind);
  void restore(uint64_t reg);
  void remember();
  void restore_state();
  void push_arguments(uint64_t bytes);
  void negate_return_address_state(uint8_t op);

  Reg reg_of(uint64_t dwarf) const {
    return dwarf < evaluator_.reg_of_dwarf_.size() ? evaluator_.reg_of_dwarf_[dwarf] : kNoReg;
  }
  int64_t scaled(int64_t factor) {
    int64_t offset = 0;
    if (__builtin_mul_overflow(factor, cie_.data_alignment, &offset)) failure_ = malformed("an offset overflows");
    return offset;
  }
  int64_t scaled_unsigned(uint64_t factor) {
    if (factor > INT64_MAX) failure_ = malformed("an offset overflows");
    return scaled(static_cast<int64_t>(factor));
  }
  int64_t plain(uint64_t offset) {
    if (offset > INT64_MAX) failure_ = malformed("an offset overflows");
    return static_cast<int64_t>(offset);
  }

  ProgramEvaluator& evaluator_;
  const Arch& arch_;
  const Cie& cie_;
  std::span<const uint8_t> bytes_;
  Cursor in_;
  uint64_t size_ = 0;
  const LocationReader* locations_ = nullptr;
  std::vector<RowStart>* starts_ = nullptr;
  std::vector<PushedArguments>* pushed_ = nullptr;
  std::vector<CfiOp>* operations_ = nullptr;
  uint64_t location_ = 0;  // bytes from the FDE's begin
  bool has_row_ = false;   // *starts_ has a row of this FDE at its end
  Row row_;
  std::vector<Row> remembered_;
  std::optional<CfiFailure> failure_;
};

void ProgramEvaluator::Run::step() {
  const uint8_t op = in_.fixed<uint8_t>();
  const uint8_t operand = op & 0x3f;
  switch (op & 0xc0) {
    case dwarf::DW_CFA_advance_loc:
      return advance(operand);
    case dwarf::DW_CFA_offset:
      return set_rule(operand, Kind::AtCfa, scaled_unsigned(in_.uleb()));
    case dwarf::DW_CFA_restore:
      return restore(operand);
    default:
      return step_extended(op);
  }
}

void ProgramEvaluator::Run::step_extended(uint8_t op) {
  // The order in which operands are read is the order in which they stand: each has its own statement.
  switch (op) {
    case dwarf::DW_CFA_nop:
      return;
    case dwarf::DW_CFA_set_loc:
      return set_location();
    case dwarf::DW_CFA_advance_loc1:
      return advance(in_.fixed<uint8_t>());
    case dwarf::DW_CFA_advance_loc2:
      return advance(in_.fixed<uint16_t>());
    case dwarf::DW_CFA_advance_loc4:
      return advance(in_.fixed<uint32_t>());
    case dwarf::DW_CFA_undefined:
      return set_rule(in_.uleb(), Kind::Undefined);
    case dwarf::DW_CFA_same_value:
      return set_rule(in_.uleb(), Kind::SameValue);
    case dwarf::DW_CFA_restore_extended:
      return restore(in_.uleb());
    case dwarf::DW_CFA_remember_state:
      return remember();
    case dwarf::DW_CFA_restore_state:
      return restore_state();
    case dwarf::DW_CFA_def_cfa_register:
      return define_cfa_register(in_.uleb());
    case dwarf::DW_CFA_def_cfa_offset:
      return define_cfa_offset(plain(in_.uleb()));
    case dwarf::DW_CFA_def_cfa_offset_sf:
      return define_cfa_offset(scaled(in_.sleb()));
    case dwarf::DW_CFA_def_cfa_expression:
      return define_cfa_expression();
    case dwarf::DW_CFA_AARCH64_negate_ra_state:
    case kNegateRaStateWithPc:
      return negate_return_address_state(op);
    case dwarf::DW_CFA_GNU_args_size:
      return push_arguments(in_.uleb());
    default:
      break;
  }
  // All others begin with a register.
  const bool known =
      (op >= dwarf::DW_CFA_offset_extended && op <= dwarf::DW_CFA_val_expression) || op == kGnuNegativeOffsetExtended;
  if (!known) {
    const bool vendor = op >= dwarf::DW_CFA_lo_user && op <= dwarf::DW_CFA_hi_user;
    failure_ = CfiFailure{fmt::format("call frame instruction {:#04x} is not known", op), vendor};
    return;
  }
  const uint64_t reg = in_.uleb();
  switch (op) {
    case dwarf::DW_CFA_offset_extended:
      return set_rule(reg, Kind::AtCfa, scaled_unsigned(in_.uleb()));
    case dwarf::DW_CFA_offset_extended_sf:
      return set_rule(reg, Kind::AtCfa, scaled(in_.sleb()));
    case kGnuNegativeOffsetExtended:
      return set_rule(reg, Kind::AtCfa, scaled(-plain(in_.uleb())));
    case dwarf::DW_CFA_val_offset:
      return set_rule(reg, Kind::ValueCfa, scaled_unsigned(in_.uleb()));
    case dwarf::DW_CFA_val_offset_sf:
      return set_rule(reg, Kind::ValueCfa, scaled(in_.sleb()));
    case dwarf::DW_CFA_register:
      return set_register_rule(reg, in_.uleb());
    case dwarf::DW_CFA_expression:
      return set_expression_rule(reg, Kind::AtExpression);
    case dwarf::DW_CFA_val_expression:
      return set_expression_rule(reg, Kind::ValueExpression);
    case dwarf::DW_CFA_def_cfa:
      return define_cfa(reg, plain(in_.uleb()));
    case dwarf::DW_CFA_def_cfa_sf:
      return define_cfa(reg, scaled(in_.sleb()));
    default:
      failure_ = malformed(fmt::format("call frame instruction {:#04x} is not known", op));
  }
}

// --- Locations ------------------------------------------------------------------------------------------------------

void ProgramEvaluator::Run::advance(uint64_t units) {
  uint64_t location = 0;
  if (__builtin_mul_overflow(units, cie_.code_alignment, &location) ||
      __builtin_add_overflow(location, location_, &location)) {
    failure_ = malformed("its location overflows");
    return;
  }
  move_to(location);
}

void ProgramEvaluator::Run::set_location() {
  const auto target = locations_ ? locations_->read(bytes_.subspan(in_.offset())) : std::nullopt;
  if (!target) {
    failure_ = malformed("DW_CFA_set_loc names no location of its function");
    return;
  }
  note(CfiOp::Kind::SetLoc);
  in_.take(target->length);
  move_to(target->offset);
}

void ProgramEvaluator::Run::move_to(uint64_t location) {
  if (!starts_) {
    failure_ = malformed("a CIE advances the location");
  } else if (location < location_) {
    failure_ = malformed(fmt::format("its location goes back from {:#x} to {:#x}", location_, location));
  } else if (location > size_) {
    failure_ = malformed(fmt::format("a row at {:#x} is behind its end at {:#x}", location, size_));
  } else if (location > location_) {
    emit();
    location_ = location;
  }
}

// Ends the row in work: it holds from location_ to wherever the location goes next.
void ProgramEvaluator::Run::emit() {
  if (evaluator_.rows_.rules() > evaluator_.rule_limit_) {
    failure_ = unsupported("the unwind section has more rules than any compiler's");
    return;
  }
  const uint32_t row = evaluator_.rows_.intern(row_);
  if (has_row_ && starts_->back().row == row) return;
  starts_->push_back({location_, row});
  has_row_ = true;
}

// Nothing about rows: how much to pop before a landing pad.
void ProgramEvaluator::Run::push_arguments(uint64_t bytes) {
  note(CfiOp::Kind::ArgsSize, static_cast<int64_t>(bytes));
  if (pushed_ && in_.ok() && location_ < size_) pushed_->push_back({location_, bytes});
}

// --- The CFA --------------------------------------------------------------------------------------------------------

void ProgramEvaluator::Run::define_cfa(uint64_t reg, int64_t offset) {
  note(CfiOp::Kind::DefCfa, reg, moved_to(offset));
  count_cfa_from(reg, offset);
}

void ProgramEvaluator::Run::count_cfa_from(uint64_t reg, int64_t offset) {
  row_.cfa = CfaRule{CfaRule::Kind::RegisterOffset, reg_of(reg), offset};
  if (row_.cfa.reg == kNoReg)
    failure_ = unsupported(fmt::format("the CFA counts from DWARF register {}, which is not tracked", reg));
}

void ProgramEvaluator::Run::define_cfa_register(uint64_t reg) {
  if (row_.cfa.kind != CfaRule::Kind::RegisterOffset) {
    failure_ = malformed("DW_CFA_def_cfa_register, but the CFA is no register and offset");
    return;
  }
  note(CfiOp::Kind::DefCfaRegister, reg);
  count_cfa_from(reg, row_.cfa.offset);
}

void ProgramEvaluator::Run::define_cfa_offset(int64_t offset) {
  if (row_.cfa.kind != CfaRule::Kind::RegisterOffset) {
    failure_ = malformed("DW_CFA_def_cfa_offset, but the CFA is no register and offset");
    return;
  }
  note(CfiOp::Kind::DefCfaOffset, moved_to(offset));
  row_.cfa.offset = offset;
}

void ProgramEvaluator::Run::define_cfa_expression() {
  note(CfiOp::Kind::DefCfaExpression);
  const uint32_t expression = evaluator_.expressions_.intern(in_.take(in_.uleb()));
  const std::span<const ExprOp> ops = evaluator_.expressions_.ops(expression);
  if (ops.size() == 1 && ops[0].kind == ExprOp::Kind::PushRegister && ops[0].reg != kPcReg) {
    row_.cfa = CfaRule{CfaRule::Kind::RegisterOffset, ops[0].reg, ops[0].value};
  } else {
    row_.cfa = CfaRule{CfaRule::Kind::Expression, kNoReg, 0, expression};
  }
}

// --- Registers ------------------------------------------------------------------------------------------------------

void ProgramEvaluator::Run::set_rule(const RegisterRule& rule) {
  if (rule.of == kNoReg) return;  // not tracked
  const auto at = std::ranges::lower_bound(row_.rules, rule.of, {}, &RegisterRule::of);
  if (at != row_.rules.end() && at->of == rule.of) {
    *at = rule;
  } else {
    row_.rules.insert(at, rule);
  }
}

void ProgramEvaluator::Run::set_rule(uint64_t reg, Kind kind, int64_t offset) {
  note(kind == Kind::AtCfa       ? CfiOp::Kind::Offset
       : kind == Kind::ValueCfa  ? CfiOp::Kind::ValueOffset
       : kind == Kind::Undefined ? CfiOp::Kind::Undefined
                                 : CfiOp::Kind::SameValue,
       reg);
  set_rule(RegisterRule{.of = reg_of(reg), .kind = kind, .offset = offset});
}

void ProgramEvaluator::Run::set_register_rule(uint64_t reg, uint64_t holder) {
  note(CfiOp::Kind::Register, reg);
  const Reg in = reg_of(holder);
  // A register that is not tracked may still hold the value; what it holds is not known here.
  const Kind kind = in == kNoReg ? Kind::Unsupported : Kind::InRegister;
  set_rule(RegisterRule{.of = reg_of(reg), .kind = kind, .reg = in});
}

void ProgramEvaluator::Run::set_expression_rule(uint64_t reg, Kind kind) {
  const uint32_t expression = evaluator_.expressions_.intern(in_.take(in_.uleb()));
  const std::span<const ExprOp> ops = evaluator_.expressions_.ops(expression);
  note(kind == Kind::AtExpression ? CfiOp::Kind::Expression : CfiOp::Kind::ValueExpression, reg);
  RegisterRule rule{.of = reg_of(reg), .kind = kind, .expression = expression};
  // The common case, "saved at a fixed distance from a register", needs no evaluation.
  const bool one_register = ops.size() == 1 && ops[0].kind == ExprOp::Kind::PushRegister && ops[0].reg != kPcReg;
  if (kind == Kind::AtExpression && one_register) {
    rule = RegisterRule{.of = rule.of, .kind = Kind::AtRegister, .reg = ops[0].reg, .offset = ops[0].value};
  }
  set_rule(rule);
}

// Back to what the CIE says: its rule, or none if it has none.
void ProgramEvaluator::Run::restore(uint64_t reg) {
  if (!starts_) {
    failure_ = malformed("a CIE restores a register");
    return;
  }
  note(CfiOp::Kind::Restore, reg);
  const Reg of = reg_of(reg);
  if (of == kNoReg) return;
  if (const RegisterRule* initial = cie_.initial.rule_for(of)) {
    set_rule(*initial);
  } else {
    std::erase_if(row_.rules, [of](const RegisterRule& rule) { return rule.of == of; });
  }
}

// --- State ----------------------------------------------------------------------------------------------------------

void ProgramEvaluator::Run::remember() {
  if (remembered_.size() == kMaxRemembered) {
    failure_ = unsupported("DW_CFA_remember_state nests too deep");
    return;
  }
  note(CfiOp::Kind::RememberState);
  remembered_.push_back(row_);
}

void ProgramEvaluator::Run::restore_state() {
  if (remembered_.empty()) {
    failure_ = malformed("DW_CFA_restore_state without DW_CFA_remember_state");
    return;
  }
  note(CfiOp::Kind::RestoreState);
  row_ = std::move(remembered_.back());
  remembered_.pop_back();
}

void ProgramEvaluator::Run::negate_return_address_state(uint8_t op) {
  if (arch_.sign_state_dwarf < 0 || op == kNegateRaStateWithPc) {
    failure_ = unsupported(fmt::format("call frame instruction {:#04x} is not known", op));
    return;
  }
  note(CfiOp::Kind::NegateState);
  row_.return_address_signed = !row_.return_address_signed;
}

// --------------------------------------------------------------------------------------------------------------------

ProgramEvaluator::ProgramEvaluator(const Arch& arch, uint64_t rule_limit)
    : arch_(arch), rule_limit_(rule_limit), expressions_(arch) {
  for (Reg reg = 0; reg < arch.registers.size(); reg++) {
    const int number = arch.registers[reg].dwarf;
    if (number < 0) continue;
    if (reg_of_dwarf_.size() <= static_cast<size_t>(number)) reg_of_dwarf_.resize(number + 1, kNoReg);
    reg_of_dwarf_[number] = reg;
  }
}

std::optional<CfiFailure> ProgramEvaluator::initial_row(Cie& cie) {
  Run run(*this, cie, cie.instructions);
  std::optional<CfiFailure> failure = run.execute(0, nullptr, nullptr, nullptr, nullptr);
  cie.initial = run.row();
  return failure;
}

std::optional<CfiFailure> ProgramEvaluator::rows(const Cie& cie, std::span<const uint8_t> instructions, uint64_t size,
                                                 const LocationReader& locations, std::vector<RowStart>& starts,
                                                 std::vector<PushedArguments>& pushed, std::vector<CfiOp>* operations) {
  return Run(*this, cie, instructions).execute(size, &locations, &starts, &pushed, operations);
}

}  // namespace objhound::oracle
