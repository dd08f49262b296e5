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

  // Cuts blocks from a finished graph into `cfg`, which has none yet. `tables` name jumps by their index in the graph.
  void assemble(const FlowGraph& graph, std::vector<JumpTable> tables, Cfg& cfg);

 private:
  void sort_insns(const FlowGraph& graph);
  bool follow_runs(const FlowGraph& graph);
  void cut_blocks(const FlowGraph& graph, Cfg& cfg);
  void add_edges(const FlowGraph& graph, Cfg& cfg);
  bool moves_sp_by_register(const FlowGraph& graph, uint32_t insn) const;
  void find_unreached(const FlowGraph& graph, uint32_t range, std::optional<NamedCode>& named, Cfg& cfg) const;

  const CodeView& view_;
  std::vector<uint32_t> sorted_;    // by order of discovery: by place
  std::vector<uint32_t> by_place_;  // the other way round
  std::vector<uint32_t> block_of_;  // by place
  std::vector<uint32_t> leaders_;   // by block: its first instruction, by place
  std::vector<uint32_t> edges_;
  std::vector<FromTo> laid_out_;
};

}  // namespace objhound::oracle
