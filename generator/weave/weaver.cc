#include "generator/weave/weaver.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace objhound::generator::weave {
namespace {

constexpr uint64_t kMostSteps = 20'000;  // of one call of a function

// Compilers warn of comparisons that literal bits decide, and of what looks like a power.
std::string binary(const std::string& left, char op, const std::string& right) {
  const bool literal = std::isdigit(left.front()) || std::isdigit(right.front());
  if (literal && (op == '&' || op == '|' || (op == '^' && std::isdigit(left.front())))) op = '+';
  return fmt::format("({} {} {})", left, op, right);
}

constexpr std::array<std::string_view, kTypes> kNames = {"u32", "i32", "u64", "i64", "u8", "i8", "u16", "i16"};

}  // namespace

std::string_view name_of(Type type) { return kNames[static_cast<size_t>(type)]; }

// --- Expressions -----------------------------------------------------------------------------------------------------

std::string Weaver::literal(bool wide) {
  static constexpr std::array<uint64_t, 12> kEdges = {0,    1,    2,          7,          8,          0x7f,
                                                      0x80, 0xff, 0x7fffffff, 0x80000000, 0xffffffff, 0x8000};
  uint64_t value = 0;
  switch (draw.below(4)) {
    case 0:
      value = draw.below(16);
      break;
    case 1:
      value = kEdges[draw.below(kEdges.size())];
      break;
    case 2:
      value = draw.below(0x10000);
      break;
    default:
      value = draw.word();
  }
  return wide ? fmt::format("{}ull", value) : fmt::format("{}u", value & 0xffffffff);
}

std::string Weaver::leaf(bool wide) {
  const std::string_view type = wide ? "u64" : "u32";
  const uint32_t count = static_cast<uint32_t>(scope.variables.size());
  const uint32_t kind = draw.below(5);
  if (kind == 4) return literal(wide);
  if (kind == 3 && !scope.arrays.empty()) {
    const Array array = scope.arrays[draw.below(static_cast<uint32_t>(scope.arrays.size()))];
    if (count == 0 || draw.coin()) return fmt::format("({}){}[{}]", type, array.name, draw.below(array.mask + 1));
    const std::string& index = scope.variables[draw.below(count)].name;
    return fmt::format("({}){}[(u32){} & {}u]", type, array.name, index, array.mask);
  }
  if (count == 0) return literal(wide);
  // What was declared last is read most.
  const uint32_t back = draw.coin() ? draw.below(std::min(count, 4u)) : draw.below(count);
  return fmt::format("({}){}", type, scope.variables[count - 1 - back].name);
}

std::string Weaver::expression(bool wide, unsigned depth) {
  if (depth == 0) return leaf(wide);
  const std::string_view type = wide ? "u64" : "u32";
  const std::string_view signed_type = wide ? "i64" : "i32";
  const unsigned bits = wide ? 63 : 31;
  const auto operand = [&] { return expression(wide, depth - 1); };
  switch (draw.below(12)) {
    case 0:
    case 1:
      return leaf(wide);
    case 2: {
      static constexpr std::array<char, 6> kOperators = {'+', '-', '*', '^', '&', '|'};
      const char op = kOperators[draw.below(kOperators.size())];
      const std::string left = operand();
      return binary(left, op, operand());
    }
    case 3: {
      const std::string left = operand();
      return fmt::format("({} + {})", left, leaf(wide));
    }
    case 4: {
      const std::string left = operand();
      return binary(left, '^', literal(wide));
    }
    case 5: {
      const std::string_view op = draw.coin() ? "<<" : ">>";
      const uint32_t by = draw.below(bits + 1);
      return fmt::format("({} {} {})", operand(), op, by);
    }
    case 6: {
      const std::string value = operand();
      return fmt::format("({} >> ({} & {}))", value, operand(), bits);
    }
    case 7: {
      const uint32_t by = draw.below(bits + 1);
      return fmt::format("({})(({}){} >> {})", type, signed_type, operand(), by);
    }
    case 8: {
      const std::string_view op = draw.coin() ? "/" : "%";
      const std::string value = operand();
      return fmt::format("({} {} ({} | 1u))", value, op, operand());
    }
    case 9: {
      const std::string_view op = draw.coin() ? "/" : "%";
      const int64_t by = draw.between(2, 1000);
      return fmt::format("({})(({}){} {} {})", type, signed_type, operand(), op, by);
    }
    case 10: {
      const std::string when = condition(depth - 1);
      const std::string yes = operand();
      return fmt::format("({} ? {} : {})", when, yes, operand());
    }
    default:
      return wide ? fmt::format("(u64){}", expression(false, depth - 1))
                  : fmt::format("(u32){}", expression(true, depth - 1));
  }
}

// Both sides are never the same text: compilers warn of such comparisons.
std::string Weaver::condition(unsigned depth) {
  static constexpr std::array<std::string_view, 6> kComparisons = {"<", ">", "==", "!=", "<=", ">="};
  const bool wide = draw.one_in(4);
  switch (depth == 0 ? draw.below(3) : draw.below(6)) {
    case 0: {
      const uint32_t mask = (2u << draw.below(4)) - 1;
      const uint32_t is = draw.below(mask + 1);
      return fmt::format("({} & {}u) {} {}u", expression(wide, depth), mask, is == 0 ? ">" : "<=", is);
    }
    case 1: {
      const std::string_view type = wide ? "i64" : "i32";
      const std::string_view compares = kComparisons[draw.below(kComparisons.size())];
      const int64_t with = draw.between(-100, 100);
      return fmt::format("({}){} {} {}", type, expression(wide, depth), compares, with);
    }
    case 2:
    case 3: {
      const std::string left = expression(wide, depth);
      const std::string_view compares = kComparisons[draw.below(kComparisons.size())];
      std::string right = expression(wide, depth);
      if (right == left) right = wide ? "77ull" : "77u";
      return fmt::format("{} {} {}", left, compares, right);
    }
    case 4: {
      const std::string left = condition(depth - 1);
      const bool both = draw.coin();
      const std::string right = condition(depth - 1);
      // Of two tests for equality in one condition that exclude each other GCC warns, with no way to switch it off.
      const auto tests_equality = [](const std::string& text) {
        return text.find("==") != std::string::npos || text.find("!=") != std::string::npos;
      };
      if (tests_equality(left) && tests_equality(right)) return left;
      return fmt::format("(({}) {} ({}))", left, both ? "&&" : "||", right);
    }
    default:
      return fmt::format("!({})", condition(depth - 1));
  }
}

std::string Weaver::below(uint32_t n) {
  if ((n & (n - 1)) == 0) return masked(n - 1);
  return fmt::format("({} % {}u)", value(), n);
}

Variable Weaver::place() {
  std::vector<Variable> writable;
  for (const Variable& variable : scope.variables) {
    if (variable.writable) writable.push_back(variable);
  }
  for (const Array& array : scope.arrays) {
    if (array.writable) writable.push_back({array.name, array.type});
  }
  const Variable chosen = writable[writable.size() - 1 - draw.below(static_cast<uint32_t>(writable.size()))];
  for (const Array& array : scope.arrays) {
    if (array.name == chosen.name) return {fmt::format("{}[{}]", array.name, masked(array.mask)), array.type};
  }
  return chosen;
}

void Weaver::assign(const Variable& to) {
  if (to.bits == 0) return line("{} = {};", to.name, converted(to.type));
  // A constant that does not fit is warned of.
  const uint64_t mask = (uint64_t{1} << to.bits) - 1;
  const bool is_signed = to.type == Type::I32 || to.type == Type::I64;
  if (is_signed) return line("{} = (i32)({} & {}u) - {};", to.name, value(), mask, (mask + 1) / 2);
  line("{} = {} & {}ull;", to.name, value(true), mask);
}

void Weaver::close(std::string_view end) {
  scope.variables.resize(blocks_.back().variables);
  scope.arrays.resize(blocks_.back().arrays);
  blocks_.pop_back();
  line("{}", end);
}

// --- Statements ------------------------------------------------------------------------------------------------------

bool Weaver::afford(uint64_t steps) {
  if (cost_ + steps * multiplier_ > kMostSteps) return false;
  cost_ += steps * multiplier_;
  return true;
}

namespace {

// One of those that may be called here, the last first; null if there is none.
template <typename Function>
const Function* drawn(Decisions& draw, const std::vector<Function>& functions, bool throws) {
  std::vector<const Function*> candidates;
  for (const Function& function : functions) {
    if (throws || !function.throws) candidates.push_back(&function);
  }
  if (candidates.empty()) return nullptr;
  return candidates[candidates.size() - 1 - draw.below(static_cast<uint32_t>(candidates.size()))];
}

}  // namespace

const Callee* Weaver::callee() {
  const Callee* chosen = drawn(draw, callees, around.throws);
  return chosen != nullptr && afford(chosen->cost) ? chosen : nullptr;
}

const Uniform* Weaver::uniform() {
  const Uniform* chosen = drawn(draw, uniforms, around.throws);
  return chosen != nullptr && afford(chosen->cost) ? chosen : nullptr;
}

bool Weaver::fits(const Construct& construct) const {
  if (construct.depth > levels_left) return false;
  if ((construct.traits & kTakesLabels) != 0 && (goes_to_labels || !around.labels)) return false;
  if ((construct.traits & kLabels) != 0 && !around.labels) return false;
  if ((construct.traits & kThrows) != 0 && !around.throws) return false;
  return (construct.traits & kReturns) == 0 || !result.empty();
}

void Weaver::statement() {
  draw.part([&] {
    if (room_ == 0) return assign(place());
    --room_;
    uint32_t total = 0;
    for (const Construct& construct : constructs_) total += fits(construct) ? construct.weight : 0;
    uint32_t chosen = draw.below(total);
    for (const Construct& construct : constructs_) {
      if (!fits(construct)) continue;
      if (chosen < construct.weight) {
        levels_left -= construct.depth;
        if (construct.write != nullptr) {
          construct.write(*this);
        } else if (afford(construct.steps)) {
          if ((construct.traits & kTakesLabels) != 0) goes_to_labels = true;
          Holes holes;
          open("{{");
          text(construct.text, holes);
          close();
        } else {
          assign(place());
        }
        levels_left += construct.depth;
        return;
      }
      chosen -= construct.weight;
    }
  });
}

void Weaver::statements(uint32_t most) {
  const uint32_t count = 1 + draw.below(most);
  for (uint32_t i = 0; i < count && (i == 0 || room_ > 0) && afford(1); ++i) statement();
}

void Weaver::statements(uint32_t most, uint32_t trips) {
  const uint64_t before = multiplier_;
  multiplier_ *= std::max(trips, 1u);
  statements(most);
  multiplier_ = before;
}

Variable Weaver::declare(Type type) {
  const Variable variable{fresh("v"), type};
  const std::string soup = draw.one_in(8) ? attributes(Place::Local) : "";
  line("{} {} UNUSED {}= {};", name_of(type), variable.name, soup, converted(type));
  scope.variables.push_back(variable);
  return variable;
}

// --- Functions and the program ---------------------------------------------------------------------------------------

void Weaver::begin_function(std::string_view returns) {
  scope = globals_;
  around = {};
  cost_ = 0;
  multiplier_ = 1;
  levels_left = options_.size.levels;
  room_ = options_.size.statements;
  result = returns;
  goes_to_labels = false;
  names_ = 0;
}

void Weaver::end_function(std::function<std::string()> call) {
  line("");
  callees.push_back({cost(), std::move(call), around.throws});
}

void Weaver::draw_throws() { around.throws = cplusplus() && draw.coin(); }

std::string Weaver::attributes(Place place) {
  static constexpr std::array<uint8_t, 8> kCounts = {0, 0, 0, 1, 1, 1, 2, 3};
  std::vector<const Attribute*> candidates;
  for (const Attribute* attribute : attributes_) {
    if (attribute->place == place) candidates.push_back(attribute);
  }
  std::string soup;
  unsigned taken = 0;
  for (unsigned count = kCounts[draw.below(kCounts.size())]; count > 0 && !candidates.empty(); --count) {
    const Attribute& one = *candidates[draw.below(static_cast<uint32_t>(candidates.size()))];
    if ((taken & one.conflicts) == 0) {
      soup += macro_of(one) + " ";
      if ((one.conflicts & kNoLabelsBeside) != 0) around.labels = false;
    }
    taken |= one.conflicts;
    std::erase(candidates, &one);
  }
  return soup;
}

// Swarm testing: each kind of statement is left out of every second program, but for the first, plain ones, and so is
// each attribute.
void Weaver::choose_constructs() {
  const auto possible = [&](unsigned traits) { return (traits & (cplusplus() ? kOnlyC : kOnlyCplusplus)) == 0; };
  const std::span<const Construct> plain = plain_constructs();
  constructs_.assign(plain.begin(), plain.end());
  for (const auto chapter : {switch_constructs(), jump_constructs(), frame_constructs(), call_constructs(),
                             data_constructs(), memory_constructs(), loop_constructs(), exception_constructs()}) {
    for (const Construct& construct : chapter) {
      if (possible(construct.traits) && draw.coin()) constructs_.push_back(construct);
    }
  }
  for (const Attribute& attribute : attribute_table()) {
    if (draw.coin()) attributes_.push_back(&attribute);
  }
}

void Weaver::global_variables() {
  const uint32_t count = 3 + draw.below(8);
  for (uint32_t i = 0; i < count; ++i) {
    const Type type = this->type();
    static constexpr std::array<std::string_view, 7> kStorage = {
        "static ", "", "volatile ", "static volatile ", "static ", "static __thread ", "__thread "};
    const std::string_view storage = kStorage[draw.below(kStorage.size())];
    std::string soup = attributes(storage.ends_with("__thread ") ? Place::ThreadLocal : Place::Variable);
    if (!storage.starts_with("static") && !storage.ends_with("__thread ")) soup += attributes(Place::ExportedVariable);
    if (draw.one_in(3)) {
      const Array array{fresh_outside("a"), type, (4u << draw.below(4)) - 1};
      line("{}{} {}[{}] {}= {{({}){}}};", storage, name_of(type), array.name, array.mask + 1, soup, name_of(type),
           literal(is_wide(type)));
      globals_.arrays.push_back(array);
    } else {
      const Variable variable{fresh_outside("g"), type};
      line("{}{} {} {}= ({}){};", storage, name_of(type), variable.name, soup, name_of(type), literal(is_wide(type)));
      globals_.variables.push_back(variable);
    }
  }
  line("struct fields {{ u32 low : 3; i32 high : 4; u64 wide : 37; u8 byte; i16 half; u32 word; }};");
  line("struct fields s;");
  for (const auto& [name, type] : {std::pair("s.byte", Type::U8), {"s.half", Type::I16}, {"s.word", Type::U32}})
    globals_.variables.push_back({name, type});
  globals_.variables.push_back({"s.low", Type::U32, true, 3});
  globals_.variables.push_back({"s.high", Type::I32, true, 4});
  globals_.variables.push_back({"s.wide", Type::U64, true, 37});
  line("");
}

void Weaver::main_function() {
  begin_function("");
  open("int main(void) {{");
  line("u32 i;");
  line("for (i = 0; i < 3; ++i) {{");
  scope.variables.push_back({"i", Type::U32, false});
  for (const Callee& callee : callees) {
    const std::string call = callee.call();
    callee.throws ? line("  try {{ note((u64){}); }} catch (...) {{ note(7); }}", call)
                  : line("  note((u64){});", call);
  }
  line("}}");
  for (const Variable& variable : globals_.variables) line("note((u64){});", variable.name);
  for (const Array& array : globals_.arrays)
    line("for (i = 0; i <= {}u; ++i) note((u64){}[i]);", array.mask, array.name);
  line("printf(\"checksum = %llx\\n\", checksum);");
  line("return 0;");
  close();
}

}  // namespace objhound::generator::weave
