// The control flow of a whole file. A family is understood with what is known of the rest of the file; what it tells of
// the rest is kept aside until all have been looked at, so that nothing depends on who comes first. Then those families
// are built again of which it changes something. They are few.

#include "oracle/cfg/build.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <unordered_set>
#include <utility>

#include "oracle/cfg/call_summary.h"
#include "oracle/cfg/decoder_source.h"
#include "oracle/cfg/family.h"
#include "oracle/cfg/parallel.h"
#include "oracle/cfg/sort_once.h"

namespace objhound::oracle {
namespace {

// What is inferred of callees changes the code that is seen behind calls, which may change what is inferred. In
// practice the second round finds nothing new.
constexpr unsigned kMaxRounds = 6;

// Sets Block::callee_may_not_return. A callee that is no family of its own has nobody who answers for it.
void tell_of_callees(Cfg& cfg, std::span<const uint32_t> family_of, std::span<const uint8_t> may_not_return) {
  for (Block& block : cfg.blocks) {
    if (block.callee.function == kNoIndex) continue;
    const uint32_t family = family_of[block.callee.function];
    block.callee_may_not_return = family == kNoIndex || may_not_return[family];
  }
}

class FileFlow {
 public:
  FileFlow(std::span<const CodeView> views, std::span<const std::string> noreturn, const CfgOptions& options,
           const FamilyVisitor& visit)
      : view_(views.front()),
        callees_(view_, noreturn, options.extra_noreturn, options.noreturn_elsewhere),
        references_(view_),
        options_(options),
        visit_(visit),
        parents_(family_parents(view_.functions())),
        family_of_(view_.functions().size(), kNoIndex),
        summaries_(parents_.size()),
        notes_(parents_.size()),
        open_(parents_.size(), 0),
        questions_(parents_.size()) {
    for (uint32_t f = 0; f < parents_.size(); ++f) family_of_[parents_[f]] = f;
    for (const CodeView& view : views)
      workers_.push_back(std::make_unique<Worker>(view, callees_, references_, options));
  }

  std::vector<FamilyFacts> run() {
    std::vector<uint32_t> all(parents_.size());
    for (uint32_t f = 0; f < all.size(); ++f) all[f] = f;
    build(all);
    settle_tables();
    close_tables();
    stage_ = Stage::Settled;
    std::vector<uint8_t> returns = settle_callees();
    for (unsigned round = 0; round < kMaxRounds && ask_others(); ++round) returns = settle_callees();
    may_not_return_ = families_that_may_not_return(summaries_, family_of_);
    build(families_where([&](uint32_t f) { return questions_[f].callees_may_not_return; }));
    std::vector<FamilyFacts> facts;
    facts.reserve(parents_.size());
    for (uint32_t f = 0; f < parents_.size(); ++f)
      facts.push_back({.function = parents_[f],
                       .may_return = returns[f] != 0,
                       .may_not_return = may_not_return_[f] != 0,
                       .has_code = summaries_[f].has_code});
    return facts;
  }

  // See families_that_never_return().
  std::vector<uint8_t> never_return(std::span<const uint32_t> functions, uint32_t most) {
    stage_ = Stage::OnDemand;
    std::vector<uint8_t> never(functions.size(), 0);
    std::vector<uint32_t> wanted;
    for (uint32_t function : functions) {
      if (family_of_[function] != kNoIndex) wanted.push_back(family_of_[function]);
    }
    for (unsigned round = 0; round < kMaxRounds; ++round) {
      if (!build_what_hangs_on(wanted, most)) return never;
      remember_calls();
      const std::vector<uint8_t> returns = families_that_return(summaries_, family_of_);
      callees_.infer(never_returning(returns));
      wanted = families_where([&](uint32_t f) { return built_[f] && summaries_[f].outdated(callees_); });
      if (!wanted.empty()) continue;
      for (size_t i = 0; i < functions.size(); ++i) {
        const uint32_t family = family_of_[functions[i]];
        never[i] = family != kNoIndex && callees_.never_returns(functions[i]);
      }
      return never;
    }
    return never;
  }

 private:
  struct Worker {
    Worker(const CodeView& view, const CalleeKnowledge& callees, References& references, const CfgOptions& options)
        : view(view), builder(view, callees, references, options), summarizer(view, callees), named(view) {}
    const CodeView& view;
    FamilyBuilder builder;
    CallSummarizer summarizer;
    const NamedPlaces named;
    Cfg cfg;                   // of one family after the other
    std::vector<Place> names;  // of families whose tables all end
  };
  // At first what all families are; then where their tables end, if that is open; then what depends on their callees.
  // (OnDemand: only some families are built at all, and where their tables end remains open.)
  enum class Stage : uint8_t { FirstLook, OpenTables, Settled, OnDemand };

  void build(std::span<const uint32_t> families) {
    in_parallel(families.size(), workers_.size(), [&](size_t i, size_t worker) { build(families[i], worker); });
  }

  void build(uint32_t family, size_t index) {
    Worker& worker = *workers_[index];
    Cfg& cfg = worker.cfg;
    worker.builder.build(parents_[family], cfg, stage_ == Stage::FirstLook);
    notes_[family] = std::move(worker.builder.notes());
    if (stage_ == Stage::FirstLook) open_[family] = cfg.open_table;
    if (!open_[family]) notes_[family].object_ends = {};
    if ((stage_ == Stage::FirstLook || stage_ == Stage::OpenTables) && !view_.relocatable())
      worker.named.add(cfg, open_[family] ? notes_[family].names : worker.names);
    if (stage_ == Stage::FirstLook && cfg.open_table) return;  // it is built again at once
    summaries_[family] = worker.summarizer.summarize(cfg);
    if (stage_ == Stage::OnDemand) {
      if (cfg.open_table) summaries_[family].returns = true;  // there may be more ways
      return;
    }
    if (!may_not_return_.empty()) tell_of_callees(cfg, family_of_, may_not_return_);
    questions_[family] = visit_(family, index, std::move(cfg));
    if (questions_[family].never_returns) {
      summaries_[family].returns = false;
      summaries_[family].nodes.clear();
      summaries_[family].edges.clear();
    }
  }

  // Where a table begins that no bound tells of may be seen by where others end, of families that stand before.
  void settle_tables() {
    if (!view_.relocatable()) return;
    for (uint32_t f = 0; f < parents_.size(); ++f) {
      const bool matters = std::ranges::any_of(
          notes_[f].asked, [&](Place place) { return references_.tables().end_around(place) >= 0; });
      if (matters) build(f, 0);
      references_.add_tables(notes_[f].tables);
    }
  }

  // Where a table ends whose index nothing bounds, other code of the file may tell. That code may only be found behind
  // such a table, and bytes that were taken for code because a table seemed longer than it is name places at random: so
  // until the families that are built and the names that they are built with agree. A family is built again only if one
  // of the ends that it went by has moved: it would come out the same.
  void close_tables() {
    stage_ = Stage::OpenTables;
    const std::vector<uint32_t> open = families_where([&](uint32_t f) { return open_[f] != 0; });
    if (open.empty()) return;
    std::vector<Place> settled, known;
    for (const auto& worker : workers_) settled.insert(settled.end(), worker->names.begin(), worker->names.end());
    sort_once(settled);
    constexpr unsigned kMaxRounds = 8;
    for (unsigned round = 0; round < kMaxRounds; ++round) {
      std::vector<Place> names, all;
      for (uint32_t f : open) names.insert(names.end(), notes_[f].names.begin(), notes_[f].names.end());
      sort_once(names);
      std::ranges::set_union(settled, names, std::back_inserter(all));
      if (round != 0 && all == known) return;
      known = std::move(all);
      references_.set_named_by_code(known);
      build(round == 0 ? open : families_where([&](uint32_t f) {
        return open_[f] != 0 && !references_.still_hold(notes_[f].object_ends);
      }));
    }
  }

  // Until nothing more is found out of who never returns. Which families do return.
  std::vector<uint8_t> settle_callees() {
    for (unsigned round = 0; round < kMaxRounds; ++round) {
      remember_calls();
      std::vector<uint8_t> returns = families_that_return(summaries_, family_of_);
      callees_.infer(never_returning(returns));
      const std::vector<uint32_t> outdated =
          families_where([&](uint32_t f) { return summaries_[f].outdated(callees_); });
      if (outdated.empty()) return returns;
      build(outdated);
    }
    return families_that_return(summaries_, family_of_);
  }

  // Asks other files for those of their functions that it hangs on whether they return. Whether that has told anything.
  bool ask_others() {
    if (options_.ask_elsewhere == nullptr || view_.relocatable()) return false;
    std::vector<std::string> names;
    for (uint32_t symbol : imports_in_question()) {
      if (callees_.never_returns(Callee{.symbol = symbol, .place = {}})) continue;
      std::string name(view_.symbols()[symbol].name);
      if (!name.empty() && asked_.insert(name).second) names.push_back(std::move(name));
    }
    if (names.empty()) return false;
    std::ranges::sort(names);
    const std::vector<std::string> never = options_.ask_elsewhere(names);
    if (never.empty()) return false;
    callees_.learn(view_.symbols(), never);
    const std::unordered_set<std::string_view> news(never.begin(), never.end());
    const auto is_news = [&](uint32_t symbol) { return news.contains(view_.symbols()[symbol].name); };
    build(families_where([&](uint32_t f) { return std::ranges::any_of(summaries_[f].imports, is_news); }));
    return true;
  }

  // The symbols that families ask for, and those that the answer for the file's own functions may hang on: one that
  // ends in a tail call returns if its callee does.
  std::vector<uint32_t> imports_in_question() const {
    constexpr size_t kMostFunctions = 1'000;  // of the file's own that are looked through: a question of cost alone
    std::vector<uint32_t> symbols, stack;
    std::unordered_set<uint32_t> seen;
    const auto add = [&](uint32_t function) {
      const uint32_t family = family_of_[function];
      if (family != kNoIndex && seen.size() < kMostFunctions && seen.insert(family).second) stack.push_back(family);
    };
    for (const FamilyQuestions& questions : questions_) {
      for (const Callee& callee : questions.never_return) {
        if (callee.function != kNoIndex) add(callee.function);
        if (callee.function == kNoIndex && callee.symbol != kNoIndex) symbols.push_back(callee.symbol);
      }
    }
    while (!stack.empty()) {
      const CallSummary& summary = summaries_[stack.back()];
      stack.pop_back();
      symbols.insert(symbols.end(), summary.imports.begin(), summary.imports.end());
      for (uint32_t function : summary.taken_to_return) add(function);
      for (uint32_t function : summary.tail_called) add(function);
    }
    sort_once(symbols);
    return symbols;
  }

  // Builds these families and those that have to return before they can; for each that returns anyhow, no more. False
  // if that are too many.
  bool build_what_hangs_on(std::vector<uint32_t> families, uint32_t most) {
    built_.resize(parents_.size(), 0);
    while (!families.empty()) {
      for (uint32_t family : families) built_count_ += std::exchange(built_[family], 1) == 0;
      if (built_count_ > most) return false;
      build(families);
      // What is not built yet does not return, here; so who does, does without it.
      const std::vector<uint8_t> returns = families_that_return(summaries_, family_of_);
      families.clear();
      for (uint32_t f = 0; f < parents_.size(); ++f) {
        if (!built_[f] || returns[f]) continue;
        for (const CallSummary::Node& node : summaries_[f].nodes) {
          const uint32_t callee = node.callee == kNoIndex ? kNoIndex : family_of_[node.callee];
          if (callee != kNoIndex && !built_[callee]) families.push_back(callee);
        }
      }
      sort_once(families);
    }
    return true;
  }

  template <typename Test>
  std::vector<uint32_t> families_where(const Test& test) const {
    std::vector<uint32_t> found;
    for (uint32_t f = 0; f < parents_.size(); ++f) {
      if (test(f)) found.push_back(f);
    }
    return found;
  }

  void remember_calls() {
    for (FamilyNotes& notes : notes_) {
      callees_.remember_calls(notes.calls);
      notes.calls.clear();
    }
    callees_.sort_calls();
  }

  // By function.
  std::vector<uint8_t> never_returning(std::span<const uint8_t> returns) const {
    std::vector<uint8_t> result(view_.functions().size(), 0);
    for (uint32_t f = 0; f < parents_.size(); ++f)
      result[parents_[f]] = !returns[f] && summaries_[f].has_code && callees_.may_infer(parents_[f]);
    return result;
  }

  const CodeView& view_;
  CalleeKnowledge callees_;
  References references_;
  const CfgOptions& options_;
  const FamilyVisitor& visit_;
  const std::vector<uint32_t> parents_;  // by family
  std::vector<uint32_t> family_of_;      // by function
  std::vector<CallSummary> summaries_;   // by family
  std::vector<FamilyNotes> notes_;
  std::vector<uint8_t> open_;
  std::vector<FamilyQuestions> questions_;  // by family
  std::unordered_set<std::string> asked_;   // names, of other files
  std::vector<uint8_t> built_;              // by family, on demand
  uint32_t built_count_ = 0;
  std::vector<uint8_t> may_not_return_;  // by family, when that is known
  Stage stage_ = Stage::FirstLook;
  std::vector<std::unique_ptr<Worker>> workers_;
};

std::vector<Cfg> kept(size_t functions, uint32_t families,
                      const std::function<std::vector<FamilyFacts>(const FamilyVisitor&)>& build) {
  std::vector<Cfg> cfgs(families);
  const std::vector<FamilyFacts> facts = build([&](uint32_t family, size_t, Cfg&& cfg) {
    cfgs[family] = std::move(cfg);
    return FamilyQuestions{};
  });
  std::vector<uint32_t> family_of(functions, kNoIndex);
  std::vector<uint8_t> may_not_return(families, 0);
  for (uint32_t f = 0; f < families; ++f) {
    cfgs[f].may_return = facts[f].may_return;
    family_of[facts[f].function] = f;
    may_not_return[f] = facts[f].may_not_return;
  }
  for (Cfg& cfg : cfgs) tell_of_callees(cfg, family_of, may_not_return);
  return cfgs;
}

}  // namespace

std::vector<uint32_t> family_parents(std::span<const Function> functions) {
  std::vector<uint32_t> parents;
  for (uint32_t f = 0; f < functions.size(); ++f) {
    if (functions[f].parent == kNoIndex && !functions[f].mid_frame) parents.push_back(f);
  }
  return parents;
}

std::vector<FamilyFacts> build_cfgs(std::span<const CodeView> views,
                                    std::span<const std::string> noreturn_by_debug_information,
                                    const CfgOptions& options, const FamilyVisitor& visit) {
  return FileFlow(views, noreturn_by_debug_information, options, visit).run();
}

std::vector<Cfg> build_cfgs(const CodeView& view, std::span<const std::string> noreturn_by_debug_information,
                            const CfgOptions& options) {
  const uint32_t families = static_cast<uint32_t>(family_parents(view.functions()).size());
  return kept(view.functions().size(), families, [&](const FamilyVisitor& visit) {
    return build_cfgs(std::span(&view, 1), noreturn_by_debug_information, options, visit);
  });
}

std::vector<FamilyFacts> build_cfgs(const ObjectFile& object, std::span<Decoder* const> decoders,
                                    const CfgOptions& options, const FamilyVisitor& visit) {
  std::vector<DecoderSource> sources;
  std::vector<CodeView> views;
  sources.reserve(decoders.size());
  for (Decoder* decoder : decoders) {
    InsnSource& source = sources.emplace_back(*decoder, object.sections());
    views.empty() ? views.emplace_back(object.arch(), object.relocatable(), object.sections(), object.symbols(),
                                       object.functions(), source)
                  : views.emplace_back(CodeView(views.front(), source));
  }
  return build_cfgs(views, object.declared_noreturn(), options, visit);
}

std::vector<Cfg> build_cfgs(const ObjectFile& object, Decoder& decoder, const CfgOptions& options) {
  const uint32_t families = static_cast<uint32_t>(family_parents(object.functions()).size());
  Decoder* const decoders[] = {&decoder};
  return kept(object.functions().size(), families,
              [&](const FamilyVisitor& visit) { return build_cfgs(object, decoders, options, visit); });
}

std::vector<uint8_t> families_that_never_return(const ObjectFile& object, Decoder& decoder, const CfgOptions& options,
                                                std::span<const uint32_t> functions, uint32_t most) {
  DecoderSource source(decoder, object.sections());
  const CodeView view(object.arch(), object.relocatable(), object.sections(), object.symbols(), object.functions(),
                      source);
  const std::vector<std::string> declared = object.declared_noreturn();
  const FamilyVisitor nobody;
  return FileFlow(std::span(&view, 1), declared, options, nobody).never_return(functions, most);
}

}  // namespace objhound::oracle
