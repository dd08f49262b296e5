// Compiler assembly as a list of lines, each with the place in the object that it is about.
//
// Where a line's bytes come to stand is not computed here: every line of interest gets a symbol in front of it, the
// whole is assembled once, and the symbols' values are read back. A symbol emits nothing, so the code is the same with
// and without (which is checked); no instruction length, no alignment and no macro has to be understood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::harness::mutation {

struct Line {
  enum class Kind : uint8_t {
    Other,        // blank, comments, directives that say nothing of frames
    Label,        // `name:`; the name in `word`
    Instruction,  // the mnemonic in `word`
    Cfi,          // a .cfi_ directive, in `word`
    Data,         // .quad and its kin, in `word`
  };
  Kind kind = Kind::Other;
  std::string text;  // as it stands in the file, without the line's end
  std::string word;
  std::string operands;  // what follows the word, without a comment behind it
  oracle::Place place;   // of what the line emits; for a label or directive, of what follows it
};

struct Listing {
  std::vector<Line> lines;

  // `comment` starts a comment behind an instruction.
  static Listing parse(std::string_view text, std::string_view comment);
  // The same text with a symbol in front of every line that has a kind.
  std::string with_symbols() const;
  // Gives lines their places from an object made of with_symbols().
  void place(const oracle::ObjectFile& object);
};

// One changed line: what takes its place, several lines or none at all.
struct Edit {
  size_t line;  // index in Listing::lines
  std::string text;
};

// The text with the edits made; they are sorted by line, one for each.
std::string with_edits(const Listing& listing, const std::vector<Edit>& edits);

}  // namespace objhound::harness::mutation
