// Which row, if any, an instruction is held to: what at() looks at, for those who hold the same row against something
// else than a computed state.

#include "oracle/checks/unwind.h"

namespace objhound::oracle {

const Row* UnwindCheck::held_row(uint32_t insn) {
  const bool promised = context_.cfi.present() && context_.contract.unwind != UnwindPromise::None;
  if (!promised || context_.range(insn).inlined) return nullptr;
  const Row* row = row_for(insn);
  if (row == nullptr) return nullptr;
  const Flow flow = context_.insn(insn).flow;
  const bool call = flow == Flow::Call || flow == Flow::CallIndirect;
  if (promise() == UnwindPromise::Synchronous && !call) return nullptr;
  // The outermost frame has neither a caller nor a CFA to recover.
  const RegisterRule* way_back = row->rule_for(context_.arch.return_address);
  return way_back != nullptr && way_back->kind == RegisterRule::Kind::Undefined ? nullptr : row;
}

}  // namespace objhound::oracle
