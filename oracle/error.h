// What the oracle says when it cannot do its work. Such a failure is ours or the file's, never a finding.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace objhound::oracle {

struct Error {
  std::string where;   // the file, and the section or offset when known
  std::string what;    // what is wrong with it
  std::string remedy;  // what the user can do; may be empty

  std::string text() const {
    std::string line = where + ": " + what;
    if (!remedy.empty()) line += " (" + remedy + ")";
    return line;
  }
};

template <typename T>
using Result = tl::expected<T, Error>;

}  // namespace objhound::oracle
