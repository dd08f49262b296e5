// Both symbol tables of a file: the names of places, as far as a place can be told from what stands there.

#include <utility>

#include "oracle/elf/reader.h"

namespace objhound::oracle {

Result<void> ElfReader::read_symbol_tables() {
  for (const auto& [type, table] :
       {std::pair{ELF::SHT_SYMTAB, &static_symbols_}, std::pair{ELF::SHT_DYNSYM, &dynamic_symbols_}}) {
    if (type == ELF::SHT_DYNSYM) image_.first_dynamic_symbol = static_cast<uint32_t>(image_.symbols.size());
    for (uint32_t i = 0; i < headers_.size(); i++) {
      if (headers_[i].sh_type != type) continue;
      if (table->section) return elf_error(where(i), "is a second symbol table of its kind", kDamaged);
      Result<SymbolTable> read = read_symbols(i);
      if (!read) return tl::unexpected(read.error());
      *table = std::move(*read);
    }
  }
  return {};
}

namespace {

// $x and $d mark where code and data begin in a section (AAELF64, "Mapping symbols"); they name nothing.
bool is_mapping_symbol(std::string_view name, uint8_t type) {
  return type == ELF::STT_NOTYPE && name.size() >= 2 && name[0] == '$' && (name[1] == 'x' || name[1] == 'd') &&
         (name.size() == 2 || name[2] == '.');
}

}  // namespace

Result<ElfReader::SymbolTable> ElfReader::read_symbols(uint32_t table_section) {
  const Elf::Elf_Shdr& header = headers_[table_section];
  Result<llvm::ArrayRef<Elf::Elf_Sym>> entries =
      checked<llvm::ArrayRef<Elf::Elf_Sym>>(where(table_section), elf_.symbols(&header));
  if (!entries) return tl::unexpected(entries.error());
  Result<llvm::StringRef> names =
      checked<llvm::StringRef>(where(table_section), elf_.getStringTableForSymtab(header, headers_));
  if (!names) return tl::unexpected(names.error());
  llvm::ArrayRef<Elf::Elf_Word> wide_indices;
  for (const Elf::Elf_Shdr& other : headers_) {
    if (other.sh_type != ELF::SHT_SYMTAB_SHNDX || other.sh_link != table_section) continue;
    Result<llvm::ArrayRef<Elf::Elf_Word>> table =
        checked<llvm::ArrayRef<Elf::Elf_Word>>(where(table_section), elf_.getSHNDXTable(other, headers_));
    if (!table) return tl::unexpected(table.error());
    wide_indices = *table;
  }

  SymbolTable table{table_section, std::vector<uint32_t>(entries->size(), kNoIndex)};
  image_.symbols.reserve(image_.symbols.size() + entries->size());
  image_.symbol_file.reserve(image_.symbols.size() + entries->size());
  uint32_t file = 0, files = 0;
  for (uint32_t i = 1; i < entries->size(); i++) {
    const Elf::Elf_Sym& entry = (*entries)[i];
    const uint8_t type = entry.getType();
    Result<std::string_view> name = name_at({names->data(), names->size()}, entry.st_name, "a symbol");
    if (!name) return tl::unexpected(name.error());
    // Behind an STT_FILE without a name, linkers put what was global before it was hidden in the file.
    if (type == ELF::STT_FILE) file = name->empty() ? 0 : ++files;
    if (type == ELF::STT_FILE || is_mapping_symbol(*name, type)) continue;
    Result<Place> place = place_of_symbol(entry, i, wide_indices, header.sh_type == ELF::SHT_DYNSYM);
    if (!place) return tl::unexpected(place.error());

    Symbol symbol;
    symbol.name = *name;
    symbol.place = *place;
    symbol.size = entry.st_size;
    symbol.function = type == ELF::STT_FUNC || type == ELF::STT_GNU_IFUNC;
    symbol.weak = entry.getBinding() == ELF::STB_WEAK;
    symbol.global = entry.getBinding() != ELF::STB_LOCAL;
    symbol.section_symbol = type == ELF::STT_SECTION;
    table.index_of[i] = static_cast<uint32_t>(image_.symbols.size());
    image_.symbols.push_back(symbol);
    image_.symbol_file.push_back(symbol.global ? 0 : file);
  }
  return table;
}

Result<Place> ElfReader::place_of_symbol(const Elf::Elf_Sym& symbol, uint32_t index,
                                         llvm::ArrayRef<Elf::Elf_Word> wide_indices, bool dynamic) const {
  uint32_t section = symbol.st_shndx;
  if (section == ELF::SHN_XINDEX) {
    if (index >= wide_indices.size()) {
      return elf_error(image_.path, fmt::format("symbol {} has no entry in the table of wide section indices", index),
                       kDamaged);
    }
    section = wide_indices[index];
  } else if (section == ELF::SHN_UNDEF || section >= ELF::SHN_LORESERVE) {
    return Place{};  // undefined, absolute, common
  }
  // A dynamic symbol's section index means nothing to the dynamic linker, and tools that move sections about leave it
  // as it was; the address is what counts.
  if (dynamic) return symbol.getType() == ELF::STT_TLS ? Place{} : place_of_address(image_, symbol.st_value);
  if (section >= image_.sections.size()) {
    return elf_error(
        image_.path,
        fmt::format("symbol {} names section {}, but there are {}", index, section, image_.sections.size()), kDamaged);
  }
  if (image_.relocatable) return Place{section, static_cast<int64_t>(uint64_t{symbol.st_value})};
  if (symbol.getType() == ELF::STT_TLS) return Place{};  // its value counts from the thread's block
  return Place{section, static_cast<int64_t>(symbol.st_value - image_.sections[section].address)};
}

}  // namespace objhound::oracle
