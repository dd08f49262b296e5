// Functions, by how they are called and how they end: what the ABI passes in registers, on the stack and in memory;
// calls in the place of returns; recursion that counts down; jumps out to a caller.

#include <array>

#include "generator/weave/passing.h"
#include "generator/weave/weaver.h"

namespace objhound::generator::weave {

std::string storage_and_attributes(Weaver& w) {
  const bool exported = w.draw.coin();
  const std::string soup = w.attributes();
  return exported ? soup + w.attributes(Place::Exported) : "static " + soup;
}

// In C++, behind the parameters: the function keeps its promise, for it can call nothing that throws.
std::string_view promise(Weaver& w) { return w.cplusplus() && !w.around.throws && w.draw.coin() ? " noexcept" : ""; }

namespace {

// "u32 p1, i8 p2"; the parameters are in scope.
std::string parameters(Weaver& w, const std::vector<Type>& types) {
  std::string list;
  for (const Type type : types) {
    const Variable parameter{w.fresh("p"), type};
    list += fmt::format("{}{} {} UNUSED", list.empty() ? "" : ", ", name_of(type), parameter.name);
    w.scope.variables.push_back(parameter);
  }
  return list.empty() ? "void" : list;
}

std::string arguments(Weaver& w, const std::vector<Type>& types) {
  std::string list;
  for (const Type type : types) list += fmt::format("{}{}", list.empty() ? "" : ", ", w.converted(type));
  return list;
}

// How a function returns: with a value, or with that of a call that may be a jump.
void finish(Weaver& w) {
  const bool tail = w.draw.one_in(3);
  const Callee* callee = tail ? w.callee() : nullptr;
  if (callee != nullptr) {
    w.line("return ({}){};", w.result, callee->call());
  } else {
    w.line("return ({}){};", w.result, w.value(true));
  }
  w.close();
}

// Early ways out, before the frame is needed.
void bait(Weaver& w) {
  if (!w.draw.one_in(3)) return;
  const std::string condition = w.condition();
  w.line("if ({}) return ({}){};", condition, w.result, w.value());
}

void with_parameters(Weaver& w, uint32_t count) {
  const std::string name = w.fresh_outside("f");
  const Type returns = w.type();
  w.begin_function(name_of(returns));
  std::vector<Type> types;
  for (uint32_t i = 0; i < count; ++i) types.push_back(w.type());
  const std::string list = parameters(w, types);
  const std::string before = storage_and_attributes(w);
  w.draw_throws();
  w.open("{}{} {}({}){} {{", before, name_of(returns), name, list, promise(w));
  bait(w);
  w.statements(6);
  finish(w);
  w.end_function([&w, name, types] { return fmt::format("{}({})", name, arguments(w, types)); });
}

void plain(Weaver& w) { with_parameters(w, w.draw.below(6)); }
void many_parameters(Weaver& w) { with_parameters(w, 7 + w.draw.below(10)); }

// Two u32, for tables of pointers and for calls that take the place of a return.
void uniform(Weaver& w) {
  const std::string name = w.fresh_outside("f");
  w.begin_function("u32");
  const std::string list = parameters(w, {Type::U32, Type::U32});
  const std::string before = storage_and_attributes(w);
  w.draw_throws();
  w.open("{}u32 {}({}) {{", before, name, list);
  bait(w);
  w.statements(4);
  const Uniform* to = w.draw.coin() ? w.uniform() : nullptr;
  if (to != nullptr) {
    const std::string first = w.value();
    w.line("MUSTTAIL return {}({}, {});", to->name, first, w.value());
    w.close();
  } else {
    finish(w);
  }
  w.uniforms.push_back({name, w.cost(), w.around.throws});
  w.end_function([&w, name] {
    const std::string first = w.value();
    return fmt::format("{}({}, {})", name, first, w.value());
  });
}

// Two that call each other, counting down.
void recursive(Weaver& w) {
  const std::string one = w.fresh_outside("f"), other = w.fresh_outside("f");
  const uint32_t depth = 2 + w.draw.below(12);
  const bool linear = w.draw.coin();  // the call is the last thing that is done
  const bool throws = w.cplusplus() && w.draw.coin();
  w.line("static u32 {}(u32 depth, u32 value);", other);
  uint64_t cost = 0;
  for (const auto& [self, next] : {std::pair(one, other), std::pair(other, one)}) {
    w.begin_function("u32");
    w.around.throws = throws;
    const std::string attributes = w.attributes();
    w.open("static {}u32 {}(u32 depth, u32 value) {{", attributes, self);
    w.scope.variables.push_back({"depth", Type::U32, false});
    w.scope.variables.push_back({"value", Type::U32});
    w.line("if (depth == 0) return value;");
    w.draw.part([&] { w.statements(3, depth); });
    if (linear) {
      w.line("MUSTTAIL return {}(depth - 1, {});", next, w.value());
    } else {
      w.line("value += {}(depth - 1, {});", next, w.value());
      w.line("return value ^ depth;");
    }
    w.close();
    cost += w.cost();
  }
  w.line("");
  w.callees.push_back({cost, [&w, one, depth] { return fmt::format("{}({}u, {})", one, depth, w.value()); }, throws});
}

// Goes back to a function that may be several calls up. What is kept across is volatile, or not written between.
void jumps_back(Weaver& w) {
  const std::string buffer = w.fresh_outside("b"), thrower = w.fresh_outside("f"), name = w.fresh_outside("f");
  const bool builtin = w.draw.coin();
  w.line("static {} {};", builtin ? "OWN_JMP_BUF" : "libc_jmp_buf", buffer);
  w.begin_function("u32");
  w.open("static NOIPA u32 {}(u32 value) {{", thrower);
  w.scope.variables.push_back({"value", Type::U32});
  w.statements(3);
  const std::string condition = w.condition();
  w.line("if ({}) {};", condition,
         builtin ? fmt::format("OWN_LONGJMP({})", buffer) : fmt::format("libc_longjmp({}, 1)", buffer));
  w.line("return value;");
  w.close();
  const uint64_t spent = w.cost();
  w.begin_function("u64");
  w.afford(spent);
  w.open("static NOINLINE u64 {}(u32 value) {{", name);
  w.line("volatile u32 kept = value;");
  w.open("if ({}({}) == 0) {{", builtin ? "OWN_SETJMP" : "libc_setjmp", buffer);
  w.line("kept = {}(kept);", thrower);
  w.reopen("} else {");
  w.line("kept = kept ^ {}u;", w.draw.below(1000));
  w.close();
  w.line("return kept + (u64)value;");
  w.close();
  w.end_function([&w, name] { return fmt::format("{}({})", name, w.value()); });
}

constexpr FunctionKind kKinds[] = {
    {"plain", 12, plain},          {"many-parameters", 4, many_parameters},
    {"uniform", 8, uniform},       {"by-value", 5, by_value},
    {"variadic", 5, variadic},     {"recursive", 4, recursive},
    {"jumps-back", 2, jumps_back},
};

}  // namespace

std::span<const FunctionKind> function_kinds() { return kKinds; }

}  // namespace objhound::generator::weave
