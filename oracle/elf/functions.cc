// From symbols to functions. A symbol says where code of a name begins and, if its author cared, how long it is; a
// function here is a range that later stages can walk. Three things stand between the two:
//
//  - aliases: several names for one range (C++ constructors, weak wrappers) are one function;
//  - sizes: hand-written assembly and start-up code often leave st_size 0, and so do compilers for a function without
//    any instruction, which then shares its address with whatever follows;
//  - fragments: compilers move a function's cold blocks away under a name of their own ("f.cold"). They are code of f,
//    entered by jumps with f's frame in place, and make sense only together with it.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <tuple>
#include <unordered_map>

#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

// A symbol that may give a function.
struct Candidate {
  Place place;
  uint64_t size;
  uint32_t symbol;
  bool fragment;
  uint8_t rank;  // which name wins: strong 0, weak 1, local 2
};

// Is it code of ours, and within its section? Contradictions are Errors: a symbol that reaches beyond its section
// means that the rest of the file is not to be trusted either.
Result<bool> is_code(const ElfImage& image, const Symbol& symbol) {
  // Clang's fragments have a size but no type.
  const bool fragment = symbol.size != 0 && !fragment_parent_name(symbol.name).empty();
  if ((!symbol.function && !fragment) || !symbol.place.valid()) return false;
  const Section& section = image.sections[symbol.place.section];
  if (!section.executable || section.bytes.empty()) return false;  // no code, or split off with the debug information
  const uint64_t offset = static_cast<uint64_t>(symbol.place.offset);
  if (offset > section.bytes.size() || symbol.size > section.bytes.size() - offset) {
    return tl::unexpected(Error{image.path,
                                fmt::format("the function {} reaches beyond its section {} ({:#x} + {:#x} > {:#x})",
                                            symbol.name, section.name, offset, symbol.size, section.bytes.size()),
                                kDamaged});
  }
  return true;
}

// The candidates of symbols [first, last), sorted so that of those with one place the best name comes first.
Result<std::vector<Candidate>> candidates_in(const ElfImage& image, uint32_t first, uint32_t last) {
  std::vector<Candidate> candidates;
  for (uint32_t i = first; i < last; i++) {
    const Symbol& symbol = image.symbols[i];
    Result<bool> code = is_code(image, symbol);
    if (!code) return tl::unexpected(code.error());
    if (!*code) continue;
    const bool fragment = !fragment_parent_name(symbol.name).empty();
    // Cold code that consists of nothing but "this cannot happen" is a fragment without bytes.
    if (fragment && symbol.size == 0) continue;
    const uint8_t rank = symbol.weak ? 1 : symbol.global ? 0 : 2;
    candidates.push_back({symbol.place, symbol.size, i, fragment, rank});
  }
  auto order = [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.place, a.size == 0, a.fragment, a.rank, a.symbol) <
           std::tuple(b.place, b.size == 0, b.fragment, b.rank, b.symbol);
  };
  std::ranges::sort(candidates, order);
  return candidates;
}

// One function per place.
std::vector<Function> fold_aliases(const ElfImage& image, const std::vector<Candidate>& candidates) {
  std::vector<Function> functions;
  functions.reserve(candidates.size());
  for (size_t i = 0; i < candidates.size();) {
    const Place place = candidates[i].place;
    const Symbol& symbol = image.symbols[candidates[i].symbol];
    Function function;
    function.name = symbol.name;
    function.section = place.section;
    function.offset = static_cast<uint64_t>(place.offset);
    function.size = 0;
    function.global = symbol.global;
    for (; i < candidates.size() && candidates[i].place == place; i++)
      function.size = std::max(function.size, candidates[i].size);
    function.sized = function.size != 0;
    functions.push_back(std::move(function));
  }
  return functions;
}

// Functions without a size reach to the next function or their section's end. One that begins inside another is a
// second entry of it and no function of its own; one with nothing behind it has no instruction.
void extend_unsized(const ElfImage& image, std::vector<Function>& functions) {
  uint64_t covered = 0;  // the furthest end of sized functions of this section so far
  for (size_t i = 0; i < functions.size(); i++) {
    Function& function = functions[i];
    if (i == 0 || functions[i - 1].section != function.section) covered = 0;
    if (function.sized) {
      covered = std::max(covered, function.end());
      continue;
    }
    if (function.offset < covered) continue;
    const bool last = i + 1 == functions.size() || functions[i + 1].section != function.section;
    const uint64_t end = last ? image.sections[function.section].bytes.size() : functions[i + 1].offset;
    function.size = end - function.offset;
  }
  std::erase_if(functions, [](const Function& f) { return f.size == 0; });
}

// Code that is in many functions at once would be followed many times. Assembly has a few entries into the middle of
// functions; where all functions together are much larger than the file, somebody made it up.
Result<void> refuse_overlap(const ElfImage& image) {
  constexpr uint64_t kMost = 16, kFew = 1 << 20;  // times the file's size, and bytes
  uint64_t total = 0;
  for (const Function& function : image.functions) total += function.size;
  if (total <= kMost * image.size + kFew) return {};
  return tl::unexpected(Error{image.path, "functions overlap beyond reason", kDamaged});
}

// See ElfImage::enclosing. The chain of enclosing functions of i holds exactly those before i that reach beyond i's
// start, so function_at finds the innermost by following it.
std::vector<uint32_t> find_enclosing(const std::vector<Function>& functions) {
  std::vector<uint32_t> enclosing(functions.size(), kNoIndex);
  for (uint32_t i = 1; i < functions.size(); i++) {
    uint32_t outer = i - 1;
    while (outer != kNoIndex &&
           (functions[outer].section != functions[i].section || functions[outer].end() <= functions[i].offset))
      outer = functions[outer].section == functions[i].section ? enclosing[outer] : kNoIndex;
    enclosing[i] = outer;
  }
  return enclosing;
}

// --- Fragments and their parents ------------------------------------------------------------------------------------

// A function symbol whose name some fragment's name begins with.
struct NamedFunction {
  int64_t file;  // as in ElfImage::symbol_file; -1 for global ones
  uint32_t function;
  auto operator<=>(const NamedFunction&) const = default;
};

// The function that all of them are symbols of, or kNoIndex when there is none or more than one.
uint32_t only_one(std::span<const NamedFunction> named) {
  const bool one = std::ranges::all_of(named, [&](const auto& n) { return n.function == named.front().function; });
  return one && !named.empty() ? named.front().function : kNoIndex;
}

// Those of one name. They may be as many as there are fragments that ask.
class Namesakes {
 public:
  void add(uint32_t function, uint32_t file, bool global) { named_.push_back({global ? -1 : int64_t{file}, function}); }
  void finish() {
    std::ranges::sort(named_);
    named_.erase(std::ranges::unique(named_).begin(), named_.end());
    any_ = only_one(named_);
    of_no_file_ = only_one({named_.begin(), std::ranges::upper_bound(named_, 0, {}, &NamedFunction::file)});
  }

  // Static functions of several files may share the parent's name. A fragment's symbol is local, and so it tells its
  // file: the parent is the function of that file, or else, when that file has no local one, the one global function
  // (or one that was global before it was linked, and is of no file).
  // Where that leaves a doubt the fragment stays without a parent.
  uint32_t parent_of(const Symbol& fragment, uint32_t file) const {
    if (fragment.global) return any_;
    const auto local = std::ranges::equal_range(named_, int64_t{file}, {}, &NamedFunction::file);
    return local.empty() ? of_no_file_ : local.size() == 1 ? local.front().function : kNoIndex;
  }

 private:
  std::vector<NamedFunction> named_;
  uint32_t any_ = kNoIndex, of_no_file_ = kNoIndex;
};
using FunctionsByName = std::unordered_map<std::string_view, Namesakes>;

uint32_t starting_at(const std::vector<Function>& functions, Place place) {
  auto key = [](const Function& f) { return Place{f.section, static_cast<int64_t>(f.offset)}; };
  const auto found = std::ranges::lower_bound(functions, place, {}, key);
  return found != functions.end() && key(*found) == place ? static_cast<uint32_t>(found - functions.begin()) : kNoIndex;
}

void tie_fragments(ElfImage& image, const std::vector<Candidate>& candidates) {
  FunctionsByName by_name;
  std::vector<const Candidate*> fragments;
  for (const Candidate& candidate : candidates) {
    if (!candidate.fragment) continue;
    fragments.push_back(&candidate);
    by_name.try_emplace(fragment_parent_name(image.symbols[candidate.symbol].name));
  }
  if (fragments.empty()) return;
  for (const Candidate& candidate : candidates) {
    const Symbol& symbol = image.symbols[candidate.symbol];
    const auto wanted = by_name.find(symbol.name);
    if (wanted == by_name.end()) continue;
    const uint32_t function = starting_at(image.functions, symbol.place);
    if (function == kNoIndex) continue;
    // A fragment may be a parent only by its own name; then each step from fragment to parent shortens the name.
    const std::string& name = image.functions[function].name;
    if (name != symbol.name && !fragment_parent_name(name).empty()) continue;
    wanted->second.add(function, image.symbol_file[candidate.symbol], symbol.global);
  }
  for (auto& [name, namesakes] : by_name) namesakes.finish();

  for (const Candidate* fragment : fragments) {
    const Symbol& symbol = image.symbols[fragment->symbol];
    const uint32_t index = starting_at(image.functions, symbol.place);
    if (index == kNoIndex || image.functions[index].name != symbol.name) continue;  // folded into another
    const uint32_t parent =
        by_name[fragment_parent_name(symbol.name)].parent_of(symbol, image.symbol_file[fragment->symbol]);
    if (parent == index || parent == kNoIndex) continue;
    image.functions[index].parent = parent;
    image.functions[index].mid_frame = false;  // it need not be found by the jumps to it
  }
}

// A fragment of a fragment belongs to the function that both came from. (Names shorten with each step, so this ends.)
void flatten_parents(std::vector<Function>& functions) {
  for (uint32_t i = 0; i < functions.size(); i++) {
    uint32_t root = functions[i].parent;
    if (root == kNoIndex) continue;
    while (functions[root].parent != kNoIndex) root = functions[root].parent;
    functions[i].parent = root;
    functions[root].fragments.push_back(i);
  }
}

}  // namespace

std::string_view fragment_parent_name(std::string_view name) {
  // A number at the end: GCC 8's f.cold.3, Clang's f.__part.2.
  size_t end = name.size();
  while (end > 0 && std::isdigit(static_cast<unsigned char>(name[end - 1]))) end--;
  const bool numbered = end < name.size() && end > 0 && name[end - 1] == '.';
  const std::string_view stem = numbered ? name.substr(0, end - 1) : name;
  constexpr std::string_view kCold = ".cold", kPart = ".__part";
  if (stem.ends_with(kCold)) return stem.substr(0, stem.size() - kCold.size());
  if (numbered && stem.ends_with(kPart)) return stem.substr(0, stem.size() - kPart.size());
  return {};
}

Result<void> build_functions(ElfImage& image, std::span<const CodeExtent> described) {
  const uint32_t all = static_cast<uint32_t>(image.symbols.size());
  Result<std::vector<Candidate>> candidates = candidates_in(image, 0, image.first_dynamic_symbol);
  // A stripped file still says what it exports.
  if (candidates && candidates->empty()) candidates = candidates_in(image, image.first_dynamic_symbol, all);
  if (!candidates) return tl::unexpected(candidates.error());

  image.functions = fold_aliases(image, *candidates);
  if (!image.relocatable) add_described(image, described, image.functions);
  extend_unsized(image, image.functions);
  if (Result<void> fine = refuse_overlap(image); !fine) return fine;
  image.enclosing = find_enclosing(image.functions);
  tie_fragments(image, *candidates);
  flatten_parents(image.functions);
  return {};
}

}  // namespace objhound::oracle
