// What the calls of one family mean to the rest of the file: whether it returns, and what that hangs on. Small
// enough to be kept of all families when their control flow has been judged and forgotten.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

class CalleeKnowledge;

struct CallSummary {
  // A block, as far as the question goes whether control gets from the entry to a return.
  struct Node {
    uint32_t callee = kNoIndex;  // function that has to return before control goes on over the edges that are held
    bool tail_calls = false;     // and then the family returns too
    bool returns = false;        // whatever callees do
    uint32_t first_edge = 0;     // in `edges`: those that are free, then those that are held,
    uint32_t first_held = 0;     // up to the next node's
  };
  uint32_t function = kNoIndex;
  bool has_code = false;
  bool returns = false;         // on a way where it waits for no callee
  bool ends_otherwise = false;  // on some way neither returns nor waits for a callee, or calls what nothing is known of
  std::vector<Node> nodes;      // by block, and one more behind them; empty if `returns`
  std::vector<uint32_t> edges;
  // Functions that calls have been taken to return from, and never to return from; each sorted.
  std::vector<uint32_t> taken_to_return, taken_not_to;
  std::vector<uint32_t> tail_called;  // functions; sorted
  std::vector<uint32_t> imports;      // of a linked file: symbols that are called or tail-called; sorted
  bool found_out = false;             // whom a call calls was known too late to see that it never returns
  std::vector<Place> unknown_calls;   // in copies of outlined helpers, by jumps; what they call the helper may tell

  // Whether what is known of callees differs from what the family was built with.
  bool outdated(const CalleeKnowledge& callees) const;
};

// Summarizes families, one after the other; keeps its working memory between them.
class CallSummarizer {
 public:
  CallSummarizer(const CodeView& view, const CalleeKnowledge& callees) : view_(view), callees_(callees) {}

  // Sets Block::reachable, too: from the entry, if all callees return but those that are known not to. When no family
  // is outdated any more, that is so.
  CallSummary summarize(Cfg& cfg);

 private:
  class OneFamily;
  const CodeView& view_;
  const CalleeKnowledge& callees_;
  std::vector<uint32_t> stack_;
  std::vector<uint8_t> seen_;
};

// Which families return, as a least fixpoint over the file's own call graph: at first none does; a family returns when
// a return, a tail call to a function that does, or a jump that is not resolved can be reached over calls that do.
// `family_of` maps functions to indices of `families`. The result is by family. Linear in the number of edges.
std::vector<uint8_t> families_that_return(std::span<const CallSummary> families, std::span<const uint32_t> family_of);

// Which families may end without returning: by a trap, a call that never returns, an exit of the process, a jump or a
// call to where nothing is known, or because a callee does. The other side of a greatest fixpoint: recursion ends. By
// family, linear in the number of calls.
std::vector<uint8_t> families_that_may_not_return(std::span<const CallSummary> families,
                                                  std::span<const uint32_t> family_of);

}  // namespace objhound::oracle
