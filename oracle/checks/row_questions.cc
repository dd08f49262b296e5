#include "oracle/checks/row_questions.h"

#include <algorithm>
#include <bit>

namespace objhound::oracle {

RowQuestions::RowQuestions(const CfiTable& table, const Arch& arch) {
  questions_.reserve(table.rows().size());
  for (const Row& row : table.rows()) questions_.push_back(ask(row, arch));
}

RowQuestion RowQuestions::ask(const Row& row, const Arch& arch) {
  RowQuestion question;
  question.first = static_cast<uint32_t>(saved_.size());
  const bool at_register = row.cfa.kind == CfaRule::Kind::RegisterOffset && row.cfa.reg != kNoReg;
  if (!at_register || row.return_address_signed || row.cfa.offset < -INT32_MAX || row.cfa.offset > INT32_MAX)
    return question;
  question.cfa_reg = row.cfa.reg;
  question.cfa = Value::cfa(-row.cfa.offset);
  question.in_place = arch.callee_saved | reg_bit(arch.return_address);
  for (const RegisterRule& rule : row.rules) {
    if ((question.in_place & reg_bit(rule.of)) == 0 || rule.kind == RegisterRule::Kind::SameValue) continue;
    if (rule.kind != RegisterRule::Kind::AtCfa || rule.offset != static_cast<int32_t>(rule.offset)) return question;
    question.in_place &= ~reg_bit(rule.of);
    question.lowest = std::min(question.lowest, rule.offset);
    saved_.push_back({rule.offset, Value::entry(rule.of)});
  }
  std::sort(saved_.begin() + question.first, saved_.end(),
            [](const Saved& a, const Saved& b) { return a.offset < b.offset; });
  question.count = static_cast<uint32_t>(saved_.size() - question.first);
  question.asked = reg_bit(arch.sp) | reg_bit(row.cfa.reg) | question.in_place | State::kSlotsChanged;
  question.simple = true;
  return question;
}

bool RowQuestions::recovers_all(const RowQuestion& question, const State& state) const {
  if ((question.in_place & ~state.intact()) != 0 || !(state.reg(question.cfa_reg) == question.cfa)) return false;
  const Slot* slot = state.slots().begin();
  const Slot* const end = state.slots().end();
  for (const Saved& saved : std::span(saved_).subspan(question.first, question.count)) {
    // What a frame keeps beside its saves stands below them, or against other bases, which come last.
    const int64_t key = Slot::key(0, saved.offset);
    while (slot != end && slot->key() < key) ++slot;
    if (slot == end || slot->key() != key || !(slot->value == saved.value)) return false;
  }
  return true;
}

}  // namespace objhound::oracle
