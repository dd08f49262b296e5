// What an object tells about its compiler and its code beside the code itself: command lines, and functions that never
// return. Read only when asked for; objects without debug information answer at once.

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Object/ELF.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_set>

#include "oracle/elf/dwarf_units.h"
#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

namespace ELF = llvm::ELF;
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

// The debug sections that names and producers stand in, unpacked and relocated. Objects with type units have more
// sections of these names, in COMDAT groups; those describe types, not functions.
class DebugSections {
 public:
  explicit DebugSections(const ElfImage& image) {
    if (std::ranges::find(image.sections, ".debug_info", &Section::name) == image.sections.end()) return;
    llvm::Expected<Elf> elf = Elf::create({reinterpret_cast<const char*>(image.storage.get()), image.size});
    if (!elf) {
      llvm::consumeError(elf.takeError());
      return;
    }
    const Headers headers = or_empty(elf->sections());
    for (uint32_t i = 0; i < headers.size() && i < image.sections.size(); i++) {
      if (headers[i].sh_type == ELF::SHT_NOBITS || (headers[i].sh_flags & ELF::SHF_GROUP)) continue;
      const std::string_view name = image.sections[i].name;
      const bool wanted = name == ".debug_info" || name == ".debug_abbrev" || name == ".debug_str" ||
                          name == ".debug_line_str" || name == ".debug_str_offsets";
      if (wanted && !bytes_.contains(name)) bytes_[name] = contents(image, *elf, headers, i);
    }
  }

  DwarfSections sections() const {
    auto of = [&](std::string_view name) {
      const auto found = bytes_.find(name);
      return found == bytes_.end() ? std::span<const uint8_t>() : std::span<const uint8_t>(found->second);
    };
    return {of(".debug_info"), of(".debug_abbrev"), of(".debug_str"), of(".debug_line_str"), of(".debug_str_offsets")};
  }

 private:
  static std::vector<uint8_t> contents(const ElfImage& image, const Elf& elf, Headers headers, uint32_t index) {
    const llvm::ArrayRef<uint8_t> stored = or_empty(elf.getSectionContents(headers[index]));
    std::vector<uint8_t> bytes(stored.begin(), stored.end());
    if (headers[index].sh_flags & ELF::SHF_COMPRESSED) {
      Result<std::vector<uint8_t>> unpacked = unpack_section(image.path, image.sections[index].name, stored);
      if (!unpacked) return {};
      bytes = std::move(*unpacked);
    }
    if (image.relocatable) relocate(image, elf, headers, index, bytes);
    return bytes;
  }

  std::map<std::string_view, std::vector<uint8_t>> bytes_;  // by name
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
  const DebugSections debug(image);
  DwarfReader(debug.sections()).visit(DwarfReader::Extent::UnitEntries, [&](const DwarfEntry& unit) {
    // Clang and assemblers name only themselves there unless told otherwise; that says nothing about flags.
    if (unit.producer.find(" -") != std::string_view::npos) lines.add(unit.producer);
  });
  return lines.take();
}

std::vector<std::string> read_declared_noreturn(const ElfImage& image) {
  Lines names(image);
  const DebugSections debug(image);
  DwarfReader reader(debug.sections());
  if (!reader.may_have_noreturn()) return {};
  reader.visit(DwarfReader::Extent::AllEntries, [&](const DwarfEntry& entry) {
    if (entry.tag != llvm::dwarf::DW_TAG_subprogram || !entry.noreturn) return;
    names.add(entry.linkage_name.empty() ? entry.name : entry.linkage_name);
  });
  return names.take();
}

}  // namespace objhound::oracle
