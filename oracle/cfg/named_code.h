// What a family's instructions name of its own code, to explain the holes between them: constants that are read, and
// code of a function that nothing in it leads to, but whose address it takes and gives to somebody else. glibc's _start
// hands the address of a few instructions behind its own end, without a symbol of their own, to the function that calls
// main(). Who enters it there, and with what, the function does not show.
#pragma once

#include <optional>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

class NamedCode {
 public:
  // Reads ranges, blocks, edges and instructions of `cfg`, which has to outlive this; all its instructions, once.
  NamedCode(const CodeView& view, const Cfg& cfg);

  // The first place in the range whose address an instruction of the family takes, where code stands that the family
  // does not lead to, and that is no table: somebody else enters it. Invalid if there is none. For families with
  // indirect jumps nothing can be said. Decodes what stands there.
  Place given_away(const CodeRange& range) const;
  // Does an instruction of the family read from, or take the address of, a place in [from, end) of its section?
  bool names_data(Place from, uint64_t end) const;

 private:
  struct Taken {
    Place place;
    Reg in = kNoReg;
    friend auto operator<=>(const Taken&, const Taken&) = default;
  };
  void add_named(const CodeInsn& code, const Insn& insn);
  void add_taken(const CodeInsn& code, const Insn& insn);
  bool reads_as_code(Place place, const CodeRange& range) const;

  const CodeView& view_;
  const Cfg& cfg_;
  bool jumps_;                                 // indirectly: an address of code may be that of a table
  RegSet read_through_ = 0;                    // registers that some instruction reads from memory through
  std::vector<std::optional<uint64_t>> page_;  // of a linked file: what a register holds
  std::vector<Taken> taken_;                   // sorted, each once
  std::vector<Place> named_;                   // the same
};

}  // namespace objhound::oracle
