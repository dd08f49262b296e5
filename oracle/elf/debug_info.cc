// What the debug information tells about the compiler and the code: command lines and functions that never return.
// Read only when asked for.
//
// The sections are prepared here (unpacked, relocated) and handed to LLVM's DWARF library as plain bytes: its own way
// from an object file to DWARF takes the relocation tables on trust and ends the process when they lie.

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/DebugInfo/DWARF/DWARFCompileUnit.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ELF.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_set>

#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

namespace ELF = llvm::ELF;
namespace dwarf = llvm::dwarf;
using Elf = llvm::object::ELFFile<llvm::object::ELF64LE>;
using Headers = llvm::ArrayRef<Elf::Elf_Shdr>;

// What an Expected holds, or something empty: damaged debug information counts as none.
template <typename T>
T or_empty(llvm::Expected<T> expected) {
  if (expected) return std::move(*expected);
  llvm::consumeError(expected.takeError());
  return T();
}

// Adds symbol values to the fields that they belong to. In relocatable objects nothing has an address yet, so a field
// becomes an offset into the section that it refers to, which is what names and strings need.
void relocate(const ElfImage& image, const Elf& elf, Headers headers, uint32_t section, std::vector<uint8_t>& bytes) {
  for (const Elf::Elf_Shdr& header : headers) {
    if (header.sh_type != ELF::SHT_RELA || header.sh_info != section || header.sh_link >= headers.size()) continue;
    const auto symbols = or_empty(elf.symbols(&headers[header.sh_link]));
    for (const Elf::Elf_Rela& entry : or_empty(elf.relas(header))) {
      const RelocKind kind = image.arch->reloc(entry.getType(false)).kind;
      const size_t width = kind == RelocKind::Abs64 ? 8 : kind == RelocKind::Abs32 ? 4 : 0;
      const uint32_t symbol = entry.getSymbol(false);
      if (width == 0 || symbol >= symbols.size() || bytes.size() < width || entry.r_offset > bytes.size() - width)
        continue;
      const uint64_t value = symbols[symbol].st_value + static_cast<uint64_t>(int64_t{entry.r_addend});
      std::memcpy(bytes.data() + entry.r_offset, &value, width);  // both little-endian
    }
  }
}

// The sections that names and producers stand in. Objects with type units have more sections of these names, in
// COMDAT groups; those describe types, not functions.
constexpr std::array<std::string_view, 5> kDwarfSections = {".debug_info", ".debug_abbrev", ".debug_str",
                                                            ".debug_line_str", ".debug_str_offsets"};

class DebugInfo {
 public:
  explicit DebugInfo(const ElfImage& image) {
    const Section* info = find(image, ".debug_info");
    if (!info) return;
    llvm::Expected<Elf> elf = Elf::create({reinterpret_cast<const char*>(image.storage.get()), image.size});
    if (!elf) {
      llvm::consumeError(elf.takeError());
      return;
    }
    const Headers headers = or_empty(elf->sections());

    for (uint32_t i = 0; i < headers.size() && i < image.sections.size(); i++) {
      const std::string_view name = image.sections[i].name;
      if (std::ranges::find(kDwarfSections, name) == kDwarfSections.end()) continue;
      if (headers[i].sh_type == ELF::SHT_NOBITS || (headers[i].sh_flags & ELF::SHF_GROUP)) continue;
      add_section(image, *elf, headers, i);
    }
    auto ignore = [](llvm::Error error) { llvm::consumeError(std::move(error)); };
    context_ = llvm::DWARFContext::create(sections_, /*AddrSize=*/8, /*isLittleEndian=*/true, ignore, ignore);
  }

  // Calls `visit` with each compile unit.
  template <typename Visit>
  void for_each_unit(Visit visit) const {
    if (!context_) return;
    for (const std::unique_ptr<llvm::DWARFUnit>& unit : context_->compile_units()) visit(*unit);
  }

  bool mentions_noreturn() const { return mentions_noreturn_; }

 private:
  static const Section* find(const ElfImage& image, std::string_view name) {
    const auto found = std::ranges::find(image.sections, name, &Section::name);
    return found == image.sections.end() ? nullptr : &*found;
  }

  void add_section(const ElfImage& image, const Elf& elf, Headers headers, uint32_t index) {
    const std::string_view name = image.sections[index].name;
    const llvm::ArrayRef<uint8_t> contents = or_empty(elf.getSectionContents(headers[index]));
    std::vector<uint8_t> bytes;
    if (headers[index].sh_flags & ELF::SHF_COMPRESSED) {
      Result<std::vector<uint8_t>> unpacked = unpack_section(image.path, name, contents);
      if (!unpacked) return;
      bytes = std::move(*unpacked);
    } else {
      bytes.assign(contents.begin(), contents.end());
    }
    if (image.relocatable) relocate(image, elf, headers, index, bytes);
    if (name == ".debug_abbrev") {
      constexpr std::array<uint8_t, 2> kNoreturn = {0x87, 0x01};  // DW_AT_noreturn as ULEB128
      mentions_noreturn_ = !std::ranges::search(bytes, kNoreturn).empty();
    }
    const llvm::StringRef key(name.data() + 1, name.size() - 1);  // LLVM wants it without the dot
    const llvm::StringRef data(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    sections_.try_emplace(key, llvm::MemoryBuffer::getMemBufferCopy(data, key));
  }

  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> sections_;  // what context_ reads; it keeps no copy
  std::unique_ptr<llvm::DWARFContext> context_;
  bool mentions_noreturn_ = false;  // some abbreviation may have the attribute; otherwise none does
};

// Strings in `lines`, each once, in order of appearance. All together no longer than a bound: string references into
// one another could make them many times as long as the file.
class Lines {
 public:
  explicit Lines(const ElfImage& image) : bytes_left_(8 * image.size) {}

  void add(std::string_view line) {
    if (line.empty() || line.size() > bytes_left_ || !seen_.emplace(line).second) return;
    bytes_left_ -= line.size();
    lines_.emplace_back(line);
  }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  uint64_t bytes_left_;
  std::unordered_set<std::string> seen_;
  std::vector<std::string> lines_;
};

// GCC 12 records one string for each compilation, Clang one with a NUL before and after, and a link concatenates them.
void add_recorded(const ElfImage& image, Lines& lines) {
  for (const Section& section : image.sections) {
    if (section.name != ".GCC.command.line") continue;
    std::string_view rest(reinterpret_cast<const char*>(section.bytes.data()), section.bytes.size());
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\0'), rest.size());
      lines.add(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

}  // namespace

std::vector<std::string> read_recorded_command_lines(const ElfImage& image) {
  Lines lines(image);
  add_recorded(image, lines);
  DebugInfo(image).for_each_unit([&](llvm::DWARFUnit& unit) {
    const llvm::DWARFDie die = unit.getUnitDIE(/*ExtractUnitDIEOnly=*/true);
    const std::string_view producer = dwarf::toStringRef(die.find(dwarf::DW_AT_producer));
    // Clang and assemblers name only themselves there unless told otherwise; that says nothing about flags.
    if (producer.find(" -") != std::string_view::npos) lines.add(producer);
  });
  return lines.take();
}

std::vector<std::string> read_declared_noreturn(const ElfImage& image) {
  Lines names(image);
  const DebugInfo info(image);
  if (!info.mentions_noreturn()) return {};
  info.for_each_unit([&](llvm::DWARFUnit& unit) {
    unit.getUnitDIE(/*ExtractUnitDIEOnly=*/false);
    for (const llvm::DWARFDebugInfoEntry& entry : unit.dies()) {
      const llvm::DWARFDie die(&unit, &entry);
      if (die.getTag() != dwarf::DW_TAG_subprogram) continue;
      if (dwarf::toUnsigned(die.find(dwarf::DW_AT_noreturn), 0) == 0) continue;
      if (const char* name = die.getLinkageName()) {
        names.add(name);
      } else if (const char* short_name = die.getShortName()) {
        names.add(short_name);
      }
    }
  });
  return names.take();
}

}  // namespace objhound::oracle
