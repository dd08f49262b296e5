// libFuzzer: any bytes as an ELF file, then its unwind rows, all of them and by place.

#include <cstddef>
#include <cstdint>

#include "oracle/cfi/rows.h"
#include "oracle/elf/mutate_fuzz_support.h"

namespace {

using namespace objhound::oracle;

void use(const ObjectFile& object, const CfiTable& table) {
  for (const Fde& fde : table.fdes()) {
    uint64_t previous = 0;
    for (const RowStart& start : table.rows_of(fde)) {
      if (start.offset < previous || start.offset >= fde.size) __builtin_trap();
      previous = start.offset;
      (void)to_text(table.row(start.row), table, object.arch());
    }
    const Fde* found = table.fde_at(fde.begin);
    if (!found) __builtin_trap();
    if (found->row_count && !table.row_at(fde.begin)) __builtin_trap();
    (void)table.row_at({fde.begin.section, fde.begin.offset + static_cast<int64_t>(fde.size / 2)});
  }
  for (const CfiProblem& problem : table.problems()) {
    if (problem.what.empty()) __builtin_trap();
  }
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  return objhound::oracle::mutate_elf(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto object = ObjectFile::parse("fuzz.o", {data, size});
  if (object) use(*object, CfiTable::read(*object));
  return 0;
}
