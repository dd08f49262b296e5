#include "oracle/cfi/lsda.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>
#include <unordered_map>

#include "oracle/cfi/address.h"
#include "oracle/elf/cursor.h"

namespace objhound::oracle {
namespace {

namespace dwarf = llvm::dwarf;

class LsdaReader {
 public:
  LsdaReader(const ObjectFile& object, Place at, Place begin, uint64_t size)
      : object_(object),
        section_(object.sections()[at.section]),
        at_(static_cast<uint64_t>(at.offset)),
        begin_(begin),
        size_(size) {}

  Lsda read() {
    if (!read_header() || !read_call_sites()) lsda_.call_sites.clear();
    return std::move(lsda_);
  }

 private:
  struct Action {
    uint64_t call_site;  // offset in the section, for messages
    uint64_t at;         // offset in the section of the first action record
  };

  bool read_header();
  bool read_landing_pad_start();
  bool read_call_sites();
  bool read_call_site(Cursor& in);
  bool check_actions(Action first) const;
  bool check_filter(int64_t filter, uint64_t call_site) const;
  uint64_t plain(Cursor& in) const;

  bool fail(std::string what, bool unsupported = false) const {
    lsda_.trouble = std::move(what);
    lsda_.unsupported = unsupported;
    return false;
  }
  std::string where(uint64_t offset) const { return fmt::format("{}+{:#x}", section_.name, offset); }

  const ObjectFile& object_;
  const Section& section_;
  uint64_t at_;  // what is read next; an offset in the section
  Place begin_;
  uint64_t size_;
  Place pads_;  // what landing pads count from
  uint8_t call_site_encoding_ = 0;
  uint8_t type_encoding_ = dwarf::DW_EH_PE_omit;
  uint64_t type_end_ = 0;  // where the type table ends; 0: there is none
  uint64_t actions_ = 0;   // where the call-site table ends and the action table starts
  mutable Lsda lsda_;
  mutable std::unordered_map<uint64_t, uint64_t> seen_;  // action records, and the call site that came by first
};

bool LsdaReader::read_header() {
  if (!read_landing_pad_start()) return false;
  Cursor in(section_.bytes, at_);
  type_encoding_ = in.fixed<uint8_t>();
  if (type_encoding_ != dwarf::DW_EH_PE_omit) {
    const uint64_t distance = in.uleb();
    if (in.ok() && distance > section_.bytes.size() - in.offset())
      return fail(fmt::format("its type table ends {:#x} bytes behind {}, outside of the section", distance,
                              where(in.offset())));
    type_end_ = in.offset() + distance;
  }
  call_site_encoding_ = in.fixed<uint8_t>();
  const uint64_t length = in.uleb();
  if (!in.ok()) return fail("it is cut short");
  if (length > section_.bytes.size() - in.offset())
    return fail(fmt::format("its call-site table of {:#x} bytes does not fit into the section", length));
  at_ = in.offset();
  actions_ = at_ + length;
  if (type_end_ != 0 && type_end_ < actions_) return fail("its type table ends inside its call-site table");
  const std::span<const Relocation> found = section_.relocations_in(at_, actions_);
  const bool plain = std::ranges::all_of(found, [](const Relocation& r) { return r.kind == RelocKind::None; });
  return plain || fail("its call sites have relocations", true);
}

// Omitted, landing pads count from the start of the function.
bool LsdaReader::read_landing_pad_start() {
  Cursor in(section_.bytes, at_);
  const uint8_t encoding = in.fixed<uint8_t>();
  if (!in.ok()) return fail("it is cut short");
  at_ = in.offset();
  pads_ = begin_;
  if (encoding == dwarf::DW_EH_PE_omit) return true;
  const EncodedAddress start = AddressReader(object_, section_).read(at_, section_.bytes.size(), encoding);
  if (!start.trouble.empty()) return fail("the start of its landing pads: " + start.trouble, start.unsupported);
  pads_ = start.place;
  at_ += start.length;
  return true;
}

// A number of the call-site table. Only the lower half of the encoding counts: all are offsets.
uint64_t LsdaReader::plain(Cursor& in) const {
  switch (call_site_encoding_) {
    case dwarf::DW_EH_PE_uleb128:
      return in.uleb();
    case dwarf::DW_EH_PE_udata2:
      return in.fixed<uint16_t>();
    case dwarf::DW_EH_PE_udata4:
      return in.fixed<uint32_t>();
    case dwarf::DW_EH_PE_absptr:
    case dwarf::DW_EH_PE_udata8:
      return in.fixed<uint64_t>();
    default:
      fail(fmt::format("the call-site encoding {:#04x} is not known", call_site_encoding_), true);
      return 0;
  }
}

bool LsdaReader::read_call_sites() {
  Cursor in(section_.bytes.first(actions_), at_);
  while (!in.at_end()) {
    if (!read_call_site(in)) return false;
  }
  return in.ok() || fail("its call-site table is cut short");
}

bool LsdaReader::read_call_site(Cursor& in) {
  const uint64_t at = in.offset();
  ++lsda_.entries;
  const uint64_t begin = plain(in), length = plain(in), pad = plain(in), action = in.uleb();
  if (!lsda_.trouble.empty()) return false;
  if (!in.ok()) return fail("its call-site table is cut short");
  // The personality stops at the first call site that begins behind the call: they must be in order.
  const uint64_t previous = lsda_.call_sites.empty() ? 0 : lsda_.call_sites.back().end;
  if (begin > size_ || length > size_ - begin)
    return fail(fmt::format("the call site at {} covers {:#x} to {:#x} of a function of {:#x} bytes", where(at), begin,
                            begin + length, size_));
  if (begin < previous)
    return fail(fmt::format("the call site at {} begins at {:#x}, the one before it ends at {:#x}", where(at), begin,
                            previous));
  CallSite site{begin, begin + length, {}};
  if (pad != 0) {
    const Section& code = object_.sections()[pads_.section];
    const bool inside = pads_.offset >= 0 && pad < code.size && static_cast<uint64_t>(pads_.offset) < code.size - pad;
    if (!inside || !code.executable)
      return fail(fmt::format("the landing pad {:#x} of the call site at {} is no code", pad, where(at)));
    site.landing_pad = {pads_.section, pads_.offset + static_cast<int64_t>(pad)};
  }
  // An action says what the pad catches; without a pad there is none to say it of.
  if (action != 0 && !check_actions({at, actions_ + action - 1})) return false;
  lsda_.call_sites.push_back(site);
  return true;
}

// Follows the chain of one call site: each record is a filter and the distance from that field to the next record.
bool LsdaReader::check_actions(Action first) const {
  const uint64_t end = type_end_ != 0 ? type_end_ : section_.bytes.size();
  for (uint64_t at = first.at;;) {
    // What an earlier call site has come by is known to be right; what this one has come by is a loop.
    const auto [seen, fresh] = seen_.try_emplace(at, first.call_site);
    if (!fresh) {
      return seen->second != first.call_site ||
             fail(fmt::format("the actions of the call site at {} do not end", where(first.call_site)));
    }
    if (at < actions_ || at >= end)
      return fail(
          fmt::format("the action of the call site at {} is outside of the action table", where(first.call_site)));
    Cursor in(section_.bytes.first(end), at);
    const int64_t filter = in.sleb();
    const uint64_t next_at = in.offset();
    const int64_t next = in.sleb();
    if (!in.ok()) return fail(fmt::format("the action of the call site at {} is cut short", where(first.call_site)));
    if (!check_filter(filter, first.call_site)) return false;
    if (next == 0) return true;
    at = next_at + static_cast<uint64_t>(next);
  }
}

// Positive: an entry of the type table, counted back from its end. Negative: an exception specification behind it.
bool LsdaReader::check_filter(int64_t filter, uint64_t call_site) const {
  if (filter == 0) return true;  // a cleanup
  if (type_end_ == 0)
    return fail(fmt::format("the call site at {} catches a type, but there is no type table", where(call_site)));
  if (filter < 0) {
    const uint64_t back = static_cast<uint64_t>(-(filter + 1));
    return back < section_.bytes.size() - type_end_ ||
           fail(fmt::format("the exception specification of the call site at {} is outside of the section",
                            where(call_site)));
  }
  uint64_t width = 0;
  switch (type_encoding_ & 0x0f) {
    case dwarf::DW_EH_PE_absptr:
    case dwarf::DW_EH_PE_udata8:
    case dwarf::DW_EH_PE_sdata8:
      width = 8;
      break;
    case dwarf::DW_EH_PE_udata4:
    case dwarf::DW_EH_PE_sdata4:
      width = 4;
      break;
    case dwarf::DW_EH_PE_udata2:
    case dwarf::DW_EH_PE_sdata2:
      width = 2;
      break;
    default:
      return fail(fmt::format("the type encoding {:#04x} is not known", type_encoding_), true);
  }
  return static_cast<uint64_t>(filter) <= (type_end_ - actions_) / width ||
         fail(fmt::format("the call site at {} catches type {}, more than its type table holds", where(call_site),
                          filter));
}

}  // namespace

Lsda read_lsda(const ObjectFile& object, Place at, Place begin, uint64_t size) {
  const bool inside = at.section < object.sections().size() && at.offset >= 0 &&
                      static_cast<uint64_t>(at.offset) < object.sections()[at.section].bytes.size();
  if (!inside) return {.call_sites = {}, .trouble = "it is outside of every section"};
  return LsdaReader(object, at, begin, size).read();
}

// GCC's runtimes call theirs __<language>_personality_v0 (the SjLj variants, whose table counts call sites instead of
// placing them, end in _sj0); Rust took the layout over (library/std/src/personality).
bool reads_lsda(std::string_view personality) {
  return personality.ends_with("_personality_v0") || personality == "rust_eh_personality";
}

}  // namespace objhound::oracle
