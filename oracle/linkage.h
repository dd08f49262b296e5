// What the members of an archive tell each other: which functions never return. A compiler knows it from a declaration
// that leaves no trace in the object that calls; the object that is called shows it.
//
// What is assumed: a name that a member refers to and that members define means their definition. (A program may define
// it instead; then the linker takes that one, and does not take the member, if nothing else is needed of it.)
#pragma once

#include <span>
#include <string>
#include <vector>

#include "oracle/file_context.h"

namespace objhound::oracle {

// The functions of one file by the names that other files know them by; each list sorted.
struct Linkage {
  std::vector<std::string> never_return;  // defined here
  std::vector<std::string> may_return;    // defined here, or defined weakly: another file's may take its place
  std::vector<std::string> undefined;
};

Linkage linkage_of(const FileContext& file);

// Sorted: the names that are defined in at least one of the files, and by all that define it as never to return.
std::vector<std::string> never_return_in_all(std::span<const Linkage> files);

// Whether the file refers to one of these names, sorted, that is not among those, sorted.
bool refers_to_new(const Linkage& file, std::span<const std::string> names, std::span<const std::string> known);

}  // namespace objhound::oracle
