// The jump tables: how their entries are spelled, where they stand, how many there are, what leads where.

#include <fmt/format.h>

#include <algorithm>
#include <bitset>
#include <map>
#include <string>

#include "oracle/features/look.h"

namespace objhound::oracle {
namespace {

class Table {
 public:
  Table(Look& look, const JumpTable& table) : look_(look), context_(look.context), table_(table) {}

  void run() {
    const uint32_t block = context_.cfg.block_of_insn(table_.jump);
    if (block == kNoIndex || !look_.blocks[block].reached) return;
    look_.met(Precondition::TableBranch);
    entries();
    extent(context_.cfg.blocks[block]);
    targets();
    const SpIs sp = look_.blocks[block].exit.sp;
    met(is_dynamic(sp) ? TableTrait::InDynamicFrame : is_frame(sp) ? TableTrait::InFrame : TableTrait::WithoutFrame);
    add();
  }

 private:
  void met(TableTrait trait) { traits_.set(static_cast<size_t>(trait)); }

  void entries() {
    met(table_.entry_bytes == 1   ? TableTrait::Bytes1
        : table_.entry_bytes == 2 ? TableTrait::Bytes2
        : table_.entry_bytes == 4 ? TableTrait::Bytes4
                                  : TableTrait::Bytes8);
    if (!table_.table.valid() || table_.table.offset < 0) return;
    const Section& section = context_.object.sections()[table_.table.section];
    met(section.executable                      ? TableTrait::InCode
        : section.writable && !section.constant ? TableTrait::InData
                                                : TableTrait::InConstants);
    const uint64_t at = static_cast<uint64_t>(table_.table.offset);
    const std::span<const Relocation> relocations = section.relocations_in(at, at + table_.entry_bytes);
    const RelocKind kind = relocations.empty() ? RelocKind::None : relocations.front().kind;
    met(kind == RelocKind::Abs64 || kind == RelocKind::Abs32       ? TableTrait::Absolute
        : kind == RelocKind::PcRel32 || kind == RelocKind::PcRel64 ? TableTrait::RelativeToEntry
                                                                   : TableTrait::RelativeToBase);
  }

  void extent(const Block& block) {
    const bool doubtful = std::ranges::any_of(block.successors, &Edge::approximate);
    met(table_.exact && !doubtful              ? TableTrait::Exact
        : block.bounded || table_.entries != 0 ? TableTrait::Bounded
                                               : TableTrait::OpenEnded);
    met(table_.entries <= 4     ? TableTrait::UpTo4
        : table_.entries <= 8   ? TableTrait::UpTo8
        : table_.entries <= 16  ? TableTrait::UpTo16
        : table_.entries <= 64  ? TableTrait::UpTo64
        : table_.entries <= 256 ? TableTrait::UpTo256
                                : TableTrait::More);
    if (table_.origin.valid() && !(table_.origin == table_.table)) met(TableTrait::OffsetOrigin);
    const auto of_jump = std::ranges::count(context_.cfg.jump_tables, table_.jump, &JumpTable::jump);
    if (of_jump > 1) met(TableTrait::SeveralForJump);
    if (!table_.strays.empty()) met(TableTrait::Stray);
  }

  void targets() {
    const Place jump = context_.place(table_.jump);
    std::map<Place, uint32_t> counts;
    for (const Place& target : table_.targets) {
      ++counts[target];
      if (target.section == jump.section && target < jump) met(TableTrait::Back);
      const uint32_t function = target.valid() ? context_.object.function_at(target) : kNoIndex;
      if (function != kNoIndex && function != context_.range(table_.jump).function) met(TableTrait::ToFragment);
    }
    uint32_t most = 0;  // entries that the default shares, presumably
    for (const auto& [target, count] : counts) most = std::max(most, count);
    if (counts.size() == 1) {
      met(TableTrait::OneTarget);
    } else if (most > table_.targets.size() / 2) {
      met(TableTrait::MostlyHoles);
    } else if (most > 1) {
      met(TableTrait::Holes);
    }
  }

  void add() {
    const auto add_to = [&](FeatureKind kind, uint64_t code, const auto& text) {
      look_.vocabulary.add(kind, code, text);
    };
    std::string all;
    for (size_t i = 0; i < kTableTraits; ++i) {
      if (!traits_[i]) continue;
      add_to(FeatureKind::Table, i, [&] { return std::string(kTableTraitTexts[i]); });
      all += fmt::format("{}{}", all.empty() ? "" : ", ", kTableTraitTexts[i]);
    }
    add_to(FeatureKind::Dispatch, traits_.to_ullong(), [&] { return all; });
  }

  Look& look_;
  const FamilyContext& context_;
  const JumpTable& table_;
  std::bitset<kTableTraits> traits_;
};

}  // namespace

void look_at_tables(Look& look) {
  constexpr size_t kMost = 64;  // a look at one table asks for all others of its jump
  const std::vector<JumpTable>& tables = look.context.cfg.jump_tables;
  for (size_t i = 0; i < std::min(kMost, tables.size()); ++i) Table(look, tables[i]).run();
}

}  // namespace objhound::oracle
