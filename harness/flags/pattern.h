// A flag with what may vary in it, as a catalogue writes it:
//
//   -f[no-]tree-pre                     on or off
//   -mcmodel={small,medium}             one of these
//   --param=max-unroll-times={0..64}    a whole number, both ends included
//
// Everything else stands for itself; blanks divide words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "generator/swarm.h"

namespace objhound::harness {

class Pattern {
 public:
  // Fails with what is wrong: a bracket that is not closed, a range whose ends are no numbers or swapped, no text.
  static tl::expected<Pattern, std::string> parse(std::string_view text);

  const std::string& text() const { return text_; }
  // One of the flags. Of a range the ends come up more often than what is between them: they are where bounds are.
  std::string draw(generator::Draw& draw) const;
  // Every flag that there is, but of a range its two ends alone.
  std::vector<std::string> samples() const;

 private:
  struct Piece {
    std::vector<std::string> choices;  // one: stands for itself; empty: a range
    uint64_t low = 0, high = 0;
  };
  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace objhound::harness
