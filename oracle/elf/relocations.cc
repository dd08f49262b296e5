// Relocations, each at the section that it applies to (System V gABI, "Relocation"; what the types mean, the
// architectures say).

#include <algorithm>
#include <cstring>
#include <utility>

#include "oracle/elf/cursor.h"
#include "oracle/elf/reader.h"

namespace objhound::oracle {

Result<void> ElfReader::read_relocations() {
  for (uint32_t i = 0; i < headers_.size(); i++) {
    const Elf::Elf_Shdr& header = headers_[i];
    // A linked file's bytes are final but for what the dynamic linker writes; relocations that the linker kept
    // beside them (--emit-relocs) say what was, not what is.
    const bool applies = image_.relocatable || (header.sh_flags & ELF::SHF_ALLOC);
    if (!applies) continue;
    if (header.sh_type == ELF::SHT_RELA) {
      Result<llvm::ArrayRef<Elf::Elf_Rela>> entries =
          checked<llvm::ArrayRef<Elf::Elf_Rela>>(where(i), elf_.relas(header));
      if (!entries) return tl::unexpected(entries.error());
      if (Result<void> read = read_relocation_section(i, header, *entries); !read) return read;
    } else if (header.sh_type == ELF::SHT_REL) {
      Result<llvm::ArrayRef<Elf::Elf_Rel>> entries = checked<llvm::ArrayRef<Elf::Elf_Rel>>(where(i), elf_.rels(header));
      if (!entries) return tl::unexpected(entries.error());
      if (Result<void> read = read_relocation_section(i, header, *entries); !read) return read;
    } else if (header.sh_type == ELF::SHT_CREL) {
      // Passed over they would leave every call and table without its target.
      return elf_error(where(i), "holds compact relocations (CREL), which are not supported",
                       "assemble without --crel");
    }
    // SHT_RELR needs nothing: the fields that it lists hold their addresses already.
  }
  for (Section& section : image_.sections) {
    std::vector<Relocation>& all = section.relocations;
    // Linkers write those without a symbol first, and sort both kinds.
    const auto second = std::ranges::is_sorted_until(all, {}, &Relocation::offset);
    if (second == all.end()) continue;
    std::ranges::is_sorted(second, all.end(), {}, &Relocation::offset)
        ? std::ranges::inplace_merge(all, second, {}, &Relocation::offset)
        : std::ranges::stable_sort(all, {}, &Relocation::offset);
  }
  return {};
}

// Debug information has more relocations than code; they are read only when somebody asks for it (debug_info.cc).
bool ElfReader::wants_relocations(const Section& section) const {
  return section.allocated || section.name == ".debug_frame";
}

template <typename Rel>
Result<void> ElfReader::read_relocation_section(uint32_t index, const Elf::Elf_Shdr& header,
                                                llvm::ArrayRef<Rel> entries) {
  const uint32_t target = image_.relocatable ? uint32_t{header.sh_info} : kNoIndex;
  if (image_.relocatable) {
    if (target == 0 || target >= image_.sections.size()) {
      return elf_error(where(index), fmt::format("relocates section {}, which does not exist", target), kDamaged);
    }
    if (!wants_relocations(image_.sections[target])) return {};
    image_.sections[target].relocations.reserve(image_.sections[target].relocations.size() + entries.size());
  }
  const SymbolTable* symbols = nullptr;
  for (const SymbolTable* table : {&static_symbols_, &dynamic_symbols_}) {
    if (table->section && table->section == header.sh_link) symbols = table;
  }

  for (const Rel& entry : entries) {
    Place place{target, static_cast<int64_t>(uint64_t{entry.r_offset})};
    if (!image_.relocatable) place = place_of_address(image_, entry.r_offset);
    if (!place.valid() || static_cast<uint64_t>(place.offset) >= image_.sections[place.section].size) {
      return elf_error(where(index),
                       fmt::format("the relocation at {:#x} lies outside of every section", uint64_t{entry.r_offset}),
                       kDamaged);
    }
    Section& section = image_.sections[place.section];
    Result<Relocation> relocation = read_relocation(entry, symbols, section);
    if (!relocation) return tl::unexpected(Error{where(index), relocation.error().what, kDamaged});
    relocation->offset = static_cast<uint64_t>(place.offset);
    section.relocations.push_back(*relocation);
  }
  return {};
}

namespace {

// Without explicit addends (SHT_REL) the addend is what stands in the field. That is read for data; in an instruction
// its bits are scattered in ways that only the architecture knows, and no supported ABI uses such relocations.
Result<int64_t> implicit_addend(const Section& section, uint64_t offset, RelocKind kind) {
  auto field = [&](auto value) -> int64_t {
    if (section.bytes.size() < sizeof value || offset > section.bytes.size() - sizeof value) return 0;
    std::memcpy(&value, section.bytes.data() + offset, sizeof value);
    return value;
  };
  if (section.executable) return elf_error("", "implicit addend in code");
  switch (kind) {
    case RelocKind::Abs64:
    case RelocKind::PcRel64:
      return field(int64_t{});
    case RelocKind::Abs32:
    case RelocKind::PcRel32:
      return field(int32_t{});
    default:
      return elf_error("", "implicit addend of unknown width");
  }
}

}  // namespace

template <typename Rel>
Result<Relocation> ElfReader::read_relocation(const Rel& entry, const SymbolTable* symbols,
                                              const Section& section) const {
  const Arch::RelocMeaning meaning = image_.arch->reloc(entry.getType(/*isMips64EL=*/false));
  const uint32_t symbol_index = entry.getSymbol(/*isMips64EL=*/false);
  Relocation relocation{};
  relocation.kind = meaning.kind;
  relocation.symbol = kNoIndex;

  uint64_t addend = static_cast<uint64_t>(meaning.addend_bias);
  if constexpr (Rel::HasAddend) {
    addend += static_cast<uint64_t>(int64_t{entry.r_addend});
  } else {
    const uint64_t offset = image_.relocatable ? uint64_t{entry.r_offset} : entry.r_offset - section.address;
    Result<int64_t> implicit = implicit_addend(section, offset, meaning.kind);
    if (implicit) addend += static_cast<uint64_t>(*implicit);
    if (!implicit && relocation.kind != RelocKind::None) relocation.kind = RelocKind::Other;
  }
  relocation.addend = static_cast<int64_t>(addend);
  // Beyond any section there can be nothing; and who adds to what is left need not think of overflow.
  constexpr int64_t kFarthest = int64_t{1} << 60;  // bytes
  const auto too_far = [](int64_t offset) { return offset > kFarthest || offset < -kFarthest; };
  const auto nowhere = [&] {
    relocation.addend = 0;
    if (relocation.kind != RelocKind::None) relocation.kind = RelocKind::Other;
    return relocation;
  };

  if (symbol_index == 0) {
    // No symbol: the addend is an address of this file (the dynamic linker adds only where it loads it).
    const bool an_address = !image_.relocatable && meaning.kind == RelocKind::Abs64;
    if (an_address) relocation.target = place_of_address(image_, addend);
    if (!an_address && too_far(relocation.addend)) return nowhere();
    return relocation;
  }
  if (!symbols || symbol_index >= symbols->index_of.size()) {
    return elf_error("", fmt::format("a relocation names symbol {}, which does not exist", symbol_index));
  }
  relocation.symbol = symbols->index_of[symbol_index];
  if (too_far(relocation.addend)) return nowhere();
  if (relocation.symbol == kNoIndex) return relocation;
  const Place& place = image_.symbols[relocation.symbol].place;
  if (place.valid() && too_far(place.offset)) return nowhere();
  if (place.valid())
    relocation.target = {place.section, static_cast<int64_t>(static_cast<uint64_t>(place.offset) + addend)};
  return relocation;
}

}  // namespace objhound::oracle
