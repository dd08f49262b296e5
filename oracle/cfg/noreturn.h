// Calls that never return. A compiler ends a block at such a call and lays out unrelated code, or nothing, behind it;
// who does not know falls through into it. Some are known by declaration, others only by looking at the callee.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

using ResolvedCall = std::pair<Place, Callee>;

// What is known of the callees of a file so far; grows as families are understood.
class CalleeKnowledge {
 public:
  // `by_debug_information`: names from ObjectFile::declared_noreturn(). A name that two functions share says nothing.
  // `elsewhere`: of functions that other files define.
  CalleeKnowledge(const CodeView& view, std::span<const std::string> by_debug_information,
                  std::span<const std::string> extra, std::span<const std::string> elsewhere);

  bool never_returns(const Callee& callee) const;
  bool never_returns(uint32_t function) const {
    return noreturn_function_[function] == kDeclared || noreturn_function_[function] == kInferred;
  }
  bool declared(uint32_t function) const { return noreturn_function_[function] == kDeclared; }
  // Whether what is inferred about the function holds: not for one that another file's may replace (weak), unless the
  // other is a copy of the same inline function or template (C++ [basic.def.odr]). What is linked is not replaced.
  bool may_infer(uint32_t function) const { return !replaceable_[function]; }
  // Whether the function's name says what it does: it is a thunk or an outlined helper.
  bool told_by_name(uint32_t function) const { return told_by_name_[function]; }
  // What other files say of their functions, by name: these never return.
  void learn(std::span<const Symbol> symbols, std::span<const std::string> never_return);
  // By function, the result of one fixpoint (call_summary.h); replaces what was inferred before.
  void infer(std::span<const uint8_t> never_returns);

  // Calls through registers, resolved when their family was complete. To be sorted before they are asked for; of two at
  // one place the first counts.
  void remember_calls(std::span<const ResolvedCall> calls);
  void sort_calls();
  const Callee* call_at(Place at) const;

 private:
  static constexpr uint8_t kUnknown = 0, kDeclared = 1, kInferred = 2;
  std::vector<uint8_t> noreturn_function_;  // by function
  std::vector<uint8_t> noreturn_symbol_;    // by symbol; of undefined ones
  std::vector<uint8_t> replaceable_;        // by function
  std::vector<uint8_t> told_by_name_;       // by function; every call asks, and names are all over the memory
  std::vector<ResolvedCall> calls_;
};

}  // namespace objhound::oracle
