// The arm64 lift: finds the form of an opcode, and says what is safe to say of an instruction that has none.
//
// Of the 8,000 opcodes that LLVM knows a few hundred move the stack pointer, build addresses, save registers or
// steer control; the chapters (integer, memory, control) lift these exactly. All others only change what LLVM's
// description lists as written: their results are clobbered. An unlisted instruction that writes SP or changes control
// flow is Unmodelled, which keeps the function from being proved.

#include "oracle/decode/arch-arm64-lift.h"

#include <llvm/MC/MCInstrDesc.h>

#include <charconv>
#include <optional>

namespace objhound::oracle::arm64 {
namespace {

// The tracked register that an LLVM register is (a part of), by name.
Reg tracked_register(std::string_view name) {
  if (name == "FP" || name == "W29") return kFp;
  if (name == "LR" || name == "W30") return kLr;
  if (name == "SP" || name == "WSP") return kSp;
  if (name.size() < 2) return kNoReg;
  unsigned number = 0;
  const char* end = name.data() + name.size();
  auto [rest, error] = std::from_chars(name.data() + 1, end, number);
  if (error != std::errc() || rest != end) return kNoReg;
  char bank = name[0];
  if ((bank == 'X' || bank == 'W') && number <= 28) return static_cast<Reg>(number);
  bool vector = std::string_view("BHSDQZ").find(bank) != std::string_view::npos;
  if (vector && number >= 8 && number <= 15) return static_cast<Reg>(kD8 + number - 8);
  return kNoReg;
}

// Built once for all lifters.
const FormTable& all_forms() {
  static const FormTable table = [] {
    FormTable forms;
    add_integer_forms(forms);
    add_memory_forms(forms);
    add_vector_memory_forms(forms);
    add_scalable_forms(forms);
    add_control_forms(forms);
    return forms;
  }();
  return table;
}

class Lifter : public InsnLifter {
 public:
  void bind(const llvm::MCInstrInfo& instructions, const llvm::MCRegisterInfo& registers) override {
    instructions_ = &instructions;
    registers_.emplace(registers);
    forms_.assign(instructions.getNumOpcodes(), Slot{});
  }

  void lift(const llvm::MCInst& inst, std::span<const uint8_t>, Lifted& out) override {
    if (!registers_ || inst.getOpcode() >= forms_.size()) {
      out.ops.push_back({.op = Op::Unmodelled});
      return;
    }
    Slot& slot = forms_[inst.getOpcode()];
    if (!slot.resolved) slot = {all_forms().find(instructions_->getName(inst.getOpcode())), true};
    Context context(inst, instructions_->get(inst.getOpcode()), *registers_, out);
    if (slot.form) {
      slot.form->lift(context, *slot.form);
    } else {
      lift_unlisted(context);
    }
  }

 private:
  struct Slot {
    const Form* form = nullptr;
    bool resolved = false;
  };
  const llvm::MCInstrInfo* instructions_ = nullptr;
  std::optional<RegisterMap> registers_;
  std::vector<Slot> forms_;  // by opcode
};

bool changes_control_flow(const llvm::MCInstrDesc& desc) {
  return desc.isBranch() || desc.isCall() || desc.isReturn() || desc.isTerminator() || desc.isBarrier();
}

bool computes_a_value(Op op) { return op <= Op::Select && op != Op::ClobberSet; }

}  // namespace

RegisterMap::RegisterMap(const llvm::MCRegisterInfo& registers) : facts_(registers.getNumRegs()) {
  for (unsigned i = 1; i < facts_.size(); i++) {
    std::string_view name = registers.getName(i);
    facts_[i].reg = tracked_register(name);
    facts_[i].zero = name == "XZR" || name == "WZR";
    facts_[i].flags = name == "NZCV";
  }
  // Tuples of registers contain the tracked ones.
  for (unsigned i = 1; i < facts_.size(); i++) {
    if (facts_[i].reg == kNoReg) continue;
    for (llvm::MCPhysReg whole : registers.superregs_inclusive(i)) facts_[whole].touched |= reg_bit(facts_[i].reg);
  }
}

const RegisterFact& Context::fact(unsigned operand) const {
  if (operand >= inst.getNumOperands() || !inst.getOperand(operand).isReg()) return registers[0];
  return registers[inst.getOperand(operand).getReg()];
}

int64_t Context::imm(unsigned operand) const {
  if (operand >= inst.getNumOperands() || !inst.getOperand(operand).isImm()) return 0;
  return inst.getOperand(operand).getImm();
}

Reg Context::value(unsigned operand, Reg temp) {
  const RegisterFact& source = fact(operand);
  if (!source.zero) return source.reg;
  constant(temp, 0);
  return temp;
}

void Context::emit(const MicroOp& op) {
  if (op.dst == kNoReg && computes_a_value(op.op)) return;
  out.ops.push_back(op);
}

void Context::clobber_set(RegSet touched) {
  if (touched == 0) return;
  if ((touched & (touched - 1)) != 0) {
    emit({.op = Op::ClobberSet, .imm = static_cast<int64_t>(touched)});
    return;
  }
  emit({.op = Op::Clobber, .dst = static_cast<Reg>(__builtin_ctzll(touched))});
}

void Context::copy(Reg dst, Reg a, uint8_t width) {
  if (a == kNoReg) {
    emit({.op = Op::Clobber, .dst = dst});
  } else {
    emit({.op = Op::Copy, .width = width, .dst = dst, .a = a});
  }
}

const Form* FormTable::find(std::string_view opcode) const {
  auto found = forms_.find(opcode);
  return found == forms_.end() ? nullptr : &found->second;
}

void lift_unlisted(Context& context) {
  const llvm::MCInstrDesc& desc = context.desc;
  RegSet written = 0;
  bool flags = false;
  auto note = [&](const RegisterFact& fact) {
    written |= fact.touched;
    flags |= fact.flags;
  };
  for (unsigned i = 0; i < desc.getNumDefs(); i++) note(context.fact(i));
  for (llvm::MCPhysReg reg : desc.implicit_defs()) note(context.registers[reg]);

  if (changes_control_flow(desc) || (written & reg_bit(kSp)) != 0) context.emit({.op = Op::Unmodelled});
  if (desc.mayStore()) context.emit({.op = Op::StoreUnknownSize});
  context.clobber_set(written & ~reg_bit(kSp));
  if (flags) context.flags_lost();
  if (desc.isBarrier()) context.emit({.op = Op::Trap});  // ERET, DRPS: what follows is not reached from here
}

std::unique_ptr<InsnLifter> make_lifter() { return std::make_unique<Lifter>(); }

}  // namespace objhound::oracle::arm64
