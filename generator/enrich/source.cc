#include "generator/enrich/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "generator/enrich/tokens.h"

namespace objhound::generator::enrich {
namespace {

// Blocks in blocks. Csmith's stay below 10.
constexpr unsigned kMaxDepth = 60;

bool is_base_type(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kTypes = {
      "int8_t",   "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t",
      "unsigned", "signed",  "int",     "float",   "long",    "char",     "short",    "double"};
  return std::find(kTypes.begin(), kTypes.end(), word) != kTypes.end();
}
bool begins_type(std::string_view word) {
  return is_base_type(word) || word == "const" || word == "volatile" || word == "struct" || word == "union" ||
         word == "void";
}

}  // namespace

// Recursive descent over the tokens. The first thing that is not understood ends it.
class Reader {
 public:
  explicit Reader(Source& source) : s_(source) {}

  std::optional<std::string> read() {
    uint32_t at = 0;
    while (at < count() && !failure_) at = top_level(at);
    if (failure_) return failure_;
    if (s_.functions_.empty()) return "it defines no function";
    s_.nodes_ = nodes_;
    return std::nullopt;
  }

 private:
  uint32_t count() const { return static_cast<uint32_t>(s_.tokens_.size()); }
  unsigned line(uint32_t token) const { return s_.tokens_[token].line; }
  uint32_t fail(uint32_t at, std::string_view what) {
    if (!failure_) {
      failure_ = at < count() ? fmt::format("line {}: {} where '{}' stands", line(at), what, s_.spelling(at))
                              : fmt::format("{} where it ends", what);
    }
    return count();
  }
  // The next token of that spelling outside of brackets, before `end`; `end` if there is none.
  uint32_t find(uint32_t at, uint32_t end, std::string_view spelled) const {
    while (at < end && !s_.is(at, spelled)) {
      const bool opens = s_.is(at, "(") || s_.is(at, "{") || s_.is(at, "[");
      at = opens ? s_.closing(at) + 1 : at + 1;
    }
    return std::min(at, end);
  }
  std::string text(uint32_t begin, uint32_t end) const {
    if (begin >= end) return "";
    return s_.text_.substr(s_.tokens_[begin].begin, s_.tokens_[end - 1].end - s_.tokens_[begin].begin);
  }

  // A declaration or a definition outside of functions; the token behind it.
  uint32_t top_level(uint32_t at) {
    uint32_t end = at;
    while (end < count() && !s_.is(end, ";") && !s_.is(end, "{") && !s_.is(end, "(") && !s_.is(end, "=")) ++end;
    if (end == count()) return fail(end, "no declaration");
    if (s_.is(end, "(") && s_.is_word(end - 1)) {
      const uint32_t behind = s_.closing(end) + 1;
      if (s_.is(behind, ";")) return behind + 1;
      if (!s_.is(behind, "{")) return fail(behind, "no function");
      if (s_.is(end - 1, "main")) return s_.closing(behind) + 1;
      return function(at, end, behind);
    }
    if (s_.is(end, "{")) {
      const uint32_t close = s_.closing(end);
      for (uint32_t i = end; i < close; ++i) s_.volatile_members_ |= s_.is(i, "volatile");
      end = close;
    }
    end = find(end, count(), ";");
    return end == count() ? fail(end, "no ;") : end + 1;
  }

  uint32_t function(uint32_t at, uint32_t bracket, uint32_t brace) {
    Function f;
    f.node = nodes_++;
    f.line = line(at);
    f.name = s_.spelling(bracket - 1);
    f.header = {at, brace};
    uint32_t type = at;
    while (s_.is(type, "static") || s_.is(type, "inline")) ++type;
    f.declared_type = text(type, bracket - 1);
    f.returns = unqualified(type, bracket - 1);
    f.returns_aggregate =
        f.returns.find('*') == std::string::npos && (f.returns.starts_with("struct") || f.returns.starts_with("union"));
    f.signature = f.declared_type + "(";
    const uint32_t close = s_.closing(bracket);
    for (uint32_t from = bracket + 1; from < close && !(s_.is(from, "void") && from + 1 == close);) {
      const uint32_t to = find(from, close, ",");
      const std::optional<Variable> parameter = variable(from, to);
      if (!parameter) return fail(from, "no parameter");
      f.parameters.push_back(*parameter);
      f.parameters.back().initialized = true;
      f.signature += parameter->before + parameter->after + ",";
      from = to + 1;
    }
    if (s_.functions_.empty()) s_.first_function_ = s_.tokens_[at].begin;
    const uint32_t end = statement(brace, f.body, 0);
    if (failure_) return end;
    f.has_labels = f.body.has_labels;
    addresses_and_calls(f, {brace, end});
    s_.functions_.push_back(std::move(f));
    return end;
  }

  // A type without the qualifiers of what is returned.
  std::string unqualified(uint32_t begin, uint32_t end) const {
    uint32_t star = end;
    for (uint32_t i = begin; i < end; ++i) star = s_.is(i, "*") ? i : star;
    std::string type;
    for (uint32_t i = begin; i < end; ++i) {
      const bool of_the_value = star == end || i > star;
      if (of_the_value && (s_.is(i, "const") || s_.is(i, "volatile"))) continue;
      type += fmt::format("{}{}", type.empty() ? "" : " ", s_.spelling(i));
    }
    return type;
  }

  // One declarator with its type: "const int32_t *l_5[3]".
  std::optional<Variable> variable(uint32_t begin, uint32_t end) {
    Variable v;
    uint32_t at = begin;
    bool base = false;
    uint32_t last_star = begin;
    for (; at < end && s_.tokens_[at].kind != Token::Kind::Number; ++at) {
      if (s_.is(at, "const") || s_.is(at, "volatile")) continue;
      if (s_.is(at, "*")) {
        v.pointer = true;
        last_star = at;
      } else if (s_.is(at, "struct") || s_.is(at, "union")) {
        v.aggregate = base = true;
        ++at;
      } else if (s_.is_word(at) && is_base_type(s_.spelling(at))) {
        v.floating |= s_.is(at, "float") || s_.is(at, "double");
        base = true;
      } else {
        break;
      }
    }
    if (!base || !s_.is_word(at) || at >= end) return std::nullopt;
    for (uint32_t i = last_star; i < at; ++i) {
      v.constant |= s_.is(i, "const");
      v.is_volatile |= s_.is(i, "volatile");
    }
    v.node = nodes_++;
    v.name = s_.spelling(at);
    v.before = text(begin, at) + (s_.is(at - 1, "*") ? "" : " ");
    uint32_t suffix = at + 1;
    while (suffix < end && s_.is(suffix, "[")) suffix = s_.closing(suffix) + 1;
    v.array = suffix > at + 1;
    v.after = text(at + 1, suffix);
    if (v.pointer) v.aggregate = v.floating = false;
    if (suffix < end) {
      if (!s_.is(suffix, "=")) return std::nullopt;
      v.initializer = {suffix + 1, end};
      v.braces = s_.is(suffix + 1, "{");
      v.initialized = true;
    }
    return v;
  }

  uint32_t declaration(uint32_t at, Statement& s) {
    const uint32_t end = find(at, count(), ";");
    if (end == count()) return fail(at, "a declaration without end");
    s.kind = Statement::Kind::Declaration;
    for (uint32_t from = at; from < end;) {
      const uint32_t to = find(from, end, ",");
      std::optional<Variable> v;
      if (s.variables.empty()) {
        v = variable(from, to);
      } else if (to == from + 1 && s_.is_word(from)) {  // int i, j, k;
        v = s.variables.front();
        v->node = nodes_++;
        v->name = s_.spelling(from);
      }
      if (!v) return fail(from, "no declaration that is understood");
      s.variables.push_back(*v);
      from = to + 1;
    }
    if (s.variables.size() > 1) {
      for (Variable& v : s.variables) {
        if (v.pointer || v.array || v.initialized) return fail(at, "a list of more than plain names");
        v.alone = false;
      }
    }
    return end + 1;
  }

  // Reads the statement at `at`; the token behind it.
  uint32_t statement(uint32_t at, Statement& s, unsigned depth) {
    if (depth > kMaxDepth) return fail(at, "blocks in blocks without end");
    while (s_.is_word(at) && s_.is(at + 1, ":")) {
      s.labels.emplace_back(s_.spelling(at));
      at += 2;
    }
    if (at >= count()) return fail(at, "no statement");
    s.node = nodes_++;
    s.line = line(at);
    const uint32_t begin = at;
    at = body_of(at, s, depth);
    if (failure_) return at;
    s.tokens = {begin, at};
    s.has_labels = !s.labels.empty();
    const bool loop = s.kind == Statement::Kind::For;
    s.has_return = s.kind == Statement::Kind::Return;
    s.has_goto = s.kind == Statement::Kind::Goto;
    s.leaves_by_break = s.kind == Statement::Kind::Break;
    s.leaves_by_continue = s.kind == Statement::Kind::Continue;
    s.has_loop = loop;
    for (const Statement& part : s.parts) {
      s.has_labels |= part.has_labels;
      s.has_return |= part.has_return;
      s.has_goto |= part.has_goto;
      s.leaves_by_break |= part.leaves_by_break && !loop;
      s.leaves_by_continue |= part.leaves_by_continue && !loop;
      s.has_loop |= part.has_loop;
    }
    return at;
  }

  uint32_t part(uint32_t at, Statement& s, unsigned depth) {
    s.parts.emplace_back();
    return statement(at, s.parts.back(), depth + 1);
  }

  uint32_t body_of(uint32_t at, Statement& s, unsigned depth) {
    if (s_.is(at, "{")) {
      s.kind = Statement::Kind::Block;
      const uint32_t close = s_.closing(at);
      for (++at; at < close && !failure_;) at = part(at, s, depth);
      return failure_ ? count() : at == close && close < count() ? close + 1 : fail(at, "a block without end");
    }
    if (s_.is(at, "if")) {
      s.kind = Statement::Kind::If;
      if (!s_.is(at + 1, "(")) return fail(at, "an if without a condition");
      const uint32_t close = s_.closing(at + 1);
      s.first = {at + 2, close};
      at = part(close + 1, s, depth);
      return !failure_ && s_.is(at, "else") ? part(at + 1, s, depth) : at;
    }
    if (s_.is(at, "for")) {
      s.kind = Statement::Kind::For;
      const uint32_t close = s_.is(at + 1, "(") ? s_.closing(at + 1) : count();
      const uint32_t second = find(at + 2, close, ";") + 1, third = find(second, close, ";") + 1;
      if (close == count() || third > close) return fail(at, "no for that is understood");
      s.first = {at + 2, second - 1};
      s.second = {second, third - 1};
      s.third = {third, close};
      return part(close + 1, s, depth);
    }
    for (std::string_view word : {"while", "do", "switch", "else", "static", "asm", "__asm__", "case", "default"}) {
      if (s_.is(at, word)) return fail(at, "what Csmith does not write");
    }
    if (s_.is_word(at) && begins_type(s_.spelling(at))) return declaration(at, s);

    const uint32_t end = find(at, count(), ";");
    if (end == count()) return fail(at, "a statement without end");
    s.kind = Statement::Kind::Expression;
    s.first = {at, end};
    if (s_.is(at, "return")) s.kind = Statement::Kind::Return;
    if (s_.is(at, "goto")) s.kind = Statement::Kind::Goto;
    if (s_.is(at, "break")) s.kind = Statement::Kind::Break;
    if (s_.is(at, "continue")) s.kind = Statement::Kind::Continue;
    if (s.kind != Statement::Kind::Expression) s.first.begin = at + 1;
    return end + 1;
  }

  void addresses_and_calls(Function& f, Range body) {
    std::unordered_set<std::string_view> taken;
    for (uint32_t i = body.begin; i < body.end; ++i) {
      if (!s_.is_name(i)) continue;
      if (s_.is(i + 1, "(") && s_.spelling(i).starts_with("func_")) {
        f.calls.push_back({nodes_++, i, std::string(s_.spelling(i))});
      }
      // & of one operand: what stands before it is none.
      uint32_t before = i - 1;
      while (before > body.begin && s_.is(before, "(")) --before;
      if (!s_.is(before, "&")) continue;
      const bool binary = s_.is(before - 1, ")") || s_.is(before - 1, "]") ||
                          s_.tokens_[before - 1].kind == Token::Kind::Word ||
                          s_.tokens_[before - 1].kind == Token::Kind::Number;
      if (!binary || s_.is(before - 1, "return")) taken.insert(s_.spelling(i));
    }
    const auto mark = [&](Variable& v) { v.address_taken = taken.contains(v.name); };
    for (Variable& v : f.parameters) mark(v);
    mark_in(f.body, mark);
  }
  template <typename Mark>
  void mark_in(Statement& s, const Mark& mark) {
    for (Variable& v : s.variables) mark(v);
    for (Statement& inner : s.parts) mark_in(inner, mark);
  }

  Source& s_;
  std::optional<std::string> failure_;
  unsigned nodes_ = 0;
};

uint32_t Source::closing(uint32_t token) const {
  unsigned depth = 0;
  for (uint32_t i = token; i < tokens_.size(); ++i) {
    const std::string_view s = spelling(i);
    if (s == "(" || s == "{" || s == "[") ++depth;
    if ((s == ")" || s == "}" || s == "]") && --depth == 0) return i;
  }
  return static_cast<uint32_t>(tokens_.size());
}

const Function* Source::function(std::string_view name) const {
  const auto found =
      std::find_if(functions_.begin(), functions_.end(), [&](const Function& f) { return f.name == name; });
  return found == functions_.end() ? nullptr : &*found;
}

tl::expected<Source, std::string> Source::read(std::string text) {
  Source source;
  source.text_ = std::move(text);
  Lexed lexed = lex(source.text_);
  source.tokens_ = std::move(lexed.tokens);
  source.after_includes_ = lexed.after_includes;
  if (const auto failure = Reader(source).read()) return tl::unexpected(*failure);
  return source;
}

}  // namespace objhound::generator::enrich
