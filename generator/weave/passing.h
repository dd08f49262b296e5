// What is passed by value, in every class that the ABI tells apart (psABI 3.2.3, AAPCS64 6.8.2), and through "...".
#pragma once

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {

std::string storage_and_attributes(Weaver& w);
std::string_view promise(Weaver& w);

void by_value(Weaver& w);
void variadic(Weaver& w);

}  // namespace objhound::generator::weave
