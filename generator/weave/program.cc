// A program: what it may use, its state, its functions, and main() with the checksum.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {

std::string Weaver::program() {
  draw.part([&] { choose_constructs(); });
  draw.part([&] { global_variables(); });
  std::vector<FunctionKind> kinds;
  uint32_t total = 0;
  for (const auto chapter : {function_kinds(), convention_kinds(), linkage_kinds(), class_kinds()}) {
    for (const FunctionKind& kind : chapter) {
      if ((kind.traits & (cplusplus() ? kOnlyC : kOnlyCplusplus)) != 0) continue;
      kinds.push_back(kind);
      total += kind.weight;
    }
  }
  const uint32_t functions = 1 + draw.below(options_.size.functions);
  for (uint32_t i = 0; i < functions; ++i) {
    draw.part([&] {
      uint32_t chosen = draw.below(total);
      for (const FunctionKind& kind : kinds) {
        if (chosen < kind.weight) return function(kind);
        chosen -= kind.weight;
      }
    });
  }
  draw.part([&] { main_function(); });
  return prelude_of(text_) + text_;
}

void Weaver::function(const FunctionKind& kind) {
  if (kind.write != nullptr) return kind.write(*this);
  Holes holes;
  begin_function("");
  afford(kind.steps);
  text(kind.text, holes);
  end_function([this, holes, call = kind.call]() mutable { return fill(call, holes); });
}

}  // namespace objhound::generator::weave
