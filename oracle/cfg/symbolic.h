// Symbolic values: what a register or a piece of memory holds, as an expression over values that are not looked into
// further. Equal expressions have equal numbers (hash-consing), so that "is this the value that was compared?" is one
// comparison. Sums are linear forms, because addresses of table entries are sums.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::oracle {

using NodeId = uint32_t;

enum class NodeKind : uint8_t {
  Sum,      // place + value + the sum of factor * term; without a place and terms a constant
  Entry,    // what register b held at the family's entry
  Opaque,   // what instruction a put into register b when it last ran
  Phi,      // what register b held when instruction a was last reached: several definitions meet there
  Symbol,   // the address of undefined symbol a
  PageOf,   // the page part of a place, or of symbol a
  Got,      // the address of the global offset table
  ToGot,    // from a place to the global offset table
  FromGot,  // from the global offset table to a place or, if that is not valid, to symbol a
  GotSlot,  // a place in the global offset table (b = 1) or the way there (b = 0): the slot for a place or for symbol a
  Zext,     // the low `width` bytes of a, zero-extended
  Sext,     // the low `width` bytes of a, sign-extended to 8 bytes
  And,      // a & value
  Shr,      // a >> value, logical, 8 bytes
  Sar,      // a >> value, arithmetic, 8 bytes
  Load,     // `width` bytes of memory at address a, zero-extended, in version b of memory
  Select,   // a or b
  Merge,    // the low `width` bytes of b, the others of a
};

struct Term {
  NodeId node = 0;
  int64_t factor = 0;
  friend bool operator==(const Term&, const Term&) = default;
};

struct Node {
  static constexpr unsigned kMaxTerms = 4;
  NodeKind kind = NodeKind::Sum;
  uint8_t width = 8;
  uint8_t term_count = 0;
  uint32_t a = 0;
  uint32_t b = 0;
  int64_t value = 0;
  Place place;
  std::array<Term, kMaxTerms> terms{};

  bool is_constant() const { return kind == NodeKind::Sum && term_count == 0 && !place.valid(); }
  bool is_address() const { return kind == NodeKind::Sum && term_count == 0 && place.valid(); }
  friend bool operator==(const Node&, const Node&) = default;
};

// Versions of memory: as an instruction left it, or, with this bit, as it was before the instruction; or as it always
// is.
inline constexpr uint32_t kBefore = 0x80000000;
inline constexpr uint32_t kUnchanged = 0xffffffff;

class NodePool {
 public:
  void clear();
  const Node& operator[](NodeId id) const { return nodes_[id]; }
  size_t size() const { return nodes_.size(); }

  NodeId intern(const Node& node);
  NodeId constant(int64_t value) { return intern({.value = value, .place = {}}); }
  NodeId address(Place place) { return intern({.place = place}); }
  NodeId atom(NodeKind kind, uint32_t a, uint32_t b, uint8_t width = 8) {
    return intern({.kind = kind, .width = width, .a = a, .b = b, .place = {}});
  }

  // x + factor * y + value. Nothing (kNoIndex) if the sum has too many terms to be written, or two places.
  NodeId sum(NodeId x, NodeId y, int64_t factor, int64_t value);
  // The value itself, to be one term of a sum that its own terms do not fit into.
  NodeId one_term(NodeId x) { return atom(NodeKind::Zext, x, 0); }
  NodeId zext(NodeId x, unsigned width);
  NodeId sext(NodeId x, unsigned width);
  NodeId mask(NodeId x, uint64_t mask);
  NodeId shift_right(NodeId x, unsigned count);
  NodeId shift_right_signed(NodeId x, unsigned count);
  // The sum's terms alone divided by `divisor`; kNoIndex if they are not multiples of it.
  NodeId terms_over(NodeId sum, int64_t divisor);

  // The largest value that the node can have by its own shape; all ones if nothing is known.
  uint64_t limit(NodeId id, unsigned depth = 8) const;

 private:
  NodeId narrowed(NodeId x, unsigned width, unsigned depth = 8);
  void grow();

  std::vector<Node> nodes_;
  std::vector<NodeId> table_;  // open addressing; kNoIndex is empty
};

inline uint64_t low_mask(unsigned width) { return width >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * width)) - 1; }

}  // namespace objhound::oracle
