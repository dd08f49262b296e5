// The path that leads to a finding: not just a way to its block, but one along which the fault shows itself.
#pragma once

#include <string>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {

struct Path {
  struct Step {
    uint32_t block;
    State entry;       // as this path alone enters the block
    const Edge* edge;  // by which the block is left; null for the last
  };
  std::vector<Step> steps;  // from the entry to the block of the draft; empty where no edges lead there
  // Followed with the states of this path alone, the check says the same again.
  bool shows_fault = false;
};

// A shortest path (breadth first over blocks and the states they are entered with) at whose end the check that made the
// draft makes it again. No join blurs the states of a single path, so that it is evidence by itself. The search ends
// after some thousand states; the path is then merely a shortest one.
Path path_to(const FamilyContext& context, const FrameOptions& options, const Draft& draft);

// The path in words: the instructions that change the frame or a preserved register, with what they change, and the
// branches with the side that was taken. Long paths are cut in the middle.
std::vector<std::string> path_lines(const FamilyContext& context, const Path& path, const Draft& draft);

}  // namespace objhound::oracle
