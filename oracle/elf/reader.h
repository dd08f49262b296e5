// The reader of one ELF file, as its chapters share it: reader.cc reads the sections, symbols.cc and relocations.cc
// what belongs to them. Private to oracle/elf.
#pragma once

#include <fmt/format.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Object/ELF.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/elf/image.h"

namespace objhound::oracle {

using Elf = llvm::object::ELFFile<llvm::object::ELF64LE>;
namespace ELF = llvm::ELF;

inline tl::unexpected<Error> elf_error(std::string where, std::string what, std::string remedy = "") {
  return tl::unexpected(Error{std::move(where), std::move(what), std::move(remedy)});
}

// What `expected` holds, or LLVM's complaint as an Error.
template <typename T>
Result<T> checked(const std::string& path, llvm::Expected<T> expected) {
  if (expected) return std::move(*expected);
  return elf_error(path, llvm::toString(expected.takeError()), kDamaged);
}

class ElfReader {
 public:
  ElfReader(ElfImage& image, const Elf& elf)
      : image_(image), elf_(elf), name_bytes_left_(kMaxNameSharing * image.size + 4096) {}

  Result<void> read() {
    return read_sections().and_then([&] { return read_symbol_tables(); }).and_then([&] { return read_relocations(); });
  }

 private:
  // String tables share suffixes, so the names may be longer than the table; but not without a bound.
  static constexpr uint64_t kMaxNameSharing = 8;

  std::string where(uint64_t section) const {
    std::string_view name = section < image_.sections.size() ? image_.sections[section].name : std::string_view();
    return fmt::format("{}: section [{}] {}", image_.path, section, name);
  }

  Result<std::string_view> name_at(std::string_view table, uint64_t offset, const char* of_what);
  Result<void> read_sections();
  Result<Section> read_section(const Elf::Elf_Shdr& header);
  Result<void> unpack_unwind_section(uint32_t index, const Elf::Elf_Shdr& header);
  void mark_comdat_groups();
  void mark_relocated_constants();
  void order_by_address();
  Result<void> refuse_lto_intermediate() const;

  // A symbol table as far as relocations need it: the index in ElfImage::symbols of each of its entries.
  struct SymbolTable {
    uint32_t section = 0;
    std::vector<uint32_t> index_of;
  };
  Result<void> read_symbol_tables();
  Result<SymbolTable> read_symbols(uint32_t table_section);
  Result<Place> place_of_symbol(const Elf::Elf_Sym& symbol, uint32_t index, llvm::ArrayRef<Elf::Elf_Word> wide_indices,
                                bool dynamic) const;

  Result<void> read_relocations();
  template <typename Rel>
  Result<void> read_relocation_section(uint32_t index, const Elf::Elf_Shdr& header, llvm::ArrayRef<Rel> entries);
  template <typename Rel>
  Result<Relocation> read_relocation(const Rel& entry, const SymbolTable* symbols, const Section& section) const;
  bool wants_relocations(const Section& section) const;

  ElfImage& image_;
  const Elf& elf_;
  uint64_t name_bytes_left_;
  llvm::ArrayRef<Elf::Elf_Shdr> headers_;
  SymbolTable static_symbols_, dynamic_symbols_;
};

}  // namespace objhound::oracle
