#include "generator/enrich/plan.h"

#include <algorithm>

namespace objhound::generator::enrich {
namespace {

// Every entry takes one coin of every program: an entry added, removed or moved gives all seeds new programs.
constexpr Transformation kTransformations[] = {
    {What::BranchSwitch, "branch-switch", Place::Branch, 4},
    {What::BranchTable, "branch-table", Place::Branch, 2},
    {What::LoopMachine, "loop-machine", Place::Loop, 3},
    {What::LoopGoto, "loop-goto", Place::Loop, 1},
    {What::LoopTable, "loop-table", Place::Loop, 2},
    {What::LoopUnrolled, "loop-unrolled", Place::Loop, 2},
    {What::ConditionBarrier, "condition-barrier", Place::Condition, 1},
    {What::Clobber, "clobber", Place::Before, 2},
    {What::ColdCall, "cold-call", Place::Before, 2},
    {What::DeadExit, "dead-exit", Place::Before, 2},
    {What::Promise, "promise", Place::Before, 1},
    {What::Outline, "outline", Place::Around, 4},
    {What::Nested, "nested", Place::Around, 2},
    {What::Jump, "jump", Place::Around, 1},
    {What::JumpFar, "jump-far", Place::Around, 1},
    {What::Pressure, "pressure", Place::Around, 3},
    {What::Copies, "copies", Place::Around, 3},
    {What::StatementExpression, "statement-expression", Place::Around, 1},
    {What::DynamicFrame, "dynamic-frame", Place::Around, 3},
    {What::AsmGoto, "asm-goto", Place::Around, 2},
    {What::Alloca, "alloca", Place::Object, 3},
    {What::VariableLength, "variable-length", Place::Object, 3},
    {What::Aligned, "aligned", Place::Object, 2},
    {What::Volatile, "volatile", Place::Object, 2},
    {What::Cleanup, "cleanup", Place::Object, 2},
    {What::InFrame, "in-frame", Place::Object, 2},
    {What::Escape, "escape", Place::Object, 2},
    {What::Pointer, "pointer", Place::Call, 2},
    {What::Table, "table", Place::Call, 2},
    {What::Forward, "forward", Place::Call, 2},
    {What::ManyArguments, "many-arguments", Place::Call, 2},
    {What::Variadic, "variadic", Place::Call, 2},
    {What::ByValue, "by-value", Place::Call, 2},
    {What::Alias, "alias", Place::Call, 1},
    {What::FlattenSwitch, "flatten-switch", Place::Function, 3},
    {What::FlattenTable, "flatten-table", Place::Function, 3},
    {What::HugeFrame, "huge-frame", Place::Function, 2},
    {What::EarlyExit, "early-exit", Place::Function, 3},
    {What::Attributes, "attributes", Place::Function, 4},
};

constexpr uint32_t kMostCopied = 250;     // tokens of what is written more than once
constexpr uint32_t kMostOutlined = 3000;  // and of what becomes a function

struct Surroundings {
  const Source& source;
  const Function& function;
  // Labels whose address is taken may stand in this function; then nothing whose scope a jump must not enter does.
  bool indirect = false;
  unsigned loops = 0;  // around
};

// A goto may not enter the scope of an object of variable size or with a cleanup, may not skip what makes a pointer to
// an object, and leads to one label only, so that what holds labels is written once.
bool fits_statement(What what, const Statement& s, const Surroundings& around) {
  using Kind = Statement::Kind;
  const bool wrapped = s.kind == Kind::Expression || s.kind == Kind::If || s.kind == Kind::For || s.kind == Kind::Block;
  const uint32_t size = s.tokens.size();
  const bool inside = !s.has_labels && !s.has_goto && !(s.has_return && around.function.returns_aggregate) &&
                      around.function.returns != "void" && size <= kMostOutlined;
  switch (what) {
    case What::BranchSwitch:
    case What::ConditionBarrier:
      return s.kind == Kind::If;
    case What::BranchTable:
      return s.kind == Kind::If && around.indirect;
    case What::LoopGoto:
      return s.kind == Kind::For;
    case What::LoopMachine:
      return s.kind == Kind::For && !s.has_labels;
    case What::LoopTable:
      return s.kind == Kind::For && !s.has_labels && around.indirect;
    case What::LoopUnrolled:
      return s.kind == Kind::For && !s.has_labels && size <= kMostCopied;
    case What::Clobber:
    case What::ColdCall:
    case What::DeadExit:
    case What::Promise:
      return s.kind != Kind::Declaration;
    case What::Outline:
      return wrapped && inside;
    case What::Nested:
      return wrapped && inside && size <= kMostCopied;
    case What::Jump:
      // GCC 11 and 12 take the receivers of __builtin_setjmp and all labels whose address is taken for one, and drop
      // what stands behind the longjmp: every program with both hangs, and nothing else would be seen.
      return wrapped && !s.has_labels && !around.indirect;
    case What::JumpFar:
    case What::Pressure:
      return wrapped && !s.has_labels;
    case What::Copies:
      return wrapped && !around.function.has_labels && size <= kMostCopied;
    case What::StatementExpression:
      return s.kind == Kind::Expression;
    case What::DynamicFrame:
      return wrapped && !s.has_labels && !around.indirect;
    case What::AsmGoto:
      return wrapped;
    default:
      return false;
  }
}

bool names_itself(const Source& source, const Variable& v) {
  for (uint32_t i = v.initializer.begin; i < v.initializer.end; ++i) {
    if (source.is(i, v.name)) return true;
  }
  return false;
}

bool fits_object(What what, const Variable& v, const Surroundings& around) {
  if (what == What::Aligned) return v.alone;
  if (!v.alone || v.constant || v.is_volatile) return false;
  if (what == What::Escape) return true;
  if (what == What::Volatile) return !v.array && !v.aggregate && !v.address_taken;
  if (around.function.has_labels) return false;
  if (what == What::Cleanup) return !around.indirect;
  // What is moved is written by an assignment or copied; members that are volatile would be read by the copy.
  if (names_itself(around.source, v) || (v.aggregate && around.source.volatile_members())) return false;
  // What alloca takes in a loop is given back when the function returns.
  if (what == What::Alloca) return around.loops == 0 || (around.loops == 1 && !v.array && !v.aggregate);
  // An aggregate may have members that are constant, so that it is no object that can be written.
  if (what == What::VariableLength) return !around.indirect && !v.aggregate;
  return what == What::InFrame && !v.aggregate;
}

bool fits_function(What what, const Surroundings& around) {
  if (what == What::HugeFrame || what == What::Attributes) return true;
  if (what == What::EarlyExit) return around.function.returns != "void";
  if (what == What::FlattenTable && !around.indirect) return false;
  // Declarations, then statements.
  unsigned statements = 0;
  for (const Statement& s : around.function.body.parts) {
    const bool declares = s.kind == Statement::Kind::Declaration;
    if (declares && (statements > 0 || !s.labels.empty())) return false;
    statements += !declares;
  }
  return statements >= 2;
}

class Planner {
 public:
  Planner(const Source& source, weave::Decisions& decisions, const Options& options)
      : source_(source), draw_(decisions), options_(options) {}

  Plan plan() {
    draw_.part([&] {
      for (const Transformation& t : kTransformations) {
        const bool coin = draw_.coin();
        enabled_.push_back(options_.only.empty() ? coin : options_.only.contains(t.what));
      }
      static constexpr unsigned kPercents[] = {6, 12, 25, 50};
      const unsigned drawn = kPercents[draw_.below(4)];
      percent_ = options_.percent.value_or(drawn);
    });
    for (const Function& function : source_.functions()) draw_.part([&] { plan_function(function); });
    return std::move(plan_);
  }

 private:
  template <typename Fits>
  void choose(unsigned node, Place place, unsigned line, const Fits& fits) {
    const bool here = draw_.below(100) >= 100 - percent_of(place);
    unsigned total = 0;
    for (size_t i = 0; i < std::size(kTransformations); ++i) total += here ? weight(i, place, fits) : 0;
    if (total == 0) return;
    unsigned drawn = draw_.below(total);
    for (size_t i = 0; i < std::size(kTransformations); ++i) {
      const unsigned own = weight(i, place, fits);
      if (drawn >= own) {
        drawn -= own;
        continue;
      }
      Choice choice{kTransformations[i].what, ++number_, line, {}};
      for (uint8_t& byte : choice.bytes) byte = static_cast<uint8_t>(draw_.below(256));
      if (options_.without.contains(choice.number)) return;
      plan_.at[node].push_back(choice);
      plan_.all.push_back(choice);
      return;
    }
  }
  // There are few branches, loops, calls and functions, and many statements that something can stand in front of.
  unsigned percent_of(Place place) const {
    const bool rare = place == Place::Branch || place == Place::Loop || place == Place::Call;
    const unsigned percent = place == Place::Before     ? (percent_ + 1) / 2
                             : place == Place::Function ? 3 * percent_
                             : rare                     ? 2 * percent_
                                                        : percent_;
    return std::min(percent, 100u);
  }
  template <typename Fits>
  unsigned weight(size_t i, Place place, const Fits& fits) const {
    const Transformation& t = kTransformations[i];
    return t.place == place && enabled_[i] && fits(t.what) ? t.weight : 0;
  }

  void plan_function(const Function& f) {
    Surroundings around{source_, f};
    around.indirect = draw_.coin();
    choose(f.node, Place::Function, f.line, [&](What what) { return fits_function(what, around); });
    for (const Call& call : f.calls) {
      draw_.part([&] {
        const bool known = source_.function(call.callee) != nullptr;
        choose(call.node, Place::Call, f.line, [&](What) { return known; });
      });
    }
    plan_statement(f.body, around, true);
  }

  void plan_statement(const Statement& s, Surroundings around, bool whole_body = false) {
    draw_.part([&] {
      const auto fits = [&](What what) { return fits_statement(what, s, around); };
      if (!whole_body) {
        if (s.kind == Statement::Kind::If) choose(s.node, Place::Branch, s.line, fits);
        if (s.kind == Statement::Kind::If) choose(s.node, Place::Condition, s.line, fits);
        if (s.kind == Statement::Kind::For) choose(s.node, Place::Loop, s.line, fits);
        choose(s.node, Place::Before, s.line, fits);
        choose(s.node, Place::Around, s.line, fits);
      }
      for (const Variable& v : s.variables)
        choose(v.node, Place::Object, s.line, [&](What what) { return fits_object(what, v, around); });
      around.loops += s.kind == Statement::Kind::For;
      for (const Statement& part : s.parts) plan_statement(part, around);
    });
  }

  const Source& source_;
  weave::Decisions& draw_;
  const Options& options_;
  std::vector<bool> enabled_;
  unsigned percent_ = 0;
  unsigned number_ = 0;
  Plan plan_;
};

}  // namespace

std::span<const Transformation> transformations() { return kTransformations; }

const Transformation& transformation(What what) {
  return *std::find_if(std::begin(kTransformations), std::end(kTransformations),
                       [&](const Transformation& t) { return t.what == what; });
}

const Choice* Plan::find(unsigned node, Place place) const {
  const auto found = at.find(node);
  if (found == at.end()) return nullptr;
  for (const Choice& choice : found->second) {
    if (transformation(choice.what).place == place) return &choice;
  }
  return nullptr;
}

Plan make_plan(const Source& source, weave::Decisions& decisions, const Options& options) {
  return Planner(source, decisions, options).plan();
}

}  // namespace objhound::generator::enrich
