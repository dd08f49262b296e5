#include "oracle/checks/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace objhound::oracle {
namespace {

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

}  // namespace

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
  Transfer transfer(context.arch, context.pool, context.cfg);
  const Block& block = context.cfg.blocks[block_index];
  State state = *frame.entry[block_index];
  for (uint32_t i = block.first; i < block.last; ++i) {
    states.push_back(state);
    transfer.step(state, i);
  }
  return states;
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
