#include "oracle/checks/dress.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "oracle/checks/fingerprint.h"

namespace objhound::oracle {
namespace {

constexpr uint32_t kWindow = 6;  // instructions of evidence before and after
constexpr uint32_t kFingerprintWindow = 3;

std::span<const uint8_t> bytes_of(const FamilyContext& context, uint32_t insn) {
  const Section& section = context.object.sections()[context.range(insn).section];
  const size_t length = std::max<size_t>(1, context.insn(insn).length);
  const uint64_t offset = context.cfg.insns[insn].offset;
  if (offset >= section.bytes.size()) return {};
  return section.bytes.subspan(offset, std::min(length, section.bytes.size() - offset));
}

std::string relocation_note(const FamilyContext& context, uint32_t insn) {
  const Section& section = context.object.sections()[context.range(insn).section];
  const uint64_t offset = context.cfg.insns[insn].offset;
  std::string note;
  for (const Relocation& relocation : section.relocations_in(offset, offset + context.insn(insn).length)) {
    if (relocation.kind == RelocKind::None || relocation.symbol == kNoIndex) continue;
    const Symbol& symbol = context.object.symbols()[relocation.symbol];
    const std::string_view name = symbol.section_symbol && relocation.target.valid()
                                      ? context.object.sections()[relocation.target.section].name
                                      : symbol.name;
    note += relocation.addend == 0 ? fmt::format("  <{}>", name) : fmt::format("  <{}{:+#x}>", name, relocation.addend);
  }
  return note;
}

std::string line_of(const FamilyContext& context, uint32_t insn) {
  const uint64_t address =
      context.object.sections()[context.range(insn).section].address + context.cfg.insns[insn].offset;
  std::string text = context.decoder.text(bytes_of(context, insn), address);
  std::replace(text.begin(), text.end(), '\t', ' ');
  return fmt::format("{:>6x}: {}{}", context.offset(insn), text, relocation_note(context, insn));
}

// The same for a place that is no instruction of the family.
std::string line_at(const FamilyContext& context, Place place) {
  const Section& section = context.object.sections()[place.section];
  const std::span<const uint8_t> bytes = section.bytes.subspan(static_cast<size_t>(place.offset));
  std::string text = context.decoder.text(bytes.first(std::min<size_t>(bytes.size(), context.arch.max_insn_length)),
                                          section.address + static_cast<uint64_t>(place.offset));
  std::replace(text.begin(), text.end(), '\t', ' ');
  const uint32_t function = context.object.function_at(place);
  const uint64_t start = function == kNoIndex ? 0 : context.object.functions()[function].offset;
  return fmt::format("{:>6x}: {}", static_cast<uint64_t>(place.offset) - start, text);
}

std::string row_text(const FamilyContext& context, uint32_t insn) {
  if (!context.cfi.present() || context.range(insn).inlined) return "";
  const Row* row = context.cfi.row_at(context.place(insn));
  return row == nullptr ? "(no row)" : to_text(*row, context.cfi, context.arch);
}

// The states before the instructions of one block.
std::vector<State> states_of(const FamilyContext& context, const Frame& frame, uint32_t block_index) {
  std::vector<State> states;
  if (!frame.entry[block_index]) return states;
  Transfer transfer(context.arch, context.decoder.pool(), context.cfg);
  const Block& block = context.cfg.blocks[block_index];
  State state = *frame.entry[block_index];
  for (uint32_t i = block.first; i < block.last; ++i) {
    states.push_back(state);
    transfer.step(state, i);
  }
  return states;
}

std::vector<std::string> evidence(const FamilyContext& context, const Frame& frame, const Draft& draft) {
  std::vector<std::string> lines;
  if (draft.place.valid()) return {fmt::format("> {}", line_at(context, draft.place))};
  const Block& block = context.cfg.blocks[draft.block];
  const std::vector<State> states = states_of(context, frame, draft.block);
  const uint32_t from = std::max(block.first, draft.insn >= kWindow ? draft.insn - kWindow : 0);
  const uint32_t to = std::min(block.last, draft.insn + kWindow + 1);
  if (from > block.first) lines.push_back("  ...");
  for (uint32_t i = from; i < to; ++i) {
    const bool here = i == draft.insn;
    lines.push_back(fmt::format("{} {}", here ? ">" : " ", line_of(context, i)));
    if (i - block.first < states.size() && (here || i == from)) {
      lines.push_back(
          fmt::format("{}         computed: {}", here ? ">" : " ", to_text(states[i - block.first], context.arch)));
      const std::string row = row_text(context, i);
      if (!row.empty()) lines.push_back(fmt::format("{}         declared: {}", here ? ">" : " ", row));
    }
  }
  if (to < block.last) lines.push_back("  ...");
  return lines;
}

std::string_view edge_text(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::Next:
      return "falls through";
    case EdgeKind::Taken:
      return "taken";
    case EdgeKind::Table:
      return "jump table";
    case EdgeKind::CallReturn:
      return "call returns";
    case EdgeKind::Indirect:
      return "computed goto";
  }
  return "";
}

// A shortest way from the entry to the block (breadth-first search), one line per block.
std::vector<std::string> path_to(const FamilyContext& context, uint32_t target) {
  const Cfg& cfg = context.cfg;
  std::vector<std::pair<uint32_t, const Edge*>> from(cfg.blocks.size(), {kNoIndex, nullptr});
  std::deque<uint32_t> queue{0};
  from[0].first = 0;
  while (!queue.empty() && from[target].first == kNoIndex) {
    const uint32_t block = queue.front();
    queue.pop_front();
    for (const Edge& edge : cfg.blocks[block].successors) {
      if (from[edge.to].first != kNoIndex) continue;
      from[edge.to] = {block, &edge};
      queue.push_back(edge.to);
    }
  }
  std::vector<std::string> lines;
  if (from[target].first == kNoIndex) return lines;
  for (uint32_t block = target; block != 0; block = from[block].first) {
    const auto [previous, edge] = from[block];
    const uint32_t last = cfg.blocks[previous].last - 1;
    const std::string line = line_of(context, last);
    lines.push_back(fmt::format("{}+{}  ({})", context.function(last).name, line.substr(line.find_first_not_of(' ')),
                                edge_text(edge->kind)));
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

// Rule, architecture, the kinds of instructions around, and the shape of the disagreement.
std::string fingerprint(const FamilyContext& context, const Draft& draft) {
  Fingerprint hash;
  hash.add(rule(draft.rule).slug);
  hash.add(context.arch.name);
  hash.add_shape(draft.shape);
  const Block& block = context.cfg.blocks[draft.block];
  const uint32_t from = std::max(block.first, draft.insn >= kFingerprintWindow ? draft.insn - kFingerprintWindow : 0);
  const uint32_t to = std::min(block.last, draft.insn + kFingerprintWindow + 1);
  for (uint32_t i = from; i < to; ++i) {
    if (context.insn(i).nop) continue;
    hash.add(i == draft.insn ? ">" : "");
    hash.add(context.decoder.opcode_name(context.insn(i).opcode_id));
  }
  return hash.text();
}

}  // namespace

Finding dress(const FamilyContext& context, const Frame& frame, const Draft& draft) {
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
  finding.evidence = evidence(context, frame, draft);
  finding.path = path_to(context, draft.block);
  finding.fingerprint = fingerprint(context, draft);
  return finding;
}

std::string explain_family(const FamilyContext& context, const FamilyResult& result) {
  // Where state or row are blank, they are what they were one line above.
  std::string out = fmt::format("{:<58} | {:<58} | {}\n", context.object.functions()[context.cfg.function].name + ":",
                                "computed, before the instruction", "declared");
  std::string last_row;
  uint32_t last_range = 0;
  for (uint32_t b = 0; b < context.cfg.blocks.size(); ++b) {
    const Block& block = context.cfg.blocks[b];
    if (block.first == block.last) continue;
    const std::vector<State> states = states_of(context, result.frame, b);
    if (context.cfg.insns[block.first].range != last_range) {
      last_range = context.cfg.insns[block.first].range;
      out += fmt::format("{}{}:\n", context.function(block.first).name,
                         context.range(block.first).inlined ? " (inlined here)" : "");
      last_row.clear();
    }
    if (states.empty()) out += "        (nothing reaches this block)\n";
    std::string last_state;
    for (uint32_t i = block.first; i < block.last; ++i) {
      const std::string state = states.empty() ? "" : to_text(states[i - block.first], context.arch);
      const std::string row = row_text(context, i);
      // Only what changes is printed again, so that the eye falls on it.
      out += fmt::format("{:<58} | {:<58} | {}\n", line_of(context, i), state == last_state ? "" : state,
                         row == last_row ? "" : row);
      last_state = state;
      last_row = row;
      for (const Draft& draft : result.drafts) {
        if (draft.insn == i)
          out += fmt::format("        ^ OH{} {} ({}): {}\n", static_cast<int>(draft.rule), rule(draft.rule).slug,
                             to_text(draft.severity), draft.message);
      }
      for (const Doubt& doubt : result.doubts) {
        if (doubt.insn == i) out += fmt::format("        ^ unproved {}: {}\n", to_text(doubt.reason), doubt.detail);
      }
    }
  }
  return out;
}

}  // namespace objhound::oracle
