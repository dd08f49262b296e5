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
    saved_.emplace_back(0, static_cast<int32_t>(rule.offset), Value::entry(rule.of));
  }
  std::sort(saved_.begin() + question.first, saved_.end(),
            [](const Slot& a, const Slot& b) { return a.offset < b.offset; });
  question.count = static_cast<uint32_t>(saved_.size() - question.first);
  question.asked = reg_bit(arch.sp) | reg_bit(row.cfa.reg) | question.in_place | State::kSlotsChanged;
  question.simple = true;
  return question;
}

bool RowQuestions::recovers_all(const RowQuestion& question, const State& state) const {
  if ((question.in_place & ~state.intact()) != 0 || !(state.reg(question.cfa_reg) == question.cfa)) return false;
  const std::span<const Slot> saved = std::span(saved_).subspan(question.first, question.count);
  const std::span<const Slot> slots = state.slots().all();
  // What a frame keeps beside its saves stands below them, or against other bases, which come last.
  if (slots.size() >= saved.size()) {
    const std::span<const Slot> highest = slots.last(saved.size());
    unsigned different = 0;
    for (size_t i = 0; i < saved.size(); ++i) different += !(highest[i] == saved[i]);
    if (different == 0) return true;
  }
  size_t at = 0;
  for (const Slot& wanted : saved) {
    while (at < slots.size() && slots[at].key() < wanted.key()) ++at;
    if (at == slots.size() || !(slots[at] == wanted)) return false;
  }
  return true;
}

}  // namespace objhound::oracle
