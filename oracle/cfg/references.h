// What the rest of the file says about places: which code labels have their address taken in data, and where objects
// in data begin. Both are found on demand, once per file, and only when a jump cannot be understood without.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

// Tables whose extent is certain: [table, end) in its section.
class TableExtents {
 public:
  void add(Place table, int64_t end);
  void add(const TableExtents& others);
  void clear() { ends_.clear(); }
  // The last that begins in front of the place; nothing if there is none.
  std::optional<std::pair<Place, int64_t>> before(Place place) const;
  // The end of the table that the place is in, but not at the start of; -1 if there is none.
  int64_t end_around(Place place) const;

 private:
  std::map<Place, int64_t> ends_;
};

// Where an object ends that was asked for, apart from strong references (References::object_end).
struct ObjectEnd {
  Place place;
  uint64_t end;
};

// What the instructions of a linked file name in its data, as operands that count from the program counter or from a
// page.
class NamedPlaces {
 public:
  explicit NamedPlaces(const CodeView& view);
  // Those that the family's instructions name are added to `names`, as often as they are named.
  void add(const Cfg& cfg, std::vector<Place>& names) const;

 private:
  const CodeView& view_;
  std::vector<uint8_t> holds_data_;  // by section
};

// Several threads may ask at once.
class References {
 public:
  explicit References(const CodeView& view) : view_(view) {}

  struct Label {
    Place code;    // the label
    Place source;  // where its address stands
  };
  // Labels whose address stands in data, with code in [begin, end) of the section; sorted by code.
  std::span<const Label> labels(uint32_t section, uint64_t begin, uint64_t end);

  // In a relocatable file: places of code in [begin, end) of the section that relocations name, whatever of them, from
  // anywhere but where code is described and but for jumps, calls and differences in data; sorted. What becomes an
  // address when the program runs is among them, or is an operand that counts from its own instruction.
  std::span<const Place> mentions(uint32_t section, uint64_t begin, uint64_t end);

  // The end of the object that holds the place, as far as symbols and references tell: the end of the
  // symbol that covers it (then `sized`), else the next symbol, the next place that is referred to, or the section's
  // end. An offset in the same section. `strong`: apart from references that may be off an object's start, because an
  // index's low bound was subtracted from them.
  uint64_t object_end(Place place, bool strong, bool& sized);
  // In a linked file relocations tell little of what begins where; the operands of its instructions do. What all
  // families name (NamedPlaces; sorted, each once), in the place of what was said before; from then on complete().
  void set_named_by_code(std::span<const Place> names);
  bool complete() const { return complete_; }
  // Whether all these are still so.
  bool still_hold(std::span<const ObjectEnd> ends);
  // Those of the families that are understood.
  const TableExtents& tables() const { return tables_; }
  void add_tables(const TableExtents& tables) { tables_.add(tables); }

 private:
  void find_labels();
  void find_starts();
  void find_mentions();
  void add_label(Place code, Place source);

  const CodeView& view_;
  bool complete_ = false;
  std::once_flag have_labels_;
  std::once_flag have_starts_;
  std::once_flag have_mentions_;
  std::vector<Label> labels_;
  std::vector<Place> mentions_;
  std::vector<Place> starts_;                        // sorted
  std::vector<Place> told_starts_;                   // the same without what code names; sorted
  std::vector<Place> strong_starts_;                 // sorted
  std::vector<std::pair<Place, uint64_t>> objects_;  // with sizes; sorted
  TableExtents tables_;
};

}  // namespace objhound::oracle
