// Calls by another way: the same function gets the same values of the same types, each argument is evaluated once, and
// in what order was never said (C11 6.5.2.2).

#include "generator/enrich/writer.h"

namespace objhound::generator::enrich {
namespace {

bool is_small(const Variable& parameter) {
  return parameter.integer() && (parameter.before.find("int8_t") != std::string::npos ||
                                 parameter.before.find("int16_t") != std::string::npos);
}

// How a parameter travels through an ellipsis (C11 6.5.2.2 p6, the default argument promotions).
std::string promoted(const Variable& parameter) {
  if (parameter.floating) return "double";
  return is_small(parameter) ? "int" : parameter.before;
}

std::string parameters(const Function& f) {
  std::string list;
  for (const Variable& p : f.parameters) list += fmt::format("{}{}{}", list.empty() ? "" : ", ", p.before, p.name);
  return list;
}
std::string names(const Function& f, std::string_view in = "") {
  std::string list;
  for (const Variable& p : f.parameters) list += fmt::format("{}{}{}", list.empty() ? "" : ", ", in, p.name);
  return list;
}
std::string_view returning(const Function& f) { return f.returns == "void" ? "" : "return "; }

std::string through_pointer(Writer& w, const Choice& choice, const Function& f, const std::string& arguments) {
  static constexpr std::array<std::string_view, 3> kKinds = {"static {0} *volatile {1} = {2};", "{0} *{1} = {2};",
                                                             "static {0} *const volatile {1} = {2};"};
  const unsigned kind = choice.bytes[0] % kKinds.size();
  const std::string name = fmt::format("enrich_pointer{}_{}", kind, f.name);
  w.declare_once(name, fmt::format(fmt::runtime(kKinds[kind]), fmt::format("__typeof__({})", f.name), name, f.name));
  return fmt::format("(*{})({})", name, arguments);
}

// A table of all functions of the type.
std::string through_table(Writer& w, const Choice& choice, const Function& f, const std::string& arguments) {
  std::string list, name;
  unsigned index = 0, count = 0;
  for (const Function& other : w.source().functions()) {
    if (other.signature != f.signature) continue;
    if (count == 0) name = "enrich_table_" + other.name;
    if (other.name == f.name) index = count;
    list += fmt::format("{}{}", count++ == 0 ? "" : ", ", other.name);
  }
  w.declare_once(name, fmt::format("static __typeof__(&{}) const {}[] = {{{}}};", f.name, name, list));
  // The index is data of the program, as far as anybody can see.
  if (choice.bytes[0] % 2 == 0) return fmt::format("{}[{}u + enrich_zero]({})", name, index, arguments);
  return fmt::format("{}[enrich_one * {}u]({})", name, index, arguments);
}

std::string forwarded(Writer& w, const Choice& choice, const Function& f, const std::string& arguments) {
  static constexpr std::array<std::string_view, 4> kKinds = {"NOINLINE", "NOIPA", "", "__attribute__((cold)) NOINLINE"};
  const unsigned kind = choice.bytes[0] % kKinds.size();
  const std::string name = fmt::format("enrich_forward{}_{}", kind, f.name);
  // A jump for certain where the compiler knows how to promise it, and nothing is passed in memory.
  bool in_registers = !f.returns_aggregate && f.parameters.size() <= 6 && f.returns != "void";
  for (const Variable& p : f.parameters) in_registers = in_registers && !p.aggregate;
  w.declare_once(name, fmt::format("static {} {} {}({}) {{ {}{}{}({}); }}", kKinds[kind], f.declared_type, name,
                                   f.parameters.empty() ? "void" : parameters(f),
                                   in_registers && kind < 2 ? "MUSTTAIL " : "", returning(f), f.name, names(f)));
  return fmt::format("{}({})", name, arguments);
}

// Enough in front of the arguments to use up the registers.
std::string many_arguments(Writer& w, const Choice& choice, const Function& f, const std::string& arguments) {
  const unsigned integers = 5 + choice.bytes[0] % 5, floats = choice.bytes[1] % 2 == 0 ? 0 : 9;
  const std::string name = fmt::format("enrich_many_{}_{}_{}", integers, floats, f.name);
  std::string list, values;
  for (unsigned i = 0; i < integers; ++i) {
    list += fmt::format("{}long e{}", i == 0 ? "" : ", ", i);
    values += fmt::format("{}{}", i == 0 ? "" : ", ", i * 1000 + 7);
  }
  for (unsigned i = 0; i < floats; ++i) {
    list += fmt::format(", double d{}", i);
    values += fmt::format(", {}.5", i);
  }
  if (!f.parameters.empty()) {
    list += ", " + parameters(f);
    values += ", " + arguments;
  }
  w.declare_once(name, fmt::format("static NOINLINE {} {}({}) {{\nenrich_sink((unsigned)(e0 ^ e{}{}));\n{}{}({});\n}}",
                                   f.declared_type, name, list, integers - 1, floats == 0 ? "" : " ^ (long)d8",
                                   returning(f), f.name, names(f)));
  return fmt::format("{}({})", name, values);
}

std::string through_ellipsis(Writer& w, const Choice& choice, const Function& f,
                             const std::vector<std::string>& arguments) {
  const unsigned skipped = choice.bytes[0] % 12;
  const std::string name = "enrich_variadic_" + f.name;
  std::string reads, list;
  for (const Variable& p : f.parameters) {
    reads += fmt::format("{0}{1} = ({0})__builtin_va_arg(list, {2});\n", p.before, p.name, promoted(p));
    if (p.aggregate) reads.replace(reads.rfind(fmt::format("({})__builtin", p.before)), p.before.size() + 2, "");
  }
  std::string out =
      fmt::format("static NOINLINE {} {}(int skipped, ...) {{\n__builtin_va_list list;\n", f.declared_type, name);
  out +=
      "__builtin_va_start(list, skipped);\nwhile (skipped-- > 0) enrich_sink((unsigned)__builtin_va_arg(list, int));\n";
  out += reads + fmt::format("__builtin_va_end(list);\n{}{}({});\n}}", returning(f), f.name, names(f));
  w.declare_once(name, out);

  list = std::to_string(skipped);
  for (unsigned i = 0; i < skipped; ++i) list += fmt::format(", {}", i * 17);
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Variable& p = f.parameters.at(i);
    list += p.aggregate ? fmt::format(", {}", arguments[i]) : fmt::format(", ({})({})", p.before, arguments[i]);
  }
  return fmt::format("{}({})", name, list);
}

// All arguments in a struct, and perhaps the result.
std::string by_value(Writer& w, const Choice& choice, const Function& f, const std::string& arguments) {
  const unsigned more = f.returns == "void" ? 0 : choice.bytes[0] % 4 * 9;
  const std::string name = fmt::format("enrich_value{}_{}", more, f.name), given = "struct enrich_arguments_" + f.name;
  const std::string taken = fmt::format("struct enrich_result{}_{}", more, f.name);
  std::string members;
  for (const Variable& p : f.parameters) members += fmt::format("{}{}; ", p.before, p.name);
  w.declare_once(given, fmt::format("{} {{ {}}};", given, members));
  if (more == 0) {
    w.declare_once(name, fmt::format("static NOINLINE {} {}({} a) {{ {}{}({}); }}", f.declared_type, name, given,
                                     returning(f), f.name, names(f, "a.")));
    return fmt::format("{}(({}){{{}}})", name, given, arguments);
  }
  w.declare_once(taken, fmt::format("{} {{ {} value; char more[{}]; }};", taken, f.returns, more));
  w.declare_once(name, fmt::format("static NOINLINE {0} {1}({2} a) {{\n{0} r = {{{3}({4}), {{1}}}};\nreturn r;\n}}",
                                   taken, name, given, f.name, names(f, "a.")));
  return fmt::format("{}(({}){{{}}}).value", name, given, arguments);
}

std::string alias(Writer& w, const Choice& choice, const Function& f, const std::string& arguments) {
  const bool weak = choice.bytes[0] % 2 == 0;
  const std::string name = fmt::format("enrich_{}_{}", weak ? "weak" : "alias", f.name);
  w.declare_once("used " + f.name, fmt::format("static __typeof__({0}) {0} __attribute__((used));", f.name));
  w.declare_once(name, fmt::format("{} __typeof__({}) {} __attribute__(({}alias(\"{}\")));", weak ? "extern" : "static",
                                   f.name, name, weak ? "weak, " : "", f.name));
  return fmt::format("{}({})", name, arguments);
}

}  // namespace

std::string Writer::call(const Choice& choice, const Function& callee, Range arguments, const Context& context) {
  std::vector<std::string> list;
  for (uint32_t from = arguments.begin, at = from; from < arguments.end; ++at) {
    if (at < arguments.end && (source_.is(at, "(") || source_.is(at, "[") || source_.is(at, "{")))
      at = source_.closing(at);
    if (at < arguments.end && !source_.is(at, ",")) continue;
    list.push_back(expression({from, std::min(at, arguments.end)}, context));
    from = at + 1;
  }
  const std::string all = fmt::format("{}", fmt::join(list, ", "));
  if (list.size() != callee.parameters.size()) return fmt::format("{}({})", callee.name, all);
  switch (choice.what) {
    case What::Pointer:
      return through_pointer(*this, choice, callee, all);
    case What::Table:
      return through_table(*this, choice, callee, all);
    case What::Forward:
      return forwarded(*this, choice, callee, all);
    case What::ManyArguments:
      return many_arguments(*this, choice, callee, all);
    case What::Variadic:
      return through_ellipsis(*this, choice, callee, list);
    case What::Alias:
      return alias(*this, choice, callee, all);
    default:
      break;
  }
  return list.empty() ? forwarded(*this, choice, callee, all) : by_value(*this, choice, callee, all);
}

}  // namespace objhound::generator::enrich
