// Functions, by how they are called and how they end: what the ABI passes in registers, on the stack and in memory;
// calls in the place of returns; recursion that counts down; jumps out to a caller.

#include <array>

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

std::string storage_and_attributes(Weaver& w) {
  const std::string storage = w.draw.coin() ? "static " : "";
  return storage + w.attributes();
}

// "u32 p1, i8 p2"; the parameters are in scope.
std::string parameters(Weaver& w, const std::vector<Type>& types) {
  std::string list;
  for (const Type type : types) {
    const Variable parameter{w.fresh("p"), type};
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", name_of(type), parameter.name);
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
  w.open("{}{} {}({}) {{", before, name_of(returns), name, list);
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
  w.open("{}u32 {}({}) {{", before, name, list);
  bait(w);
  w.statements(4);
  const bool tail = w.draw.coin() && !w.uniforms.empty();
  if (tail) {
    const Uniform to = w.uniforms[w.draw.below(static_cast<uint32_t>(w.uniforms.size()))];
    const std::string first = w.value();
    const std::string call = fmt::format("{}({}, {})", to.name, first, w.value());
    w.afford(to.cost) ? w.line("MUSTTAIL return {};", call) : w.line("return zero;");
    w.close();
  } else {
    finish(w);
  }
  w.uniforms.push_back({name, w.cost()});
  w.end_function([&w, name] {
    const std::string first = w.value();
    return fmt::format("{}({}, {})", name, first, w.value());
  });
}

// Structs of every class that the ABI tells apart (psABI 3.2.3, AAPCS64 6.8.2), in and out by value.
void by_value(Weaver& w) {
  struct Member {
    std::string_view name;
    Type type;
    bool floating = false;
  };
  static constexpr std::array<Member, 7> kMembers = {{{"u32", Type::U32},
                                                      {"u64", Type::U64},
                                                      {"double", Type::U32, true},
                                                      {"float", Type::U32, true},
                                                      {"u8", Type::U8},
                                                      {"u16", Type::U16},
                                                      {"double", Type::U32, true}}};
  const std::string type = w.fresh_outside("s"), name = w.fresh_outside("f");
  const uint32_t count = 1 + w.draw.below(w.draw.coin() ? 3 : 9);
  const bool alike = w.draw.coin();  // a homogeneous aggregate, perhaps
  const Member first = kMembers[w.draw.below(kMembers.size())];
  std::string members;
  std::vector<Member> of;
  for (uint32_t i = 0; i < count; ++i) {
    const Member member = alike ? first : kMembers[w.draw.below(kMembers.size())];
    members += fmt::format("{} m{}; ", member.name, i);
    of.push_back(member);
  }
  w.line("struct {} {{ {}}};", type, members);
  w.begin_function("");
  const std::string before = storage_and_attributes(w);
  w.open("{0}struct {1} {2}(struct {1} in, u32 salt) {{", before, type, name);
  w.scope.variables.push_back({"salt", Type::U32});
  for (uint32_t i = 0; i < count; ++i) {
    if (!of[i].floating) w.scope.variables.push_back({fmt::format("in.m{}", i), of[i].type});
  }
  w.statements(4);
  for (uint32_t i = 0; i < count; ++i) {
    if (of[i].floating) w.line("in.m{0} = (float)({1} + (u32)in.m{0}) + 1;", i, w.masked(0xff));
  }
  w.line("return in;");
  w.close();
  w.result = "u64";
  // Whoever calls sees a number.
  const std::string packed = name + "_of";
  w.open("static u64 {}(u32 salt) {{", packed);
  w.line("struct {} in;", type);
  std::string sum = "salt";
  for (uint32_t i = 0; i < count; ++i) {
    w.line("in.m{} = (u8)(salt + {}u);", i, i);
    sum += fmt::format(" ^ ((u64)in.m{} << {})", i, i * 5);
  }
  w.line("in = {}(in, salt);", name);
  w.line("return {};", sum);
  w.close();
  w.end_function([&w, packed] { return fmt::format("{}({})", packed, w.value()); });
}

void variadic(Weaver& w) {
  static constexpr std::array<std::string_view, 4> kTypes = {"u32", "u64", "double", "i32"};
  const std::string name = w.fresh_outside("f");
  const uint32_t count = w.draw.below(14);
  std::vector<uint32_t> types;
  for (uint32_t i = 0; i < count; ++i) types.push_back(w.draw.below(kTypes.size()));
  w.begin_function("");
  const std::string before = storage_and_attributes(w);
  w.open("{}u64 {}(u32 sum, ...) {{", before, name);
  w.scope.variables.push_back({"sum", Type::U32});
  w.line("__builtin_va_list list;");
  if (w.draw.coin()) w.statements(2);
  w.line("__builtin_va_start(list, sum);");
  for (const uint32_t type : types) {
    w.line("sum = sum * 5u + (u32)__builtin_va_arg(list, {});", kTypes[type]);
    if (w.draw.one_in(4)) w.statements(1);
  }
  w.line("__builtin_va_end(list);");
  w.statements(2);
  w.line("return sum;");
  w.close();
  w.end_function([&w, name, types] {
    std::string list = w.value();
    for (const uint32_t type : types) {
      const std::string value = type == 2 ? w.masked(0xffff) : w.value(type == 1);
      list += fmt::format(", ({}){}", kTypes[type], value);
    }
    return fmt::format("{}({})", name, list);
  });
}

// Two that call each other, counting down.
void recursive(Weaver& w) {
  const std::string one = w.fresh_outside("f"), other = w.fresh_outside("f");
  const uint32_t depth = 2 + w.draw.below(12);
  const bool linear = w.draw.coin();  // the call is the last thing that is done
  w.line("static u32 {}(u32 depth, u32 value);", other);
  uint64_t cost = 0;
  for (const auto& [self, next] : {std::pair(one, other), std::pair(other, one)}) {
    w.begin_function("u32");
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
  w.callees.push_back({cost, [&w, one, depth] { return fmt::format("{}({}u, {})", one, depth, w.value()); }});
}

// Goes back to a function that may be several calls up. What is kept across is volatile, or not written between.
void jumps_back(Weaver& w) {
  const std::string buffer = w.fresh_outside("b"), thrower = w.fresh_outside("f"), name = w.fresh_outside("f");
  const bool builtin = w.draw.coin();
  w.line("static {} {};", builtin ? "OWN_JMP_BUF" : "jmp_buf", buffer);
  w.begin_function("u32");
  w.open("static NOIPA u32 {}(u32 value) {{", thrower);
  w.scope.variables.push_back({"value", Type::U32});
  w.statements(3);
  const std::string condition = w.condition();
  w.line("if ({}) {};", condition,
         builtin ? fmt::format("OWN_LONGJMP({})", buffer) : fmt::format("longjmp({}, 1)", buffer));
  w.line("return value;");
  w.close();
  const uint64_t spent = w.cost();
  w.begin_function("u64");
  w.afford(spent);
  w.open("static NOINLINE u64 {}(u32 value) {{", name);
  w.line("volatile u32 kept = value;");
  w.open("if ({}({}) == 0) {{", builtin ? "OWN_SETJMP" : "setjmp", buffer);
  w.line("kept = {}(kept);", thrower);
  w.reopen("} else {");
  w.line("kept = kept ^ {}u;", w.draw.below(1000));
  w.close();
  w.line("return kept + (u64)value;");
  w.close();
  w.end_function([&w, name] { return fmt::format("{}({})", name, w.value()); });
}

constexpr FunctionKind kKinds[] = {
    {"plain", 6, plain},           {"many-parameters", 2, many_parameters},
    {"uniform", 4, uniform},       {"by-value", 2, by_value},
    {"variadic", 2, variadic},     {"recursive", 2, recursive},
    {"jumps-back", 1, jumps_back},
};

}  // namespace

std::span<const FunctionKind> function_kinds() { return kKinds; }

}  // namespace objhound::generator::weave
