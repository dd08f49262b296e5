// The attributes that shape code, as data: every one that GCC 12 and Clang 19 document and that a function or variable
// of ours can have whatever stands in it. Those that ask for something of the function (its registers, its callers, its
// place) have functions of their own in conventions.cc and linkage.cc.
//
// The text of a program must be right for every compiler. So each attribute is a macro, and empty where the compiler
// says that it does not know it (__has_attribute, in GCC since 5, in Clang since 3), or where it knows the attribute
// but not for the machine or not with this argument, which no test tells: `when` says it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace objhound::generator::weave {

enum class Place : uint8_t {
  Function,
  Exported,
  Variable,
  ExportedVariable,
  ThreadLocal,
  Local,
  Type,
  Convention,
  Loop,
  PlainLoop
};

struct Attribute {
  // PlainLoop: GCC warns, with no way to switch it off, where it has changed the loop before it gets to the pragma.
  std::string_view text;  // as in __attribute__((...)); of loops, what is between the parentheses of _Pragma
  Place place = Place::Function;
  std::string_view when = {};  // beside __has_attribute of its first word; of loops, all that is asked
  uint32_t conflicts = 0;      // attributes with a common bit do not stand together
};

// Bits of Attribute::conflicts that say something of the function as well.
constexpr uint32_t kNoLabelsBeside = 1u << 31;  // Clang crashes where a label's address is taken

std::span<const Attribute> attribute_table();

// The name of its macro: "ZERO_CALL_USED_REGS_ALL".
std::string macro_of(const Attribute& attribute);
// Its definition, with both branches of the feature test.
std::string definition_of(const Attribute& attribute);

}  // namespace objhound::generator::weave
