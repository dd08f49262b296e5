// The arm64 lift, chapter 4: what scalable vectors (SVE) do to frames. Their registers are as long as the machine has
// them; frames that hold some are moved by multiples of that length, ADDVL, and registers are saved at multiples of it.
// Of a vector register the low 8 bytes are tracked where the calling convention keeps them (d8 to d15): they stand at
// its address in memory. All else that SVE has computes, and is lifted from LLVM's description like any instruction.
//
// Sizes count in eighths of a vector's bytes, which is the length of a predicate register.

#include "oracle/decode/arch-arm64-lift.h"

namespace objhound::oracle::arm64 {
namespace {

constexpr int64_t kVector = 8;

// ADDVL, ADDPL: destination, source, count. `step` is the size that is counted.
void add_lengths(Context& c, const Form& form) {
  c.emit({.op = Op::AddScalable, .dst = c.dst(0), .a = c.fact(1).reg, .imm = c.imm(2) * form.step});
}

// RDVL: destination, count.
void read_length(Context& c, const Form& form) {
  c.emit({.op = Op::AddScalable, .dst = c.dst(0), .imm = c.imm(1) * form.step});
}

// CNTB to CNTD: destination, pattern, count. Only the pattern of all elements gives a multiple of the length.
void count_elements(Context& c, const Form& form) {
  constexpr int64_t kAll = 31;
  if (c.imm(1) != kAll) return c.clobber(0);
  c.emit({.op = Op::AddScalable, .dst = c.dst(0), .imm = c.imm(2) * form.step});
}

// LDR, STR of a vector or a predicate register: register, base, count.
void whole_register(Context& c, const Form& form) {
  c.out.ops.push_back({.op = Op::AddScalable, .dst = kTemp0, .a = c.fact(1).reg, .imm = c.imm(2) * form.step});
  const bool vector = form.step == kVector;
  const Reg reg = vector ? c.fact(0).reg : kNoReg;
  const uint8_t tracked = vector ? 8 : 2;
  if (!form.store) {
    c.out.ops.push_back({.op = Op::Load, .width = tracked, .dst = reg, .a = kTemp0});
    return;
  }
  c.out.ops.push_back({.op = Op::Store, .width = tracked, .a = kTemp0, .src = reg});
  if (vector)
    c.out.ops.push_back({.op = Op::Store, .width = 8, .a = kTemp0, .imm = 8});  // and on, as far as it is long
}

}  // namespace

void add_scalable_forms(FormTable& table) {
  table.add({"ADDVL_XXI"}, {.lift = add_lengths, .step = kVector});
  table.add({"ADDPL_XXI"}, {.lift = add_lengths, .step = 1});
  table.add({"RDVLI_XI"}, {.lift = read_length, .step = kVector});
  table.add({"CNTB_XPiI"}, {.lift = count_elements, .step = 8});
  table.add({"CNTH_XPiI"}, {.lift = count_elements, .step = 4});
  table.add({"CNTW_XPiI"}, {.lift = count_elements, .step = 2});
  table.add({"CNTD_XPiI"}, {.lift = count_elements, .step = 1});
  for (const bool store : {false, true}) {
    const std::string verb = store ? "STR_" : "LDR_";
    table.add({verb, "ZXI"}, {.lift = whole_register, .store = store, .step = kVector});
    table.add({verb, "PXI"}, {.lift = whole_register, .store = store, .step = 1});
  }
}

}  // namespace objhound::oracle::arm64
