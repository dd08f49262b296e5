#include "oracle/cfi/frame_header.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>
#include <optional>

#include "oracle/elf/cursor.h"

namespace objhound::oracle {
namespace {

namespace dwarf = llvm::dwarf;

class HeaderReader {
 public:
  HeaderReader(const ObjectFile& object, const Section& header, const Section& eh_frame,
               std::span<const ListedFde> listed)
      : object_(object), header_(header), eh_frame_(eh_frame), listed_(listed), in_(header.bytes) {}

  std::vector<HeaderProblem> read() {
    const uint8_t version = in_.fixed<uint8_t>();
    const uint8_t frame_encoding = in_.fixed<uint8_t>(), count_encoding = in_.fixed<uint8_t>();
    table_encoding_ = in_.fixed<uint8_t>();
    if (!in_.ok()) return only("it is cut short");
    if (version != 1) return only(fmt::format("version {} is not known", version));
    const std::optional<uint64_t> frame = value(frame_encoding);
    if (!frame) return only(trouble_);
    if (*frame != eh_frame_.address)
      complain({}, fmt::format("it points to {:#x}, .eh_frame is at {:#x}", *frame, eh_frame_.address));
    // Where the linker could not read an FDE it leaves the table out.
    if (count_encoding == dwarf::DW_EH_PE_omit || table_encoding_ == dwarf::DW_EH_PE_omit) return std::move(problems_);
    const std::optional<uint64_t> count = value(count_encoding);
    if (!count) return only(trouble_);
    read_table(*count);
    return std::move(problems_);
  }

 private:
  void read_table(uint64_t count) {
    std::vector<uint8_t> found(listed_.size(), 0);
    std::optional<uint64_t> previous;
    for (uint64_t i = 0; i < count; ++i) {
      const std::optional<uint64_t> code = value(table_encoding_);
      const std::optional<uint64_t> entry = code ? value(table_encoding_) : std::nullopt;
      if (!entry) return complain({}, fmt::format("entry {} of {}: {}", i, count, trouble_));
      const Place place = object_.place_of_address(*code);
      if (previous && *code < *previous && !unsorted_) {
        unsorted_ = true;
        complain(place, fmt::format("entry {} is for {:#x}, the one before it for {:#x}: a binary search may miss them",
                                    i, *code, *previous));
      }
      previous = code;
      check_entry(i, *code, *entry, place, found);
    }
    // Of FDEs for one address, one entry is enough.
    for (size_t i = 0; i < listed_.size(); ++i) {
      if (found[i] || listed_[i].size == 0 || has_twin(i, found)) continue;
      return complain(listed_[i].begin, fmt::format("the FDE at .eh_frame+{:#x} has no entry: it is never found",
                                                    listed_[i].entry_offset));
    }
  }

  void check_entry(uint64_t index, uint64_t code, uint64_t entry, Place place, std::vector<uint8_t>& found) {
    const uint64_t offset = entry - eh_frame_.address;
    const auto at = std::ranges::lower_bound(listed_, offset, {}, &ListedFde::entry_offset);
    if (at == listed_.end() || at->entry_offset != offset) {
      if (!std::exchange(astray_, true))
        complain(place, fmt::format("entry {} points to {:#x}, where no FDE is", index, entry));
      return;
    }
    found[static_cast<size_t>(at - listed_.begin())] = 1;
    const uint64_t begin = object_.sections()[at->begin.section].address + static_cast<uint64_t>(at->begin.offset);
    if (begin != code && !std::exchange(wrong_, true))
      complain(place, fmt::format("entry {} is for {:#x}, the FDE that it points to is for {:#x}", index, code, begin));
  }

  bool has_twin(size_t index, const std::vector<uint8_t>& found) {
    if (by_begin_.empty()) {
      for (size_t i = 0; i < listed_.size(); ++i) {
        if (found[i]) by_begin_.push_back(listed_[i].begin);
      }
      std::ranges::sort(by_begin_);
    }
    return std::ranges::binary_search(by_begin_, listed_[index].begin);
  }

  // The next value; nothing, and trouble_, if it cannot be read.
  std::optional<uint64_t> value(uint8_t encoding) {
    const uint64_t at = in_.offset();
    uint64_t value = 0;
    switch (encoding & 0x0f) {
      case dwarf::DW_EH_PE_udata2:
        value = in_.fixed<uint16_t>();
        break;
      case dwarf::DW_EH_PE_udata4:
        value = in_.fixed<uint32_t>();
        break;
      case dwarf::DW_EH_PE_sdata2:
        value = static_cast<uint64_t>(int64_t{in_.fixed<int16_t>()});
        break;
      case dwarf::DW_EH_PE_sdata4:
        value = static_cast<uint64_t>(int64_t{in_.fixed<int32_t>()});
        break;
      case dwarf::DW_EH_PE_absptr:
      case dwarf::DW_EH_PE_udata8:
      case dwarf::DW_EH_PE_sdata8:
        value = in_.fixed<uint64_t>();
        break;
      default:
        trouble_ = fmt::format("the encoding {:#04x} is not known", encoding);
        return std::nullopt;
    }
    trouble_ = "it is cut short";
    if (!in_.ok()) return std::nullopt;
    switch (encoding & 0xf0) {
      case dwarf::DW_EH_PE_absptr:
        return value;
      case dwarf::DW_EH_PE_pcrel:
        return value + header_.address + at;
      case dwarf::DW_EH_PE_datarel:
        return value + header_.address;
      default:
        trouble_ = fmt::format("the encoding {:#04x} is not known", encoding);
        return std::nullopt;
    }
  }

  void complain(Place place, const std::string& what) { problems_.push_back({place, header_name() + what}); }
  std::vector<HeaderProblem> only(const std::string& what) {
    problems_.clear();
    complain({}, what);
    return std::move(problems_);
  }
  std::string header_name() const { return fmt::format("{}: ", header_.name); }

  const ObjectFile& object_;
  const Section& header_;
  const Section& eh_frame_;
  std::span<const ListedFde> listed_;
  Cursor in_;
  uint8_t table_encoding_ = 0;
  std::string trouble_;
  bool unsorted_ = false, astray_ = false, wrong_ = false;
  std::vector<Place> by_begin_;  // of the FDEs that have an entry
  std::vector<HeaderProblem> problems_;
};

}  // namespace

std::vector<HeaderProblem> check_frame_header(const ObjectFile& object, uint32_t eh_frame,
                                              std::span<const ListedFde> listed) {
  if (object.relocatable()) return {};
  for (const Section& section : object.sections()) {
    if (section.name != ".eh_frame_hdr" || section.bytes.empty()) continue;
    return HeaderReader(object, section, object.sections()[eh_frame], listed).read();
  }
  return {};
}

}  // namespace objhound::oracle
