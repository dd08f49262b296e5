#include "oracle/elf/archive.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

namespace objhound::oracle {
namespace {

constexpr std::string_view kMagic = "!<arch>\n", kThinMagic = "!<thin>\n";
constexpr size_t kHeaderSize = 60;

std::string_view text(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view without_trailing(std::string_view field, char character) {
  const size_t last = field.find_last_not_of(character);
  return last == field.npos ? std::string_view() : field.substr(0, last + 1);
}

// A decimal number that fills the field but for blanks behind it; nothing else is one.
bool read_number(std::string_view field, uint64_t& number) {
  field = without_trailing(field, ' ');
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  return error == std::errc() && end == field.data() + field.size() && !field.empty();
}

class ArchiveReader {
 public:
  ArchiveReader(const std::string& path, std::span<const uint8_t> bytes) : path_(path), bytes_(bytes) {}

  Result<std::vector<ArchiveMember>> read() {
    const std::string_view magic = text(bytes_).substr(0, kMagic.size());
    if (magic == kThinMagic) {
      return tl::unexpected(
          Error{path_, "is a thin archive, whose members are files of their own", "check those files"});
    }
    if (magic != kMagic) return tl::unexpected(Error{path_, "is no archive", ""});
    for (uint64_t at = kMagic.size(); at < bytes_.size();) {
      if (bytes_.size() - at < kHeaderSize) return damaged(at, "a member's header is cut short");
      const std::string_view header = text(bytes_.subspan(at, kHeaderSize));
      uint64_t size = 0;
      if (header.substr(58) != "`\n" || !read_number(header.substr(48, 10), size))
        return damaged(at, "a member's header makes no sense");
      const uint64_t begin = at + kHeaderSize;
      if (size > bytes_.size() - begin) return damaged(at, "a member reaches beyond the end");
      if (!add(header.substr(0, 16), bytes_.subspan(begin, size))) return damaged(at, "a member's name is nowhere");
      at = begin + size + (size & 1);  // members begin at even offsets
    }
    return std::move(members_);
  }

 private:
  // `field`: "name/", "/12" (at offset 12 of the member "//"), "#1/12" (the member's first 12 bytes), or plain.
  bool add(std::string_view field, std::span<const uint8_t> contents) {
    field = without_trailing(field, ' ');
    if (field == "//") long_names_ = text(contents);
    if (field == "/" || field == "//" || field == "/SYM64/" || field.starts_with("__.SYMDEF")) return true;
    uint64_t number = 0;
    std::string_view name = field;
    if (field.starts_with("#1/")) {
      if (!read_number(field.substr(3), number) || number > contents.size()) return false;
      name = without_trailing(text(contents.first(number)), '\0');
      contents = contents.subspan(number);
      if (name.starts_with("__.SYMDEF")) return true;
    } else if (field.starts_with("/")) {
      if (!read_number(field.substr(1), number) || number >= long_names_.size()) return false;
      name = long_names_.substr(number);
      name = name.substr(0, name.find('\n'));
      name = without_trailing(name, '/');
    } else if (field.ends_with("/")) {
      name.remove_suffix(1);
    }
    members_.push_back({std::string(name), contents});
    return true;
  }

  tl::unexpected<Error> damaged(uint64_t at, std::string_view what) const {
    return tl::unexpected(Error{path_, fmt::format("{} at offset {:#x}", what, at), "the archive is damaged"});
  }

  const std::string& path_;
  std::span<const uint8_t> bytes_;
  std::string_view long_names_;
  std::vector<ArchiveMember> members_;
};

}  // namespace

Result<std::vector<ArchiveMember>> read_archive(const std::string& path, std::span<const uint8_t> bytes) {
  return ArchiveReader(path, bytes).read();
}

bool is_archive(const std::string& path) {
  const Result<FileBytes> head = FileBytes::read_head(path, kMagic.size());
  return head && (text(head->bytes()) == kMagic || text(head->bytes()) == kThinMagic);
}

}  // namespace objhound::oracle
