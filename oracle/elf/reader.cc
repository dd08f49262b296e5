// From bytes to sections, symbols and relocations (System V gABI, chapters "Sections", "Symbol Table", "Relocation":
// https://gabi.xinuos.com). LLVM's ELFFile checks each table against the file's size; what it leaves open is checked
// here: indices between tables, and that nothing is read twice. The gABI forbids that sections overlap in the file, so
// all of them together are no larger than it; with that, time and memory stay proportional to the file's size,
// whatever it claims.

#include "oracle/elf/reader.h"

#include <algorithm>
#include <cstring>

#include "oracle/elf/cursor.h"

namespace objhound::oracle {

Result<std::string_view> ElfReader::name_at(std::string_view table, uint64_t offset, const char* of_what) {
  if (offset == 0 && table.empty()) return std::string_view();
  if (offset >= table.size()) {
    return elf_error(image_.path, fmt::format("the name of {} lies outside of its string table", of_what), kDamaged);
  }
  const uint64_t limit = std::min<uint64_t>(table.size() - offset, name_bytes_left_);
  const void* end = std::memchr(table.data() + offset, 0, limit);
  if (!end) {
    return elf_error(image_.path, fmt::format("the name of {} does not end, or names overlap beyond reason", of_what),
                     kDamaged);
  }
  const std::string_view name = table.substr(offset, static_cast<const char*>(end) - (table.data() + offset));
  name_bytes_left_ -= name.size();
  return name;
}

Result<void> ElfReader::read_sections() {
  Result<llvm::ArrayRef<Elf::Elf_Shdr>> headers = checked<llvm::ArrayRef<Elf::Elf_Shdr>>(image_.path, elf_.sections());
  if (!headers) return tl::unexpected(headers.error());
  headers_ = *headers;
  if (headers_.empty()) {
    return elf_error(image_.path, "has no section headers", "check the file as the compiler or linker wrote it");
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
      return elf_error(where(image_.sections.size() - 1), "sections overlap in the file", kDamaged);
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

Result<Section> ElfReader::read_section(const Elf::Elf_Shdr& header) {
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
Result<void> ElfReader::unpack_unwind_section(uint32_t index, const Elf::Elf_Shdr& header) {
  Section& section = image_.sections[index];
  if (header.sh_flags & ELF::SHF_ALLOC) {
    return elf_error(where(index), "is compressed and allocated, which ELF forbids", kDamaged);
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
void ElfReader::mark_comdat_groups() {
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
void ElfReader::mark_relocated_constants() {
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

void ElfReader::order_by_address() {
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
Result<void> ElfReader::refuse_lto_intermediate() const {
  bool intermediate = false, code = false;
  for (const Section& section : image_.sections) {
    intermediate |= section.name.starts_with(".gnu.lto_");
    code |= section.executable && !section.bytes.empty();
  }
  if (!intermediate || code) return {};
  return elf_error(image_.path, "holds no machine code but GCC's intermediate code",
                   "compile with -fno-lto or -ffat-lto-objects");
}

Result<void> read_elf(ElfImage& image) {
  if (Result<void> identified = identify_elf(image); !identified) return identified;
  Result<Elf> elf =
      checked<Elf>(image.path, Elf::create({reinterpret_cast<const char*>(image.storage.get()), image.size}));
  if (!elf) return tl::unexpected(elf.error());
  return ElfReader(image, *elf).read();
}

}  // namespace objhound::oracle
