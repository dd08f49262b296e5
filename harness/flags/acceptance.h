// Does a compiler take these flags? Asked with a program of a few lines, so that only the flags can be at fault.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/flags/draw.h"

namespace objhound::harness {

// C that every target and level compiles: calls, a switch, an array whose address is taken. No floating point.
extern const char* const kTrivialProgram;

// Compiles the trivial program with the flags; what the compiler says against them, nothing if it takes them.
using AskCompiler = std::function<std::optional<std::string>(const std::vector<std::string>& flags)>;

std::vector<std::string> flags_of(std::span<const Unit> units);

// Of units that the compiler refuses, a set that it refuses and of which it takes every smaller part: one call for each
// unit and one more. Nothing if it takes them all, or refuses to compile without any flags.
struct Culprit {
  std::set<std::string> units;
  std::string complaint;
};
std::optional<Culprit> find_culprit(std::span<const Unit> units, const AskCompiler& ask);

// What a compiler says against single flags of the catalogue, by the unit's text: all that are for it, of every range
// the two ends; at -O2, unless they are levels themselves. Flags that agree are asked together and halved where they
// are refused, so that a catalogue of a thousand flags that all are accepted takes a few dozen calls.
std::map<std::string, std::string> refused_flags(const Catalogue& catalogue, const CompilerKind& kind,
                                                 const AskCompiler& ask);

}  // namespace objhound::harness
