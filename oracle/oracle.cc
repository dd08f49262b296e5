// The pipeline: bytes, control flow, states, findings. Each step reads what the ones before it made and changes
// nothing of it.

#include "oracle/oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>

#include "oracle/cfg/parallel.h"
#include "oracle/checks/listing.h"
#include "oracle/elf/archive.h"
#include "oracle/file_context.h"
#include "oracle/judged.h"
#include "oracle/linkage.h"
#include "oracle/needed.h"
#include "oracle/run.h"

namespace objhound::oracle {
namespace {

FileReport unreadable(const std::string& path, const Error& error) {
  FileReport report;
  report.path = path;
  report.error = error.text();
  return report;
}

std::vector<FeatureCount> count_features_of(std::vector<Judged>& judged) {
  std::vector<std::vector<const NamedFeature*>> families;
  for (Judged& family : judged) families.push_back(std::move(family.features));
  return count_features(families);
}

}  // namespace

struct Oracle::Impl {
  CheckOptions options;
  std::map<std::string_view, std::deque<Decoder>> decoders;  // by architecture, kept warm between files
  std::map<const Decoder*, FeatureExtractor> extractors;
  KnownLibraries libraries;

  Decoder& decoder_for(const Arch& arch) { return *decoders_for(arch, 1).front(); }

  std::vector<Decoder*> decoders_for(const Arch& arch, size_t count) {
    std::deque<Decoder>& known = decoders[arch.name];
    while (known.size() < count)
      known.emplace_back(arch, Decoder::Options{.second_opinion = options.second_opinion, .share_displacements = true});
    std::vector<Decoder*> some;
    for (size_t i = 0; i < count; ++i) some.push_back(&known[i]);
    return some;
  }

  // One for each of the decoders, where features are asked for.
  std::vector<FeatureExtractor*> extractors_for(const std::vector<Decoder*>& workers) {
    std::vector<FeatureExtractor*> some(workers.size(), nullptr);
    for (size_t i = 0; options.features && i < workers.size(); ++i) {
      some[i] = &extractors.try_emplace(workers[i], *workers[i]).first->second;
      some[i]->forget_if_many();
    }
    return some;
  }

  // A thread for so much code: a decoder of its own has to learn first.
  size_t threads_for(const ObjectFile& object) const {
    constexpr uint64_t kBytesPerThread = 128 << 10;
    uint64_t code = 0;
    for (const Section& section : object.sections()) code += section.executable ? section.bytes.size() : 0;
    return std::clamp<uint64_t>(code / kBytesPerThread, 1, std::max(1u, options.threads));
  }

  // The libraries that a linked file needs. It has to be a file: from elsewhere there is no place to look from.
  std::optional<NeededLibraries> needed_by(const ObjectFile& object, Decoder& decoder) {
    if (!options.ask_libraries || object.relocatable() || !object.from_file()) return std::nullopt;
    return NeededLibraries(object.path(), object.bytes(), object.arch(), decoder, libraries);
  }

  // The whole of it. `linkage`, if not null, gets what other files should know.
  FileReport check(ObjectFile object, size_t threads, const std::optional<std::string>& flags,
                   const std::vector<std::string>& noreturn_elsewhere = {}, Linkage* linkage = nullptr) {
    const std::vector<Decoder*> workers = decoders_for(object.arch(), threads);
    const std::vector<FeatureExtractor*> looks = extractors_for(workers);
    FileContext file =
        read(std::move(object), *workers.front(), flags ? flags : options.flags, noreturn_elsewhere, options.features);
    std::vector<Judged> judged(family_parents(file.object.functions()).size());
    std::optional<NeededLibraries> needed = needed_by(file.object, *workers.front());
    if (needed) {
      file.options.ask_elsewhere = [&](std::span<const std::string> names) { return needed->never_return(names); };
    }
    file.families = build_cfgs(file.object, workers, file.options, [&](uint32_t family, size_t worker, Cfg&& cfg) {
      judged[family] = judge(file.family(*workers[worker], cfg), nullptr, looks[worker]);
      return std::move(judged[family].questions);
    });
    if (linkage != nullptr) *linkage = linkage_of(file);
    std::vector<FeatureCount> features;
    if (options.features) features = count_features_of(judged);
    FileReport report = assemble(file, std::move(judged));
    report.features = std::move(features);
    if (needed) report.libraries = needed->relied_upon();
    return report;
  }
  FileReport check(ObjectFile object, const std::optional<std::string>& flags) {
    const size_t threads = threads_for(object);
    return check(std::move(object), threads, flags);
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
    in_parallel(waiting.size(), threads, [&](size_t i, size_t thread) { look(waiting[i], thread); });
    std::vector<std::string> noreturn = never_return_in_all(all.linkages);
    waiting.clear();
    for (size_t i = 0; i < all.members.size(); ++i) {
      if (refers_to_new(all.linkages[i], noreturn, all.noreturn)) waiting.push_back(i);
    }
    all.noreturn = std::move(noreturn);
  }
}

}  // namespace

Oracle::Oracle(CheckOptions options) : impl_(std::make_unique<Impl>(Impl{std::move(options), {}, {}, {}})) {}
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
    reports[member] = impls[thread].check(std::move(*object), 1, flags, all->noreturn, &all->linkages[member]);
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
  std::vector<std::vector<FamilyResult>> results;
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
    judged.emplace_back();
    results.emplace_back();
    for (const Cfg& cfg : files.back().cfgs)
      judged.back().push_back(judge(files.back().family(decoder, cfg), &results.back().emplace_back()));
  }
  Rehearsal rehearsal(executable->arch());
  std::vector<uint32_t> first_family;
  uint32_t families = 0;
  for (size_t f = 0; f < files.size(); ++f) {
    first_family.push_back(families);
    const witness::Placement placement = witness::place_object(files[f].object, *executable);
    for (size_t i = 0; i < files[f].cfgs.size(); ++i)
      families = 1 + rehearsal.add(files[f].family(decoder, files[f].cfgs[i]), results[f][i], placement);
  }
  checked.run = rehearsal.perform(program, *executable, decoder, run_options);
  for (size_t f = 0; f < files.size(); ++f) {
    for (size_t i = 0; i < judged[f].size(); ++i) {
      rehearsal.mark(first_family[f] + static_cast<uint32_t>(i), results[f][i].drafts, judged[f][i].findings,
                     checked.run);
    }
    checked.files.push_back(assemble(files[f], std::move(judged[f])));
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
    std::vector<std::string> noreturn;
    if (!object->relocatable() && impl_->options.ask_libraries) {
      for (const NeededLibrary& library : check_file(path, flags).libraries)
        noreturn.insert(noreturn.end(), library.never_return.begin(), library.never_return.end());
    }
    out = listing(prepare(std::move(*object), decoder, command, noreturn), decoder);
  }
  return out;
}

}  // namespace objhound::oracle
