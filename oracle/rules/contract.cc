#include "oracle/rules/contract.h"

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

}  // namespace

Contract Contract::from_flags(std::string_view flags, std::string source) {
  // Both compilers default to asynchronous tables on x86-64 and arm64 Linux (GCC: gcc/config/*/*linux*.h since 8;
  // Clang: Generic_GCC::getDefaultUnwindTableLevel). -fno-asynchronous-unwind-tables alone leaves synchronous ones
  // only where something else asks for them.
  bool asynchronous = true;
  bool synchronous = false;
  Contract contract;
  contract.source = std::move(source);
  for (std::string_view word : words(flags)) {
    if (word == "-fasynchronous-unwind-tables") asynchronous = true;
    if (word == "-fno-asynchronous-unwind-tables") asynchronous = false;
    if (word == "-funwind-tables" || word == "-fexceptions") synchronous = true;
    if (word == "-fno-unwind-tables") asynchronous = synchronous = false;
    if (word == "-mred-zone") contract.red_zone = true;
    if (word == "-mno-red-zone") contract.red_zone = false;
    if (word == "-mcmodel=kernel") contract.red_zone = false;
    if (word == "-fjump-tables") contract.no_jump_tables = false;
    if (word == "-fno-jump-tables") contract.no_jump_tables = true;
    if (word == "-fno-omit-frame-pointer") contract.keep_frame_pointer = true;
    if (word == "-fomit-frame-pointer") contract.keep_frame_pointer = false;
  }
  contract.unwind = asynchronous  ? UnwindPromise::Asynchronous
                    : synchronous ? UnwindPromise::Synchronous
                                  : UnwindPromise::None;
  return contract;
}

Contract Contract::from_object(const ObjectFile& object) {
  const std::vector<std::string> lines = object.recorded_command_lines();
  if (lines.empty()) return from_flags("", "the platform's defaults");
  std::string all;
  for (const std::string& line : lines) all += line + " ";
  return from_flags(all, "flags recorded in the object");
}

}  // namespace objhound::oracle
