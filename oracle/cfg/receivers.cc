// Where control comes back to a function by __builtin_longjmp. __builtin_setjmp stores the frame pointer, the address
// of the place to go on at and the stack pointer, one word behind the other ("Nonlocal Gotos" in GCC's manual; LLVM's
// eh.sjlj.setjmp keeps the same layout), and whoever jumps there restores these two registers and no other. No
// instruction of the function leads to the place. What stores preserved registers with them, as getcontext() does, has
// them restored, too, and is none of these.

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

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
// An address: so many bytes behind what was in some register at some time, or behind the beginning of a section.
struct Address {
  uint64_t root;
  int64_t offset;
  friend bool operator==(const Address&, const Address&) = default;
};
struct Stored {
  Address at;
  Held value;
};

class Scan {
 public:
  Scan(const CodeView& view, const FlowGraph& graph) : view_(view), graph_(graph) { forget(); }

  // The label that the instruction, with those before it, has stored for somebody to come back to; else invalid.
  Place step(uint32_t index) {
    const FlowInsn& at = graph_.insns[index];
    if (at.flow != Flow::Next) {
      forget();
      return {};
    }
    Place found;
    const Place place = graph_.place(index);
    const Insn& insn = view_.insn(at.insn);
    for (const MicroOp& op : view_.ops(insn)) {
      const Operand operand = view_.operand(place, insn.length, op);
      const bool stores = op.op == Op::Store || op.op == Op::StoreConst;
      if (stores && op.width == kWord && op.b == kNoReg) {
        if (const std::optional<Address> to = behind(op.a, operand)) {
          store({*to, op.op == Op::StoreConst ? label(place, insn.length, op) : held(op.src)});
          if (is_preserved(op.src) && !on_stack(to->root)) contexts_.insert(to->root);
          if (const Place whole = complete(to->root); whole.valid()) found = whole;
        }
      }
      if (!stores && op.op != Op::StoreUnknownSize && op.dst < kMaxRegs) write(op, place, insn.length, operand);
    }
    return found;
  }

 private:
  void forget() {
    held_ = {};
    stores_.clear();
    contexts_.clear();
    for (Reg r = 0; r < kMaxRegs; ++r) address_[r] = {r, 0};
    roots_ = kMaxRegs;
  }

  Held held(Reg reg) const {
    const Arch& arch = view_.arch();
    if (reg == arch.sp) return {Held::Kind::StackPointer, {}};
    if (reg == arch.fp) return {Held::Kind::FramePointer, {}};
    return reg < kMaxRegs ? held_[reg] : Held{};
  }

  // The place in the code whose address the operation takes, if it does.
  Held label(Place at, unsigned length, const MicroOp& op) const {
    const Place taken = view_.address_taken(at, length, op);
    return view_.is_code(taken) ? Held{Held::Kind::Label, taken} : Held{};
  }

  // What is `operand` bytes behind a register, or the place that the operand is.
  std::optional<Address> behind(Reg reg, const Operand& operand) const {
    constexpr uint64_t kSections = uint64_t{1} << 32;  // above all registers' roots
    constexpr int64_t kFar = int64_t{1} << 40;         // bytes; what is farther is nothing of a compiler's
    const auto near = [](int64_t offset) { return -kFar < offset && offset < kFar; };
    if (operand.kind == Operand::Kind::Location && operand.place.valid() && near(operand.place.offset))
      return Address{kSections + operand.place.section, operand.place.offset};
    if (operand.kind != Operand::Kind::Number || reg >= kMaxRegs || !near(operand.value)) return std::nullopt;
    const Address& base = address_[reg];
    return near(base.offset) ? std::optional(Address{base.root, base.offset + operand.value}) : std::nullopt;
  }

  void write(const MicroOp& op, Place place, unsigned length, const Operand& operand) {
    const bool whole = !op.merges && op.width == kWord;
    const bool adds = op.op == Op::Copy || op.op == Op::Add || op.op == Op::Address;
    const std::optional<Address> address = !whole || !adds || op.page ? std::nullopt
                                           : op.op == Op::Copy        ? address_of(op.a)
                                                                      : behind(op.a, operand);
    const bool copies = whole && (op.op == Op::Copy ||
                                  (op.op == Op::Add && operand.kind == Operand::Kind::Number && operand.value == 0));
    held_[op.dst] = copies ? held(op.a) : whole && !op.page ? label(place, length, op) : Held{};
    address_[op.dst] = address.value_or(Address{roots_++, 0});
  }

  std::optional<Address> address_of(Reg reg) const {
    return reg < kMaxRegs ? std::optional(address_[reg]) : std::nullopt;
  }

  void store(const Stored& stored) {
    std::erase_if(stores_, [&](const Stored& old) { return old.at == stored.at; });
    if (stored.value.kind == Held::Kind::Nothing) return;
    if (stores_.size() == kMostStores) stores_.erase(stores_.begin());
    stores_.push_back(stored);
  }

  bool is_preserved(Reg reg) const { return reg != view_.arch().fp && (view_.arch().callee_saved & reg_bit(reg)) != 0; }
  // A prologue stores preserved registers there.
  bool on_stack(uint64_t root) const { return root == view_.arch().sp || root == view_.arch().fp; }

  Place complete(uint64_t root) const {
    if (contexts_.contains(root)) return {};
    const auto at = [&](int64_t offset) -> Held {
      const auto found = std::ranges::find(stores_, Address{root, offset}, &Stored::at);
      return found == stores_.end() ? Held{} : found->value;
    };
    for (const Stored& stored : stores_) {
      const bool buffer = stored.at.root == root && stored.value.kind == Held::Kind::Label &&
                          at(stored.at.offset - kWord).kind == Held::Kind::FramePointer &&
                          at(stored.at.offset + kWord).kind == Held::Kind::StackPointer;
      if (buffer) return stored.value.label;
    }
    return {};
  }

  const CodeView& view_;
  const FlowGraph& graph_;
  std::array<Held, kMaxRegs> held_{};
  std::array<Address, kMaxRegs> address_{};
  uint64_t roots_ = 0;  // that were given out
  // Since the last jump or call:
  std::vector<Stored> stores_;
  std::unordered_set<uint64_t> contexts_;  // what preserved registers were stored behind, by root
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
