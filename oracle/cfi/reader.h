// The reader of one file's unwind sections, as its chapters share it: reader.cc walks the entries, cie.cc and fde.cc
// read them. Private to oracle/cfi.
#pragma once

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/cfi/address.h"
#include "oracle/cfi/frame_header.h"
#include "oracle/cfi/program.h"
#include "oracle/elf/cursor.h"

namespace objhound::oracle {

inline bool is_eh_frame(const Section& section) { return section.name == ".eh_frame"; }

// Where an entry stands and what it says of itself before anything else is read.
struct CfiEntry {
  uint64_t offset;  // of its length field, in the section
  uint64_t id_at;   // of the CIE id or pointer
  uint64_t body;    // after that
  uint64_t end;
  uint64_t cie;  // FDE: the offset of its CIE
  bool is_cie;
};

class CfiReader {
 public:
  CfiReader(const ObjectFile& object, bool keep_operations)
      : object_(object), keep_operations_(keep_operations), evaluator_(object.arch(), rule_limit(object)) {}

  CfiTable read();

 private:
  class SetLoc;

  // Different rows are few: even a section of nothing but distinct rows stays far below this.
  static uint64_t rule_limit(const ObjectFile& object) { return 4096 + 4 * object.bytes().size(); }

  void read_section(uint32_t index);
  std::vector<CfiEntry> walk();
  void read_cies(const std::vector<CfiEntry>& entries);
  Cie read_cie(const CfiEntry& entry);
  std::optional<CfiFailure> read_augmentation(std::string_view letters, Cursor& in, Cie& cie);
  void read_fde(const CfiEntry& entry);
  std::optional<CfiFailure> evaluate(const Cie& cie, const CfiEntry& entry, uint64_t instructions_at, Fde& fde);
  std::string_view personality_name(uint64_t at, uint64_t end, uint8_t encoding) const;
  bool is_compilers_table(Place table) const;
  void read_exceptions(const Cie& cie, const CfiEntry& entry, uint64_t at, uint64_t length, Fde& fde);
  void sort_and_check_overlaps();
  void compare_sections();

  std::string where(uint64_t offset) const { return fmt::format("{}+{:#x}", section_->name, offset); }
  void problem(Place place, std::string what, bool is_unsupported = false) {
    table_.problems_.push_back({place, std::move(what), is_unsupported});
  }
  EncodedAddress read_address(uint64_t at, uint64_t end, uint8_t encoding) const {
    return AddressReader(object_, *section_).read(at, end, encoding);
  }
  const Relocation* relocation_at(uint64_t offset) const {
    return AddressReader(object_, *section_).relocation_at(offset);
  }

  const ObjectFile& object_;
  const bool keep_operations_;
  ProgramEvaluator evaluator_;
  CfiTable table_;
  uint64_t lsda_entries_ = 0;
  // Of the section in work:
  uint32_t section_index_ = kNoIndex;
  const Section* section_ = nullptr;
  bool eh_ = false;
  std::map<uint64_t, Cie> cies_;  // by offset
  std::vector<ListedFde> listed_;
};

}  // namespace objhound::oracle
