// C++: exceptions, and what is left behind in order when one passes. All that is thrown is caught: a construct that may
// throw stands only in a function that is known to (Surroundings::throws), whose callers are or catch it.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

// In a try block all may be thrown, and a jump neither leads into it nor, to compilers, past what stands in it.
void in_try(Weaver& w, uint32_t most) {
  const Surroundings before = w.around;
  w.around.throws = true;
  w.around.labels = false;
  w.statements(most);
  w.around = before;
}

// What is caught last is everything, unless it may go on.
void try_catch(Weaver& w) {
  if (!w.afford(200)) return w.assign(w.place());
  struct Kind {
    std::string_view declaration, value;
  };
  static constexpr std::array<Kind, 9> kKinds = {{{"u32 {}", "{}"},
                                                  {"int {}", "(u32){}"},
                                                  {"const Small& {}", "{}.value"},
                                                  {"Base& {}", "{}.get()"},
                                                  {"const Derived& {}", "{}.get_other()"},
                                                  {"Other& {}", "{}.get_other()"},
                                                  {"Base {}", "{}.value"},
                                                  {"const u32& {}", "{}"},
                                                  {"const char* {}", "(u32){}[0]"}}};
  const uint32_t handlers = w.draw.below(4);
  const bool rest = !w.around.throws || w.draw.coin() || handlers == 0;
  const Surroundings before = w.around;
  w.open("try {{");
  in_try(w, 4);
  uint32_t used = 0;
  for (uint32_t i = 0; i < handlers; ++i) {
    const uint32_t kind = w.draw.below(kKinds.size());
    if ((used >> kind & 1) != 0) continue;
    used |= 1u << kind;
    const std::string name = w.fresh("x");
    w.reopen(fmt::format("}} catch ({}) {{", fmt::format(fmt::runtime(kKinds[kind].declaration), name)));
    w.line("note({});", fmt::format(fmt::runtime(kKinds[kind].value), name));
    w.around.labels = false;
    w.draw.part([&] { w.statements(2); });
    if (w.around.throws && w.draw.one_in(4))
      w.line("{};", w.draw.coin() ? "throw" : "if (" + w.condition() + ") throw");
    w.around = before;
  }
  if (rest) {
    w.reopen("} catch (...) {");
    w.around.labels = false;
    w.draw.part([&] { w.statements(2); });
    if (w.around.throws && w.draw.one_in(4)) w.line("throw;");
    w.around = before;
  }
  w.close();
}

void raise(Weaver& w) {
  if (!w.afford(100)) return w.assign(w.place());
  static constexpr std::array<std::string_view, 7> kThrown = {"{}",
                                                              "(int){}",
                                                              "Small({})",
                                                              "Derived({})",
                                                              "Base({})",
                                                              "Derived({})",
                                                              "(const char*)(({}) > 5u ? \"b\" : \"a\")"};
  const std::string condition = w.condition();
  const std::string_view thrown = kThrown[w.draw.below(kThrown.size())];
  w.line("if ({}) throw {};", condition, fmt::format(fmt::runtime(thrown), w.value()));
}

void with_guard(Weaver& w) {
  if (!w.afford(20)) return w.assign(w.place());
  const std::string name = w.fresh("x");
  w.open("{{");
  w.line("u32 {}_value UNUSED = {};", name, w.value());
  if (w.draw.coin()) {
    w.line("Guard {0}({0}_value, {1});", name, w.value());
  } else {
    w.line("Loud {}({});", name, w.value());
  }
  const bool before = w.around.labels;
  w.around.labels = false;
  w.scope.variables.push_back({name + "_value", Type::U32});
  w.statements(4);
  w.around.labels = before;
  w.close();
}

constexpr unsigned kHere = kOnlyCplusplus;
constexpr Construct kConstructs[] = {
    {"try", 5, try_catch, 1, {}, 0, kHere},
    {"throw", 3, raise, 0, {}, 0, kHere | kThrows},
    {"guard", 4, with_guard, 1, {}, 0, kHere},
    {"guards-in-loop", 2, nullptr, 1, R"(u32 `n`_value = `u`, `n`_i;
for (`n`_i = 0; `n`_i < `#1-6`u; ++`n`_i) {
  Guard `n`(`n`_value, `n`_i);
  @const u32 `n`_value
  @nolabels
  @statements 2 x 6
  @again
})",
     100, kHere},
    {"array-of-objects", 1, nullptr, 1, R"(Loud `n`[2] = {`u`, `u`};
@nolabels
@statements 2
@again
note(`n`[1].value);)",
     60, kHere},
    {"alloca-and-guard", 1, nullptr, 1, R"(u32 `n`_value = `u`, `n`_size = `&63` + 16u;
Guard `n`(`n`_value, 5u);
u8* `n`_p = (u8*)__builtin_alloca(`n`_size);
fill(`n`_p, `n`_size, `u`);
@array u8 `n`_p 15
@nolabels
@statements 3
@again
note(mix(`n`_p, 16u, `n`_value));)",
     300, kHere},
    {"survivors", 2, nullptr, 1, R"(u32 `n`_a = `u`, `n`_b = `u`, `n`_c = `u`, `n`_d = `u`, `n`_e = `u`;
u64 `n`_f = `w`;
@const u32 `n`_a
@const u64 `n`_f
try {
  @throws
  @statements 3
  `n`_b += 7u;
  @statements 1
  @again
} catch (...) {
  `n`_c ^= `n`_b;
}
note(`n`_a ^ `n`_b ^ `n`_c ^ `n`_d ^ `n`_e ^ `n`_f);)",
     200, kHere},
    {"temporaries", 1, nullptr, 0,
     R"(note(Loud(`u`).value > 5u && (Loud(`u`).value > 7u || (`c` ? Loud(`u`).value : 3u) > 9u));)", 80, kHere},
    {"lambda", 1, nullptr, 1, R"(u32 `n`_x = `u`;
u64 `n`_y = `w`;
const auto `n` = `[=]|[&]`(u32 `n`_p) `NOINLINE |`-> u64 { return `n`_x * 3u + (`n`_y ^ `n`_p); };
`n`_x += 1u;
note(`n`(`u`));
@statements 1
note(`n`(`n`_x));)",
     20, kHere},
    {"once", 1, nullptr, 0, R"(static const u32 `n` UNUSED = `u` | 1u;
static Loud `n`_object(`u`);
@const u32 `n`
@statements 2
note(`n`_object.value);)",
     40, kHere},
    {"member-pointer", 1, nullptr, 0, R"(Derived `n`(`u`);
u32 (Derived::*`n`_get)() const = (`c`) ? &Derived::get : &Derived::get_other;
u32 Base::*`n`_data = &Base::value;
note((`n`.*`n`_get)());
`n`.*`n`_data = `u`;
Base& `n`_base = `n`;
Other& `n`_other = `n`;
note(`n`_base.get() ^ `n`_other.get_other());)",
     60, kHere},
    {"casts", 1, nullptr, 0, R"(Derived `n`(`u`);
Base* `n`_base = &`n`;
Other* `n`_other = dynamic_cast<Other*>(`n`_base);
note(`n`_other ? `n`_other->get_other() : 5u);
note(dynamic_cast<Derived*>(`n`_other) == &`n`);)",
     100, kHere},
    {"new", 1, nullptr, 1, R"(Base* `n` = (`c`) ? new Derived(`u`) : new Base(`u`);
note(`n`->get());
delete `n`;)",
     150, kHere},
};

}  // namespace

std::span<const Construct> exception_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
