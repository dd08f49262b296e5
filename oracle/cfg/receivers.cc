// Where control comes back to a function by __builtin_longjmp. __builtin_setjmp stores the frame pointer, the address
// of the place to go on at and the stack pointer, one word behind the other ("Nonlocal Gotos" in GCC's manual; LLVM's
// eh.sjlj.setjmp keeps the same layout), and whoever jumps there restores these two registers and no other. No
// instruction of the function leads to the place.

#include <algorithm>
#include <array>

#include "oracle/cfg/family.h"

namespace objhound::oracle {
namespace {

constexpr unsigned kWord = 8;       // bytes
constexpr size_t kMostStores = 32;  // that are remembered; the three stand together

// What a register holds, as far as it matters here, and a store of it.
struct Held {
  enum class Kind : uint8_t { Nothing, FramePointer, Label, StackPointer } kind = Kind::Nothing;
  Place label;
};
struct Stored {
  Reg base;
  int64_t offset;
  Held value;
};

class Scan {
 public:
  Scan(const CodeView& view, const FlowGraph& graph) : view_(view), graph_(graph) {}

  // The label that the instruction, with those before it, has stored for somebody to come back to; else invalid.
  Place step(uint32_t index) {
    const FlowInsn& at = graph_.insns[index];
    if (at.flow != Flow::Next) {
      held_ = {};
      stores_.clear();
      return {};
    }
    Place found;
    const Insn& insn = view_.insn(at.insn);
    for (const MicroOp& op : view_.ops(insn)) {
      if (op.op == Op::Store && op.width == kWord && op.b == kNoReg && op.a < kMaxRegs) {
        store({op.a, op.imm, held(op.src)});
        if (const Place label = complete(op.a); label.valid()) found = label;
      }
      const bool computes = op.op != Op::Store && op.op != Op::StoreConst && op.op != Op::StoreUnknownSize;
      if (computes && op.dst < kMaxRegs) write(op, result(graph_.place(index), insn.length, op));
    }
    return found;
  }

 private:
  Held held(Reg reg) const {
    const Arch& arch = view_.arch();
    if (reg == arch.sp) return {Held::Kind::StackPointer, {}};
    if (reg == arch.fp) return {Held::Kind::FramePointer, {}};
    return reg < kMaxRegs ? held_[reg] : Held{};
  }

  Held result(Place place, unsigned length, const MicroOp& op) const {
    if (op.merges || op.width != kWord) return {};
    if (op.op == Op::Copy || (op.op == Op::Add && op.imm == 0 && !op.relocatable)) return held(op.a);
    const Place label = op.page ? Place{} : view_.address_taken(place, length, op);
    return view_.is_code(label) ? Held{Held::Kind::Label, label} : Held{};
  }

  void write(const MicroOp& op, const Held& value) {
    held_[op.dst] = value;
    std::erase_if(stores_, [&](const Stored& stored) { return stored.base == op.dst; });
  }

  void store(const Stored& stored) {
    std::erase_if(stores_, [&](const Stored& old) { return old.base == stored.base && old.offset == stored.offset; });
    if (stored.value.kind == Held::Kind::Nothing) return;
    if (stores_.size() == kMostStores) stores_.erase(stores_.begin());
    stores_.push_back(stored);
  }

  Place complete(Reg base) const {
    const auto at = [&](int64_t offset) -> Held {
      const auto found = std::ranges::find_if(
          stores_, [&](const Stored& stored) { return stored.base == base && stored.offset == offset; });
      return found == stores_.end() ? Held{} : found->value;
    };
    for (const Stored& stored : stores_) {
      const bool buffer = stored.base == base && stored.value.kind == Held::Kind::Label &&
                          at(stored.offset - kWord).kind == Held::Kind::FramePointer &&
                          at(stored.offset + kWord).kind == Held::Kind::StackPointer;
      if (buffer) return stored.value.label;
    }
    return {};
  }

  const CodeView& view_;
  const FlowGraph& graph_;
  std::array<Held, kMaxRegs> held_{};
  std::vector<Stored> stores_;  // since the last jump or call
};

}  // namespace

// Few functions do: the others need no second look.
bool FamilyBuilder::takes_address_of_own_code() const {
  for (uint32_t index = 0; index < graph_.insns.size(); ++index) {
    if (graph_.insns[index].flow != Flow::Next) continue;
    const Insn& insn = view_.insn(graph_.insns[index].insn);
    if (!insn.takes_address) continue;
    for (const MicroOp& op : view_.ops(insn)) {
      const Place place = view_.address_taken(graph_.place(index), insn.length, op);
      if (place.valid() && descent_.range_of(graph_.insns[index].range, place) != kNoIndex) return true;
    }
  }
  return false;
}

bool FamilyBuilder::enter_receivers() {
  if (!view_.relocatable() || !takes_address_of_own_code()) return false;
  bool grown = false;
  for (uint32_t r = 0; r < graph_.ranges.size(); ++r) {
    const CodeRange code = graph_.ranges[r].code;
    if (code.inlined) continue;
    Scan scan(view_, graph_);
    for (uint64_t at = code.begin; at < code.end;) {
      const uint32_t insn = graph_.known(r, at);
      // What is no instruction has no length.
      at += insn == kNoIndex ? graph_.alignment : std::max<uint64_t>(graph_.insns[insn].length, graph_.alignment);
      if (insn == kNoIndex) continue;
      const Place label = scan.step(insn);
      const uint32_t range = label.valid() ? descent_.range_of(r, label) : kNoIndex;
      if (range != kNoIndex)
        grown = descent_.go(insn, range, static_cast<uint64_t>(label.offset), EdgeKind::Receiver, false) || grown;
    }
  }
  return grown;
}

}  // namespace objhound::oracle
