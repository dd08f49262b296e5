// What the unwind entries of a family consist of: their operations with roles in the place of registers, alone, in twos
// and threes, and all of an entry.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "oracle/features/look.h"
#include "oracle/features/roles.h"

namespace objhound::oracle {
namespace {

// Kind, role, and whither and how far.
uint32_t code_of(const CfiOp& op, const Arch& arch) {
  const bool moves = op.kind == CfiOp::Kind::DefCfa || op.kind == CfiOp::Kind::DefCfaOffset;
  const unsigned far = moves || op.kind == CfiOp::Kind::ArgsSize
                           ? static_cast<unsigned>(extent_of(magnitude(op.value))) << 1 | (op.value < 0)
                           : 0;
  return static_cast<unsigned>(op.kind) | static_cast<unsigned>(role_of(arch, op.reg)) << 5 | far << 8;
}

std::string text_of(uint32_t code) {
  std::string text(kUnwindTexts[code & 31]);
  const Role role = static_cast<Role>(code >> 5 & 7);
  if (role != Role::None) text += fmt::format(" {}", to_text(role));
  if (const uint32_t far = code >> 8; far != 0)
    text += fmt::format(" {}{}", (far & 1) != 0 ? "-" : "+", to_text(static_cast<Extent>(far >> 1)));
  return text;
}

void add_sequence(Look& look, std::string_view whole, std::span<const uint32_t> codes) {
  Mix mix;
  mix.add(whole.size());
  for (const uint32_t code : codes) mix.add(code);
  look.vocabulary.add(FeatureKind::UnwindSequence, mix.value(),
                      [&] { return fmt::format("{}{}", whole, sequence_text(codes, "; ", text_of)); });
}

void look_at_entry(Look& look, const Fde& fde) {
  constexpr size_t kMost = 4096;  // operations
  std::vector<uint32_t> codes;
  const std::span<const CfiOp> operations = look.context.cfi.operations_of(fde);
  for (const CfiOp& op : operations.first(std::min(kMost, operations.size()))) {
    look.vocabulary.add(FeatureKind::Unwind, static_cast<uint64_t>(op.kind),
                        [&] { return std::string(kUnwindTexts[static_cast<size_t>(op.kind)]); });
    if (op.kind == CfiOp::Kind::RestoreState) look.met(Precondition::CfaChangesBehindBlock);
    if (op.kind == CfiOp::Kind::Restore) look.met(Precondition::SavedRestored);
    codes.push_back(code_of(op, look.context.arch));
  }
  for (size_t i = 0; i < codes.size(); ++i) {
    for (size_t n = 2; n <= 3 && i + n <= codes.size(); ++n) add_sequence(look, "", std::span(codes).subspan(i, n));
  }
  add_sequence(look, "all: ", codes);
}

}  // namespace

void look_at_unwind(Look& look) {
  const FamilyContext& context = look.context;
  bool described = false;
  for (const CodeRange& range : context.cfg.ranges) {
    if (range.inlined) continue;
    const Fde* fde = context.cfi.fde_at({range.section, static_cast<int64_t>(range.begin)});
    if (fde == nullptr) continue;
    described = true;
    look.met(&range == context.cfg.ranges.data() ? Precondition::Described : Precondition::DescribedFragment);
    if (fde->call_site_count != 0) look.met(Precondition::ExceptionTable);
    look_at_entry(look, *fde);
  }
  if (!described) look.met(FrameTrait::Undescribed);
}

}  // namespace objhound::oracle
