// Locals elsewhere: in memory of a size that is known only at run time, in the middle of a struct, over-aligned, with a
// cleanup. The object lives as long and has the value that it had; what moves is written *p where it was written by its
// name, so that its type, its address and its promotions stay what they were.

#include "generator/enrich/writer.h"

namespace objhound::generator::enrich {
namespace {

// Gives the moved object what its initializer gave it.
std::string initialize(Writer& w, const Variable& v, const std::string& lvalue, const Context& context) {
  if (v.initializer.empty()) return "";
  const std::string value = w.expression(v.initializer, context);
  if (!v.braces && !v.aggregate) return fmt::format("{} = {};\n", lvalue, value);
  return fmt::format("{0}{1}_v{2} = {3};\n__builtin_memcpy(&{4}, &{1}_v, sizeof({1}_v));\n", v.before, v.name, v.after,
                     value, lvalue);
}

std::string by_pointer(Writer& w, const Choice& choice, const Variable& v, Context& context) {
  const std::string pointer = v.name + "_p", lvalue = fmt::format("(*{})", pointer);
  const std::string size = fmt::format("sizeof({})", lvalue);
  const std::string alloca = choice.bytes[0] % 3 == 0
                                 ? fmt::format("__builtin_alloca_with_align({}, {})", size, 256u << choice.bytes[1] % 4)
                                 : fmt::format("__builtin_alloca({})", size);
  std::string out = fmt::format("{}{}{} = {};\n", v.before, lvalue, v.after, alloca);
  out += initialize(w, v, lvalue, context);
  context.names[v.name] = lvalue;
  return out;
}

// The first element of an array of variable length.
std::string variable_length(Writer& w, const Choice& choice, const Variable& v, Context& context) {
  const std::string array = v.name + "_p", lvalue = array + "[0]";
  const std::string length = choice.bytes[0] % 2 == 0 ? "enrich_one"
                                                      : fmt::format("enrich_one + ({} & 7u)",
                                                                    w.value(context, choice.bytes[1], "enrich_zero"));
  std::string out = fmt::format("{}{}[{}]{};\n", v.before, array, length, v.after);
  out += initialize(w, v, lvalue, context);
  context.names[v.name] = lvalue;
  return out;
}

std::string in_frame(Writer& w, const Choice& choice, const Variable& v, Context& context) {
  const std::string frame = v.name + "_f", lvalue = fmt::format("{}.{}", frame, v.name);
  const unsigned before = 1 + choice.bytes[0] % 64,
                 behind = 1 + choice.bytes[1] * (choice.bytes[2] % 4 == 0 ? 40u : 1u);
  std::string out = fmt::format("struct {{ char before[{}]; {}{}{}; char behind[{}]; }} {};\n", before, v.before,
                                v.name, v.after, behind, frame);
  if (choice.bytes[3] % 2 == 0) out += fmt::format("enrich_touch(&{});\n", frame);
  out += initialize(w, v, lvalue, context);
  context.names[v.name] = lvalue;
  return out;
}

}  // namespace

std::string Writer::object(const Choice& choice, const Variable& v, Context& context) {
  const std::string initializer = v.initializer.empty() ? "" : " = " + expression(v.initializer, context);
  switch (choice.what) {
    case What::Alloca:
      return by_pointer(*this, choice, v, context);
    case What::VariableLength:
      return variable_length(*this, choice, v, context);
    case What::InFrame:
      return in_frame(*this, choice, v, context);
    case What::Volatile:
      return fmt::format("{}volatile {}{}{};\n", v.before, v.name, v.after, initializer);
    case What::Aligned:
      return fmt::format("{}{}{} __attribute__((aligned({}))){};\n", v.before, v.name, v.after,
                         32u << choice.bytes[0] % 4, initializer);
    case What::Cleanup:
      return fmt::format("{}{}{} __attribute__((cleanup(enrich_touch))){};\n", v.before, v.name, v.after, initializer);
    default:
      return fmt::format("{0}{1}{2}{3};\nenrich_touch(&{1});\n", v.before, v.name, v.after, initializer);
  }
}

}  // namespace objhound::generator::enrich
