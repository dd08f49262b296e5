// From a graph of instructions to blocks: the end of a family's discovery.
#pragma once

#include <optional>
#include <vector>

#include "oracle/cfg/code_view.h"
#include "oracle/cfg/flow_graph.h"
#include "oracle/cfg/named_code.h"

namespace objhound::oracle {

// Makes the blocks and edges of families, one after the other; keeps its working memory between them.
class BlockAssembler {
 public:
  explicit BlockAssembler(const CodeView& view) : view_(view) {}

  // The ranges and instructions of a graph, and no more.
  void list(const FlowGraph& graph, Cfg& cfg);
  // Cuts blocks from a finished graph into `cfg`, which has none yet. `tables` name jumps by their index in the graph.
  void assemble(const FlowGraph& graph, std::vector<JumpTable> tables, Cfg& cfg);

 private:
  void follow_slots(const FlowGraph& graph, Cfg& cfg);
  bool follow_runs(const FlowGraph& graph, Cfg& cfg);
  void start(const FlowGraph& graph, Cfg& cfg);
  void add(const FlowGraph& graph, uint32_t insn, Cfg& cfg);
  void cut_blocks(Cfg& cfg);
  void add_edges(const FlowGraph& graph, Cfg& cfg);
  bool moves_sp_by_register(const FlowGraph& graph, uint32_t insn) const;
  void find_unreached(const FlowGraph& graph, uint32_t range, std::optional<NamedCode>& named, Cfg& cfg) const;

  const CodeView& view_;
  std::vector<uint32_t> by_place_;  // by place: by order of discovery
  std::vector<uint32_t> block_of_;  // by order of discovery
  std::vector<uint32_t> leaders_;   // by block: its first instruction, by place
  uint32_t previous_ = kNoIndex;    // the last instruction, by order of discovery
  bool ended_ = true;               // its block ends there
  std::vector<uint32_t> edges_;
  std::vector<FromTo> laid_out_;
};

}  // namespace objhound::oracle
