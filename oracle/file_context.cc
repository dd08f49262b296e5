#include "oracle/file_context.h"

#include <algorithm>

#include "oracle/undescribed.h"

namespace objhound::oracle {
namespace {

// The exception tables as control flow needs them: a call site is cut where calls in it push different amounts.
std::vector<UnwindSite> unwind_sites(const CfiTable& cfi) {
  std::vector<UnwindSite> sites;
  for (const Fde& fde : cfi.fdes()) {
    const std::span<const PushedArguments> pushed = cfi.pushed_arguments_of(fde);
    for (const CallSite& site : cfi.call_sites_of(fde)) {
      if (!site.landing_pad.valid()) continue;
      auto next = std::ranges::upper_bound(pushed, site.begin, {}, &PushedArguments::offset);
      for (uint64_t begin = site.begin; begin < site.end; ++next) {
        const uint64_t end = next == pushed.end() ? site.end : std::min(site.end, next->offset);
        const uint64_t popped = next == pushed.begin() ? 0 : std::prev(next)->bytes;
        if (end > begin && popped <= UINT32_MAX)
          sites.push_back({.begin = {fde.begin.section, fde.begin.offset + static_cast<int64_t>(begin)},
                           .size = end - begin,
                           .landing_pad = site.landing_pad,
                           .popped = static_cast<uint32_t>(popped),
                           .approximate = !fde.call_sites_certain,
                           .whole_begin = static_cast<uint64_t>(fde.begin.offset) + site.begin,
                           .whole_end = static_cast<uint64_t>(fde.begin.offset) + site.end});
        if (next == pushed.end()) break;
        begin = end;
      }
    }
  }
  std::ranges::stable_sort(sites, {}, &UnwindSite::begin);
  // FDEs that overlap are a finding of their own (OH305); control flow takes the first of them.
  const auto overlaps = [](const UnwindSite& a, const UnwindSite& b) {
    return a.begin.section == b.begin.section && a.begin.offset + static_cast<int64_t>(a.size) > b.begin.offset;
  };
  sites.erase(std::unique(sites.begin(), sites.end(), overlaps), sites.end());
  return sites;
}

// What the flags make of the calling convention; nothing if they leave it as it is.
std::shared_ptr<const Arch> convention_of(const Arch& arch, const Contract& contract) {
  const RegSet callee_saved = (arch.callee_saved & ~contract.call_used) | contract.call_saved;
  if (callee_saved == arch.callee_saved && contract.red_zone_bytes == arch.red_zone) return nullptr;
  Arch convention = arch;
  convention.callee_saved = callee_saved;
  convention.call_clobbered = (arch.call_clobbered | contract.call_used) & ~contract.call_saved;
  convention.red_zone = contract.red_zone_bytes;
  return std::make_shared<const Arch>(convention);
}

}  // namespace

FamilyContext FileContext::family(const Decoder& decoder, const Cfg& cfg) const {
  const std::string& name = object.functions()[cfg.function].name;
  return {object, convention ? *convention : object.arch(),  decoder, decoder.pool(), cfi, questions, contract,
          cfg,    std::ranges::binary_search(noreturn, name)};
}

FileContext read(ObjectFile object, Decoder& decoder, const std::optional<std::string>& flags,
                 const std::vector<std::string>& noreturn_elsewhere, bool keep_operations) {
  CfiTable cfi = CfiTable::read(object, keep_operations);
  // Stripped files name few of their functions, but the unwind entries tell where each one is. (This fails only where
  // memory ends, and then the functions stay what they were.)
  if (!object.relocatable()) (void)object.add_described_code(described_code(object, cfi, decoder));
  Contract contract = Contract::of(object, flags);
  std::vector<std::string> noreturn = object.declared_noreturn();
  std::ranges::sort(noreturn);
  CfgOptions options;
  options.extra_noreturn = noreturn;
  options.noreturn_elsewhere = noreturn_elsewhere;
  options.unwind_sites = unwind_sites(cfi);
  std::vector<CodeExtent> undescribed = undescribed_code(object, cfi, decoder);
  std::shared_ptr<const Arch> convention = convention_of(object.arch(), contract);
  RowQuestions questions(cfi, convention ? *convention : object.arch());
  return {.object = std::move(object),
          .cfi = std::move(cfi),
          .questions = std::move(questions),
          .contract = std::move(contract),
          .convention = std::move(convention),
          .options = std::move(options),
          .families = {},
          .cfgs = {},
          .noreturn = std::move(noreturn),
          .undescribed = std::move(undescribed)};
}

FileContext prepare(ObjectFile object, Decoder& decoder, const std::optional<std::string>& flags,
                    const std::vector<std::string>& noreturn_elsewhere) {
  FileContext file = read(std::move(object), decoder, flags, noreturn_elsewhere);
  file.cfgs = build_cfgs(file.object, decoder, file.options);
  for (const Cfg& cfg : file.cfgs)
    file.families.push_back({.function = cfg.function, .may_return = cfg.may_return, .has_code = !cfg.blocks.empty()});
  return file;
}

}  // namespace objhound::oracle
