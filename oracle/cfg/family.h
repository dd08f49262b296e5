// One family's control flow, from discovery to blocks.
#pragma once

#include <utility>
#include <vector>

#include "oracle/cfg/assemble.h"
#include "oracle/cfg/cfg.h"
#include "oracle/cfg/jump_table.h"

namespace objhound::oracle {

// Makes the Cfgs of a file's families, one after the other; keeps its working memory between them. Several builders may
// share what they are given.
class FamilyBuilder {
 public:
  FamilyBuilder(const CodeView& view, const CalleeKnowledge& callees, References& references, const CfgOptions& options)
      : view_(view),
        descent_(view, callees, graph_, options),
        resolver_(view, graph_, descent_, references, notes_),
        assembler_(view) {}

  // `function` is a parent. Cfg::may_return and Block::reachable are left to others (call_summary.h). What was in `cfg`
  // is forgotten, but for its memory. `again_if_open`: a family with an open table is built once more; of that, only
  // its instructions are told now.
  void build(uint32_t function, Cfg& cfg, bool again_if_open);
  // Of the last family.
  FamilyNotes& notes() { return notes_; }

 private:
  bool resolve_jumps();
  // Adds edges to where __builtin_longjmp comes back to. Returns whether one is new.
  bool enter_receivers();
  bool takes_address_of_own_code() const;
  bool apply(uint32_t jump, const Resolution& resolution);
  void settle_jumps(bool helper);  // `helper`: the family is an outlined helper by itself
  void resolve_calls();

  const CodeView& view_;
  FamilyNotes notes_;
  FlowGraph graph_;
  Descent descent_;
  JumpResolver resolver_;
  BlockAssembler assembler_;
  std::vector<Resolution> resolutions_;  // as Descent::indirect_jumps()
  std::vector<Resolution> certain_;      // the same, when all that is certain was known
};

// Cuts the edges behind those of the system calls that do not come back (Arch::final_system_calls), in a finished
// graph.
void end_at_final_system_calls(const CodeView& view, std::span<const uint32_t> system_calls, FlowGraph& graph);

}  // namespace objhound::oracle
