// Drawing flags: a level and a handful of others, at random, from a seed.
//
// Most of what goes wrong needs one or two flags, and many flags together hide each other's effects (Groce et al.,
// "Swarm Testing", ISSTA 2012), so most draws are small; one in eight is large. First a table is drawn by its weight
// and then one of its flags, so that three hundred switches of single passes do not drown ten ways to protect the
// stack.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/flags/catalogue.h"

namespace objhound::harness {

// The level first. No two of them contradict each other. The same catalogue, compiler and seed give the same units.
std::vector<Unit> draw_units(const Catalogue& catalogue, const CompilerKind& kind, uint64_t seed);

// Sets of units, as texts, that a compiler refuses together; none of them can do without any of its members.
using Culprits = std::set<std::set<std::string>>;

// The units but those that would complete a culprit with what stands before them. So what is left is the same whenever
// the culprits become known, as long as those in it are: a draw that was accepted stays what it is.
std::vector<Unit> without(const Culprits& culprits, std::span<const Unit> units);

}  // namespace objhound::harness
