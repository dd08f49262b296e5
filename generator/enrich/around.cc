// Statements in other surroundings: in functions of their own, behind setjmp, between values that are kept, in copies
// of which one runs; and in front of them what never runs or changes nothing.

#include <algorithm>

#include "generator/enrich/writer.h"

namespace objhound::generator::enrich {
namespace {

constexpr unsigned kMostCopies = 8;

// The objects in scope that the statement names; of those with the same name the innermost.
std::vector<const Variable*> used(const Writer& w, const Statement& s, const Context& context) {
  std::vector<const Variable*> found;
  for (uint32_t i = s.tokens.begin; i < s.tokens.end; ++i) {
    if (!w.source().is_name(i)) continue;
    const auto named = [&](const Variable* v) { return w.source().is(i, v->name); };
    const auto v = std::find_if(context.scope.rbegin(), context.scope.rend(), named);
    if (v != context.scope.rend() && std::find(found.begin(), found.end(), *v) == found.end()) found.push_back(*v);
  }
  return found;
}

// What follows the call of a function that a statement with jumps out of it has become.
std::string after_call(const Writer& w, const Statement& s, const Context& context, const std::string& code,
                       const std::string& result) {
  std::string out;
  if (s.has_return && context.result.empty()) out += fmt::format("if ({} == 1) return {};\n", code, result);
  if (s.has_return && !context.result.empty())
    out += fmt::format("if ({} == 1) {{ {} = {}; return 1; }}\n", code, context.result, result);
  if (s.leaves_by_break) out += fmt::format("if ({} == 2) {}", code, w.leave(context.on_break));
  if (s.leaves_by_continue) out += fmt::format("if ({} == 3) {}", code, w.leave(context.on_continue));
  return out;
}

Context inside_function(const Statement& s, const Context& context) {
  Context inner = context;
  inner.outlined = true;
  inner.loops = 0;
  inner.result.clear();
  inner.on_break = inner.break_in_switch = s.leaves_by_break ? Exit{"return 2;"} : Exit{};
  inner.on_continue = s.leaves_by_continue ? Exit{"return 3;"} : Exit{};
  return inner;
}

bool leaves(const Statement& s) { return s.has_return || s.leaves_by_break || s.leaves_by_continue; }

// Objects by their addresses, the result by an address, jumps by the value that is returned.
std::string outline(Writer& w, const Choice& choice, const Statement& s, const Context& context,
                    const Writer::Body& body) {
  static constexpr std::array<std::string_view, 5> kAttributes = {"NOINLINE", "NOIPA", "__attribute__((cold)) NOINLINE",
                                                                  "", "__attribute__((hot))"};
  const std::string name = w.fresh("out"), code = w.fresh("c"), result = w.fresh("r");
  Context inner = inside_function(s, context);
  inner.scope = used(w, s, context);
  inner.names.clear();
  std::string parameters, arguments;
  if (s.has_return) {
    inner.result = "*enrich_result";
    parameters = context.function->returns + " *enrich_result";
    arguments = "&" + result;
  }
  for (const Variable* v : inner.scope) {
    const Choice* object = w.plan().find(v->node, Place::Object);
    const std::string_view kept = object != nullptr && object->what == What::Volatile ? "volatile " : "";
    parameters += fmt::format("{}{}{}(*{}){}", parameters.empty() ? "" : ", ", v->before, kept, v->name, v->after);
    arguments += fmt::format("{}&{}", arguments.empty() ? "" : ", ", context.named(v->name));
    inner.names[v->name] = fmt::format("(*{})", v->name);
  }
  const std::string text = body(inner);
  w.add_helper(fmt::format("static {} {} {}({}) {{\n{}{}}}", kAttributes[choice.bytes[0] % kAttributes.size()],
                           leaves(s) ? "int" : "void", name, parameters.empty() ? "void" : parameters, text,
                           leaves(s) ? "return 0;\n" : ""));
  if (!leaves(s)) return fmt::format("{}({});\n", name, arguments);
  std::string out = "{\n";
  if (s.has_return) out += fmt::format("{} {};\n", context.function->returns, result);
  out += fmt::format("int {} = {}({});\n", code, name, arguments);
  return out + after_call(w, s, context, code, result) + "}\n";
}

// GCC's nested functions reach the objects through the static chain. With its address sanitizer they reach a parameter
// whose address is taken where it no longer is (GCC 12).
std::string nested(Writer& w, const Statement& s, const Context& context, const Writer::Body& body) {
  if (context.copies * 2 > kMostCopies) return body(context);
  const std::string name = w.fresh("n"), code = w.fresh("c"), result = w.fresh("r");
  Context inner = inside_function(s, context).copied(2);
  std::string out = "#if IS_GCC && !defined(SANITIZED)\n{\n";
  if (s.has_return) {
    inner.result = result;
    out += fmt::format("{} {};\n", context.function->returns, result);
  }
  out += fmt::format("{} NOINLINE {}(void) {{\n{}{}}}\n", leaves(s) ? "int" : "void", name, body(inner),
                     leaves(s) ? "return 0;\n" : "");
  if (leaves(s)) {
    out += fmt::format("int {} = {}();\n", code, name) + after_call(w, s, context, code, result);
  } else {
    out += name + "();\n";
  }
  return out + "}\n#else\n" + body(context.copied(2)) + "#endif\n";
}

// Between setjmp and longjmp no object changes, so that all have their values behind it (C11 7.13.2.1); or the longjmp
// is never reached.
std::string jump(Writer& w, const Choice& choice, const Context& context, const Writer::Body& body) {
  const std::string buffer = w.fresh("b");
  const bool far = choice.what == What::JumpFar;
  std::string out = fmt::format("{{\n{} {};\nif ({}({}) == 0) {{\n", far ? "libc_jmp_buf" : "OWN_JMP_BUF", buffer,
                                far ? "libc_setjmp" : "OWN_SETJMP", buffer);
  const std::string back = fmt::format("{}({});\n", far ? "enrich_jump_far" : "enrich_jump", buffer);
  if (choice.bytes[1] % 2 == 0) return out + back + "}\n" + body(context) + "}\n";
  out += body(context) + "if (enrich_zero != 0) " + back + "} else {\n";
  return out + w.never(context, choice.bytes[2], choice.bytes[3]) + "}\n}\n";
}

// More values than there are registers, needed behind the statement.
std::string pressure(Writer& w, const Choice& choice, const Context& context, const Writer::Body& body) {
  const unsigned count = 6 + choice.bytes[0] % 18;
  const std::string name = w.fresh("v");
  std::string out = "{\n", sum = "0u";
  for (unsigned i = 0; i < count; ++i) {
    out += fmt::format("unsigned {}_{} = {} + {}u;\n", name, i,
                       w.value(context, static_cast<uint8_t>(choice.bytes[1] + i), "enrich_zero"), i * 3);
    if ((choice.bytes[2] + i) % 2 == 0) out += fmt::format("__asm__ volatile(\"\" : \"+r\"({}_{}));\n", name, i);
    sum = fmt::format("({} {} {}_{})", sum, i % 3 == 0 ? "+" : i % 3 == 1 ? "^" : "*", name, i);
  }
  return out + body(context) + fmt::format("enrich_sink({});\n}}\n", sum);
}

// A switch on data, whose cases are all the same.
std::string copies(Writer& w, const Choice& choice, const Context& context, const Writer::Body& body) {
  const unsigned count = 2 + choice.bytes[0] % 4;
  if (context.copies * count > kMostCopies) return body(context);
  const Context inner = context.in_switch().copied(count);
  std::string out = fmt::format("switch ({} & 7u) {{\n", w.value(context, choice.bytes[1], "enrich_zero"));
  const unsigned step = choice.bytes[3] % 2 == 0 ? 1 : 3;
  for (unsigned i = 0; i + 1 < count; ++i)
    out += fmt::format("case {}u:\n", (choice.bytes[2] + i * step) % 8) + body(inner) + "break;\n";
  return out + "default:\n" + body(inner) + "break;\n}\n";
}

std::string dynamic_frame(Writer& w, const Choice& choice, const Context& context, const Writer::Body& body) {
  const std::string name = w.fresh("d");
  const std::string size = fmt::format("enrich_one * {}u + ({} & 31u)", 1 + choice.bytes[0] % 200,
                                       w.value(context, choice.bytes[1], "enrich_zero"));
  std::string out = "{\n";
  // What alloca takes in a loop would pile up.
  if (context.loops == 0 && choice.bytes[2] % 2 == 0) {
    out += fmt::format("char *{} = (char *)__builtin_alloca({});\n", name, size);
  } else {
    out += fmt::format("char {}[{}];\n", name, size);
  }
  return out + fmt::format("enrich_touch({});\n", name) + body(context) + fmt::format("enrich_touch({});\n}}\n", name);
}

std::string asm_goto(Writer& w, const Choice& choice, const Context& context, const Writer::Body& body) {
  const std::string label = w.fresh("l");
  const std::string clobber = choice.bytes[0] % 2 == 0 ? "\"memory\"" : "";
  return fmt::format("{{\n__asm__ goto(\"\" : : : {} : {});\n", clobber, label) + body(context) + label + ":;\n}\n";
}

// A way out that is never taken.
std::string dead_exit(const Writer& w, const Choice& choice, const Context& context) {
  const std::string inside = w.never(context, choice.bytes[1], choice.bytes[2]);
  const std::string out = fmt::format("if (enrich_zero > {}u) {{\n{}", choice.bytes[3], inside);
  const unsigned kind = choice.bytes[0] % 3;
  if (kind == 0 && !context.on_break.text.empty()) return out + w.leave(context.on_break) + "}\n";
  if (kind == 1 && !context.on_continue.text.empty()) return out + w.leave(context.on_continue) + "}\n";
  const std::string& type = context.function->returns;
  if (context.outlined || type == "void") return out + fmt::format("enrich_die({}u);\n}}\n", choice.bytes[4]);
  return out + fmt::format("return *({} *)enrich_nowhere;\n}}\n", type);
}

}  // namespace

std::string Writer::before(const Choice& choice, const Context& context) {
  const unsigned first = choice.bytes[0];
  switch (choice.what) {
    case What::Clobber:
      return fmt::format("ENRICH_CLOBBER_{};\n", first % 4);
    case What::ColdCall:
      return fmt::format("if (__builtin_expect(enrich_zero != 0, 0)) enrich_die({});\n",
                         value(context, choice.bytes[1], fmt::format("{}u", first)));
    case What::DeadExit:
      return dead_exit(*this, choice, context);
    default:
      // Nothing is called on the way: behind a call that returns there would be no code, which no reader of the object
      // can tell from code that falls off its end.
      if (first % 2 == 0) return "if (enrich_zero != 0) __builtin_unreachable();\n";
      return fmt::format("if (enrich_one > {}u) __builtin_unreachable();\n", 1 + first / 2);
  }
}

std::string Writer::around(const Choice& choice, const Statement& s, const Context& context, const Body& body) {
  switch (choice.what) {
    case What::Outline:
      return outline(*this, choice, s, context, body);
    case What::Nested:
      return nested(*this, s, context, body);
    case What::Jump:
    case What::JumpFar:
      return jump(*this, choice, context, body);
    case What::Pressure:
      return pressure(*this, choice, context, body);
    case What::Copies:
      return copies(*this, choice, context, body);
    case What::DynamicFrame:
      return dynamic_frame(*this, choice, context, body);
    case What::AsmGoto:
      return asm_goto(*this, choice, context, body);
    default:
      return "({\n__asm__ volatile(\"\");\n" + body(context) + "});\n";
  }
}

}  // namespace objhound::generator::enrich
