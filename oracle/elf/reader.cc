// From bytes to sections, symbols and relocations (System V gABI, chapters "Sections", "Symbol Table", "Relocation":
// https://gabi.xinuos.com). LLVM's ELFFile checks each table against the file's size; what it leaves open is checked
// here: indices between tables, and that nothing is read twice. The gABI forbids that sections overlap in the file, so
// all of them together are no larger than it; with that, time and memory stay proportional to the file's size,
// whatever it claims.

#include <fmt/format.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Object/ELF.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "oracle/elf/cursor.h"
#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

using llvm::object::ELF64LE;
using Elf = llvm::object::ELFFile<ELF64LE>;
namespace ELF = llvm::ELF;

tl::unexpected<Error> fail(std::string where, std::string what, std::string remedy = "") {
  return tl::unexpected(Error{std::move(where), std::move(what), std::move(remedy)});
}

// What `expected` holds, or LLVM's complaint as an Error.
template <typename T>
Result<T> checked(const std::string& path, llvm::Expected<T> expected) {
  if (expected) return std::move(*expected);
  return fail(path, llvm::toString(expected.takeError()), kDamaged);
}

// --- The reader -----------------------------------------------------------------------------------------------------

class Reader {
 public:
  Reader(ElfImage& image, const Elf& elf)
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

Result<std::string_view> Reader::name_at(std::string_view table, uint64_t offset, const char* of_what) {
  if (offset == 0 && table.empty()) return std::string_view();
  if (offset >= table.size()) {
    return fail(image_.path, fmt::format("the name of {} lies outside of its string table", of_what), kDamaged);
  }
  const uint64_t limit = std::min<uint64_t>(table.size() - offset, name_bytes_left_);
  const void* end = std::memchr(table.data() + offset, 0, limit);
  if (!end) {
    return fail(image_.path, fmt::format("the name of {} does not end, or names overlap beyond reason", of_what),
                kDamaged);
  }
  const std::string_view name = table.substr(offset, static_cast<const char*>(end) - (table.data() + offset));
  name_bytes_left_ -= name.size();
  return name;
}

// --- Sections -------------------------------------------------------------------------------------------------------

Result<void> Reader::read_sections() {
  Result<llvm::ArrayRef<Elf::Elf_Shdr>> headers = checked<llvm::ArrayRef<Elf::Elf_Shdr>>(image_.path, elf_.sections());
  if (!headers) return tl::unexpected(headers.error());
  headers_ = *headers;
  if (headers_.empty()) {
    return fail(image_.path, "has no section headers", "check the file as the compiler or linker wrote it");
  }

  auto ignore_warning = [](const llvm::Twine&) { return llvm::Error::success(); };
  Result<llvm::StringRef> names =
      checked<llvm::StringRef>(image_.path, elf_.getSectionStringTable(headers_, ignore_warning));
  if (!names) return tl::unexpected(names.error());

  uint64_t total = 0;
  image_.sections.reserve(headers_.size());
  for (const Elf::Elf_Shdr& header : headers_) {
    Result<Section> section = read_section(header);
    if (!section) return tl::unexpected(section.error());
    Result<std::string_view> name = name_at({names->data(), names->size()}, header.sh_name, "a section");
    if (!name) return tl::unexpected(name.error());
    section->name = *name;
    total += section->bytes.size();
    image_.sections.push_back(std::move(*section));
    if (total > image_.size) {
      return fail(where(image_.sections.size() - 1), "sections overlap in the file", kDamaged);
    }
  }
  for (uint32_t i = 0; i < headers_.size(); i++) {
    if (!(headers_[i].sh_flags & ELF::SHF_COMPRESSED)) continue;
    if (Result<void> unpacked = unpack_unwind_section(i, headers_[i]); !unpacked) return unpacked;
  }
  mark_comdat_groups();
  mark_relocated_constants();
  order_by_address();
  return refuse_lto_intermediate();
}

Result<Section> Reader::read_section(const Elf::Elf_Shdr& header) {
  Section section;
  section.address = header.sh_addr;
  section.size = header.sh_size;
  section.allocated = header.sh_flags & ELF::SHF_ALLOC;
  section.executable = header.sh_flags & ELF::SHF_EXECINSTR;
  section.writable = header.sh_flags & ELF::SHF_WRITE;
  section.entry_size = header.sh_entsize;
  // A null section's size is the number of sections where that does not fit into the ELF header.
  if (header.sh_type == ELF::SHT_NOBITS || header.sh_type == ELF::SHT_NULL) return section;

  Result<llvm::ArrayRef<uint8_t>> bytes =
      checked<llvm::ArrayRef<uint8_t>>(image_.path, elf_.getSectionContents(header));
  if (!bytes) return tl::unexpected(bytes.error());
  section.bytes = {bytes->data(), bytes->size()};
  return section;
}

// Of the sections that compilers compress only the unwind section is of use later; debug_info.cc unpacks its own.
Result<void> Reader::unpack_unwind_section(uint32_t index, const Elf::Elf_Shdr& header) {
  Section& section = image_.sections[index];
  if (header.sh_flags & ELF::SHF_ALLOC) {
    return fail(where(index), "is compressed and allocated, which ELF forbids", kDamaged);
  }
  const std::span<const uint8_t> packed = std::exchange(section.bytes, {});
  if (section.name != ".debug_frame") return {};
  Result<std::vector<uint8_t>> bytes = unpack_section(image_.path, section.name, packed);
  if (!bytes) return tl::unexpected(bytes.error());
  image_.unpacked.push_back(std::move(*bytes));
  section.bytes = image_.unpacked.back();
  section.size = section.bytes.size();
  return {};
}

// A group (gABI, "Section Groups") is an array of words: flags, then the indices of its members.
void Reader::mark_comdat_groups() {
  for (uint32_t i = 0; i < headers_.size(); i++) {
    if (headers_[i].sh_type != ELF::SHT_GROUP) continue;
    Cursor in(image_.sections[i].bytes);
    const bool comdat = in.fixed<uint32_t>() & ELF::GRP_COMDAT;
    while (comdat && !in.at_end()) {
      const uint32_t member = in.fixed<uint32_t>();
      if (in.ok() && member < image_.sections.size()) image_.sections[member].comdat = true;
    }
  }
}

// The dynamic linker takes the right to write from what PT_GNU_RELRO covers, when it has relocated it.
void Reader::mark_relocated_constants() {
  for (Section& section : image_.sections) section.constant = section.allocated && !section.writable;
  auto segments = elf_.program_headers();
  if (!segments) return llvm::consumeError(segments.takeError());  // a damaged table: nothing is known to be constant
  for (const Elf::Elf_Phdr& segment : *segments) {
    if (segment.p_type != ELF::PT_GNU_RELRO) continue;
    for (Section& section : image_.sections) {
      if (!section.allocated || section.address < segment.p_vaddr) continue;
      const uint64_t from = section.address - segment.p_vaddr;
      if (from <= segment.p_memsz && section.size <= segment.p_memsz - from) section.constant = true;
    }
  }
}

void Reader::order_by_address() {
  if (image_.relocatable) return;
  for (uint32_t i = 0; i < headers_.size(); i++) {
    // .tbss has an address but takes no room: what follows it starts at the same one.
    const bool takes_room = !(headers_[i].sh_type == ELF::SHT_NOBITS && (headers_[i].sh_flags & ELF::SHF_TLS));
    if (image_.sections[i].allocated && takes_room && image_.sections[i].size > 0)
      image_.sections_by_address.push_back(i);
  }
  std::ranges::stable_sort(image_.sections_by_address, {}, [&](uint32_t i) { return image_.sections[i].address; });
}

// An object of GCC's link-time optimisation holds no code: to check it would be to pass it unseen.
Result<void> Reader::refuse_lto_intermediate() const {
  bool intermediate = false, code = false;
  for (const Section& section : image_.sections) {
    intermediate |= section.name.starts_with(".gnu.lto_");
    code |= section.executable && !section.bytes.empty();
  }
  if (!intermediate || code) return {};
  return fail(image_.path, "holds no machine code but GCC's intermediate code",
              "compile with -fno-lto or -ffat-lto-objects");
}

// --- Symbols --------------------------------------------------------------------------------------------------------

Result<void> Reader::read_symbol_tables() {
  for (const auto& [type, table] :
       {std::pair{ELF::SHT_SYMTAB, &static_symbols_}, std::pair{ELF::SHT_DYNSYM, &dynamic_symbols_}}) {
    if (type == ELF::SHT_DYNSYM) image_.first_dynamic_symbol = static_cast<uint32_t>(image_.symbols.size());
    for (uint32_t i = 0; i < headers_.size(); i++) {
      if (headers_[i].sh_type != type) continue;
      if (table->section) return fail(where(i), "is a second symbol table of its kind", kDamaged);
      Result<SymbolTable> read = read_symbols(i);
      if (!read) return tl::unexpected(read.error());
      *table = std::move(*read);
    }
  }
  return {};
}

// $x and $d mark where code and data begin in a section (AAELF64, "Mapping symbols"); they name nothing.
bool is_mapping_symbol(std::string_view name, uint8_t type) {
  return type == ELF::STT_NOTYPE && name.size() >= 2 && name[0] == '$' && (name[1] == 'x' || name[1] == 'd') &&
         (name.size() == 2 || name[2] == '.');
}

Result<Reader::SymbolTable> Reader::read_symbols(uint32_t table_section) {
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

Result<Place> Reader::place_of_symbol(const Elf::Elf_Sym& symbol, uint32_t index,
                                      llvm::ArrayRef<Elf::Elf_Word> wide_indices, bool dynamic) const {
  uint32_t section = symbol.st_shndx;
  if (section == ELF::SHN_XINDEX) {
    if (index >= wide_indices.size()) {
      return fail(image_.path, fmt::format("symbol {} has no entry in the table of wide section indices", index),
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
    return fail(image_.path,
                fmt::format("symbol {} names section {}, but there are {}", index, section, image_.sections.size()),
                kDamaged);
  }
  if (image_.relocatable) return Place{section, static_cast<int64_t>(uint64_t{symbol.st_value})};
  if (symbol.getType() == ELF::STT_TLS) return Place{};  // its value counts from the thread's block
  return Place{section, static_cast<int64_t>(symbol.st_value - image_.sections[section].address)};
}

// --- Relocations ----------------------------------------------------------------------------------------------------

Result<void> Reader::read_relocations() {
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
      return fail(where(i), "holds compact relocations (CREL), which are not supported", "assemble without --crel");
    }
    // SHT_RELR needs nothing: the fields that it lists hold their addresses already.
  }
  for (Section& section : image_.sections) {
    if (!std::ranges::is_sorted(section.relocations, {}, &Relocation::offset))
      std::ranges::stable_sort(section.relocations, {}, &Relocation::offset);
  }
  return {};
}

// Debug information has more relocations than code; they are read only when somebody asks for it (debug_info.cc).
bool Reader::wants_relocations(const Section& section) const {
  return section.allocated || section.name == ".debug_frame";
}

template <typename Rel>
Result<void> Reader::read_relocation_section(uint32_t index, const Elf::Elf_Shdr& header, llvm::ArrayRef<Rel> entries) {
  const uint32_t target = image_.relocatable ? uint32_t{header.sh_info} : kNoIndex;
  if (image_.relocatable) {
    if (target == 0 || target >= image_.sections.size()) {
      return fail(where(index), fmt::format("relocates section {}, which does not exist", target), kDamaged);
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
      return fail(where(index),
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

// Without explicit addends (SHT_REL) the addend is what stands in the field. That is read for data; in an instruction
// its bits are scattered in ways that only the architecture knows, and no supported ABI uses such relocations.
Result<int64_t> implicit_addend(const Section& section, uint64_t offset, RelocKind kind) {
  auto field = [&](auto value) -> int64_t {
    if (section.bytes.size() < sizeof value || offset > section.bytes.size() - sizeof value) return 0;
    std::memcpy(&value, section.bytes.data() + offset, sizeof value);
    return value;
  };
  if (section.executable) return fail("", "implicit addend in code");
  switch (kind) {
    case RelocKind::Abs64:
    case RelocKind::PcRel64:
      return field(int64_t{});
    case RelocKind::Abs32:
    case RelocKind::PcRel32:
      return field(int32_t{});
    default:
      return fail("", "implicit addend of unknown width");
  }
}

template <typename Rel>
Result<Relocation> Reader::read_relocation(const Rel& entry, const SymbolTable* symbols, const Section& section) const {
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
    return fail("", fmt::format("a relocation names symbol {}, which does not exist", symbol_index));
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

}  // namespace

Result<void> read_elf(ElfImage& image) {
  if (Result<void> identified = identify_elf(image); !identified) return identified;
  Result<Elf> elf =
      checked<Elf>(image.path, Elf::create({reinterpret_cast<const char*>(image.storage.get()), image.size}));
  if (!elf) return tl::unexpected(elf.error());
  return Reader(image, *elf).read();
}

}  // namespace objhound::oracle
