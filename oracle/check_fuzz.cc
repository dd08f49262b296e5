// libFuzzer: any bytes as an ELF file, through the whole of `check`: both decoders, all rules, the paths of what is
// found, JSON and text. The counts add up, and what was found once is found again.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "oracle/elf/mutate_fuzz_support.h"
#include "oracle/oracle.h"

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  return objhound::oracle::mutate_elf(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace objhound::oracle;
  // Kept, as a campaign keeps it: what was seen before must not change what is seen now.
  static Oracle oracle(CheckOptions{.flags = {}, .features = true});
  const FileReport report = oracle.check_bytes("fuzz.o", {data, size});
  const std::string json = to_json({&report, 1});
  if (to_terminal_text(report, false).empty()) __builtin_trap();
  if (report.total != report.proved + report.unproved + report.violating) __builtin_trap();
  for (const FeatureCount& count : report.features) {
    if (count.functions == 0 || count.feature->text.size() > kMaxFeatureText) __builtin_trap();
  }
  // An eighth of the inputs a second time; which ones, only the bytes decide.
  if (std::hash<std::string_view>{}({reinterpret_cast<const char*>(data), size}) % 8) return 0;
  const FileReport again = oracle.check_bytes("fuzz.o", {data, size});
  if (to_json({&again, 1}) != json) __builtin_trap();
  return 0;
}
