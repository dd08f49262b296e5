#pragma once

#include <string_view>

namespace objhound::harness {

// Of the program; stored with every campaign.
inline constexpr std::string_view kVersion = OBJHOUND_VERSION;

}  // namespace objhound::harness
