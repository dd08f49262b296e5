// The schema, as the list of steps that made it. What has been released is never edited, only followed by a new step.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace objhound::results {

// PRAGMA application_id of our files ("objh"), so that another program's database is not mistaken for one.
inline constexpr int64_t kApplicationId = 0x6f626a68;

// migrations()[n] turns version n into version n + 1; version 0 is an empty file.
std::span<const char* const> migrations();
inline int64_t current_version() { return static_cast<int64_t>(migrations().size()); }

}  // namespace objhound::results
