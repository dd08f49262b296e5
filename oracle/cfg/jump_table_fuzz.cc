// libFuzzer: bytes as decisions that make a program of micro-operations with jump tables in it; then its control flow.

#include <fuzzer/FuzzedDataProvider.h>

#include "oracle/cfg/random_program_test_support.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace objhound::oracle;
  FuzzedDataProvider decisions(data, size);
  test::Program p =
      test::random_program([&](uint64_t n) { return decisions.ConsumeIntegralInRange<uint64_t>(0, n - 1); });
  for (const Cfg& cfg : p.build()) {
    if (!test::malformation(cfg).empty()) __builtin_trap();
  }
  return 0;
}
