// The lexer: C11 6.4, without preprocessing. Directives and comments are no tokens.
#pragma once

#include <string_view>
#include <vector>

#include "generator/enrich/source.h"

namespace objhound::generator::enrich {

struct Lexed {
  std::vector<Token> tokens;
  uint32_t after_includes = 0;  // the byte behind the last #include's line
};
Lexed lex(std::string_view text);

}  // namespace objhound::generator::enrich
