#include "oracle/elf/dynamic.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Object/ELF.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_set>

#include "oracle/elf/cursor.h"
#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

namespace ELF = llvm::ELF;
using Elf = llvm::object::ELFFile<llvm::object::ELF64LE>;

constexpr size_t kMostEntries = 4096;  // of DT_NEEDED, and of directories

template <typename T>
std::optional<T> if_any(llvm::Expected<T> expected) {
  if (expected) return std::move(*expected);
  llvm::consumeError(expected.takeError());
  return std::nullopt;
}

// The dynamic section and what it points to.
class Dynamic {
 public:
  static std::optional<Dynamic> of(std::span<const uint8_t> file) {
    const bool elf64 = file.size() >= sizeof(Elf::Elf_Ehdr) && std::memcmp(file.data(), "\177ELF", 4) == 0 &&
                       file[ELF::EI_CLASS] == ELF::ELFCLASS64 && file[ELF::EI_DATA] == ELF::ELFDATA2LSB;
    if (!elf64) return std::nullopt;
    std::optional<Elf> elf = if_any(Elf::create({reinterpret_cast<const char*>(file.data()), file.size()}));
    if (!elf || elf->getHeader().e_type != ELF::ET_DYN) {
      if (!elf || elf->getHeader().e_type != ELF::ET_EXEC) return std::nullopt;
    }
    const auto entries = if_any(elf->dynamicEntries());
    if (!entries) return std::nullopt;
    Dynamic dynamic(file, *elf);
    uint64_t strings = 0, string_bytes = 0;
    for (const Elf::Elf_Dyn& entry : *entries) {
      if (entry.getTag() == ELF::DT_NULL) break;
      if (entry.getTag() == ELF::DT_STRTAB) strings = entry.getPtr();
      if (entry.getTag() == ELF::DT_STRSZ) string_bytes = entry.getVal();
      if (entry.getTag() == ELF::DT_SYMTAB) dynamic.symbols_ = entry.getPtr();
      dynamic.entries_.emplace_back(entry.getTag(), entry.getVal());
      if (dynamic.entries_.size() >= kMostEntries) break;
    }
    dynamic.strings_ = dynamic.at(strings, string_bytes);
    return dynamic;
  }

  uint16_t machine() const { return elf_.getHeader().e_machine; }
  std::span<const std::pair<int64_t, uint64_t>> entries() const { return entries_; }

  // Empty if it lies outside of the string table.
  std::string_view string(uint64_t offset) const {
    if (offset >= strings_.size()) return {};
    const char* begin = reinterpret_cast<const char*>(strings_.data()) + offset;
    const void* end = std::memchr(begin, 0, strings_.size() - offset);
    return end == nullptr ? std::string_view() : std::string_view(begin, static_cast<const char*>(end) - begin);
  }

  // Calls visit(symbol) for those that the file has for others.
  template <typename Visit>
  void for_symbols(const Visit& visit) const {
    const std::optional<uint64_t> count = if_any(elf_.getDynSymtabSize());
    if (!count || *count > file_.size() / sizeof(Elf::Elf_Sym)) return;
    const std::span<const uint8_t> table = at(symbols_, *count * sizeof(Elf::Elf_Sym));
    for (uint64_t i = 1; i < table.size() / sizeof(Elf::Elf_Sym); ++i) {
      Elf::Elf_Sym symbol;
      std::memcpy(&symbol, table.data() + i * sizeof symbol, sizeof symbol);
      if (symbol.st_shndx != ELF::SHN_UNDEF && symbol.getBinding() != ELF::STB_LOCAL) visit(symbol);
    }
  }

  std::string build_id() const {
    const auto headers = if_any(elf_.program_headers());
    if (!headers) return {};
    for (const Elf::Elf_Phdr& header : *headers) {
      if (header.p_type != ELF::PT_NOTE || header.p_offset > file_.size()) continue;
      Cursor in(file_.subspan(header.p_offset, std::min<uint64_t>(header.p_filesz, file_.size() - header.p_offset)));
      while (!in.at_end()) {
        const uint32_t name_bytes = in.fixed<uint32_t>(), bytes = in.fixed<uint32_t>(), type = in.fixed<uint32_t>();
        const auto padded = [](uint64_t size) { return (size + 3) / 4 * 4; };
        const std::span<const uint8_t> name = in.take(padded(name_bytes)), id = in.take(padded(bytes));
        constexpr uint32_t kLongest = 64;  // bytes
        const bool gnu = name_bytes == 4 && name.size() == 4 && std::memcmp(name.data(), "GNU", 4) == 0;
        if (!in.ok() || !gnu || type != ELF::NT_GNU_BUILD_ID || bytes > kLongest) continue;
        return fmt::format("{:02x}", fmt::join(id.first(bytes), ""));
      }
    }
    return {};
  }

 private:
  Dynamic(std::span<const uint8_t> file, const Elf& elf) : file_(file), elf_(elf) {}

  // What is in the file of the bytes at an address.
  std::span<const uint8_t> at(uint64_t address, uint64_t size) const {
    const auto begin = if_any(elf_.toMappedAddr(address));
    if (!begin) return {};
    const uint64_t offset = static_cast<uint64_t>(*begin - file_.data());
    return file_.subspan(offset, std::min<uint64_t>(size, file_.size() - offset));
  }

  std::span<const uint8_t> file_;
  Elf elf_;
  std::vector<std::pair<int64_t, uint64_t>> entries_;  // tag, value
  std::span<const uint8_t> strings_;
  uint64_t symbols_ = 0;  // address
};

void add_directories(std::string_view list, std::vector<std::string>& directories) {
  while (!list.empty() && directories.size() < kMostEntries) {
    const size_t end = std::min(list.find(':'), list.size());
    if (end > 0) directories.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

Result<DynamicInfo> read_dynamic_info(const std::string& path, std::span<const uint8_t> file) {
  const std::optional<Dynamic> dynamic = Dynamic::of(file);
  if (!dynamic) return tl::unexpected(Error{path, "is nothing that a dynamic linker loads", ""});
  DynamicInfo info;
  info.machine = dynamic->machine();
  std::string_view run_path, old_run_path;
  for (const auto& [tag, value] : dynamic->entries()) {
    if (tag == ELF::DT_NEEDED) info.needed.emplace_back(dynamic->string(value));
    if (tag == ELF::DT_RUNPATH) run_path = dynamic->string(value);
    if (tag == ELF::DT_RPATH) old_run_path = dynamic->string(value);
  }
  info.run_path_is_inherited = run_path.empty() && !old_run_path.empty();
  add_directories(info.run_path_is_inherited ? old_run_path : run_path, info.run_path);
  info.build_id = dynamic->build_id();
  return info;
}

std::vector<std::string> defined_functions(std::span<const uint8_t> file, std::span<const std::string> names) {
  const std::optional<Dynamic> dynamic = Dynamic::of(file);
  if (!dynamic) return {};
  const std::unordered_set<std::string_view> wanted(names.begin(), names.end());
  std::vector<std::string> found;
  dynamic->for_symbols([&](const Elf::Elf_Sym& symbol) {
    const std::string_view name = dynamic->string(symbol.st_name);
    if (symbol.getType() == ELF::STT_FUNC && wanted.contains(name)) found.emplace_back(name);
  });
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

}  // namespace objhound::oracle
