// libFuzzer: any bytes as the exception table of a function of 64 bytes.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "oracle/cfi/lsda.h"

namespace {

using namespace objhound::oracle;

constexpr uint64_t kCodeBytes = 64;
constexpr std::string_view kNames("\0.text\0.gcc_except_table\0.shstrtab\0", 35);

template <typename Number>
void append(std::vector<uint8_t>& out, Number value) {
  const size_t at = out.size();
  out.resize(at + sizeof value);
  std::memcpy(out.data() + at, &value, sizeof value);
}

// A section header: name, type, flags, address, place in the file.
void append_section(std::vector<uint8_t>& out, uint32_t name, uint32_t type, uint64_t flags, uint64_t address,
                    uint64_t offset, uint64_t size) {
  append(out, name);
  append(out, type);
  for (const uint64_t field : {flags, address, offset, size}) append(out, field);
  append(out, uint64_t{0});  // link, info
  append(out, uint64_t{1});  // alignment
  append(out, uint64_t{0});  // entry size
}

// A linked file (gABI, chapter 4) of code, the table and the section names.
std::vector<uint8_t> file_around(const uint8_t* table, size_t size) {
  constexpr uint64_t kHeaderBytes = 64, kAlloc = 2, kExecutable = 4;
  const uint64_t code = kHeaderBytes, data = code + kCodeBytes, names = data + size, headers = names + kNames.size();
  std::vector<uint8_t> out{0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  append(out, uint16_t{2});  // ET_EXEC
  append(out, all_archs().front()->elf_machine);
  append(out, uint32_t{1});
  append(out, uint64_t{0});  // entry
  append(out, uint64_t{0});  // program headers
  append(out, headers);
  append(out, uint32_t{0});
  for (const uint16_t field : {64, 0, 0, 64, 4, 3}) append(out, field);
  out.resize(data);
  out.insert(out.end(), table, table + size);
  out.insert(out.end(), kNames.begin(), kNames.end());
  append_section(out, 0, 0, 0, 0, 0, 0);
  append_section(out, 1, 1, kAlloc | kExecutable, 0x1000, code, kCodeBytes);
  append_section(out, 7, 1, kAlloc, 0x2000, data, size);
  append_section(out, 25, 3, 0, 0, names, kNames.size());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto object = ObjectFile::parse("fuzz.so", file_around(data, size));
  if (!object) __builtin_trap();
  const Lsda lsda = read_lsda(*object, {2, 0}, {1, 0}, kCodeBytes);
  uint64_t previous = 0;
  for (const CallSite& site : lsda.call_sites) {
    if (site.begin < previous || site.end < site.begin || site.end > kCodeBytes) __builtin_trap();
    if (site.landing_pad.valid() && !object->sections()[site.landing_pad.section].executable) __builtin_trap();
    previous = site.end;
  }
  if (!lsda.trouble.empty() && !lsda.call_sites.empty()) __builtin_trap();
  return 0;
}
