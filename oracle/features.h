// What an object's code exercises: facts of it that are worth having been looked at, so that "no finding" can say of
// what. A fact is told without names, registers and sizes: roles stand for registers, classes for sizes, so that the
// same construct is the same feature wherever it stands. docs/coverage.md says how each kind is normalised.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace objhound::oracle {

enum class FeatureKind : uint8_t {
  // Closed: all members are known beforehand (known_features), so that what did not occur can be named.
  Rule,      // what a rule is about was there: "OH204 a tail call behind a popped frame"
  Frame,     // what kind of frame: "made by alloca"
  Unwind,    // a call frame operation: "def_cfa_offset"
  Edge,      // how control goes on: "landing pad", "tail call to another file"
  Table,     // a property of a jump table: "entries of 4 bytes", "17 to 64 entries"
  Unproved,  // a reason: "indirect-jump"
  // Open: what they are made of is known, not which of the combinations there are.
  Step,            // a micro-operation in an abstract stack state
  UnwindSequence,  // two or three call frame operations behind each other, or all of an entry
  Flow,            // how control enters and leaves a block, in which frame
  Dispatch,        // a jump table with all its properties
  Prologue,        // the order of saves and moves of SP
  Epilogue,        // the order of restores and moves of SP, and what leaves
  Shape,           // a function: its frame, its ways out, how many of what
  Doubt,           // why a proof did not close, in detail
};
inline constexpr unsigned kFeatureKinds = 14;

std::string_view to_text(FeatureKind kind);  // "rule", "unwind-sequence"
constexpr bool is_closed(FeatureKind kind) { return kind <= FeatureKind::Unproved; }

struct Feature {
  FeatureKind kind;
  std::string text;  // for people, canonical: equal features have equal texts; kMaxFeatureText bytes at most
  friend auto operator<=>(const Feature&, const Feature&) = default;
};
inline constexpr size_t kMaxFeatureText = 240;

// Of kind and text, the same on all machines and in all builds, because databases keep it.
uint64_t hash_of(const Feature& feature);

// A feature of a file, and in how many of its functions it occurs; a fragment counts with its parent.
struct FeatureCount {
  std::shared_ptr<const Feature> feature;  // files have hundreds, most of which all others have as well
  uint64_t hash = 0;
  uint32_t functions = 0;
};

// All features of the closed kinds, kind by kind, in the order in which people want to see them.
const std::vector<Feature>& known_features();

}  // namespace objhound::oracle
