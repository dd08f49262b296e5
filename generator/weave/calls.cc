// Calls: of what was written before, directly and through pointers and tables of them; and calls that never return,
// where control never gets.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

void call(Weaver& w) {
  const Callee* callee = w.callee();
  if (callee == nullptr) return w.assign(w.place());
  const Variable place = w.place();
  const std::string call = callee->call();
  if (place.bits != 0) return w.line("note((u64){});", call);
  w.line("{} = ({}){};", place.name, name_of(place.type), call);
}

void through_table(Weaver& w) {
  const uint32_t entries = 2u << w.draw.below(3);
  std::string list;
  for (uint32_t i = 0; i < entries; ++i) {
    const Uniform* one = w.uniform();
    if (one == nullptr) return call(w);
    list += fmt::format("{}{}", i == 0 ? "" : ", ", one->name);
  }
  const std::string table = w.fresh("t");
  w.open("{{");
  w.line("static u32 (*const {}[{}])(u32, u32) = {{{}}};", table, entries, list);
  const std::string index = w.masked(entries - 1), first = w.value();
  w.line("note({}[{}]({}, {}));", table, index, first, w.value());
  w.close();
}

void through_pointer(Weaver& w) {
  const Uniform* one = w.uniform();
  const Uniform* other = w.uniform();
  if (one == nullptr || other == nullptr) return call(w);
  const std::string pointer = w.fresh("p");
  w.open("{{");
  const std::string_view kept = w.draw.coin() ? "volatile " : "";
  w.line("u32 (*{}{})(u32, u32) = ({}) ? {} : {};", kept, pointer, w.condition(), one->name, other->name);
  const std::string first = w.value();
  w.line("note({}({}, {}));", pointer, first, w.value());
  w.close();
}

void never(Weaver& w) {
  const uint32_t code = w.draw.below(100);
  if (w.draw.coin()) return w.line("if (UNLIKELY(zero != 0)) die({}u);", code);
  w.open("if (zero > {}u) {{", code);
  w.statements(2);
  w.line("die({});", w.value());
  w.close();
}

void promise(Weaver& w) { w.line("if (zero != 0) __builtin_unreachable();"); }

constexpr Construct kConstructs[] = {
    {"call", 5, call},         {"call-table", 2, through_table}, {"call-pointer", 2, through_pointer},
    {"noreturn", 2, never, 1}, {"unreachable", 1, promise},
};

}  // namespace

std::span<const Construct> call_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
