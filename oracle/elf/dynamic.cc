// Nothing of LLVM's reader is used here: it finds symbols by section headers, which the dynamic linker does not know
// and tools may have removed, and takes the sizes of the dynamic section and of hash tables on trust.

#include "oracle/elf/dynamic.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/ELF.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_set>

#include "oracle/elf/cursor.h"

namespace objhound::oracle {
namespace {

namespace ELF = llvm::ELF;

// What is longer than any honest file's is cut there.
constexpr size_t kMostEntries = 4096;        // of the dynamic section
constexpr size_t kMostDirectories = 256;     // of a run path
constexpr size_t kLongestName = 4096;        // bytes, of a needed library's name
constexpr size_t kLongestRunPath = 1 << 16;  // bytes
constexpr uint64_t kMostNotes = 1 << 20;     // bytes, of all notes

// What stands at an offset of the bytes, which need not be aligned.
template <typename Record>
std::optional<Record> record_at(std::span<const uint8_t> bytes, uint64_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(Record)) return std::nullopt;
  Record record;
  std::memcpy(&record, bytes.data() + offset, sizeof record);
  return record;
}

// From `offset` on at most `size` of the bytes; what is there of them.
std::span<const uint8_t> part(std::span<const uint8_t> bytes, uint64_t offset, uint64_t size) {
  if (offset > bytes.size()) return {};
  return bytes.subspan(offset, std::min<uint64_t>(size, bytes.size() - offset));
}

// The dynamic section and what it points to.
class Dynamic {
 public:
  static std::optional<Dynamic> of(FileParts file) {
    const auto header = record_at<ELF::Elf64_Ehdr>(file.part(0, sizeof(ELF::Elf64_Ehdr)), 0);
    const bool elf64 = header && header->checkMagic() && header->getFileClass() == ELF::ELFCLASS64 &&
                       header->getDataEncoding() == ELF::ELFDATA2LSB;
    if (!elf64 || (header->e_type != ELF::ET_DYN && header->e_type != ELF::ET_EXEC)) return std::nullopt;
    if (header->e_phentsize != sizeof(ELF::Elf64_Phdr)) return std::nullopt;
    Dynamic dynamic(std::move(file), header->e_machine);
    const std::span<const uint8_t> headers =
        dynamic.file_.part(header->e_phoff, uint64_t{header->e_phnum} * sizeof(ELF::Elf64_Phdr));
    for (uint64_t at = 0; const auto segment = record_at<ELF::Elf64_Phdr>(headers, at); at += sizeof *segment)
      dynamic.segments_.push_back(*segment);
    if (!dynamic.read_entries()) return std::nullopt;
    return dynamic;
  }

  uint16_t machine() const { return machine_; }
  std::span<const ELF::Elf64_Dyn> entries() const { return entries_; }

  // Empty if it lies outside of the string table, or is longer than `most`.
  std::string_view string(uint64_t offset, size_t most) const {
    const std::span<const uint8_t> text = part(strings_, offset, uint64_t{most} + 1);
    if (text.empty()) return {};
    const char* begin = reinterpret_cast<const char*>(text.data());
    const void* end = std::memchr(begin, 0, text.size());
    return end == nullptr ? std::string_view() : std::string_view(begin, static_cast<const char*>(end) - begin);
  }

  // Calls visit(symbol) for those that the file has for others.
  template <typename Visit>
  void for_symbols(const Visit& visit) {
    const uint64_t count = std::min(symbol_count(), file_.size() / sizeof(ELF::Elf64_Sym));
    const std::span<const uint8_t> table = at(value_of(ELF::DT_SYMTAB), count * sizeof(ELF::Elf64_Sym));
    for (uint64_t i = 1; const auto symbol = record_at<ELF::Elf64_Sym>(table, i * sizeof(ELF::Elf64_Sym)); ++i) {
      if (symbol->st_shndx != ELF::SHN_UNDEF && symbol->getBinding() != ELF::STB_LOCAL) visit(*symbol);
    }
  }

  std::string build_id() {
    uint64_t left = kMostNotes;
    for (const ELF::Elf64_Phdr& segment : segments_) {
      if (segment.p_type != ELF::PT_NOTE) continue;
      Cursor in(file_.part(segment.p_offset, std::min<uint64_t>(segment.p_filesz, left)));
      while (!in.at_end()) {
        const uint32_t name_bytes = in.fixed<uint32_t>(), bytes = in.fixed<uint32_t>(), type = in.fixed<uint32_t>();
        const auto padded = [](uint64_t size) { return (size + 3) / 4 * 4; };
        const std::span<const uint8_t> name = in.take(padded(name_bytes)), id = in.take(bytes);
        constexpr uint32_t kLongest = 64;  // bytes
        const bool gnu = name_bytes == 4 && name.size() == 4 && std::memcmp(name.data(), "GNU", 4) == 0;
        if (in.ok() && gnu && type == ELF::NT_GNU_BUILD_ID && bytes <= kLongest)
          return fmt::format("{:02x}", fmt::join(id, ""));
        in.take(padded(bytes) - bytes);
      }
      left -= std::min(left, in.offset());
    }
    return {};
  }

 private:
  Dynamic(FileParts file, uint16_t machine) : file_(std::move(file)), machine_(machine) {}

  // False if there is no dynamic section.
  bool read_entries() {
    const auto segment = std::ranges::find(segments_, uint32_t{ELF::PT_DYNAMIC}, &ELF::Elf64_Phdr::p_type);
    if (segment == segments_.end()) return false;
    const std::span<const uint8_t> bytes =
        file_.part(segment->p_offset, std::min<uint64_t>(segment->p_filesz, kMostEntries * sizeof(ELF::Elf64_Dyn)));
    for (uint64_t at = 0; const auto entry = record_at<ELF::Elf64_Dyn>(bytes, at); at += sizeof *entry) {
      if (entry->d_tag == ELF::DT_NULL) break;
      entries_.push_back(*entry);
    }
    strings_ = at(value_of(ELF::DT_STRTAB), value_of(ELF::DT_STRSZ));
    return true;
  }

  // Of the last entry with the tag, as the dynamic linker takes it; 0 if there is none.
  uint64_t value_of(int64_t tag) const {
    const auto entry = std::ranges::find(entries_.rbegin(), entries_.rend(), tag, &ELF::Elf64_Dyn::d_tag);
    return entry == entries_.rend() ? 0 : entry->d_un.d_val;
  }

  // What is in the file of the bytes at an address.
  std::span<const uint8_t> at(uint64_t address, uint64_t size) {
    for (const ELF::Elf64_Phdr& segment : segments_) {
      if (segment.p_type != ELF::PT_LOAD || address < segment.p_vaddr) continue;
      const uint64_t from = address - segment.p_vaddr;
      if (from >= segment.p_filesz) continue;
      if (segment.p_offset > file_.size() || from > file_.size() - segment.p_offset) return {};
      return file_.part(segment.p_offset + from, std::min(size, segment.p_filesz - from));
    }
    return {};
  }

  // How many symbols there are is said nowhere; those that can be found are in a hash table.
  uint64_t symbol_count() {
    if (const uint64_t table = value_of(ELF::DT_GNU_HASH)) return count_by_gnu_hash(table);
    return record_at<uint32_t>(at(value_of(ELF::DT_HASH), 2 * sizeof(uint32_t)), sizeof(uint32_t))
        .value_or(0);  // nchain
  }

  // Each bucket has the index of its first symbol. From there on a word for each symbol has its lowest bit set where
  // the bucket's last one is, so that the last of all is behind the largest index.
  uint64_t count_by_gnu_hash(uint64_t table) {
    constexpr uint64_t kWord = sizeof(uint32_t);
    Cursor header(at(table, 4 * kWord));
    const uint32_t buckets = header.fixed<uint32_t>(), first = header.fixed<uint32_t>(),
                   filter_words = header.fixed<uint32_t>();
    const uint64_t buckets_at = table + 4 * kWord + filter_words * sizeof(uint64_t);
    Cursor in(at(buckets_at, buckets * kWord));
    uint64_t last = 0;
    for (uint32_t i = 0; i < buckets && in.ok(); ++i) last = std::max<uint64_t>(last, in.fixed<uint32_t>());
    if (!header.ok() || !in.ok() || last < first) return 0;
    constexpr uint64_t kStep = 1024 * kWord;
    const uint64_t chains = buckets_at + (buckets + last - first) * kWord;
    for (uint64_t done = 0; done < file_.size(); done += kStep) {
      Cursor words(at(chains + done, kStep));
      for (; !words.at_end(); ++last) {
        const bool is_last = (words.fixed<uint32_t>() & 1) != 0;
        if (!words.ok()) return 0;
        if (is_last) return last + 1;
      }
      if (words.offset() < kStep) break;
    }
    return 0;
  }

  FileParts file_;
  uint16_t machine_;
  std::vector<ELF::Elf64_Phdr> segments_;
  std::vector<ELF::Elf64_Dyn> entries_;
  std::span<const uint8_t> strings_;
};

void add_directories(std::string_view list, std::vector<std::string>& directories) {
  while (!list.empty() && directories.size() < kMostDirectories) {
    const size_t end = std::min(list.find(':'), list.size());
    if (end > 0) directories.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

Result<DynamicInfo> read_dynamic_info(const std::string& path, FileParts file) {
  std::optional<Dynamic> dynamic = Dynamic::of(std::move(file));
  if (!dynamic) return tl::unexpected(Error{path, "is nothing that a dynamic linker loads", ""});
  DynamicInfo info;
  info.machine = dynamic->machine();
  std::string_view run_path, old_run_path;
  for (const ELF::Elf64_Dyn& entry : dynamic->entries()) {
    const uint64_t value = entry.d_un.d_val;
    if (entry.d_tag == ELF::DT_NEEDED) info.needed.emplace_back(dynamic->string(value, kLongestName));
    if (entry.d_tag == ELF::DT_RUNPATH) run_path = dynamic->string(value, kLongestRunPath);
    if (entry.d_tag == ELF::DT_RPATH) old_run_path = dynamic->string(value, kLongestRunPath);
  }
  info.run_path_is_inherited = run_path.empty() && !old_run_path.empty();
  add_directories(info.run_path_is_inherited ? old_run_path : run_path, info.run_path);
  info.build_id = dynamic->build_id();
  return info;
}

std::vector<std::string> defined_functions(FileParts file, std::span<const std::string> names) {
  std::optional<Dynamic> dynamic = Dynamic::of(std::move(file));
  if (!dynamic || names.empty()) return {};
  const std::unordered_set<std::string_view> wanted(names.begin(), names.end());
  const size_t longest = std::ranges::max(names, {}, &std::string::size).size();
  std::vector<std::string> found;
  dynamic->for_symbols([&](const ELF::Elf64_Sym& symbol) {
    if (symbol.getType() != ELF::STT_FUNC) return;
    const std::string_view name = dynamic->string(symbol.st_name, longest);
    if (wanted.contains(name)) found.emplace_back(name);
  });
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

}  // namespace objhound::oracle
