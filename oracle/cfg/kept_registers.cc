#include "oracle/cfg/kept_registers.h"

#include <algorithm>
#include <vector>

namespace objhound::oracle {
namespace {

constexpr uint64_t kMostBytes = 128;

}  // namespace

RegSet kept_registers(const CodeView& view, uint32_t function) {
  if (function == kNoIndex) return 0;
  const Function& callee = view.functions()[function];
  if (callee.size > kMostBytes || callee.parent != kNoIndex || !callee.fragments.empty()) return 0;
  RegSet written = 0;
  std::vector<uint64_t> starts, targets;
  Flow last = Flow::Next;
  for (uint64_t offset = callee.offset; offset < callee.end();) {
    const Insn insn = view.insn(view.source().decode(callee.section, offset, callee.end()));
    const Place at{callee.section, static_cast<int64_t>(offset)};
    switch (insn.flow) {
      case Flow::Next:
      case Flow::Return:
        break;
      case Flow::Jump:
      case Flow::Branch: {
        const Place to = view.operand(at, insn.length, view.ops(insn).back()).place;
        const bool inside = to.section == callee.section && to.offset >= static_cast<int64_t>(callee.offset) &&
                            to.offset < static_cast<int64_t>(callee.end());
        if (!inside) return 0;
        targets.push_back(static_cast<uint64_t>(to.offset));
        break;
      }
      default:
        return 0;
    }
    for (const MicroOp& op : view.ops(insn)) {
      if (op.op == Op::Unmodelled || op.op == Op::Syscall) return 0;
    }
    written |= insn.writes;
    starts.push_back(offset);
    last = insn.flow;
    if (insn.length == 0) return 0;
    offset += insn.length;
  }
  const bool ends = last == Flow::Return || last == Flow::Jump;
  const bool known =
      std::ranges::all_of(targets, [&](uint64_t target) { return std::ranges::binary_search(starts, target); });
  // The call itself writes the link register.
  return ends && known ? view.arch().call_clobbered & ~written & ~reg_bit(view.arch().return_address) : 0;
}

}  // namespace objhound::oracle
