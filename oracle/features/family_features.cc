#include "oracle/features/family_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>

#include "oracle/features/frame_events.h"
#include "oracle/features/look.h"
#include "oracle/features/roles.h"

namespace objhound::oracle {
namespace {

// The row in force, followed along a block.
class RowCursor {
 public:
  explicit RowCursor(const FamilyContext& context) : context_(context) {}
  const Row* at(uint32_t insn) {
    const CodeInsn& code = context_.cfg.insns[insn];
    const bool inside = code.range == range_ && code.offset >= from_ && code.offset < to_;
    if (!inside) seek(insn);
    return row_;
  }

 private:
  void seek(uint32_t insn) {
    const CodeInsn& code = context_.cfg.insns[insn];
    const Place place = context_.place(insn);
    range_ = code.range;
    from_ = code.offset;
    to_ = from_ + 1;
    row_ = nullptr;
    const Fde* fde = context_.range(insn).inlined ? nullptr : context_.cfi.fde_at(place);
    if (fde == nullptr) return;
    const std::span<const RowStart> rows = context_.cfi.rows_of(*fde);
    const uint64_t begin = static_cast<uint64_t>(fde->begin.offset);
    const auto after = std::ranges::upper_bound(rows, code.offset - begin, {}, &RowStart::offset);
    if (after == rows.begin()) return;
    row_ = &context_.cfi.row(std::prev(after)->row);
    to_ = begin + (after == rows.end() ? fde->size : after->offset);
  }
  const FamilyContext& context_;
  uint32_t range_ = kNoIndex;
  uint64_t from_ = 1, to_ = 0;  // bytes from the section's start: where row_ is known to be in force
  const Row* row_ = nullptr;
};

// Through all reached blocks, instruction by instruction.
class StateWalk {
 public:
  StateWalk(Look& look, OpClasses& ops)
      : look_(look),
        context_(look.context),
        arch_(context_.arch),
        ops_(ops),
        transfer_(arch_, context_.pool, context_.cfg),
        bases_(look.result.frame, transfer_),
        rows_(context_),
        events_(look),
        relevant_(arch_.callee_saved | reg_bit(arch_.sp) | reg_bit(arch_.fp) | reg_bit(arch_.return_address) |
                  State::kSlotsChanged) {}

  void run() {
    const Cfg& cfg = context_.cfg;
    look_.blocks.resize(cfg.blocks.size());
    for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
      const State* entry = look_.result.frame.entry[b];
      if (entry == nullptr || cfg.blocks[b].first == cfg.blocks[b].last) continue;
      walk(b, *entry);
    }
    const unsigned saved = static_cast<unsigned>(std::popcount(events_.saved() & arch_.callee_saved));
    constexpr unsigned kMany = 5;
    if (saved != 0) look_.met(saved < kMany ? FrameTrait::SavesSome : FrameTrait::SavesMany);
  }

 private:
  void walk(uint32_t index, const State& entry) {
    const Block& block = context_.cfg.blocks[index];
    BlockFrame& frame = look_.blocks[index];
    if (&entry != last_entry_) {
      entry_is_ = classify(entry, arch_, bases_, transfer_);
      last_entry_ = &entry;
    }
    frame.reached = true;
    frame.entry = now_ = entry_is_;
    met(now_);
    frame.cfa = cfa_by(rows_.at(block.first), arch_);
    events_.begin_block();
    Walk walk(entry, room_);
    const Row* held = nullptr;
    for (uint32_t i = block.first; i < block.last; ++i) {
      const Insn& insn = context_.insn(i);
      const OpClasses::Of is = ops_.of(context_.cfg.insns[i].insn);
      if (is.frame_event || !is.classes.empty()) {
        const Row* row = rows_.at(i);
        if (row != held) look_at_row(row, walk.state());
        held = row;
        if (!is.classes.empty()) step(i, is.classes, cfa_by(row, arch_), walk.state());
        if (is.frame_event) events_.before(walk.state());
      }
      const bool moved = transfer_.step(walk, i, insn);
      if (is.frame_event) events_.after(i, walk.state());
      if (!moved || (walk.take_changes() & relevant_) == 0) continue;
      now_ = classify(walk.state(), arch_, bases_, transfer_);
      met(now_);
      held = nullptr;
    }
    frame.exit = now_;
    events_.end_block(index);
    if (block.ends_in_call) at_call(rows_.at(block.last - 1));
  }

  // A pair of a class of operation and a state.
  void step(uint32_t insn, std::span<const uint32_t> classes, CfaBy cfa, const State& state) {
    const uint64_t is = now_.bits() | static_cast<uint64_t>(cfa) << StackState::kBits;
    for (const uint32_t op : classes) {
      look_.vocabulary.add(FeatureKind::Step, is << OpClasses::kBits | op, [&] {
        return fmt::format("{} | {}, cfa {}", OpClasses::text(op), to_text(now_), kCfaNames[static_cast<size_t>(cfa)]);
      });
    }
    const Insn& does = context_.insn(insn);
    if (does.base == arch_.sp || does.base == arch_.fp) look_at_access(insn, does, state);
  }

  void look_at_access(uint32_t insn, const Insn& does, const State& state) {
    if (does.base == arch_.fp) {
      if (now_.fp == FpIs::InFrame || now_.fp == FpIs::Dynamic) look_.met(Precondition::FrameBelowFp);
    }
    for (const MicroOp& op : context_.ops(insn)) {
      const bool access = op.op == Op::Load || op.op == Op::Store || op.op == Op::StoreConst || op.op == Op::CompareMem;
      if (!access || (op.a != arch_.sp && op.a != arch_.fp) || op.b != kNoReg) continue;
      if (op.op == Op::Load) look_.met(Precondition::StackLoad);
      const Value address = Transfer::address(state, op);
      const Value sp = state.reg(arch_.sp);
      if (address.kind == Value::Kind::Cfa && address.offset >= std::max(0, arch_.entry_sp))
        look_.met(FrameTrait::IncomingArguments);
      const bool comparable = address.is_stack() && address.kind == sp.kind && address.base == sp.base;
      if (!comparable || address.offset >= sp.offset || does.writes & reg_bit(arch_.sp)) continue;
      look_.met(Precondition::RedZone);
      look_.met(FrameTrait::RedZone);
    }
  }

  // A row that has just begun, or one in force behind an instruction that has changed the state.
  void look_at_row(const Row* row, const State& state) {
    if (row == nullptr) return;
    if (is_frame(now_.sp)) {
      switch (cfa_by(row, arch_)) {
        case CfaBy::Sp:
          look_.met(Precondition::CfaBySp);
          break;
        case CfaBy::Fp:
          look_.met(Precondition::CfaByFp);
          break;
        case CfaBy::Other:
          look_.met(Precondition::CfaByOther);
          look_.met(FrameTrait::OtherBase);
          break;
        case CfaBy::Expression:
          look_.met(Precondition::CfaByExpression);
          break;
        case CfaBy::None:
          break;
      }
    }
    const Value sp = state.reg(arch_.sp);
    for (const RegisterRule& rule : row->rules) {
      const bool link = rule.of == arch_.return_address;
      const bool at_cfa = rule.kind == RegisterRule::Kind::AtCfa;
      if (link && at_cfa && !arch_.return_on_stack) look_.met(Precondition::LinkAtCfa);
      if (link && rule.kind == RegisterRule::Kind::Undefined) look_.met(Precondition::LinkUndefined);
      if (link || (arch_.callee_saved & reg_bit(rule.of)) == 0) continue;
      if (rule.kind == RegisterRule::Kind::SameValue) continue;
      look_.met(at_cfa ? Precondition::SavedAtCfa : Precondition::SavedElsewhere);
      if (at_cfa && sp.kind == Value::Kind::Cfa && rule.offset < sp.offset) look_.met(Precondition::SlotBelowSp);
    }
    if (row->return_address_signed) look_.met(Precondition::SigningState);
  }

  void at_call(const Row* row) {
    if (is_frame(now_.sp))
      look_.met(is_dynamic(now_.sp) ? Precondition::CallInDynamicFrame : Precondition::CallInFrame);
    const bool saved = row != nullptr && std::ranges::any_of(row->rules, [&](const RegisterRule& rule) {
                         return rule.kind == RegisterRule::Kind::AtCfa && (arch_.callee_saved & reg_bit(rule.of)) != 0;
                       });
    if (saved) look_.met(Precondition::SlotAtCall);
  }

  void met(const StackState& state) {
    const FrameTrait by_sp[] = {FrameTrait::None,    FrameTrait::None,   FrameTrait::Word,     FrameTrait::Small,
                                FrameTrait::Medium,  FrameTrait::Large,  FrameTrait::Huge,     FrameTrait::Realigned,
                                FrameTrait::Dynamic, FrameTrait::Joined, FrameTrait::Scalable, FrameTrait::None,
                                FrameTrait::None};
    const FrameTrait trait = by_sp[static_cast<size_t>(state.sp)];
    if (trait != FrameTrait::None) look_.met(trait);
    if (state.fp == FpIs::InFrame || state.fp == FpIs::Dynamic) look_.met(FrameTrait::FramePointer);
    if (state.ra == RaIs::Signed) look_.met(FrameTrait::SignsLink);
    if (state.astray) look_.met(FrameTrait::Astray);
  }

  Look& look_;
  const FamilyContext& context_;
  const Arch& arch_;
  OpClasses& ops_;
  Transfer transfer_;
  Bases bases_;
  RowCursor rows_;
  FrameEvents events_;
  const RegSet relevant_;
  State room_;
  const State* last_entry_ = nullptr;
  StackState entry_is_, now_;
};

// Letters and spaces of a reason's detail; names and numbers are this function's own.
std::string without_names(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find(' ', i), text.size());
    const std::string_view word = text.substr(i, end - i);
    const bool plain = std::ranges::all_of(word, [](unsigned char c) {
      return std::isalpha(c) != 0 || c == ',' || c == ';' || c == '\'' || c == '-' || c == '.';
    });
    out += plain ? word : std::string_view("#");
    if (end < text.size()) out += ' ';
    i = end + 1;
  }
  return out;
}

void look_at_doubts(Look& look) {
  for (const Doubt& doubt : look.result.doubts) {
    if (doubt.reason == Reason::None) continue;
    look.vocabulary.add(FeatureKind::Unproved, static_cast<uint64_t>(doubt.reason),
                        [&] { return std::string(to_text(doubt.reason)); });
    Mix mix;
    mix.add(static_cast<uint64_t>(doubt.reason));
    const std::string detail = without_names(doubt.detail);
    for (const char c : detail) mix.add(static_cast<unsigned char>(c));
    look.vocabulary.add(FeatureKind::Doubt, mix.value(),
                        [&] { return fmt::format("{}: {}", to_text(doubt.reason), detail); });
  }
}

// What was met of the closed kinds, and the shape of the whole.
void add_members(Look& look) {
  Vocabulary& vocabulary = look.vocabulary;
  for (size_t i = 0; i < kPreconditions; ++i) {
    if (look.preconditions[i])
      vocabulary.add(FeatureKind::Rule, i, [&] { return rule_feature_text(kPreconditionTexts[i]); });
  }
  for (size_t i = 0; i < kFrameTraits; ++i) {
    if (look.frame[i]) vocabulary.add(FeatureKind::Frame, i, [&] { return std::string(kFrameTraitTexts[i]); });
  }
  for (size_t i = 0; i < kWays; ++i) {
    if (look.ways[i]) vocabulary.add(FeatureKind::Edge, i, [&] { return std::string(kWayTexts[i]); });
  }
  const uint64_t frame = look.frame.to_ullong();
  vocabulary.add(FeatureKind::Shape, frame, [&] {
    std::string text;
    for (size_t i = 0; i < kFrameTraits; ++i) {
      if (look.frame[i]) text += fmt::format("{}{}", text.empty() ? "" : ", ", kFrameTraitTexts[i]);
    }
    return text;
  });
}

}  // namespace

std::vector<const NamedFeature*> FeatureExtractor::look(const FamilyContext& context, const FamilyResult& result) {
  vocabulary_.begin_family();
  Look look{.context = context, .result = result, .vocabulary = vocabulary_};
  if (!context.cfg.blocks.empty() && result.frame.entry.size() == context.cfg.blocks.size()) {
    StateWalk(look, ops_).run();
    look_at_control(look);
    look_at_tables(look);
    look_at_unwind(look);
    add_members(look);
  }
  look_at_doubts(look);
  return vocabulary_.found();
}

std::vector<FeatureCount> count_features(const std::vector<std::vector<const NamedFeature*>>& families) {
  std::vector<FeatureCount> counts;
  std::vector<const NamedFeature*> counted;
  for (const auto& family : families) {
    for (const NamedFeature* feature : family) {
      // Where it was counted in an earlier file is another's place now, or none.
      if (feature->place >= counted.size() || counted[feature->place] != feature) {
        feature->place = static_cast<uint32_t>(counted.size());
        counted.push_back(feature);
        counts.push_back({feature->feature, feature->hash, 0});
      }
      ++counts[feature->place].functions;
    }
  }
  // Each thread has named its own.
  std::ranges::sort(counts, {}, &FeatureCount::hash);
  size_t kept = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (kept != 0 && counts[kept - 1].hash == counts[i].hash) {
      counts[kept - 1].functions += counts[i].functions;
    } else if (kept++ != i) {
      counts[kept - 1] = std::move(counts[i]);
    }
  }
  counts.resize(kept);
  return counts;
}

}  // namespace objhound::oracle
