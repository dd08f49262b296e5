// A program keeps to its arrays, so that a store to an element changes no save slot (docs/contract.md, assumption 2).
// An element is told by the index register of its address. Unrolled loops have stores without one:
//
// - In the first round of a loop, a pointer that walks over an array still has a known value, and an unrolled body that
//   is never entered for so short an array reaches what lies behind it. Once nothing changes any more, such a pointer
//   turns out to be somewhere in the frame.
// - A loop of few rounds is unrolled to stores at fixed places; a remainder is done one by one, with an index:
//
//       movaps %xmm0, 0xc0(%rsp)            # char array[8] at 0xc0(%rsp), and 16 elements at a time
//       cmp    $16, %rax
//       je     .Lrest
//       movaps %xmm1, 0xd0(%rsp)            # reaches a save slot, for more than 16 elements
//   .Lrest:
//       mov    %al, 0xc0(%rsp,%rax)
//
//   A run of stores of one width, each behind the other, that begins where an array begins, is to that array.
#include "oracle/frame/elements.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace objhound::oracle {
namespace {

struct Extent {
  uint16_t base;  // as Slot::base
  int64_t offset;
  unsigned width;  // bytes; 0 where an array begins
  auto operator<=>(const Extent&) const = default;
};

// The extents of all stores of the family to places in the frame, sorted.
class StoresOfFamily {
 public:
  StoresOfFamily(const Cfg& cfg, const Frame& frame, Transfer& transfer) {
    for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
      if (!frame.entry[b]) continue;
      State state = *frame.entry[b];
      for (uint32_t i = cfg.blocks[b].first; i < cfg.blocks[b].last; ++i) {
        for (const MicroOp& op : transfer.ops(i)) add(state, op);
        transfer.step(state, i);
      }
    }
    std::ranges::sort(extents_);
  }

  // Whether a run of stores as wide as this one leads from the begin of an array to it.
  bool continues_array(Value address, unsigned width) const {
    constexpr int kMost = 64;  // stores in a run
    const std::optional<Extent> last = extent(address, width);
    if (!last || width == 0) return false;
    for (int64_t offset = last->offset - width, n = 0; n < kMost; offset -= width, ++n) {
      if (!std::ranges::binary_search(extents_, Extent{last->base, offset, width})) return false;
      if (std::ranges::binary_search(extents_, Extent{last->base, offset, 0})) return true;
    }
    return false;
  }

 private:
  static std::optional<Extent> extent(Value address, unsigned width) {
    if (!address.is_stack()) return std::nullopt;
    return Extent{address.kind == Value::Kind::Dynamic ? address.base : uint16_t{0}, address.offset, width};
  }

  void add(const State& state, const MicroOp& op) {
    if ((op.op != Op::Store && op.op != Op::StoreConst) || op.a == kNoReg || op.a == kPcReg) return;
    const Value place = state.reg(op.a).plus(op.imm);
    if (const auto known = extent(place, op.b == kNoReg ? op.width : 0)) extents_.push_back(*known);
  }

  std::vector<Extent> extents_;
};

}  // namespace

bool find_element_stores(const Cfg& cfg, const Frame& frame, Transfer& transfer) {
  bool found = false;
  std::optional<StoresOfFamily> stores;
  for (const Transfer::Overwrite& overwrite : transfer.take_overwrites()) {
    const auto after = std::ranges::upper_bound(cfg.blocks, overwrite.insn, {}, &Block::first);
    const size_t block = static_cast<size_t>(after - cfg.blocks.begin()) - 1;
    if (!frame.entry[block]) continue;
    State state = *frame.entry[block];
    for (uint32_t i = cfg.blocks[block].first; i < overwrite.insn; ++i) transfer.step(state, i);
    bool element = state.reg(overwrite.reg).is_somewhere();
    if (!element && overwrite.no_register) {
      if (!stores) stores.emplace(cfg, frame, transfer);
      element = stores->continues_array(overwrite.address, overwrite.width);
    }
    if (element) found = transfer.make_element(overwrite.insn) || found;
  }
  transfer.take_overwrites();
  return found;
}

}  // namespace objhound::oracle
