#include "oracle/rules/contract.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <span>

namespace objhound::oracle {
namespace {

// Words of a command line as a shell splits simple ones; quotes do not matter for the flags that we look for.
std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> result;
  constexpr std::string_view kBlank = " \t\n";
  for (size_t at = text.find_first_not_of(kBlank); at != text.npos;) {
    const size_t end = text.find_first_of(kBlank, at);
    result.push_back(text.substr(at, end == text.npos ? end : end - at));
    at = text.find_first_not_of(kBlank, end == text.npos ? text.size() : end);
  }
  return result;
}

struct Clang {
  bool is = false;
  unsigned version = 0;  // 0: not known
};

// The compiler, as a command line calls it ("clang++-14 -O2", "/usr/lib/llvm-14/bin/clang -O2") or debug information
// ("Debian clang version 14.0.6 /usr/lib/llvm-14/bin/clang -O2").
Clang clang_of(std::span<const std::string_view> command) {
  Clang clang;
  for (std::string_view word : command) {
    if (word.starts_with("-")) break;
    clang.is = clang.is || word.find("clang") != word.npos;
    for (const std::string_view before : {"clang-", "clang++-", "llvm-"}) {
      const size_t at = word.find(before);
      if (at == word.npos || clang.version != 0) continue;
      const std::string_view digits = word.substr(at + before.size());
      std::from_chars(digits.data(), digits.data() + digits.size(), clang.version);
    }
  }
  return clang;
}

// The number behind one of the prefixes, if the word starts with one.
std::optional<uint64_t> number_of(std::string_view word, std::initializer_list<std::string_view> prefixes) {
  for (const std::string_view prefix : prefixes) {
    if (!word.starts_with(prefix)) continue;
    uint64_t number = 0;
    const char* const end = word.data() + word.size();
    const auto [rest, error] = std::from_chars(word.data() + prefix.size(), end, number);
    if (error == std::errc() && rest == end) return number;
  }
  return std::nullopt;
}

// The register that a flag names, as a set.
RegSet register_of(const Arch& arch, std::string_view word, std::string_view prefix) {
  if (!word.starts_with(prefix)) return 0;
  const auto found = std::ranges::find(arch.registers, word.substr(prefix.size()), &RegisterInfo::name);
  return found == arch.registers.end() ? 0 : reg_bit(static_cast<Reg>(found - arch.registers.begin()));
}

}  // namespace

Contract Contract::from_flags(const Arch& arch, std::string_view flags, std::string source) {
  // Both compilers default to asynchronous tables on Linux (GCC: -fasynchronous-unwind-tables in the target's options;
  // Clang: Generic_GCC::getDefaultUnwindTableLevel). -fno-asynchronous-unwind-tables alone leaves synchronous ones only
  // where something else asks for them.
  enum class Asynchronous { Default, Asked, Refused } asynchronous = Asynchronous::Default;
  bool synchronous = false;
  bool minimal_size = false;
  Contract contract;
  contract.source = std::move(source);
  contract.red_zone_bytes = arch.red_zone;
  const std::vector<std::string_view> all = words(flags);
  for (std::string_view word : all) {
    if (word == "-fasynchronous-unwind-tables") asynchronous = Asynchronous::Asked;
    if (word == "-fno-asynchronous-unwind-tables") asynchronous = Asynchronous::Refused;
    if (word == "-funwind-tables" || word == "-fexceptions") synchronous = true;
    if (word == "-fno-unwind-tables") asynchronous = Asynchronous::Refused, synchronous = false;
    if (word.starts_with("-O")) minimal_size = word == "-Oz", contract.optimized = word != "-O0";
    if (word == "-mred-zone") contract.red_zone = true;
    if (word == "-mno-red-zone") contract.red_zone = false;
    if (!arch.red_zone_flag.empty() && word.starts_with(arch.red_zone_flag)) {
      const std::string_view value = word.substr(arch.red_zone_flag.size());
      const bool off = value == "=false" || value == "=0";
      contract.red_zone_bytes = off ? arch.red_zone : arch.red_zone_by_flag;
    }
    // In powers of two; in bytes.
    if (const auto log = number_of(word, {"-mpreferred-stack-boundary=", "-mincoming-stack-boundary="}))
      contract.aligned_stack = *log < 32 && (uint64_t{1} << *log) >= arch.stack_alignment;
    if (const auto bytes = number_of(word, {"-mstack-alignment="}))
      contract.aligned_stack = *bytes >= arch.stack_alignment;
    if (constexpr std::string_view kHook = "-mfentry-name="; word.starts_with(kHook))
      contract.entry_hook = word.substr(kHook.size());
    contract.call_used |= register_of(arch, word, "-fcall-used-");
    contract.call_used &= ~register_of(arch, word, "-fcall-saved-");
    contract.call_saved |= register_of(arch, word, "-fcall-saved-");
    contract.call_saved &= ~register_of(arch, word, "-fcall-used-");
    if (word == "-fjump-tables") contract.no_jump_tables = false;
    if (word == "-fno-jump-tables") contract.no_jump_tables = true;
    if (word == "-fno-omit-frame-pointer") contract.keep_frame_pointer = true;
    if (word == "-fomit-frame-pointer") contract.keep_frame_pointer = false;
  }
  const Clang clang = clang_of(all);
  contract.by_clang = clang.is;
  const bool too_old = clang.version != 0 && clang.version < arch.clang_asynchronous_since;
  const bool weak_default = clang.is && (too_old || (arch.clang_oz_is_synchronous && minimal_size));
  if (asynchronous == Asynchronous::Refused) {
    contract.unwind = synchronous ? UnwindPromise::Synchronous : UnwindPromise::None;
  } else if (asynchronous == Asynchronous::Default && weak_default) {
    contract.unwind = UnwindPromise::Synchronous;
  }
  return contract;
}

Contract Contract::of(const ObjectFile& object, const std::optional<std::string>& command_line) {
  const auto known = [&](std::string_view flags, std::string source) {
    Contract contract = from_flags(object.arch(), flags, std::move(source));
    contract.flags_known = contract.compiled = true;
    return contract;
  };
  if (command_line) return known(*command_line, "command line");
  std::string all;
  for (const std::string& line : object.recorded_command_lines()) all += line + " ";
  if (!all.empty()) return known(all, "flags recorded in the object");
  Contract contract = from_flags(object.arch(), "", "the platform's defaults");
  contract.unwind_uncertain = object.arch().clang_oz_is_synchronous;
  for (const Section& section : object.sections()) {
    if (section.name != ".comment") continue;
    contract.compiled = true;
    const auto* text = reinterpret_cast<const char*>(section.bytes.data());
    contract.by_clang = std::string_view(text, section.bytes.size()).find("clang version") != std::string_view::npos;
  }
  return contract;
}

}  // namespace objhound::oracle
