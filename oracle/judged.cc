#include "oracle/judged.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "oracle/checks/dress.h"
#include "oracle/checks/fingerprint.h"

namespace objhound::oracle {
namespace {

// Findings of one rule that a function's report shows with path and cause. Compilers' functions have no dozen, but for
// suspects; a hostile file has one in each instruction, and each costs a walk through the function.
constexpr unsigned kDressed = 16;

// Findings about the unwind sections themselves.
void add_unwind_problems(const FileContext& file, FileReport& report) {
  for (const CfiProblem& problem : file.cfi.problems()) {
    Finding finding;
    finding.rule = RuleId::Malformed;
    finding.severity = problem.unsupported ? Severity::Advice : Severity::Violation;
    finding.message = problem.what;
    finding.cause = problem.what;
    finding.fingerprint =
        Fingerprint().add(rule(RuleId::Malformed).slug).add(file.object.arch().name).add_shape(problem.what).text();
    if (problem.place.valid()) {
      const uint32_t function = file.object.function_at(problem.place);
      const Section& section = file.object.sections()[problem.place.section];
      finding.section = section.name;
      finding.address = section.address + static_cast<uint64_t>(problem.place.offset);
      if (function != kNoIndex) {
        finding.function = file.object.functions()[function].name;
        finding.offset = static_cast<uint64_t>(problem.place.offset) - file.object.functions()[function].offset;
      }
    }
    report.findings.push_back(std::move(finding));
  }
}

// An unwind entry's verdict is the worst of the functions in its range.
void count_unwind_entries(const FileContext& file, FileReport& report) {
  const std::span<const Function> functions = file.object.functions();
  const Fde* before = nullptr;
  for (const Fde& fde : file.cfi.fdes()) {
    if (before != nullptr && before->begin == fde.begin) continue;  // described in both unwind sections
    before = &fde;
    const auto first = std::ranges::lower_bound(
        functions, fde.begin, {}, [](const Function& f) { return Place{f.section, static_cast<int64_t>(f.offset)}; });
    uint32_t f = static_cast<uint32_t>(first - functions.begin());
    if (const uint32_t around = file.object.function_at(fde.begin); around != kNoIndex) f = std::min(f, around);
    Verdict worst = f < functions.size() ? Verdict::Proved : Verdict::Unproved;
    for (; f < functions.size() && functions[f].section == fde.begin.section &&
           functions[f].offset < static_cast<uint64_t>(fde.begin.offset) + fde.size;
         ++f) {
      const bool inside = functions[f].end() > static_cast<uint64_t>(fde.begin.offset);
      if (inside) worst = std::max(worst, report.verdicts[f].verdict);
    }
    report.unwind_entries.add(worst);
  }
}

void add_undescribed(const FileContext& file, FileReport& report) {
  for (const CodeExtent& extent : file.undescribed) {
    const Section& section = file.object.sections()[extent.begin.section];
    const std::string name = fmt::format("sub_{:x}", section.address + static_cast<uint64_t>(extent.begin.offset));
    report.verdicts.push_back({name, Verdict::Unproved});
    report.unproved_functions.push_back(
        {name, Reason::Undescribed, 0,
         fmt::format("{} bytes of {} have neither a symbol nor an unwind entry", extent.size, section.name)});
    ++report.total;
    ++report.unproved;
  }
}

std::vector<JumpTableRecord> jump_tables_of(const FamilyContext& context) {
  std::vector<JumpTableRecord> records;
  for (const JumpTable& table : context.cfg.jump_tables) {
    const Function& function = context.function(table.jump);
    JumpTableRecord record{function.name, context.offset(table.jump), {}};
    for (const Place& target : table.targets) {
      if (target.section == function.section)
        record.targets.push_back(target.offset - static_cast<int64_t>(function.offset));
    }
    std::ranges::sort(record.targets);
    record.targets.erase(std::ranges::unique(record.targets).begin(), record.targets.end());
    records.push_back(std::move(record));
  }
  return records;
}

UnprovedFunction reason_of(const FamilyContext& context, const Doubt& doubt) {
  const bool placed = doubt.insn < context.cfg.insns.size();
  const Function& where = placed ? context.function(doubt.insn) : context.object.functions()[context.cfg.function];
  return {where.name, doubt.reason, placed ? context.offset(doubt.insn) : 0, doubt.detail};
}

FamilyQuestions questions_of(const Cfg& cfg, const FamilyResult& result) {
  FamilyQuestions questions;
  questions.never_returns = result.only_to_other_frames && !result.options.cuts_ends() &&
                            !result.options.cut_doubtful_throws && !cfg.limit_reached;
  questions.callees_may_not_return =
      std::ranges::any_of(result.drafts, [](const Draft& draft) { return draft.severity != Severity::Advice; }) &&
      std::ranges::any_of(cfg.blocks, [](const Block& b) { return b.ends_in_call && b.callee.function != kNoIndex; });
  for (const Doubt& doubt : result.doubts) {
    if (doubt.reason != Reason::NoreturnUnknown || doubt.insn >= cfg.insns.size()) continue;
    const Block& block = cfg.blocks[cfg.block_of_insn(doubt.insn)];
    if (block.ends_in_call) questions.never_return.push_back(block.callee);
    for (const Edge& edge : block.predecessors) {
      if (!block.ends_in_call && edge.kind == EdgeKind::CallReturn)
        questions.never_return.push_back(cfg.blocks[edge.to].callee);
    }
  }
  return questions;
}

}  // namespace

Judged judge(const FamilyContext& context, FamilyResult* kept, FeatureExtractor* extractor) {
  FamilyResult result = check_family(context);
  const Cfg& cfg = context.cfg;
  Judged judged;
  judged.instructions = result.instructions;
  std::map<RuleId, unsigned> dressed;
  for (const Draft& draft : result.drafts) {
    judged.findings.push_back(dress(context, result, draft, ++dressed[draft.rule] > kDressed));
    // In the copy of an outlined helper it is the caller's: the helper has no convention of its own to break.
    const CodeRange& range = context.range(draft.insn);
    if (draft.severity == Severity::Violation) judged.culprits.push_back(range.inlined ? cfg.function : range.function);
  }
  if (!result.doubts.empty()) judged.reason = reason_of(context, result.doubts.front());
  judged.jump_tables = jump_tables_of(context);
  judged.questions = questions_of(cfg, result);
  if (extractor != nullptr) judged.features = extractor->look(context, result);
  for (const CodeRange& range : cfg.ranges) {
    if (range.inlined) continue;
    const Function& function = context.object.functions()[range.function];
    judged.pieces.push_back(
        {range.function, range.function == cfg.function || function.parent == cfg.function || function.mid_frame});
  }
  if (kept != nullptr) {
    *kept = std::move(result);
    kept->frame = {};  // the states of a whole file would fill the memory
  }
  return judged;
}

FileReport assemble(const FileContext& file, std::vector<Judged> judged) {
  FileReport report;
  report.path = file.object.path();
  report.arch = file.object.arch().name;
  for (const Section& section : file.object.sections())
    report.text_bytes += section.executable ? section.bytes.size() : 0;
  add_unwind_problems(file, report);

  const std::span<const Function> functions = file.object.functions();
  std::vector<uint8_t> violating(functions.size(), 0);
  std::vector<uint8_t> judged_at_all(functions.size(), 0);
  std::vector<const UnprovedFunction*> unproved(functions.size(), nullptr);
  for (Judged& family : judged) {
    report.instructions += family.instructions;
    for (uint32_t function : family.culprits) violating[function] = 1;
    std::ranges::move(family.findings, std::back_inserter(report.findings));
    std::ranges::move(family.jump_tables, std::back_inserter(report.jump_tables));
    for (const Judged::Piece& piece : family.pieces) {
      judged_at_all[piece.function] = 1;
      if (piece.own && family.reason) unproved[piece.function] = &*family.reason;
    }
  }
  // Fragments that no jump was seen to lead to.
  std::vector<UnprovedFunction> lonely;
  lonely.reserve(functions.size());
  for (uint32_t f = 0; f < functions.size(); ++f) {
    if (judged_at_all[f]) continue;
    lonely.push_back({functions[f].name, Reason::IndirectEntry, 0,
                      "its unwind entry begins with a frame in place, and nothing is seen to jump here"});
    unproved[f] = &lonely.back();
  }
  for (const Finding& finding : report.findings) {
    if (finding.rule != RuleId::Malformed || finding.severity != Severity::Violation) continue;
    for (uint32_t f = 0; f < functions.size(); ++f) violating[f] |= functions[f].name == finding.function;
  }
  for (uint32_t f = 0; f < functions.size(); ++f) {
    ++report.total;
    const Verdict verdict = violating[f]             ? Verdict::Violating
                            : unproved[f] != nullptr ? Verdict::Unproved
                                                     : Verdict::Proved;
    report.verdicts.push_back({functions[f].name, verdict});
    report.violating += verdict == Verdict::Violating;
    report.unproved += verdict == Verdict::Unproved;
    report.proved += verdict == Verdict::Proved;
    if (verdict != Verdict::Unproved) continue;
    UnprovedFunction entry = *unproved[f];
    if (entry.function != functions[f].name) {
      entry.detail =
          entry.detail.empty() ? "in " + entry.function : fmt::format("in {}: {}", entry.function, entry.detail);
      entry.function = functions[f].name;
      entry.offset = 0;
    }
    report.unproved_functions.push_back(std::move(entry));
  }
  count_unwind_entries(file, report);
  add_undescribed(file, report);
  return report;
}

}  // namespace objhound::oracle
