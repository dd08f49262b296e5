// Any bytes, both architectures: decoding ends, stays inside the bytes, and says the same the second time.

#include <algorithm>
#include <cstdlib>

#include "oracle/decode/decoder.h"

namespace objhound::oracle {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Operations only name registers that there are.
void check_ops(std::span<const MicroOp> ops, const Arch& arch) {
  for (const MicroOp& op : ops) {
    for (Reg reg : {op.dst, op.a, op.b, op.src}) require(reg < arch.registers.size() || reg >= kTemp0);
    require(op.op != Op::ClobberSet || static_cast<RegSet>(op.imm) >> arch.registers.size() == 0);
  }
}

void sweep(Decoder& decoder, std::span<const uint8_t> bytes) {
  const Arch& arch = decoder.arch();
  while (!bytes.empty()) {
    uint32_t index = decoder.decode(bytes);
    const Insn& insn = decoder.insn(index);
    require(insn.length <= bytes.size() && insn.length <= arch.max_insn_length);
    require((insn.length == 0) == (insn.flow == Flow::Undecodable));
    require(decoder.decode(bytes) == index);
    check_ops(decoder.ops(index), arch);
    if (bytes.size() % 64 == 0) require(!decoder.text(bytes, bytes.size()).empty());
    bytes = bytes.subspan(std::min<size_t>(bytes.size(), insn.length ? insn.length : arch.insn_alignment));
  }
}

}  // namespace
}  // namespace objhound::oracle

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace objhound::oracle;
  // Decoders are kept: what was seen before must not change what is seen now.
  static Decoder decoders[] = {Decoder(*all_archs()[0], {}), Decoder(*all_archs()[1], {})};
  for (Decoder& decoder : decoders) sweep(decoder, {data, size});
  return 0;
}
