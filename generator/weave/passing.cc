#include "generator/weave/passing.h"

namespace objhound::generator::weave {
namespace {

// A member: {0} is its name where it is declared, and the whole lvalue elsewhere; {1} a u32.
struct Member {
  std::string_view declare, read, write;
  bool writable = false;  // as it is, by any statement
  Type type = Type::U32;
  unsigned bits = 0;
};
constexpr Member kMembers[] = {
    {"u8 {0};", "{0}", "{0} = (u8)({1});", true, Type::U8},
    {"u16 {0};", "{0}", "{0} = (u16)({1});", true, Type::U16},
    {"u32 {0};", "{0}", "{0} = {1};", true, Type::U32},
    {"u64 {0};", "{0}", "{0} = {1};", true, Type::U64},
    {"float {0};", "{0}", "{0} = (float)(({1}) & 0xffffu);"},
    {"double {0};", "{0}", "{0} = (double)(({1}) & 0xffffu);"},
    {"float {0};", "{0}", "{0} = (float)(({1}) & 0xffffu);"},
    {"double {0};", "{0}", "{0} = (double)(({1}) & 0xffffu);"},
    {"long double {0};", "{0}", "{0} = (long double)(({1}) & 0xffffu);"},
    {"_Complex float {0};", "(__real__ {0} + __imag__ {0})",
     "__real__ {0} = (float)(({1}) & 0xffu); __imag__ {0} = 3.0f;"},
    {"_Complex double {0};", "__imag__ {0}", "__imag__ {0} = (double)(({1}) & 0xffffu);"},
    {"u8 {0}[3];", "({0}[0] ^ {0}[2])", "{0}[0] = (u8)({1}); {0}[2] = 5;"},
    {"u16 {0}[5];", "({0}[0] ^ {0}[4])", "{0}[4] = (u16)({1});"},
    {"u64 {0}[2];", "({0}[0] ^ {0}[1])", "{0}[1] = {1};"},
    {"float {0}[2];", "({0}[0] + {0}[1])", "{0}[0] = (float)(({1}) & 0xffu);"},
    {"u128 {0};", "(u64){0}", "{0} = (u128)({1}) << 17;"},
    {"vec4 {0};", "({0}[0] ^ {0}[3])", "{0}[0] = {1}; {0}[3] = 5u;"},
    {"vec2 {0};", "{0}[0]", "{0}[0] = (float)(({1}) & 0xffu);"},
    {"void* {0};", "({0} != 0)", "{0} = ({1}) > 9u ? (void*)&shared : (void*)0;"},
    {"u32 {0} : 5;", "{0}", "{0} = ({1}) & 31u;", true, Type::U32, 5},
    {"u64 {0} : 33;", "{0}", "{0} = ({1}) & 0xffffffu;", true, Type::U64, 33},
    {"i32 {0} : 7;", "(u32){0}", "{0} = (i32)(({1}) & 63u);"},
    {"struct three {0};", "({0}.a ^ {0}.c)", "{0}.a = {1}; {0}.c = {0}.b + 3u;"},
};
constexpr uint32_t kMemberKinds = std::size(kMembers);

// The sizes where classes begin and end.
constexpr std::array<uint32_t, 17> kSizes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 32, 33, 64};

struct Struct {
  std::string name;
  std::vector<Member> members;
};

std::string lvalue(size_t member) { return fmt::format("in.m{}", member); }

std::string filled(std::string_view format, const std::string& lvalue, const std::string& value = {}) {
  return fmt::format(fmt::runtime(format), lvalue, value);
}

Struct declare(Weaver& w) {
  Struct made{w.fresh_outside("s"), {}};
  const std::string soup = w.draw.one_in(4) ? w.attributes(Place::Type) : "";
  std::string body;
  const uint32_t kind = w.draw.below(8);
  if (kind == 7) {
    body = fmt::format("u8 m0[{}]; ", kSizes[w.draw.below(kSizes.size())]);
    made.members.push_back({"", "{0}[0]", "{0}[0] = (u8)({1});"});
  } else {
    // None, few, alike (a homogeneous aggregate, perhaps), many.
    const uint32_t count = kind == 6 ? 0 : 1 + w.draw.below(kind < 3 ? 3 : kind < 5 ? 5 : 9);
    const bool alike = kind == 3 || kind == 4;
    const Member first = kMembers[w.draw.below(kMemberKinds)];
    for (uint32_t i = 0; i < count; ++i) {
      made.members.push_back(alike ? first : kMembers[w.draw.below(kMemberKinds)]);
      body += filled(made.members.back().declare, fmt::format("m{}", i)) + " ";
    }
  }
  w.line("struct {}{} {{ {}}};", soup, made.name, body);
  return made;
}

struct Passed {
  std::string_view type;
  std::string_view make;  // from the u32 {0}
  std::string_view read;  // of the lvalue {0}
};
constexpr Passed kPassed[] = {
    {"u32", "({0})", "{0}"},
    {"u64", "(u64)({0})", "{0}"},
    {"double", "(double)(({0}) & 0xffffu)", "(u32){0}"},
    {"i32", "(i32)({0})", "(u32){0}"},
    {"u32", "({0})", "{0}"},
    {"double", "(double)(({0}) & 0xffffu)", "(u32){0}"},
    {"long double", "(long double)(({0}) & 0xffffu)", "(u32){0}"},
    {"u128", "(u128)({0})", "(u32)({0} >> 3)"},
    {"struct three", "of_three({0})", "({0}.a ^ {0}.c)"},
    {"struct large", "of_large({0})", "(u32)({0}.a[2] ^ {0}.b)"},
    {"struct pair", "of_pair({0})", "(u32)({0}.a + {0}.b)"},
    {"struct one_float", "of_float({0})", "(u32)({0}.a[0] + {0}.a[2])"},
    {"vec4", "(vec4){{{0}, 1u, 2u, 3u}}", "({0}[0] ^ {0}[3])"},
    {"const u32*", "(&of_memory[({0}) & 3u])", "*{0}"},
};
constexpr uint32_t kPassedKinds = std::size(kPassed);

}  // namespace

void by_value(Weaver& w) {
  const Struct type = declare(w);
  const std::string name = w.fresh_outside("f");
  // What stands before takes registers from it.
  const uint32_t integers = w.draw.coin() ? w.draw.below(9) : 0, floats = w.draw.one_in(3) ? w.draw.below(9) : 0;
  w.begin_function("");
  w.draw_throws();
  std::string list, before;
  for (uint32_t i = 0; i < integers; ++i) list += fmt::format("u32 r{} UNUSED, ", i), before += fmt::format("{}u, ", i);
  for (uint32_t i = 0; i < floats; ++i)
    list += fmt::format("double d{} UNUSED, ", i), before += fmt::format("{}.0, ", i);
  const std::string soup = storage_and_attributes(w);
  w.open("{0}struct {1} {2}({3}struct {1} in, u32 salt UNUSED) {{", soup, type.name, name, list);
  w.scope.variables.push_back({"salt", Type::U32});
  for (uint32_t i = 0; i < integers; ++i) w.scope.variables.push_back({fmt::format("r{}", i), Type::U32});
  for (size_t i = 0; i < type.members.size(); ++i) {
    const Member& member = type.members[i];
    if (member.writable) w.scope.variables.push_back({lvalue(i), member.type, true, member.bits});
  }
  w.statements(4);
  for (size_t i = 0; i < type.members.size(); ++i) {
    const Member& member = type.members[i];
    if (!member.writable) w.line("{}", filled(member.write, lvalue(i), w.masked(0xff)));
  }
  for (uint32_t i = 0; i < floats; ++i) w.line("note((u64)d{});", i);
  w.line("return in;");
  w.close();
  // Whoever calls sees a number.
  const std::string packed = name + "_of";
  w.open("static u64 {}(u32 salt) {{", packed);
  w.line("struct {} in;", type.name);
  w.line("u64 sum = salt;");
  w.line("__builtin_memset(&in, 0, sizeof(in));");
  for (size_t i = 0; i < type.members.size(); ++i)
    w.line("{}", filled(type.members[i].write, lvalue(i), fmt::format("(salt + {}u)", i)));
  w.line("in = {}({}in, salt);", name, before);
  for (size_t i = 0; i < type.members.size(); ++i)
    w.line("sum = sum * 5u ^ (u64){};", filled(type.members[i].read, lvalue(i)));
  w.line("return sum;");
  w.close();
  w.end_function([&w, packed] { return fmt::format("{}({})", packed, w.value()); });
}

void variadic(Weaver& w) {
  const std::string name = w.fresh_outside("f");
  const uint32_t count = w.draw.below(14);
  std::vector<uint32_t> types;
  const bool plain = w.draw.coin();
  for (uint32_t i = 0; i < count; ++i) types.push_back(w.draw.below(plain ? 4 : kPassedKinds));
  w.begin_function("");
  w.draw_throws();
  const std::string before = storage_and_attributes(w);
  w.open("{}u64 {}(u32 sum, ...) {{", before, name);
  w.scope.variables.push_back({"sum", Type::U32});
  w.line("__builtin_va_list list;");
  if (w.draw.coin()) w.statements(2);
  const bool copied = w.draw.one_in(4);
  if (copied) {
    w.line("__builtin_va_list first;");
    w.line("__builtin_va_start(first, sum);");
    w.line("__builtin_va_copy(list, first);");
  } else {
    w.line("__builtin_va_start(list, sum);");
  }
  for (size_t i = 0; i < types.size(); ++i) {
    const Passed& passed = kPassed[types[i]];
    const std::string one = fmt::format("x{}", i);
    w.line("{{ {0} {1} = __builtin_va_arg(list, {0}); sum = sum * 5u + (u32){2}; }}", passed.type, one,
           filled(passed.read, one));
    if (w.draw.one_in(4)) w.statements(1);
  }
  w.line("__builtin_va_end(list);");
  // Not right behind the copy: Clang 14 to 19 then leave va_start out.
  if (copied) w.line("__builtin_va_end(first);");
  w.statements(2);
  w.line("return sum;");
  w.close();
  w.end_function([&w, name, types] {
    std::string list = w.value();
    for (const uint32_t type : types) list += ", " + filled(kPassed[type].make, w.value());
    return fmt::format("{}({})", name, list);
  });
}

}  // namespace objhound::generator::weave
