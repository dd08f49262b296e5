#include "oracle/undescribed.h"

#include <algorithm>

namespace objhound::oracle {
namespace {

// Walks over what fills the room between functions: instructions without an effect, and zeros.
class Padding {
 public:
  Padding(const ObjectFile& object, Decoder& decoder) : object_(object), decoder_(decoder) {}

  // The first place in [from, end) of the section that is no padding; `end` if all of it is.
  uint64_t skip(uint32_t section, uint64_t from, uint64_t end) {
    const std::span<const uint8_t> bytes = object_.sections()[section].bytes;
    end = std::min<uint64_t>(end, bytes.size());
    while (from < end) {
      if (bytes[from] == 0) {
        const auto rest = bytes.subspan(from, end - from);
        const auto zeros = std::ranges::find_if(rest, [](uint8_t byte) { return byte != 0; }) - rest.begin();
        const uint64_t step = object_.arch().insn_alignment;
        const uint64_t whole = static_cast<uint64_t>(zeros) / step * step;
        if (whole > 0) {
          from += whole;
          continue;
        }
      }
      const Insn& insn = decoder_.insn(decoder_.decode(bytes.subspan(from, end - from)));
      if (!insn.nop || insn.length == 0) break;
      from += insn.length;
    }
    return from;
  }

 private:
  const ObjectFile& object_;
  Decoder& decoder_;
};

}  // namespace

std::vector<CodeExtent> undescribed_code(const ObjectFile& object, const CfiTable& cfi, Decoder& decoder) {
  std::vector<CodeExtent> found;
  if (object.relocatable()) return found;
  std::vector<CodeExtent> known;  // functions and FDEs, both sorted by their begin
  known.reserve(object.functions().size() + cfi.fdes().size());
  for (const Function& function : object.functions())
    known.push_back({{function.section, static_cast<int64_t>(function.offset)}, function.size});
  const auto fdes = static_cast<ptrdiff_t>(known.size());
  for (const Fde& fde : cfi.fdes()) known.push_back({fde.begin, fde.size});
  std::ranges::inplace_merge(known, known.begin() + fdes, {}, &CodeExtent::begin);
  Padding padding(object, decoder);
  auto next = known.begin();
  for (uint32_t s = 0; s < object.sections().size(); ++s) {
    const Section& section = object.sections()[s];
    while (next != known.end() && next->begin.section < s) ++next;
    if (!section.executable || !section.allocated) continue;
    uint64_t at = 0;
    const auto gap_to = [&](uint64_t end) {
      if (end <= at) return;
      const uint64_t begin = padding.skip(s, at, end);
      if (begin < end) found.push_back({{s, static_cast<int64_t>(begin)}, end - begin});
    };
    for (; next != known.end() && next->begin.section == s; ++next) {
      const uint64_t begin = static_cast<uint64_t>(next->begin.offset);
      gap_to(std::min<uint64_t>(begin, section.bytes.size()));
      at = std::max(at, begin + next->size);
    }
    gap_to(section.bytes.size());
  }
  return found;
}

std::vector<CodeExtent> described_code(const ObjectFile& object, const CfiTable& cfi, Decoder& decoder) {
  std::vector<CodeExtent> extents;
  extents.reserve(cfi.fdes().size());
  Padding padding(object, decoder);
  for (const Fde& fde : cfi.fdes()) {
    const std::span<const RowStart> rows = cfi.rows_of(fde);
    uint64_t first = 0;
    // GCC puts a no-op before a fragment that begins with a landing pad: as the offset of one, 0 means none.
    if (rows.size() > 1 && rows[1].offset <= object.arch().insn_alignment) {
      const uint64_t begin = static_cast<uint64_t>(fde.begin.offset);
      first = std::max(begin, padding.skip(fde.begin.section, begin, begin + rows[1].offset)) - begin;
    }
    extents.push_back({fde.begin, fde.size, !cfi.is_entry_row(fde, first, object.arch())});
  }
  return extents;
}

}  // namespace objhound::oracle
