// What is woven into a program, and where: decided before anything is written, so that each transformation has a number
// of its own and can be left out while all others stay as they are. An enriched program is Csmith's seed, a string of
// decisions, and the numbers that are left out; reducing one begins with leaving out numbers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "generator/enrich/source.h"
#include "generator/weave/decisions.h"

namespace objhound::generator::enrich {

enum class Place : uint8_t { Branch, Loop, Condition, Before, Around, Object, Call, Function };

enum class What : uint8_t {
  BranchSwitch,
  BranchTable,
  LoopMachine,
  LoopGoto,
  LoopTable,
  LoopUnrolled,
  ConditionBarrier,
  Clobber,
  ColdCall,
  DeadExit,
  Promise,
  Outline,
  Nested,
  Jump,
  JumpFar,
  Pressure,
  Copies,
  StatementExpression,
  DynamicFrame,
  AsmGoto,
  Alloca,
  VariableLength,
  Aligned,
  Volatile,
  Cleanup,
  InFrame,
  Escape,
  Pointer,
  Table,
  Forward,
  ManyArguments,
  Variadic,
  ByValue,
  Alias,
  FlattenSwitch,
  FlattenTable,
  HugeFrame,
  EarlyExit,
  Attributes,
};

struct Transformation {
  What what;
  std::string_view name;
  Place place;
  unsigned weight;  // beside others of the same place
};
std::span<const Transformation> transformations();
const Transformation& transformation(What what);

// One transformation at one place.
struct Choice {
  What what;
  unsigned number;               // from 1, in the order of the program
  unsigned line;                 // of Csmith's program
  std::array<uint8_t, 6> bytes;  // its own decisions
};

struct Options {
  std::optional<unsigned> percent;  // of the places, that are transformed; else drawn
  std::set<unsigned> without;       // numbers that are left out
  std::set<What> only;              // nothing but these; empty: what the coins of the program say
};

struct Plan {
  std::unordered_map<unsigned, std::vector<Choice>> at;  // by the node: a statement, object, call or function
  std::vector<Choice> all;                               // in order, without those that are left out
  // The transformation of that place at the node; null if there is none.
  const Choice* find(unsigned node, Place place) const;
};

Plan make_plan(const Source& source, weave::Decisions& decisions, const Options& options);

}  // namespace objhound::generator::enrich
