#include "oracle/linkage.h"

#include <algorithm>
#include <iterator>

namespace objhound::oracle {
namespace {

void sort_once(std::vector<std::string>& names) {
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
}

// By function, what the fixpoint over the file's own calls and its debug information say of it.
std::vector<uint8_t> never_return_here(const FileContext& file) {
  std::vector<uint8_t> never(file.object.functions().size(), 0);
  for (const FamilyFacts& family : file.families) {
    const bool declared = std::ranges::binary_search(file.noreturn, file.object.functions()[family.function].name);
    never[family.function] = declared || (!family.may_return && family.has_code);
  }
  return never;
}

}  // namespace

Linkage linkage_of(const FileContext& file) {
  const std::vector<uint8_t> never = never_return_here(file);
  Linkage linkage;
  for (const Symbol& symbol : file.object.symbols()) {
    if (!symbol.place.valid()) {
      if (!symbol.name.empty()) linkage.undefined.emplace_back(symbol.name);
      continue;
    }
    const uint32_t function = symbol.global ? file.object.function_starting_at(symbol.place) : kNoIndex;
    if (function == kNoIndex) continue;
    const bool replaceable = symbol.weak && !file.object.sections()[symbol.place.section].comdat;
    (never[function] && !replaceable ? linkage.never_return : linkage.may_return).emplace_back(symbol.name);
  }
  sort_once(linkage.never_return);
  sort_once(linkage.may_return);
  sort_once(linkage.undefined);
  return linkage;
}

std::vector<std::string> never_return_in_all(std::span<const Linkage> files) {
  std::vector<std::string> never, may;
  for (const Linkage& file : files) {
    never.insert(never.end(), file.never_return.begin(), file.never_return.end());
    may.insert(may.end(), file.may_return.begin(), file.may_return.end());
  }
  sort_once(never);
  sort_once(may);
  std::vector<std::string> result;
  std::ranges::set_difference(never, may, std::back_inserter(result));
  return result;
}

bool refers_to_new(const Linkage& file, std::span<const std::string> names, std::span<const std::string> known) {
  return std::ranges::any_of(file.undefined, [&](const std::string& name) {
    return std::ranges::binary_search(names, name) && !std::ranges::binary_search(known, name);
  });
}

}  // namespace objhound::oracle
