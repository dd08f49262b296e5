#include "oracle/checks/dress.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "oracle/checks/cause.h"
#include "oracle/checks/fingerprint.h"
#include "oracle/checks/listing.h"
#include "oracle/checks/path.h"

namespace objhound::oracle {
namespace {

constexpr uint32_t kWindow = 6;  // instructions of evidence before and after

std::vector<std::string> evidence(const FamilyContext& context, const Frame& frame, const Draft& draft) {
  std::vector<std::string> lines;
  if (draft.place.valid()) return {fmt::format("> {}", line_at(context, draft.place))};
  const Block& block = context.cfg.blocks[draft.block];
  std::optional<State> state;
  if (frame.entry[draft.block] != nullptr) state = *frame.entry[draft.block];
  Transfer transfer(context.arch, context.decoder.pool(), context.cfg);
  const uint32_t from = std::max(block.first, draft.insn >= kWindow ? draft.insn - kWindow : 0);
  const uint32_t to = std::min(block.last, draft.insn + kWindow + 1);
  if (from > block.first) lines.push_back("  ...");
  for (uint32_t i = block.first; state && i < from; ++i) transfer.step(*state, i);
  for (uint32_t i = from; i < to; ++i) {
    const bool here = i == draft.insn;
    lines.push_back(fmt::format("{} {}", here ? ">" : " ", line_of(context, i)));
    if (state && (here || i == from)) {
      lines.push_back(fmt::format("{}         computed: {}", here ? ">" : " ", to_text(*state, context.arch)));
      const std::string row = row_text(context, i);
      if (!row.empty()) lines.push_back(fmt::format("{}         declared: {}", here ? ">" : " ", row));
    }
    if (state) transfer.step(*state, i);
  }
  if (to < block.last) lines.push_back("  ...");
  return lines;
}

}  // namespace

Finding dress(const FamilyContext& context, const FamilyResult& result, const Draft& draft, bool brief) {
  const Place place = draft.place.valid() ? draft.place : context.place(draft.insn);
  const Section& section = context.object.sections()[place.section];
  const uint32_t in = context.object.function_at(place);
  const Function& function = in != kNoIndex ? context.object.functions()[in] : context.function(draft.insn);
  Finding finding;
  finding.rule = draft.rule;
  finding.severity = draft.severity;
  finding.function = function.name;
  finding.section = section.name;
  finding.address = section.address + static_cast<uint64_t>(place.offset);
  finding.offset = static_cast<uint64_t>(place.offset) - function.offset;
  finding.message = draft.message;
  if (brief) {
    finding.cause = "one of many";
  } else {
    finding.evidence = evidence(context, result.frame, draft);
    const Path path = path_to(context, result.options, draft);
    finding.path = path_lines(context, path, draft);
    // Advice is counted by its kind, not hunted down one by one.
    finding.cause = draft.severity == Severity::Advice ? draft.shape : cause_of(context, result.frame, path, draft);
  }
  finding.fingerprint = Fingerprint().add(rule(draft.rule).slug).add(context.arch.name).add_shape(finding.cause).text();
  return finding;
}

}  // namespace objhound::oracle
