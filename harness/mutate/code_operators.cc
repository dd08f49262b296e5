// Faults in instructions: prologues, epilogues, calls, returns, jump tables.

#include <fmt/format.h>

#include <algorithm>

#include "harness/mutate/operators.h"
#include "oracle/decode/assembly.h"

namespace objhound::harness::mutation {
namespace {

using oracle::Reg;
using oracle::reg_bit;
using oracle::RegSet;

using Mutants = std::vector<Mutant>;

const oracle::AssemblyText& text_of(const Subject& subject) { return *subject.arch().assembly; }

void add(const Subject& subject, size_t line, std::vector<Edit> edits, Mutants& mutants, RegSet registers = 0) {
  Mutant mutant;
  mutant.edits = std::move(edits);
  mutant.family = subject.family_of(subject.listing.lines[line]);
  mutant.registers = registers;
  mutants.push_back(std::move(mutant));
}

std::string register_text(const Subject& subject, Reg reg) {
  return fmt::format("{}{}", text_of(subject).register_prefix, subject.arch().registers[reg].name);
}

std::vector<Reg> members(RegSet set) {
  std::vector<Reg> regs;
  for (Reg r = 0; r < oracle::kMaxRegs; ++r)
    if (set & reg_bit(r)) regs.push_back(r);
  return regs;
}

// The saves or the restores of a reachable instruction in a proved function.
enum class Move : uint8_t { Save, Restore };
RegSet moved(const InsnFacts& facts, Move move) { return move == Move::Save ? facts.saves : facts.restores; }

const InsnFacts* reachable_facts(const Subject& subject, size_t line) {
  const InsnFacts* facts = subject.facts_of(subject.listing.lines[line]);
  return facts != nullptr && facts->reachable ? facts : nullptr;
}

template <Move move>
void drop_move(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts != nullptr && moved(*facts, move)) add(subject, line, {{line, ""}}, mutants, moved(*facts, move));
}

// Nothing is stored or loaded, but SP moves as it did.
template <Move move>
void drop_move_keep_frame(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || !moved(*facts, move) || facts->sp_delta == 0) return;
  add(subject, line, {{line, "\t" + text_of(subject).move_sp(facts->sp_delta)}}, mutants, moved(*facts, move));
}

// Another register is stored or loaded instead.
template <Move move>
void change_move(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr) return;
  for (Reg r : members(moved(*facts, move))) {
    const std::string other = fmt::format("{}{}", text_of(subject).register_prefix, text_of(subject).scratch_for(r));
    std::string text = with_word(subject.listing.lines[line], register_text(subject, r), other);
    if (!text.empty()) add(subject, line, {{line, std::move(text)}}, mutants, reg_bit(r));
  }
}

// To or from the next slot.
template <Move move>
void misplace_move(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || !moved(*facts, move) || facts->moves_sp || !facts->offset) return;
  std::string text = with_number(subject.listing.lines[line], *facts->offset, *facts->offset + 8);
  if (!text.empty()) add(subject, line, {{line, std::move(text)}}, mutants, moved(*facts, move));
}

// Two registers change their places, within an instruction or between neighbours.
template <Move move>
void swap_moves(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || !moved(*facts, move)) return;
  const std::vector<Line>& lines = subject.listing.lines;
  const std::vector<Reg> mine = members(moved(*facts, move));
  if (mine.size() == 2) {
    const std::string first = register_text(subject, mine[0]);
    const std::string second = register_text(subject, mine[1]);
    Line middle = lines[line];
    middle.text = with_word(lines[line], first, "?");
    if (middle.text.empty()) return;
    middle = Listing::parse(middle.text, text_of(subject).comment).lines.front();
    middle.text = with_word(middle, second, first);
    const size_t at = middle.text.find('?');
    if (at == std::string::npos) return;
    add(subject, line, {{line, middle.text.replace(at, 1, second)}}, mutants, moved(*facts, move));
    return;
  }
  const size_t next = neighbour(subject.listing, line, 1);
  if (next == lines.size() || mine.size() != 1) return;
  const InsnFacts* after = reachable_facts(subject, next);
  if (after == nullptr) return;
  const std::vector<Reg> theirs = members(moved(*after, move));
  if (theirs.size() != 1 || theirs[0] == mine[0]) return;
  const std::string first = register_text(subject, mine[0]);
  const std::string second = register_text(subject, theirs[0]);
  std::string here = with_word(lines[line], first, second);
  std::string there = with_word(lines[next], second, first);
  if (here.empty() || there.empty()) return;
  add(subject, line, {{line, std::move(here)}, {next, std::move(there)}}, mutants,
      reg_bit(mine[0]) | reg_bit(theirs[0]));
}

// SP moves by a constant, or is set back to what another register keeps. (Alignment beyond the ABI's and room for
// objects of variable size are the program's own: without them it computes nonsense in a sound frame.)
void drop_adjustment(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || (facts->sp_delta == 0 && !facts->sp_given) || facts->saves || facts->restores) return;
  add(subject, line, {{line, ""}}, mutants);
}

// 16 bytes more: SP stays aligned.
void change_adjustment(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || facts->sp_delta == 0) return;
  const int64_t delta = facts->sp_delta;
  // `push $-8`, `push -8(%r10)`: the number is what is pushed, or where it comes from.
  if (facts->stores_constant || (facts->loads && delta < 0)) return;
  for (int64_t written : {delta, -delta}) {
    std::string text = with_number(subject.listing.lines[line], written, written + (written < 0 ? -16 : 16));
    if (text.empty()) continue;
    add(subject, line, {{line, std::move(text)}}, mutants);
    return;
  }
}

// Everything between the body and the return.
void drop_epilogue(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || !facts->leaves) return;
  std::vector<Edit> edits;
  for (size_t i = line; i-- > 0;) {
    const Line& before = subject.listing.lines[i];
    if (before.kind == Line::Kind::Label || before.word == ".cfi_startproc") break;
    if (before.kind != Line::Kind::Instruction) continue;
    const InsnFacts* earlier = reachable_facts(subject, i);
    if (earlier == nullptr || (!earlier->restores && !earlier->moves_sp)) break;
    edits.push_back({i, ""});
  }
  if (!edits.empty()) add(subject, line, std::move(edits), mutants);
}

void insert_before(const Subject& subject, size_t line, std::string_view instruction, Mutants& mutants) {
  add(subject, line, {{line, fmt::format("\t{}\n{}", instruction, subject.listing.lines[line].text)}}, mutants);
}

// One register for each line, all of them in turn over the lines.
Reg pick(RegSet set, size_t line) {
  const std::vector<Reg> regs = members(set);
  return regs.empty() ? oracle::kNoReg : regs[line % regs.size()];
}

void clobber_callee_saved(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || !facts->leaves) return;
  insert_before(subject, line, text_of(subject).overwrite(pick(subject.arch().callee_saved, line)), mutants);
}

void clobber_return_address(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || !facts->leaves || !facts->as_at_entry) return;
  insert_before(subject, line, text_of(subject).overwrite_return_address, mutants);
}

// In the middle of a function that does not save the register.
void clobber_unsaved(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr) return;
  const Family& family = *subject.family_of(subject.listing.lines[line]);
  const Reg reg = pick(subject.arch().callee_saved & ~family.touched & facts->intact, line);
  if (reg != oracle::kNoReg) insert_before(subject, line, text_of(subject).overwrite(reg), mutants);
}

// While the link register is the only place that the return address is in.
void clobber_link_register(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  const oracle::Arch& arch = subject.arch();
  if (facts == nullptr || arch.return_on_stack || !(facts->intact & reg_bit(arch.return_address))) return;
  if (facts->link_saved) return;
  insert_before(subject, line, text_of(subject).overwrite(arch.return_address), mutants);
}

void drop_return(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts != nullptr && facts->returns) add(subject, line, {{line, ""}}, mutants);
}

// With the frame of the caller, or its saved registers, still there. Where nothing is, it would be a tail call.
void call_to_jump(const Subject& subject, size_t line, Mutants& mutants) {
  const InsnFacts* facts = reachable_facts(subject, line);
  if (facts == nullptr || !facts->call) return;
  const bool all_back = (subject.arch().callee_saved & ~facts->intact) == 0;
  if (facts->as_at_entry && all_back) return;
  const Line& call = subject.listing.lines[line];
  for (const auto& [from, to] : text_of(subject).jumps_of_calls) {
    if (call.word == from) add(subject, line, {{line, fmt::format("\t{}\t{}", to, call.operands)}}, mutants);
  }
}

// The line of the label, if it marks code.
const Line* code_label(const Subject& subject, std::string_view name) {
  for (const Line& line : subject.listing.lines) {
    if (line.kind != Line::Kind::Label || line.word != name || !line.place.valid()) continue;
    return subject.object.sections()[line.place.section].executable ? &line : nullptr;
  }
  return nullptr;
}

const oracle::JumpTable* table_of(const Family& family, oracle::Place entry) {
  for (const oracle::JumpTable& table : family.cfg->jump_tables) {
    const int64_t bytes = int64_t{table.entries} * table.entry_bytes;
    if (table.table.section == entry.section && entry.offset >= table.table.offset &&
        entry.offset < table.table.offset + bytes)
      return &table;
  }
  return nullptr;
}

// Whether control comes to the place by more than this one entry. If it does not, the bytes that an entry into the
// instruction leads to are a sound function of other instructions, and nothing in the object tells of those that were
// meant.
bool has_other_ways(const Family& family, oracle::Place target) {
  const uint32_t insn = family.cfg->insn_at(target);
  if (insn == oracle::kNoIndex) return false;
  const oracle::Block& block = family.cfg->blocks[family.cfg->block_of_insn(insn)];
  return std::ranges::any_of(block.predecessors,
                             [](const oracle::Edge& edge) { return edge.kind != oracle::EdgeKind::Table; });
}

// An entry that leads into the middle of an instruction, back to the function's entry, to another function or into its
// middle; all but the first with a frame, or a jump there would be a tail call.
void wrong_table_entry(const Subject& subject, size_t line, Mutants& mutants) {
  const Line& entry = subject.listing.lines[line];
  if (entry.kind != Line::Kind::Data || !entry.place.valid()) return;
  const size_t begin = entry.operands.find_first_not_of("( \t");
  if (begin == std::string::npos || entry.operands[begin] != '.') return;
  const size_t end = std::min(entry.operands.find_first_of(" -+)\t", begin), entry.operands.size());
  const std::string label = entry.operands.substr(begin, end - begin);
  const Line* target = code_label(subject, label);
  const Family* family = target == nullptr ? nullptr : subject.family_of(*target);
  if (family == nullptr || !family->proved) return;
  const oracle::JumpTable* table = table_of(*family, entry.place);
  if (table == nullptr || !family->facts[table->jump].reachable) return;

  const auto replace = [&](const std::string& other) {
    add(subject, line, {{line, with_word(entry, label, other)}}, mutants);
    mutants.back().family = family;
  };
  const bool scaled = entry.operands.find_first_of("/>") != std::string::npos;
  if (!scaled && has_other_ways(*family, target->place))
    replace(fmt::format("{}+{}", label, text_of(subject).into_instruction));
  // The distance of another function need not fit: assemblers wrap it without a word.
  if (family->facts[table->jump].as_at_entry || table->entry_bytes < 4) return;
  replace(family->name);
  for (const Family& other : subject.families) {
    if (&other == family || other.cfg->ranges[0].section != family->cfg->ranges[0].section) continue;
    replace(other.name);
    break;
  }
  for (const Family& other : subject.families) {
    const oracle::CodeRange& range = other.cfg->ranges[0];
    if (&other == family || range.section != family->cfg->ranges[0].section) continue;
    if (other.cfg->insns.size() < 3 || other.cfg->insns[2].range != 0) continue;
    replace(fmt::format("{}+{}", other.name, other.cfg->insns[2].offset - range.begin));
    break;
  }
}

constexpr Operator kOperators[] = {
    {"drop-save", "a save is missing", true, drop_move<Move::Save>},
    {"drop-save-keep-frame", "a save is missing, SP moves as it did", true, drop_move_keep_frame<Move::Save>},
    {"change-save", "another register is saved", true, change_move<Move::Save>},
    {"misplace-save", "saved 8 bytes off", true, misplace_move<Move::Save>},
    {"swap-saves", "two registers are saved in each other's slots", true, swap_moves<Move::Save>},
    {"drop-restore", "a restore is missing", true, drop_move<Move::Restore>},
    {"drop-restore-keep-frame", "a restore is missing, SP moves as it did", true, drop_move_keep_frame<Move::Restore>},
    {"change-restore", "another register is restored", true, change_move<Move::Restore>},
    {"misplace-restore", "restored from 8 bytes off", true, misplace_move<Move::Restore>},
    {"swap-restores", "two registers are restored from each other's slots", true, swap_moves<Move::Restore>},
    {"drop-adjustment", "SP is not moved", true, drop_adjustment},
    {"change-adjustment", "SP is moved 16 bytes further", true, change_adjustment},
    {"drop-epilogue", "everything before a return is missing", true, drop_epilogue},
    {"clobber-callee-saved", "a callee-saved register is overwritten before a return", true, clobber_callee_saved},
    {"clobber-unsaved", "a callee-saved register that is not saved is overwritten", true, clobber_unsaved},
    {"clobber-return-address", "the return address is overwritten before a return", true, clobber_return_address},
    {"clobber-link-register", "the link register is overwritten while it is needed", true, clobber_link_register},
    {"drop-return", "a return is missing", true, drop_return},
    {"call-to-jump", "a call became a jump, with a frame", true, call_to_jump},
    {"wrong-table-entry", "a jump table leads into an instruction or another function", true, wrong_table_entry},
};

}  // namespace

std::span<const Operator> code_operators() { return kOperators; }

}  // namespace objhound::harness::mutation
