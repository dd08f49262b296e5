// The pipeline: bytes, control flow, states, findings. Each step reads what the ones before it made and changes
// nothing of it.

#include "oracle/oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <thread>

#include "oracle/checks/dress.h"
#include "oracle/checks/fingerprint.h"
#include "oracle/checks/listing.h"
#include "oracle/elf/archive.h"
#include "oracle/file_context.h"
#include "oracle/linkage.h"
#include "oracle/run.h"

namespace objhound::oracle {
namespace {

struct Judged {
  FamilyResult result;
  std::vector<Finding> findings;
};

// Families are independent of each other: they are handed out to the threads by a counter.
std::vector<Judged> judge_all(const FileContext& file, const Decoder& decoder, unsigned threads) {
  std::vector<Judged> judged(file.cfgs.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < file.cfgs.size(); i = next++) {
      const FamilyContext context = file.family(decoder, file.cfgs[i]);
      judged[i].result = check_family(context);
      for (const Draft& draft : judged[i].result.drafts)
        judged[i].findings.push_back(dress(context, judged[i].result, draft));
      judged[i].result.frame = {};  // the states of a whole file would fill the memory
    }
  };
  std::vector<std::jthread> pool;
  for (unsigned t = 1; t < threads && t < file.cfgs.size(); ++t) pool.emplace_back(work);
  work();
  return judged;
}

// Findings about the unwind sections themselves.
void add_unwind_problems(const FileContext& file, FileReport& report) {
  for (const CfiProblem& problem : file.cfi.problems()) {
    Finding finding;
    finding.rule = RuleId::Malformed;
    finding.severity = problem.unsupported ? Severity::Advice : Severity::Violation;
    finding.message = problem.what;
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

void add_jump_tables(const FileContext& file, const Cfg& cfg, FileReport& report) {
  for (const JumpTable& table : cfg.jump_tables) {
    const CodeInsn& jump = cfg.insns[table.jump];
    const Function& function = file.object.functions()[cfg.ranges[jump.range].function];
    JumpTableRecord record{function.name, jump.offset - function.offset, {}};
    for (const Place& target : table.targets) {
      if (target.section == function.section)
        record.targets.push_back(target.offset - static_cast<int64_t>(function.offset));
    }
    std::ranges::sort(record.targets);
    record.targets.erase(std::ranges::unique(record.targets).begin(), record.targets.end());
    report.jump_tables.push_back(std::move(record));
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

FileReport assemble(const FileContext& file, const std::vector<Judged>& judged) {
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
  std::vector<std::vector<UnprovedFunction>> reasons(judged.size());
  for (size_t i = 0; i < judged.size(); ++i) {
    const Cfg& cfg = file.cfgs[i];
    report.instructions += judged[i].result.instructions;
    for (size_t d = 0; d < judged[i].findings.size(); ++d) {
      const Draft& draft = judged[i].result.drafts[d];
      // In the copy of an outlined helper it is the caller's: the helper has no convention of its own to break.
      const CodeRange& range = cfg.ranges[cfg.insns[draft.insn].range];
      if (draft.severity == Severity::Violation) violating[range.inlined ? cfg.function : range.function] = 1;
      report.findings.push_back(judged[i].findings[d]);
    }
    add_jump_tables(file, cfg, report);
    for (const Doubt& doubt : judged[i].result.doubts) {
      const CodeInsn* code = doubt.insn < cfg.insns.size() ? &cfg.insns[doubt.insn] : nullptr;
      const uint32_t where = code == nullptr ? cfg.function : cfg.ranges[code->range].function;
      reasons[i].push_back({functions[where].name, doubt.reason,
                            code == nullptr ? 0 : code->offset - functions[where].offset, doubt.detail});
    }
    // A family is judged as one: what keeps the proof of a part from closing keeps that of the whole.
    for (const CodeRange& range : cfg.ranges) {
      if (range.inlined) continue;
      judged_at_all[range.function] = 1;
      const bool part = range.function == cfg.function || functions[range.function].parent == cfg.function ||
                        functions[range.function].mid_frame;
      if (part && !reasons[i].empty()) unproved[range.function] = &reasons[i].front();
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

FileReport unreadable(const std::string& path, const Error& error) {
  FileReport report;
  report.path = path;
  report.error = error.text();
  return report;
}

}  // namespace

struct Oracle::Impl {
  CheckOptions options;
  std::map<std::string_view, Decoder> decoders;  // by architecture, kept warm between files

  Decoder& decoder_for(const Arch& arch) {
    auto it = decoders.find(arch.name);
    if (it == decoders.end()) {
      it = decoders
               .emplace(arch.name,
                        Decoder(arch, {.second_opinion = options.second_opinion, .share_displacements = true}))
               .first;
    }
    return it->second;
  }

  FileReport check(ObjectFile object, const std::optional<std::string>& flags) {
    Decoder& decoder = decoder_for(object.arch());
    const FileContext file = prepare(std::move(object), decoder, flags ? flags : options.flags);
    return assemble(file, judge_all(file, decoder, options.threads));
  }
};

namespace {

// The members of an archive, each with what is known of it so far.
struct Members {
  std::string path;
  FileBytes file;
  std::vector<ArchiveMember> members;
  std::vector<Linkage> linkages;
  std::vector<std::string> noreturn;  // sorted; of all members together

  static Result<Members> read(const std::string& path) {
    Members all;
    all.path = path;
    Result<FileBytes> file = FileBytes::read(path);
    if (!file) return tl::unexpected(file.error());
    all.file = std::move(*file);
    Result<std::vector<ArchiveMember>> members = read_archive(path, all.file.bytes());
    if (!members) return tl::unexpected(members.error());
    all.members = std::move(*members);
    all.linkages.resize(all.members.size());
    return all;
  }

  Result<ObjectFile> object(size_t member) const {
    return ObjectFile::parse(fmt::format("{}({})", path, members[member].name), members[member].bytes);
  }
};

// Calls look(member, thread) for those members that it may say something new of: for all, then for those that refer to
// a function of which the others have shown since that it never returns. `look` sets the member's linkage. Each round
// adds links to chains of calls through the members; what is found out after the last is not used.
template <typename Look>
void for_members_until_nothing_new(Members& all, size_t threads, const Look& look) {
  constexpr unsigned kMaxRounds = 8;
  std::vector<size_t> waiting(all.members.size());
  std::iota(waiting.begin(), waiting.end(), 0);
  for (unsigned round = 0; round < kMaxRounds && !waiting.empty(); ++round) {
    std::atomic<size_t> next = 0;
    const auto work = [&](size_t thread) {
      for (size_t i = next++; i < waiting.size(); i = next++) look(waiting[i], thread);
    };
    {
      std::vector<std::jthread> pool;
      for (size_t t = 1; t < std::min(threads, waiting.size()); ++t) pool.emplace_back(work, t);
      work(0);
    }
    std::vector<std::string> noreturn = never_return_in_all(all.linkages);
    waiting.clear();
    for (size_t i = 0; i < all.members.size(); ++i) {
      if (refers_to_new(all.linkages[i], noreturn, all.noreturn)) waiting.push_back(i);
    }
    all.noreturn = std::move(noreturn);
  }
}

}  // namespace

Oracle::Oracle(CheckOptions options) : impl_(std::make_unique<Impl>(Impl{std::move(options), {}})) {}
Oracle::~Oracle() = default;
Oracle::Oracle(Oracle&&) noexcept = default;

FileReport Oracle::check_file(const std::string& path, const std::optional<std::string>& flags) {
  Result<ObjectFile> object = ObjectFile::load(path);
  if (!object) return unreadable(path, object.error());
  return impl_->check(std::move(*object), flags);
}

std::vector<FileReport> Oracle::check_file_or_members(const std::string& path,
                                                      const std::optional<std::string>& flags) {
  if (!is_archive(path)) return {check_file(path, flags)};
  Result<Members> all = Members::read(path);
  if (!all) return {unreadable(path, all.error())};
  std::vector<Impl> impls(std::max(1u, impl_->options.threads));
  for (Impl& impl : impls) impl.options = impl_->options;
  std::vector<FileReport> reports(all->members.size());
  for_members_until_nothing_new(*all, impls.size(), [&](size_t member, size_t thread) {
    Result<ObjectFile> object = all->object(member);
    if (!object) {
      reports[member] = unreadable(fmt::format("{}({})", path, all->members[member].name), object.error());
      return;
    }
    Decoder& decoder = impls[thread].decoder_for(object->arch());
    const FileContext file = prepare(std::move(*object), decoder, flags ? flags : impl_->options.flags, all->noreturn);
    all->linkages[member] = linkage_of(file);
    reports[member] = assemble(file, judge_all(file, decoder, 1));
  });
  const bool none = !reports.empty() && std::ranges::none_of(reports, &std::string::empty, &FileReport::error);
  if (none) reports.resize(1);
  return reports;
}

FileReport Oracle::check_bytes(const std::string& name, std::span<const uint8_t> bytes,
                               const std::optional<std::string>& flags) {
  Result<ObjectFile> object = ObjectFile::parse(name, bytes);
  if (!object) return unreadable(name, object.error());
  return impl_->check(std::move(*object), flags);
}

CheckedRun Oracle::run(std::span<const NamedBytes> objects, const NamedBytes& program, const RunOptions& run_options,
                       const std::optional<std::string>& flags) {
  CheckedRun checked;
  checked.run.program = program.name;
  const Result<ObjectFile> executable = ObjectFile::parse(program.name, program.bytes);
  if (!executable) {
    checked.run.error = executable.error().text();
    return checked;
  }
  Decoder& decoder = impl_->decoder_for(executable->arch());
  const std::span<const NamedBytes> to_check =
      run_options.everything || objects.empty() ? std::span(&program, 1) : objects;
  std::vector<FileContext> files;
  std::vector<std::vector<Judged>> judged;
  for (const NamedBytes& object : to_check) {
    Result<ObjectFile> parsed = ObjectFile::parse(object.name, object.bytes);
    if (parsed && &parsed->arch() != &executable->arch())
      parsed = tl::unexpected(Error{object.name, "is for another machine than the program", ""});
    if (!parsed) {
      checked.files.push_back(unreadable(object.name, parsed.error()));
      checked.run.error = parsed.error().text();
      return checked;
    }
    files.push_back(prepare(std::move(*parsed), decoder, flags ? flags : impl_->options.flags));
    judged.push_back(judge_all(files.back(), decoder, impl_->options.threads));
  }
  Rehearsal rehearsal(executable->arch());
  std::vector<uint32_t> first_family;
  uint32_t families = 0;
  for (size_t f = 0; f < files.size(); ++f) {
    first_family.push_back(families);
    const witness::Placement placement = witness::place_object(files[f].object, *executable);
    for (size_t i = 0; i < files[f].cfgs.size(); ++i)
      families = 1 + rehearsal.add(files[f].family(decoder, files[f].cfgs[i]), judged[f][i].result, placement);
  }
  checked.run = rehearsal.perform(program, *executable, decoder, run_options);
  for (size_t f = 0; f < files.size(); ++f) {
    for (size_t i = 0; i < judged[f].size(); ++i) {
      rehearsal.mark(first_family[f] + static_cast<uint32_t>(i), judged[f][i].result.drafts, judged[f][i].findings,
                     checked.run);
    }
    checked.files.push_back(assemble(files[f], judged[f]));
  }
  return checked;
}

std::string Oracle::explain(const std::string& path, const std::string& function,
                            const std::optional<std::string>& flags) {
  const auto listing = [&](const FileContext& file, const Decoder& decoder) {
    std::string out;
    for (const Cfg& cfg : file.cfgs) {
      const bool wanted = function.empty() || std::ranges::any_of(cfg.ranges, [&](const CodeRange& range) {
                            return !range.inlined && file.object.functions()[range.function].name == function;
                          });
      if (!wanted) continue;
      const FamilyContext context = file.family(decoder, cfg);
      out += explain_family(context, check_family(context)) + "\n";
    }
    return out;
  };
  const std::optional<std::string>& command = flags ? flags : impl_->options.flags;
  std::string out;
  if (is_archive(path)) {
    Result<Members> all = Members::read(path);
    if (!all) return all.error().text() + "\n";
    std::vector<std::string> listings(all->members.size());
    for_members_until_nothing_new(*all, 1, [&](size_t member, size_t) {
      Result<ObjectFile> object = all->object(member);
      if (!object) return;
      Decoder& decoder = impl_->decoder_for(object->arch());
      const FileContext file = prepare(std::move(*object), decoder, command, all->noreturn);
      all->linkages[member] = linkage_of(file);
      listings[member] = listing(file, decoder);
      if (!listings[member].empty()) listings[member].insert(0, file.object.path() + "\n");
    });
    for (const std::string& member : listings) out += member;
  } else {
    Result<ObjectFile> object = ObjectFile::load(path);
    if (!object) return object.error().text() + "\n";
    Decoder& decoder = impl_->decoder_for(object->arch());
    out = listing(prepare(std::move(*object), decoder, command), decoder);
  }
  if (out.empty()) out = fmt::format("{}: no function {}\n", path, function);
  return out;
}

}  // namespace objhound::oracle
