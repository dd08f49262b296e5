// Questions to the table of declared rows, and rows as text. How the table is read stands in reader.cc (entries) and
// program.cc (instructions).

#include "oracle/cfi/rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace objhound::oracle {

const RegisterRule* Row::rule_for(Reg reg) const {
  const auto at = std::ranges::lower_bound(rules, reg, {}, &RegisterRule::of);
  return at != rules.end() && at->of == reg ? &*at : nullptr;
}

const Fde* CfiTable::fde_at(Place place) const {
  // FDEs of one section do not overlap unless a problem says so; two sections may cover the same code.
  constexpr int kMaxOverlaps = 16;
  auto at = std::ranges::upper_bound(fdes_, place, {}, &Fde::begin);
  for (int tries = 0; at != fdes_.begin() && tries < kMaxOverlaps; tries++) {
    --at;
    if (at->begin.section != place.section) return nullptr;
    if (static_cast<uint64_t>(place.offset - at->begin.offset) < at->size) return &*at;
  }
  return nullptr;
}

std::span<const RowStart> CfiTable::rows_of(const Fde& fde) const {
  return std::span(row_starts_).subspan(fde.first_row, fde.row_count);
}

std::span<const CfiOp> CfiTable::operations_of(const Fde& fde) const {
  return std::span(operations_).subspan(fde.first_operation, fde.operation_count);
}

bool CfiTable::is_entry_row(const Fde& fde, uint64_t offset, const Arch& arch) const {
  const std::span<const RowStart> starts = rows_of(fde);
  const auto after = std::ranges::upper_bound(starts, offset, {}, &RowStart::offset);
  if (after == starts.begin()) return true;
  const Row& first = rows_[(after - 1)->row];
  const bool cfa = first.cfa.kind == CfaRule::Kind::RegisterOffset && first.cfa.reg == arch.sp &&
                   first.cfa.offset == -int64_t{arch.entry_sp};
  const RegSet saved = arch.callee_saved | (arch.return_on_stack ? 0 : reg_bit(arch.return_address));
  return cfa && std::ranges::none_of(first.rules, [&](const RegisterRule& rule) {
           return (saved & reg_bit(rule.of)) && rule.kind != RegisterRule::Kind::SameValue &&
                  rule.kind != RegisterRule::Kind::Undefined;
         });
}

std::span<const CallSite> CfiTable::call_sites_of(const Fde& fde) const {
  return std::span(call_sites_).subspan(fde.first_call_site, fde.call_site_count);
}

std::span<const PushedArguments> CfiTable::pushed_arguments_of(const Fde& fde) const {
  return std::span(pushed_).subspan(fde.first_pushed, fde.pushed_count);
}

const Row* CfiTable::row_at(Place place) const {
  const Fde* fde = fde_at(place);
  if (!fde) return nullptr;
  const std::span<const RowStart> starts = rows_of(*fde);
  const uint64_t offset = static_cast<uint64_t>(place.offset - fde->begin.offset);
  const auto after = std::ranges::upper_bound(starts, offset, {}, &RowStart::offset);
  return after == starts.begin() ? nullptr : &rows_[(after - 1)->row];
}

std::span<const ExprOp> CfiTable::expression(uint32_t index) const {
  if (index >= expressions_.size()) return {};
  return std::span(expression_ops_).subspan(expressions_[index].first, expressions_[index].second);
}

// --- Text -----------------------------------------------------------------------------------------------------------

namespace {

std::string name_of(Reg reg, const Arch& arch) {
  if (reg == kPcReg) return "pc";
  return reg < arch.registers.size() ? std::string(arch.registers[reg].name) : "?";
}

std::string to_text(const ExprOp& op, const Arch& arch) {
  using Kind = ExprOp::Kind;
  switch (op.kind) {
    case Kind::PushScalable:
      return op.value == 0 ? "vg" : fmt::format("vg{:+}", op.value);
    case Kind::PushRegister:
      return op.value == 0 ? name_of(op.reg, arch) : fmt::format("{}{:+}", name_of(op.reg, arch), op.value);
    case Kind::PushConst:
      return fmt::format("{}", op.value);
    case Kind::PushCfa:
      return "cfa";
    case Kind::Deref:
      return "deref";
    case Kind::Plus:
      return "plus";
    case Kind::Minus:
      return "minus";
    case Kind::PlusConst:
      return fmt::format("{:+}", op.value);
    case Kind::And:
      return "and";
    case Kind::Shl:
      return "shl";
    case Kind::Mul:
      return "mul";
    case Kind::Ge:
      return "ge";
    case Kind::Other:
      break;
  }
  return "?";
}

// In reverse Polish notation, as DWARF itself has it: "(rbp-8 deref)".
std::string expression_text(uint32_t expression, const CfiTable& table, const Arch& arch) {
  std::string text;
  for (const ExprOp& op : table.expression(expression)) text += (text.empty() ? "" : " ") + to_text(op, arch);
  return "(" + text + ")";
}

std::string to_text(const RegisterRule& rule, const CfiTable& table, const Arch& arch) {
  using Kind = RegisterRule::Kind;
  const std::string of = name_of(rule.of, arch);
  switch (rule.kind) {
    case Kind::SameValue:
      return of + "=same";
    case Kind::Undefined:
      return of + "=undefined";
    case Kind::AtCfa:
      return fmt::format("{}@cfa{:+}", of, rule.offset);
    case Kind::ValueCfa:
      return fmt::format("{}=cfa{:+}", of, rule.offset);
    case Kind::InRegister:
      return of + "=" + name_of(rule.reg, arch);
    case Kind::AtExpression:
      return of + "@" + expression_text(rule.expression, table, arch);
    case Kind::ValueExpression:
      return of + "=" + expression_text(rule.expression, table, arch);
    case Kind::AtRegister:
      return fmt::format("{}@{}{:+}", of, name_of(rule.reg, arch), rule.offset);
    case Kind::Unsupported:
      break;
  }
  return of + "=?";
}

std::string to_text(const CfaRule& rule, const CfiTable& table, const Arch& arch) {
  switch (rule.kind) {
    case CfaRule::Kind::RegisterOffset:
      return fmt::format("CFA={}{:+}", name_of(rule.reg, arch), rule.offset);
    case CfaRule::Kind::Expression:
      return "CFA=" + expression_text(rule.expression, table, arch);
    case CfaRule::Kind::Invalid:
      break;
  }
  return "CFA=?";
}

}  // namespace

std::string to_text(const Row& row, const CfiTable& table, const Arch& arch) {
  std::string text = to_text(row.cfa, table, arch);
  // As in a debugger the return address comes last.
  const RegisterRule* return_address = row.rule_for(arch.return_address);
  for (const RegisterRule& rule : row.rules) {
    if (&rule != return_address) text += " " + to_text(rule, table, arch);
  }
  if (return_address) text += " " + to_text(*return_address, table, arch);
  if (row.return_address_signed) text += " signed";
  return text;
}

}  // namespace objhound::oracle
