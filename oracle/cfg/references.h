// What the rest of the file says about places: which code labels have their address taken in data, and where objects
// in data begin. Both are found on demand, once per file, and only when a jump cannot be understood without.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

class References {
 public:
  explicit References(const CodeView& view) : view_(view) {}

  struct Label {
    Place code;    // the label
    Place source;  // where its address stands
  };
  // Labels whose address stands in data, with code in [begin, end) of the section; sorted by code.
  std::span<const Label> labels(uint32_t section, uint64_t begin, uint64_t end);

  // The end of the object that holds the place, as far as symbols and references tell: the end of the
  // symbol that covers it (then `sized`), else the next symbol, the next place that is referred to, or the section's
  // end. An offset in the same section. `strong`: apart from references that may be off an object's start, because an
  // index's low bound was subtracted from them.
  uint64_t object_end(Place place, bool strong, bool& sized);
  // In a linked file relocations tell little of what begins where; the operands of its instructions do. The places in
  // data that the family's instructions name are added to `names`.
  void named_by_code(const Cfg& cfg, std::vector<Place>& names) const;
  // What all families name (sorted, each once), in the place of what was said before; from then on complete().
  void set_named_by_code(std::span<const Place> names);
  bool complete() const { return complete_; }
  // Tables whose extent is certain, as families are understood: [table, end) in its section.
  void add_table(Place table, int64_t end);
  // The end of the table that the place is in, but not at the start of; -1 if there is none.
  int64_t end_of_table_around(Place place) const;

 private:
  void find_labels();
  void find_starts();
  void add_label(Place code, Place source);

  const CodeView& view_;
  bool complete_ = false;
  bool have_labels_ = false;
  bool have_starts_ = false;
  std::vector<Label> labels_;
  std::vector<Place> starts_;                        // sorted
  std::vector<Place> told_starts_;                   // the same without what code names; sorted
  std::vector<Place> strong_starts_;                 // sorted
  std::vector<std::pair<Place, uint64_t>> objects_;  // with sizes; sorted
  std::map<Place, int64_t> tables_;                  // to their ends
};

}  // namespace objhound::oracle
