// What the chapters of the arm64 lift share: register numbers, the view of one instruction under the lift, and the
// table from LLVM's opcode names to the functions that lift them.
//
// LLVM numbers opcodes and registers anew in every version and does not publish the numbers, but their names are
// stable; so everything here is found by name ("ADDXri", "STPXpre").
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "oracle/decode/lifter.h"

namespace objhound::oracle::arm64 {

extern const AssemblyText kAssemblyText;  // arch-arm64-assembly.cc

// Dense register numbers: x0..x30 are 0..30.
inline constexpr Reg kFp = 29;
inline constexpr Reg kLr = 30;
inline constexpr Reg kSp = 31;
inline constexpr Reg kD8 = 32;
inline constexpr unsigned kRegisterCount = 40;

// An LLVM register in our terms.
struct RegisterFact {
  Reg reg = kNoReg;    // what it is, or the low part of what it is (W3 -> x3, S8 -> d8, Q8 -> d8)
  bool zero = false;   // WZR, XZR
  bool flags = false;  // NZCV
  RegSet touched = 0;  // tracked registers that a write to it may change; for tuples (X0_X1, Z8_Z9) several
};

class RegisterMap {
 public:
  explicit RegisterMap(const llvm::MCRegisterInfo& registers);
  const RegisterFact& operator[](unsigned llvm_register) const {
    return llvm_register < facts_.size() ? facts_[llvm_register] : facts_[0];  // [0] is LLVM's NoRegister
  }

 private:
  std::vector<RegisterFact> facts_;
};

struct Form;

// One instruction under the lift. Operand accessors are total: an operand that is not there, or of another kind,
// reads as no register or 0.
class Context {
 public:
  Context(const llvm::MCInst& inst, const llvm::MCInstrDesc& desc, const RegisterMap& registers, Lifted& out)
      : inst(inst), desc(desc), registers(registers), out(out) {}

  const llvm::MCInst& inst;
  const llvm::MCInstrDesc& desc;
  const RegisterMap& registers;
  Lifted& out;

  unsigned operand_count() const { return inst.getNumOperands(); }
  const RegisterFact& fact(unsigned operand) const;
  int64_t imm(unsigned operand) const;

  // The operand as a destination: kNoReg if writing it has no effect on a tracked register.
  Reg dst(unsigned operand) const { return fact(operand).reg; }
  // The operand as a source. The zero register becomes a constant in `temp`; kNoReg if the value is not tracked.
  Reg value(unsigned operand, Reg temp);

  // Appends `op`. One that only computes a value for no register at all is left out.
  void emit(const MicroOp& op);
  void clobber(unsigned operand) { clobber_set(fact(operand).touched); }
  void clobber_set(RegSet touched);
  void flags_lost() { emit({.op = Op::FlagsLost}); }
  // dst = a, or a clobber if the value of `a` is not tracked.
  void copy(Reg dst, Reg a, uint8_t width);
  void constant(Reg dst, int64_t value) { emit({.op = Op::Const, .dst = dst, .imm = value}); }
};

// How one opcode is lifted. What the fields beside `lift` mean is said by the function.
struct Form {
  void (*lift)(Context&, const Form&) = nullptr;
  uint8_t width = 8;      // bytes: of the operation, or of one element in memory
  uint8_t kind = 0;       // of the function's own enumeration
  bool negative = false;  // subtracts
  bool flags = false;     // sets the flags
  bool store = false;
  bool is_signed = false;
  uint8_t to_width = 8;   // bytes, of a sign-extended load
  uint8_t registers = 1;  // data registers
  uint8_t first = 0;      // index of the first data operand
  int16_t step = 1;       // what an immediate is multiplied by; or the fixed change of a base, in bytes
};

// An enumerator as Form::kind.
template <typename Kind>
constexpr uint8_t kind(Kind value) {
  return static_cast<uint8_t>(value);
}

// W and X registers, in the names of opcodes and in bytes.
struct RegisterSize {
  std::string_view letter;
  uint8_t width;
};
inline constexpr RegisterSize kRegisterSizes[] = {{"W", 4}, {"X", 8}};

class FormTable {
 public:
  // The opcode's name is the parts one after the other.
  void add(std::initializer_list<std::string_view> opcode, const Form& form) {
    std::string name;
    for (std::string_view part : opcode) name.append(part);
    forms_.insert_or_assign(std::move(name), form);
  }
  const Form* find(std::string_view opcode) const;
  const auto& forms() const { return forms_; }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Form, Hash, std::equal_to<>> forms_;
};

// The chapters: each adds the opcodes that it knows.
void add_integer_forms(FormTable& table);  // arch-arm64-integer.cc
void add_memory_forms(FormTable& table);   // arch-arm64-memory.cc
void add_vector_memory_forms(FormTable& table);
void add_scalable_forms(FormTable& table);  // arch-arm64-scalable.cc
void add_control_forms(FormTable& table);   // arch-arm64-control.cc

// The effect of an instruction that no chapter knows, from LLVM's description of it.
void lift_unlisted(Context& context);

// The condition of Bcc and CSEL, from its encoding (C1.2.4 of the Arm ARM).
Cond condition(int64_t encoding);

std::unique_ptr<InsnLifter> make_lifter();

// What an instruction's encoding is called in the table of what the second decoder does not know: kExtension for
// what is not in Armv8.0, "" for the rest (arch-arm64-gaps.cc).
inline constexpr std::string_view kExtension = "extension";
std::string_view encoding(std::span<const uint8_t> bytes);

}  // namespace objhound::oracle::arm64
