#include "oracle/cfg/noreturn.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "oracle/cfg/outlined.h"

namespace objhound::oracle {
namespace {

// Sorted. Each name with where it is declared never to return.
constexpr std::array kNames = std::to_array<std::string_view>({
    "_Exit",                                       // C11 7.22.4.5, <stdlib.h>
    "_Unwind_Resume",                              // Itanium C++ ABI: Exception Handling, 1.6
    "_Unwind_SjLj_Resume",                         // the same for setjmp/longjmp exceptions, libgcc unwind-sjlj.c
    "_ZNKSt16nested_exception14rethrow_nestedEv",  // C++ [except.nested]
    "_ZNSt3__122__libcpp_verbose_abortEPKcz",      // libc++ <__verbose_abort>
    "_ZSt10unexpectedv",                           // C++98 [unexpected]
    "_ZSt17rethrow_exceptionNSt15__exception_ptr13exception_ptrE",  // C++ [propagation]
    "_ZSt21__glibcxx_assert_failPKciS0_S0_",                        // libstdc++ <bits/c++config.h>
    "_ZSt9terminatev",                                              // C++ [terminate]
    "__assert",                                                     // glibc <assert.h>
    "__assert_fail",                                                // glibc and musl <assert.h>; LSB core
    "__assert_perror_fail",                                         // glibc <assert.h>
    "__chk_fail",                                                   // glibc debug/chk_fail.c; LSB core
    "__cxa_bad_cast",                                               // Itanium C++ ABI 2.9.7
    "__cxa_bad_typeid",                                             // Itanium C++ ABI 2.9.7
    "__cxa_call_terminate",                                         // libstdc++ eh_call.cc
    "__cxa_call_unexpected",                                        // Itanium C++ ABI: Exception Handling, 2.5.5
    "__cxa_deleted_virtual",                                        // libstdc++ <cxxabi.h>
    "__cxa_pure_virtual",                                           // Itanium C++ ABI 3.2.6
    "__cxa_rethrow",                                                // Itanium C++ ABI: Exception Handling, 2.4.4
    "__cxa_throw",                                                  // Itanium C++ ABI: Exception Handling, 2.4.3
    "__cxa_throw_bad_array_length",                                 // libstdc++ <cxxabi.h>
    "__cxa_throw_bad_array_new_length",                             // Itanium C++ ABI 3.3.2
    "__fortify_fail",                                               // glibc <stdlib.h> (private), debug/fortify_fail.c
    "__libc_fatal",                                                 // glibc include/stdio.h
    "__longjmp_chk",                                                // glibc <bits/setjmp2.h>
    "__msan_warning_noreturn",                                      // compiler-rt msan_interface_internal.h
    "__msan_warning_with_origin_noreturn",                          // compiler-rt msan_interface_internal.h
    "__pthread_unwind_next",                                        // glibc <pthread.h>
    "__stack_chk_fail",                                             // LSB core, GCC libssp
    "__stack_chk_fail_local",                                       // GCC libssp, glibc debug/stack_chk_fail_local.c
    "__ubsan_handle_builtin_unreachable",                           // compiler-rt ubsan_handlers.h, UNRECOVERABLE
    "__ubsan_handle_missing_return",                                // compiler-rt ubsan_handlers.h, UNRECOVERABLE
    "_exit",                                                        // POSIX <unistd.h>
    "_longjmp",                                                     // POSIX <setjmp.h>
    "abort",                                                        // C11 7.22.4.1
    "err",                                                          // BSD and glibc <err.h>
    "errx",                                                         // BSD and glibc <err.h>
    "exit",                                                         // C11 7.22.4.4
    "longjmp",                                                      // C11 7.13.2.1
    "pthread_exit",                                                 // POSIX <pthread.h>
    "quick_exit",                                                   // C11 7.22.4.7
    "siglongjmp",                                                   // POSIX <setjmp.h>
    "thrd_exit",                                                    // C11 7.26.5.5
    "verr",                                                         // BSD and glibc <err.h>
    "verrx",                                                        // BSD and glibc <err.h>
});
static_assert(std::is_sorted(kNames.begin(), kNames.end()));

// std::__throw_length_error(char const*) and its like, of libstdc++ <bits/functexcept.h> ("_ZSt") and of libc++
// ("_ZNSt3__1"): a length, then the name.
bool throws_from_library(std::string_view name) {
  for (std::string_view prefix : {"_ZSt", "_ZNSt3__1"}) {
    if (!name.starts_with(prefix)) continue;
    std::string_view rest = name.substr(prefix.size());
    const size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    return digits > 0 && rest.substr(digits).starts_with("__throw_");
  }
  return false;
}

// The reports of the sanitizers' checks when they may not continue: compiler-rt's ubsan_handlers.h (RECOVERABLE
// declares the _abort twin) and asan_interface_internal.h (the twins that return end in _noabort).
bool aborts_from_sanitizer(std::string_view name) {
  if (name.starts_with("__ubsan_handle_")) return name.ends_with("_abort");
  if (name.ends_with("_noabort")) return false;
  return name.starts_with("__asan_report_load") || name.starts_with("__asan_report_store") ||
         name.starts_with("__asan_report_exp_load") || name.starts_with("__asan_report_exp_store");
}

}  // namespace

bool declared_noreturn(std::string_view name) {
  return std::binary_search(kNames.begin(), kNames.end(), name) || throws_from_library(name) ||
         aborts_from_sanitizer(name);
}

bool runs_the_rest_of_its_caller(std::string_view name) { return name.starts_with("__morestack"); }

CalleeKnowledge::CalleeKnowledge(const CodeView& view, std::span<const std::string> by_debug_information,
                                 std::span<const std::string> extra, std::span<const std::string> elsewhere)
    : noreturn_function_(view.functions().size(), kUnknown),
      noreturn_symbol_(view.symbols().size(), 0),
      replaceable_(view.functions().size(), 0),
      told_by_name_(view.functions().size(), 0) {
  for (uint32_t i = 0; i < view.functions().size(); ++i) {
    const Function& function = view.functions()[i];
    const bool thunk = view.arch().thunk && view.arch().thunk(function.name).kind != ThunkMeaning::Kind::None;
    told_by_name_[i] = thunk || (!function.global && is_outlined_helper(function.name));
  }
  std::unordered_set<std::string_view> names(by_debug_information.begin(), by_debug_information.end());
  names.insert(extra.begin(), extra.end());
  const std::unordered_set<std::string_view> others(elsewhere.begin(), elsewhere.end());
  for (uint32_t i = 0; i < view.symbols().size(); ++i) {
    const Symbol& symbol = view.symbols()[i];
    if (!symbol.place.valid()) {
      noreturn_symbol_[i] =
          declared_noreturn(symbol.name) || names.contains(symbol.name) || others.contains(symbol.name);
    } else if (symbol.weak && view.relocatable() && !view.sections()[symbol.place.section].comdat) {
      const uint32_t function = view.function_starting_at(symbol.place);
      if (function != kNoIndex) replaceable_[function] = 1;
    }
  }
  if (names.empty()) return;
  std::unordered_map<std::string_view, uint32_t> count;
  for (const Function& function : view.functions()) {
    if (names.contains(function.name)) ++count[function.name];
  }
  for (uint32_t i = 0; i < view.functions().size(); ++i) {
    auto found = count.find(view.functions()[i].name);
    if (found != count.end() && found->second == 1) noreturn_function_[i] = kDeclared;
  }
}

bool CalleeKnowledge::never_returns(const Callee& callee) const {
  if (callee.function != kNoIndex) return never_returns(callee.function);
  return callee.symbol != kNoIndex && noreturn_symbol_[callee.symbol] != 0;
}

void CalleeKnowledge::learn(std::span<const Symbol> symbols, std::span<const std::string> never_return) {
  const std::unordered_set<std::string_view> names(never_return.begin(), never_return.end());
  for (uint32_t i = 0; i < symbols.size(); ++i) {
    if (!symbols[i].place.valid() && names.contains(symbols[i].name)) noreturn_symbol_[i] = 1;
  }
}

void CalleeKnowledge::infer(std::span<const uint8_t> never_returns) {
  for (uint32_t i = 0; i < noreturn_function_.size(); ++i) {
    if (noreturn_function_[i] == kDeclared) continue;
    noreturn_function_[i] = never_returns[i] ? kInferred : kUnknown;
  }
}

void CalleeKnowledge::remember_calls(std::span<const ResolvedCall> calls) {
  calls_.insert(calls_.end(), calls.begin(), calls.end());
}

void CalleeKnowledge::sort_calls() {
  auto by_place = [](const auto& a, const auto& b) { return a.first < b.first; };
  auto same_place = [](const auto& a, const auto& b) { return a.first == b.first; };
  std::stable_sort(calls_.begin(), calls_.end(), by_place);
  calls_.erase(std::unique(calls_.begin(), calls_.end(), same_place), calls_.end());
}

const Callee* CalleeKnowledge::call_at(Place at) const {
  auto found = std::lower_bound(calls_.begin(), calls_.end(), at,
                                [](const auto& entry, const Place& key) { return entry.first < key; });
  return found != calls_.end() && found->first == at ? &found->second : nullptr;
}

}  // namespace objhound::oracle
