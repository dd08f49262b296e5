// What a database says of reach, turned by the question: each construct and where it was seen.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "results/store.h"

namespace objhound::results {

enum class CoverageBy : uint8_t { Construct, Compiler, Level, Flag };

struct Coverage {
  // A compiler at a level: what a construct may be expected at.
  struct Place {
    std::string compiler, level;
    uint64_t distinct = 0;  // features of all kinds seen here
    friend auto operator<=>(const Place& a, const Place& b) {
      return std::tie(a.compiler, a.level) <=> std::tie(b.compiler, b.level);
    }
    friend bool operator==(const Place& a, const Place& b) { return (a <=> b) == 0; }
  };
  // A construct: a feature of a closed kind.
  struct Row {
    std::string text;
    uint64_t functions = 0;
    uint64_t seed = 0;              // of a program that shows it; meaningless if there is none
    std::set<uint32_t> places;      // where it was seen
    std::vector<uint64_t> columns;  // functions in each column
  };
  struct Kind {
    std::string name;
    bool closed = false;
    std::vector<Row> rows;  // of a closed kind all, seen or not
    uint64_t distinct = 0;  // seen
  };
  std::vector<Place> places;  // sorted
  std::vector<std::string> columns;
  std::vector<Kind> kinds;  // closed ones first, then by name
  uint64_t distinct = 0;    // features of all kinds
  uint64_t pairs = 0;       // of a feature and a place

  // The compilers of the places, and their levels: each once, sorted.
  std::vector<std::string> compilers() const;
  std::vector<std::string> levels() const;
  // "not at clang-19 -O0 -O1, gcc-12" (at no level of that one); empty if it was seen everywhere, or at fewer than half
  // of the places.
  std::string gaps(const Row& row) const;
};

// `by` says what the columns are; of a construct there is one, of all.
Coverage coverage_of(const Reach& reach, CoverageBy by);

}  // namespace objhound::results
