#include "harness/mutate/subject.h"

#include <algorithm>

#include "harness/files.h"

namespace objhound::harness::mutation {
namespace {

using oracle::MicroOp;
using oracle::Op;
using oracle::reg_bit;
using oracle::RegSet;
using oracle::Value;

bool same_code(const oracle::ObjectFile& a, const oracle::ObjectFile& b) {
  if (a.sections().size() != b.sections().size()) return false;
  for (size_t i = 0; i < a.sections().size(); ++i) {
    const oracle::Section& left = a.sections()[i];
    const oracle::Section& right = b.sections()[i];
    if (left.executable && !std::ranges::equal(left.bytes, right.bytes)) return false;
  }
  return true;
}

}  // namespace

Subject::Subject(Listing text, oracle::ObjectFile file, std::string raw, const std::string& flags)
    : listing(std::move(text)),
      object(std::move(file)),
      bytes(std::move(raw)),
      decoder(object.arch(), {.second_opinion = false}),
      cfi(oracle::CfiTable::read(object)),
      contract(oracle::Contract::of(object, flags)),
      cfgs(oracle::build_cfgs(object, decoder, {})) {}

tl::expected<std::unique_ptr<Subject>, std::string> Subject::make(Listing listing, const std::string& object,
                                                                  const std::string& marked,
                                                                  const oracle::FileReport& report,
                                                                  const std::string& flags) {
  auto plain = oracle::ObjectFile::parse("original", as_bytes(object));
  if (!plain) return tl::unexpected(plain.error().text());
  const auto with_symbols = oracle::ObjectFile::parse("original with symbols", as_bytes(marked));
  if (!with_symbols) return tl::unexpected(with_symbols.error().text());
  if (!same_code(*plain, *with_symbols))
    return tl::unexpected(std::string("symbols between the lines change the code"));
  listing.place(*with_symbols);

  std::unique_ptr<Subject> subject(new Subject(std::move(listing), std::move(*plain), object, flags));
  for (const oracle::Cfg& cfg : subject->cfgs) {
    Family family;
    family.cfg = &cfg;
    family.name = subject->object.functions()[cfg.function].name;
    subject->families.push_back(std::move(family));
  }
  for (Family& family : subject->families) {
    family.proved = !family.cfg->outlined_helper;
    for (const oracle::FunctionVerdict& verdict : report.verdicts) {
      if (!subject->belongs(family, verdict.function)) continue;
      family.proved = family.proved && verdict.verdict == oracle::Verdict::Proved;
    }
    if (family.proved) subject->describe(family);
  }
  return subject;
}

bool Subject::belongs(const Family& family, std::string_view function) const {
  if (family.name == function) return true;
  const std::vector<uint32_t>& fragments = object.functions()[family.cfg->function].fragments;
  return std::ranges::any_of(fragments, [&](uint32_t i) { return object.functions()[i].name == function; });
}

const Family* Subject::family_of(const Line& line) const {
  if (!line.place.valid()) return nullptr;
  uint32_t function = object.function_at(line.place);
  // A directive behind a function's last instruction still belongs to it.
  if (function == oracle::kNoIndex && line.kind == Line::Kind::Cfi && line.place.offset > 0)
    function = object.function_at({line.place.section, line.place.offset - 1});
  if (function == oracle::kNoIndex) return nullptr;
  const uint32_t parent = object.functions()[function].parent;
  if (parent != oracle::kNoIndex) function = parent;
  const auto found = std::ranges::find_if(families, [&](const Family& f) { return f.cfg->function == function; });
  return found == families.end() ? nullptr : &*found;
}

uint32_t Subject::insn_of(const Family& family, const Line& line) const { return family.cfg->insn_at(line.place); }

const InsnFacts* Subject::facts_of(const Line& line) const {
  if (line.kind != Line::Kind::Instruction) return nullptr;
  const Family* family = family_of(line);
  if (family == nullptr || !family->proved) return nullptr;
  const uint32_t insn = insn_of(*family, line);
  return insn == oracle::kNoIndex ? nullptr : &family->facts[insn];
}

void Subject::describe(Family& family) {
  const oracle::Cfg& cfg = *family.cfg;
  family.facts.resize(cfg.insns.size());
  oracle::Transfer transfer(arch(), decoder.pool(), cfg);
  const oracle::Frame frame = oracle::interpret(arch(), cfg, transfer, {});
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    if (!frame.entry[b]) continue;
    const oracle::Block& block = cfg.blocks[b];
    oracle::State state = *frame.entry[b];
    for (uint32_t i = block.first; i < block.last; ++i) {
      const oracle::State before = state;
      transfer.step(state, i);
      describe_insn(family, before, state, i, family.facts[i]);
      for (const MicroOp& op : decoder.ops(cfg.insns[i].insn)) family.touched |= reg_bit(op.dst) & arch().callee_saved;
    }
    const bool leaves = block.exit == oracle::Exit::Return || block.exit == oracle::Exit::TailCall ||
                        block.exit == oracle::Exit::TailCallIndirect;
    if (block.last > block.first) {
      family.facts[block.last - 1].leaves = leaves;
      family.facts[block.last - 1].returns = block.exit == oracle::Exit::Return;
    }
  }
}

void Subject::describe_insn(const Family& family, const oracle::State& before, const oracle::State& after,
                            uint32_t insn, InsnFacts& facts) const {
  const oracle::CodeInsn& code = family.cfg->insns[insn];
  const oracle::CodeRange& range = family.cfg->ranges[code.range];
  facts.reachable = true;
  facts.row = cfi.row_at({range.section, static_cast<int64_t>(code.offset)});
  const RegSet link = arch().return_on_stack ? 0 : reg_bit(arch().return_address);
  const RegSet wanted = arch().callee_saved | link;
  for (oracle::Reg r = 0; r < arch().registers.size(); ++r) {
    const bool same = before.reg(r).kind == Value::Kind::Entry && before.reg(r).reg == r;
    if ((wanted & reg_bit(r)) && same) facts.intact |= reg_bit(r);
  }
  const Value way_back =
      arch().return_on_stack ? before.slot(Value::cfa(arch().return_slot)) : before.reg(arch().return_address);
  facts.as_at_entry = before.reg(arch().sp) == Value::cfa(arch().entry_sp) && way_back.kind == Value::Kind::Entry &&
                      way_back.reg == arch().return_address;
  facts.link_saved = std::ranges::any_of(before.slots(), [&](const oracle::Slot& slot) {
    return slot.value.kind == Value::Kind::Entry && slot.value.reg == arch().return_address;
  });
  const oracle::Flow flow = decoder.insn(code.insn).flow;
  facts.call = flow == oracle::Flow::Call || flow == oracle::Flow::CallIndirect;
  for (const MicroOp& op : decoder.ops(code.insn)) {
    if (op.dst == arch().sp) {
      facts.moves_sp = true;
      facts.sp_delta += op.op == Op::Add && op.a == arch().sp ? op.imm : 0;
      facts.sp_given = facts.sp_given || ((op.op == Op::Copy || op.op == Op::Add) && op.a != arch().sp);
    }
    facts.stores_constant = facts.stores_constant || op.op == Op::StoreConst;
    facts.loads = facts.loads || op.op == Op::Load;
    const bool on_stack = oracle::Transfer::address(before, op).is_stack();
    if (op.op == Op::Store && op.width == 8 && on_stack && (facts.intact & reg_bit(op.src))) {
      facts.saves |= reg_bit(op.src);
      facts.offset = facts.offset.value_or(op.imm);
    }
    if (op.op == Op::Load && op.width == 8 && (wanted & reg_bit(op.dst)) &&
        after.reg(op.dst).kind == Value::Kind::Entry && after.reg(op.dst).reg == op.dst) {
      facts.restores |= reg_bit(op.dst);
      facts.offset = facts.offset.value_or(op.imm);
    }
  }
}

}  // namespace objhound::harness::mutation
