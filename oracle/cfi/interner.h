// Rows and expressions, each stored once: a large object has a million rows, but only some thousands of different
// ones. Private to oracle/cfi.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "oracle/cfi/rows.h"

namespace objhound::oracle {

class RowInterner {
 public:
  // The index of the row that equals `row`.
  uint32_t intern(const Row& row);
  uint64_t rules() const { return rules_; }  // in all stored rows together
  std::vector<Row> take() { return std::move(rows_); }

 private:
  void grow();

  std::vector<Row> rows_;
  std::vector<uint64_t> hashes_;  // of rows_
  std::vector<uint32_t> slots_;   // open addressing; kNoIndex is free; the size is a power of two
  uint64_t rules_ = 0;
};

// A DWARF expression (DWARF 5, section 2.5) as the few operations that unwind rows use; see ExprOp.
class ExpressionInterner {
 public:
  explicit ExpressionInterner(const Arch& arch) : arch_(arch) {}

  // `bytes` must outlive the interner. The index of the expression in CfiTable::expression().
  uint32_t intern(std::span<const uint8_t> bytes);
  std::span<const ExprOp> ops(uint32_t index) const {
    return std::span(ops_).subspan(ranges_[index].first, ranges_[index].second);
  }
  std::vector<std::pair<uint32_t, uint32_t>> take_ranges() { return std::move(ranges_); }
  std::vector<ExprOp> take_ops() { return std::move(ops_); }

 private:
  const Arch& arch_;
  std::unordered_map<std::string_view, uint32_t> by_bytes_;
  std::vector<std::pair<uint32_t, uint32_t>> ranges_;  // first operation, count
  std::vector<ExprOp> ops_;
};

}  // namespace objhound::oracle
