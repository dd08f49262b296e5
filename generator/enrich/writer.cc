#include "generator/enrich/writer.h"

#include <algorithm>

#include "generator/enrich/prelude.h"
#include "generator/weave/weaver.h"

namespace objhound::generator::enrich {

// The order: includes; the prelude; types, globals and prototypes; what calls need; functions, each behind what was
// taken out of it; main.
std::string Writer::program() {
  const std::string& text = source_.text();
  std::string functions;
  uint32_t behind = source_.first_function();
  for (const Function& f : source_.functions()) {
    const uint32_t begin = source_.tokens()[f.header.begin].begin;
    functions += text.substr(behind, begin - behind);
    functions += function(f);
    behind = source_.tokens()[f.body.tokens.end - 1].end;
  }

  std::string out = "// Woven into the program of Csmith (number, what, line of Csmith's program):\n";
  for (const Choice& c : plan_.all)
    out += fmt::format("//   {} {} {}\n", c.number, transformation(c.what).name, c.line);
  out += text.substr(0, source_.after_includes());
  const uint32_t after = source_.after_includes();
  const std::string rest =
      text.substr(after, source_.first_function() - after) + declarations_ + functions + text.substr(behind);
  return out + weave::prelude_of(std::string(kPrelude) + rest) + std::string(kPrelude) + rest;
}

std::string Writer::function(const Function& f) {
  helpers_.clear();
  Context context;
  context.function = &f;
  for (const Variable& p : f.parameters) context.scope.push_back(&p);
  const std::string body = function_body(f, context);
  const std::string& text = source_.text();
  const uint32_t begin = source_.tokens()[f.header.begin].begin, end = source_.tokens()[f.header.end - 1].end;
  const Choice* choice = plan_.find(f.node, Place::Function);
  const std::string attributes =
      choice != nullptr && choice->what == What::Attributes ? function_attributes(*choice) : "";
  return indented(helpers_) + attributes + text.substr(begin, end - begin) + "\n" + indented(body);
}

std::string Writer::expression(Range tokens, const Context& context) {
  const std::string& text = source_.text();
  std::string out;
  for (uint32_t i = tokens.begin; i < tokens.end; ++i) {
    const Token& token = source_.tokens()[i];
    if (i > tokens.begin && source_.tokens()[i - 1].end != token.begin) out += ' ';
    if (!source_.is_name(i)) {
      out += text.substr(token.begin, token.end - token.begin);
      continue;
    }
    if (source_.is(i + 1, "(") && i + 1 < tokens.end) {
      const auto& calls = context.function->calls;
      const auto found =
          std::lower_bound(calls.begin(), calls.end(), i, [](const Call& c, uint32_t t) { return c.token < t; });
      const Choice* choice = found != calls.end() && found->token == i ? plan_.find(found->node, Place::Call) : nullptr;
      if (choice != nullptr) {
        const uint32_t close = source_.closing(i + 1);
        out += call(*choice, *source_.function(found->callee), {i + 2, close}, context);
        i = close;
        continue;
      }
    }
    out += context.named(source_.spelling(i));
  }
  return out;
}

std::string Writer::declaration(const Variable& v, Context& context) {
  const Choice* choice = plan_.find(v.node, Place::Object);
  context.names.erase(v.name);
  std::string text;
  if (choice != nullptr) {
    text = object(*choice, v, context);
  } else {
    text = v.before + v.name + v.after;
    if (!v.initializer.empty()) text += " = " + expression(v.initializer, context);
    text += ";\n";
  }
  context.scope.push_back(&v);
  return text;
}

std::string Writer::block(const Statement& s, const Context& context) {
  if (s.kind != Statement::Kind::Block || !s.labels.empty() || plan_.at.contains(s.node)) {
    return "{\n" + statement(s, context) + "}\n";
  }
  return form(s, context);
}

std::string Writer::statement(const Statement& s, const Context& context) {
  std::string out;
  for (const std::string& label : s.labels) out += label + ":;\n";
  if (const Choice* choice = plan_.find(s.node, Place::Before)) out += before(*choice, context);
  const Choice* choice = plan_.find(s.node, Place::Around);
  if (choice == nullptr) return out + form(s, context);
  return out + around(*choice, s, context, [&](const Context& inner) { return form(s, inner); });
}

std::string Writer::condition(const Statement& s, const Context& context) {
  const std::string plain = expression(s.first, context);
  if (plan_.find(s.node, Place::Condition) == nullptr) return plain;
  const std::string name = fresh("c");
  return fmt::format("({{ int {0} = !!({1}); __asm__ volatile(\"\" : \"+r\"({0})); {0}; }})", name, plain);
}

// A for as it is, with a label behind it if a break had to become a goto.
std::string Writer::plain_loop(const Statement& s, const Context& context) {
  bool used = false;
  const std::string end = fresh("end");
  Context inner = context;
  ++inner.loops;
  inner.on_break = {"break;"};
  inner.on_continue = {"continue;"};
  inner.break_in_switch = {fmt::format("goto {};", end), &used};
  const std::string body = block(s.parts.at(0), inner);
  std::string out = fmt::format("for ({}; {}; {})\n{}", expression(s.first, context), expression(s.second, context),
                                expression(s.third, context), body);
  if (used) out += end + ":;\n";
  return out;
}

std::string Writer::leave_function(const Statement& s, const Context& context) {
  if (s.first.empty()) return "return;\n";
  const std::string value = expression(s.first, context);
  if (context.result.empty()) return fmt::format("return {};\n", value);
  return fmt::format("{{\n{} = {};\nreturn 1;\n}}\n", context.result, value);
}

std::string Writer::form(const Statement& s, const Context& context) {
  using Kind = Statement::Kind;
  switch (s.kind) {
    case Kind::Block: {
      Context inner = context;
      std::string out = "{\n";
      for (const Statement& part : s.parts) {
        for (const Variable& v : part.variables) out += declaration(v, inner);
        if (part.kind != Kind::Declaration) out += statement(part, inner);
      }
      return out + "}\n";
    }
    case Kind::If: {
      if (const Choice* choice = plan_.find(s.node, Place::Branch)) return branch(*choice, s, context);
      std::string out = fmt::format("if ({})\n{}", condition(s, context), block(s.parts.at(0), context));
      if (s.parts.size() > 1) out += "else\n" + block(s.parts.at(1), context);
      return out;
    }
    case Kind::For: {
      const Choice* choice = plan_.find(s.node, Place::Loop);
      return choice != nullptr ? loop(*choice, s, context) : plain_loop(s, context);
    }
    case Kind::Return:
      return leave_function(s, context);
    case Kind::Break:
      return leave(context.on_break);
    case Kind::Continue:
      return leave(context.on_continue);
    case Kind::Goto:
      return fmt::format("goto {};\n", expression(s.first, context));
    case Kind::Expression:
      return expression(s.first, context) + ";\n";
    case Kind::Declaration:
      break;  // written by the block that holds it
  }
  return "";
}

// --- What the chapters share -----------------------------------------------------------------------------------------

const Variable* Writer::integer(const Context& context, uint8_t choice, bool is_read) const {
  std::vector<const Variable*> fitting;
  for (const Variable* v : context.scope) {
    const Choice* object = plan_.find(v->node, Place::Object);
    const bool is_volatile = v->is_volatile || (object != nullptr && object->what == What::Volatile);
    // A jump to a label may have skipped the initializer.
    const bool has_value = v->initialized && !context.function->has_labels && !is_volatile;
    if (v->integer() && (is_read ? has_value : !v->constant)) fitting.push_back(v);
  }
  return fitting.empty() ? nullptr : fitting[choice % fitting.size()];
}

std::string Writer::value(const Context& context, uint8_t choice, std::string_view otherwise) const {
  const Variable* v = integer(context, choice, true);
  return v == nullptr ? std::string(otherwise) : fmt::format("(unsigned){}", context.named(v->name));
}

std::string Writer::never(const Context& context, uint8_t choice, unsigned salt) const {
  const Variable* v = integer(context, choice, false);
  if (v == nullptr || choice % 4 == 3) return fmt::format("enrich_sink({}u);\n", salt);
  const std::string name = context.named(v->name);
  return fmt::format("{0} = ({0}) {1} {2};\n", name, salt % 2 == 0 ? "+" : "^", salt % 100 + 1);
}

void Writer::declare_once(const std::string& key, const std::string& text) {
  if (declared_.emplace(key, true).second) declarations_ += text + "\n";
}

std::string indented(std::string_view text) {
  std::string out;
  size_t depth = 0;
  while (!text.empty()) {
    const size_t newline = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(std::min(newline + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const auto opening = static_cast<size_t>(std::count(line.begin(), line.end(), '{'));
    const auto closing = static_cast<size_t>(std::count(line.begin(), line.end(), '}'));
    const size_t first = line.starts_with('}') ? 1 : 0;
    const bool directive = line.starts_with('#');
    out.append(directive || line.empty() ? 0 : 4 * (depth - std::min(depth, first)), ' ');
    out += line;
    out += '\n';
    depth = depth + opening - std::min(depth + opening, closing);
  }
  return out;
}

}  // namespace objhound::generator::enrich
