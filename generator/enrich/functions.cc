// Whole functions: the statements of a body dispatched by a loop around a switch or by a table of labels (control-flow
// flattening), frames of many kilobytes, ways out before the frame is needed, attributes.

#include <numeric>

#include "generator/enrich/writer.h"
#include "generator/weave/attributes.h"

namespace objhound::generator::enrich {
namespace {

// Those of weave that every function can have. Not `flatten`: Csmith's calls are a tree in which it would copy function
// after function into one; and not what does not go with a tail call that must be one, or with labels.
std::vector<const weave::Attribute*> fitting_attributes() {
  std::vector<const weave::Attribute*> fitting;
  for (const weave::Attribute& a : weave::attribute_table()) {
    const bool fits = a.place == weave::Place::Function && (a.conflicts & weave::kNoLabelsBeside) == 0 &&
                      a.text != "flatten" && a.text != "not_tail_called";
    if (fits) fitting.push_back(&a);
  }
  return fitting;
}

// Numbers for `count` statements, in another order.
std::vector<unsigned> shuffled(const Choice& choice, size_t count) {
  std::vector<unsigned> order(count);
  std::iota(order.begin(), order.end(), 0);
  Draw draw(choice.bytes[2] + 256u * choice.bytes[3]);
  for (size_t i = count; i > 1; --i) std::swap(order[i - 1], order[draw.between(0, i - 1)]);
  return order;
}

std::string flattened(Writer& w, const Choice& choice, const Function& f, Context context) {
  std::string out;
  std::vector<const Statement*> statements;
  for (const Statement& s : f.body.parts) {
    for (const Variable& v : s.variables) out += w.declaration(v, context);
    if (s.kind != Statement::Kind::Declaration) statements.push_back(&s);
  }
  const size_t count = statements.size();
  const std::vector<unsigned> order = shuffled(choice, count + 1);  // the last: behind the end
  std::vector<std::string> texts;
  for (const Statement* s : statements) texts.push_back(w.statement(*s, context));
  const std::string end = w.fresh("end");
  const std::string opaque = choice.bytes[0] % 2 == 0 ? " + enrich_zero" : "";

  if (choice.what == What::FlattenTable) {
    const std::string table = w.fresh("t"), label = w.fresh("l");
    std::vector<std::string> entries(count + 1);
    for (size_t i = 0; i < count; ++i) entries[order[i]] = fmt::format("&&{}_{}", label, i);
    entries[order[count]] = "&&" + end;
    out += fmt::format("static const void *const {}[] = {{{}}};\n", table, fmt::join(entries, ", "));
    const auto go = [&](size_t i) { return fmt::format("goto *{}[{}u + enrich_zero];\n", table, order[i]); };
    out += go(0);
    for (size_t i = 0; i < count; ++i) out += fmt::format("{}_{}:;\n{}{}", label, i, texts[i], go(i + 1));
    return out + end + ":;\n";
  }
  const std::string state = w.fresh("s");
  const unsigned factor = choice.bytes[1] % 3 == 0 ? 1 + choice.bytes[4] : 1;
  const auto value = [&](size_t i) { return order[i] * factor + choice.bytes[5] % 4; };
  out += fmt::format("unsigned {} = {}u{};\nfor (;;) {{\nswitch ({}) {{\n", state, value(0), opaque, state);
  for (size_t i = 0; i < count; ++i) {
    out += fmt::format("case {}u:\n{}{} = {}u{};\nbreak;\n", value(i), texts[i], state, value(i + 1), opaque);
  }
  return out + fmt::format("default:\ngoto {0};\n}}\n}}\n{0}:;\n", end);
}

std::string early_exit(const Writer& w, const Choice& choice, const Function& f, const Context& context) {
  const std::string value = w.value(context, choice.bytes[1], "enrich_one");
  std::string condition = fmt::format("enrich_zero > {}u", choice.bytes[2]);
  if (choice.bytes[0] % 3 == 0) condition = "__builtin_expect(enrich_zero != 0, 0)";
  if (choice.bytes[0] % 3 == 1) condition = fmt::format("{} == {}u && enrich_zero != 0", value, choice.bytes[2]);
  const std::string inside = choice.bytes[3] % 2 == 0 ? "" : fmt::format("enrich_sink({});\n", value);
  if (choice.bytes[3] % 5 == 0) return fmt::format("if ({}) enrich_die({});\n", condition, value);
  return fmt::format("if ({}) {{\n{}return *({} *)enrich_nowhere;\n}}\n", condition, inside, f.returns);
}

}  // namespace

std::string Writer::function_attributes(const Choice& choice) {
  static const std::vector<const weave::Attribute*> kFitting = fitting_attributes();
  std::string out;
  uint32_t taken = 0;
  for (unsigned i = 0; i < 1 + choice.bytes[5] % 3u; ++i) {
    const weave::Attribute& one = *kFitting[choice.bytes[i] % kFitting.size()];
    if ((taken & one.conflicts) != 0 || out.find(weave::macro_of(one) + " ") != std::string::npos) continue;
    taken |= one.conflicts;
    out += weave::macro_of(one) + " ";
  }
  return out;
}

std::string Writer::function_body(const Function& f, const Context& context) {
  const Choice* choice = plan_.find(f.node, Place::Function);
  if (choice == nullptr) return form(f.body, context);
  switch (choice->what) {
    case What::FlattenSwitch:
    case What::FlattenTable:
      return "{\n" + flattened(*this, *choice, f, context) + "}\n";
    case What::EarlyExit:
      return "{\n" + early_exit(*this, *choice, f, context) + form(f.body, context) + "}\n";
    case What::HugeFrame: {
      const unsigned bytes = 1000u + 160u * choice->bytes[0];
      return fmt::format("{{\nchar enrich_huge[{}];\nenrich_touch(enrich_huge);\n{}}}\n", bytes, form(f.body, context));
    }
    default:
      return form(f.body, context);
  }
}

}  // namespace objhound::generator::enrich
