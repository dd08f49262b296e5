// The arm64 lift, chapter 3: the structure loads and stores of Advanced SIMD (LD1..LD4, ST1..ST4 of whole registers,
// single lanes and replicated ones), with their post-indexed forms.
//
// The bytes stored are unknown and the registers loaded are clobbered, but address, extent and the written-back base
// are exact: vectorized loops spill and copy through the stack with these.

#include "oracle/decode/arch-arm64-lift.h"

namespace objhound::oracle::arm64 {
namespace {

// Operands: [written-back base,] vector list [, vector list again, lane], base [, index or XZR]. `registers` counts
// registers or lanes of `width` bytes each; first 1: post-indexed.
void structure(Context& c, const Form& form) {
  bool post = form.first != 0;
  unsigned base_at = c.operand_count() - (post ? 2 : 1);
  Reg base = c.dst(base_at);
  int64_t bytes = int64_t{form.width} * form.registers;
  MicroOp memory = {.op = form.store ? Op::Store : Op::Load, .width = static_cast<uint8_t>(bytes), .a = base};
  c.out.ops.push_back(memory);
  for (unsigned i = form.first; i < c.desc.getNumDefs(); i++) c.clobber(i);
  if (!post) return;
  const RegisterFact& index = c.fact(base_at + 1);
  if (index.reg == kNoReg) {
    c.emit({.op = Op::Add, .dst = base, .a = base, .imm = bytes});
  } else {
    c.emit({.op = Op::AddReg, .dst = base, .a = base, .b = index.reg});
  }
}

void add(FormTable& table, std::string_view verb, std::string_view suffix, uint8_t width, unsigned registers,
         bool store) {
  Form form = {.lift = structure, .width = width, .store = store, .registers = static_cast<uint8_t>(registers)};
  table.add({verb, suffix}, form);
  form.first = 1;
  table.add({verb, suffix, "_POST"}, form);
}

}  // namespace

void add_vector_memory_forms(FormTable& table) {
  constexpr std::pair<const char*, uint8_t> kArrangements[] = {{"v8b", 8},   {"v4h", 8},  {"v2s", 8},  {"v1d", 8},
                                                               {"v16b", 16}, {"v8h", 16}, {"v4s", 16}, {"v2d", 16}};
  constexpr std::pair<const char*, uint8_t> kLanes[] = {{"i8", 1}, {"i16", 2}, {"i32", 4}, {"i64", 8}};
  constexpr std::pair<const char*, uint8_t> kReplicated[] = {{"v8b", 1}, {"v16b", 1}, {"v4h", 2}, {"v8h", 2},
                                                             {"v2s", 4}, {"v4s", 4},  {"v1d", 8}, {"v2d", 8}};
  const std::string kCounts[] = {"One", "Two", "Three", "Four"};
  for (unsigned structure = 1; structure <= 4; structure++) {
    std::string number = std::to_string(structure);
    for (bool store : {false, true}) {
      std::string verb = (store ? "ST" : "LD") + number;
      for (unsigned registers = 1; registers <= 4; registers++) {
        if (structure != 1 && registers != structure) continue;
        for (const auto& [suffix, width] : kArrangements) {
          if (structure != 1 && std::string_view(suffix) == "v1d") continue;  // LD2 of one doubleword is LD1 of two
          add(table, verb + kCounts[registers - 1], suffix, width, registers, store);
        }
      }
      for (const auto& [suffix, width] : kLanes) add(table, verb, suffix, width, structure, store);
    }
    for (const auto& [suffix, width] : kReplicated) add(table, "LD" + number + "R", suffix, width, structure, false);
  }
}

}  // namespace objhound::oracle::arm64
