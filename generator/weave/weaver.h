// What the chapters of the generator share: the text, the decisions, what is in scope, and what running it costs.
//
// How undefined behaviour is kept out, by construction:
// - Arithmetic is done in u32 or u64, where it wraps; shifts are masked, divisors are never 0. Values of the other
//   types are converted to one of the two when they are read, and back when they are stored (C11 6.3.1.3:
//   implementation-defined, and GCC and Clang both reduce modulo 2^N).
// - Expressions have no side effects, so that the order of evaluation does not matter; what has (calls, atomic
//   operations) stands in a statement of its own.
// - Whatever is read has been written before; arrays are indexed by masked values; pointers point at what lives longer.
// - What a compiler may compute in different ways does not reach the checksum: floating point holds integers small
//   enough to be exact, addresses and padding are not looked at.
// What both compilers warn of nevertheless is what random text must look like, and is switched off in the prelude.
// A program ends because the calls form a tree of known cost (recursion counts down) and loops have bounds.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/weave/attributes.h"
#include "generator/weave/decisions.h"
#include "generator/weave/weave.h"

namespace objhound::generator::weave {

enum class Type : uint8_t { U32, I32, U64, I64, U8, I8, U16, I16 };
constexpr unsigned kTypes = 8;
std::string_view name_of(Type type);
constexpr bool is_wide(Type type) { return type == Type::U64 || type == Type::I64; }

struct Variable {
  std::string name;  // or any other lvalue: "s.low"
  Type type;
  bool writable = true;
  unsigned bits = 0;  // of a bit-field; else 0
};

struct Array {
  std::string name;
  Type type;
  uint32_t mask;  // its length, a power of two, less one
  bool writable = true;
};

struct Scope {
  std::vector<Variable> variables;
  std::vector<Array> arrays;
};

// A function that can be called: how a call of it is written, with arguments drawn where it stands, as an expression
// of an integer type.
struct Callee {
  uint64_t cost;  // steps, at most
  std::function<std::string()> call;
  bool throws = false;  // it may be left by an exception
};

// One that takes two u32 and returns one, for tables of pointers and tail calls.
struct Uniform {
  std::string name;
  uint64_t cost;
  bool throws = false;
};

// What `break` and `continue` would do.
struct Surroundings {
  bool loop = false;
  bool breakable = false;  // a loop or a switch
  // A goto may not lead into the scope of an object of variable size or with a cleanup, and an indirect one may lead to
  // any label whose address is taken: in such a scope none of either stands.
  bool labels = true;
  bool throws = false;  // an exception may be thrown
};

class Weaver;
struct FunctionKind;

// What the holes of one text were filled with, as far as it stays the same in all of it (Weaver::fill).
struct Holes {
  std::string name, outside, type, power;
  std::array<std::string, 10> kept;
};

// Where a construct may stand.
enum Trait : uint8_t {
  kEverywhere = 0,
  kTakesLabels = 1,  // it takes addresses of labels: not beside another that does, and not where no label may be
  kLabels = 2,       // it has labels: not where none may be
  kOnlyC = 4,
  kOnlyCplusplus = 8,
  kThrows = 16,   // only where an exception may be thrown
  kReturns = 32,  // only where a return may stand
};

// One kind of statement.
struct Construct {
  std::string_view name;
  unsigned weight;                // how often it is drawn, beside the others
  void (*write)(Weaver& weaver);  // null: it is `text`
  unsigned depth = 0;             // levels of statements that must be left below it
  std::string_view text = {};
  uint64_t steps = 0;  // that the text takes
  unsigned traits = kEverywhere;
};

class Weaver {
 public:
  Weaver(Decisions& decisions, const Options& options) : draw(decisions), options_(options) {}

  // The whole program.
  std::string program();

  // --- Text ---
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_.append(2 * blocks_.size(), ' ');
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }
  // A line that opens a block, and the one that closes it: what is declared between is in scope there.
  template <typename... Args>
  void open(fmt::format_string<Args...> format, Args&&... args) {
    line(format, std::forward<Args>(args)...);
    blocks_.push_back({scope.variables.size(), scope.arrays.size()});
  }
  void close(std::string_view end = "}");
  void reopen(std::string_view between) {
    close(between);
    blocks_.push_back({scope.variables.size(), scope.arrays.size()});
  }
  // `text` line by line, its holes filled; braces open and close blocks as above. A hole stands between backquotes (no
  // token of C has one):
  //   `n`, `o`     a name that is used nowhere else in the function; in the program
  //   `t`, `b`     an integer type; a power of 2 from 8 to 64: the same in all of the text
  //   `u` `w` `c`  a value of 32, of 64 bits; a condition
  //   `p`          something that may be written, no bit-field
  //   `&255` `%7`  a value in [0, 255]; in [0, 6]
  //   `#3-9`       a number in [3, 9]
  //   `x|y|z`      one of these
  //   `attributes`, `variable`, `loop`   some attributes of a function, of a variable, pragmas of a loop without jumps
  //   `1=HOLE`     any of these; `1` is the same text from then on (one digit)
  // and a line that begins with @ says what to do there:
  //   @statements 3 / @statements 3 x 8     some, 3 or more draws of them; that run 8 times
  //   @scope u32 NAME / @array u8 NAME 15   what may be used from here on; @const u32 NAME: but not written
  //   @function TYPE                        a function begins that returns it
  //   @nolabels, @throws, @plain            until @again no label may stand here; none, and what does may throw; none,
  //                                         no break and no continue, and nothing throws
  void text(std::string_view text, Holes& holes);
  std::string fill(std::string_view text, Holes& holes);

  // A name that no other in the function has: "v12"; and one that no other outside of functions has, with a prefix that
  // is not used inside.
  std::string fresh(std::string_view prefix) { return fmt::format("{}{}", prefix, names_++); }
  std::string fresh_outside(std::string_view prefix) { return fmt::format("{}{}", prefix, names_outside_++); }

  // --- Expressions, in brackets where it matters ---
  std::string value(bool wide = false) { return expression(wide, 3); }
  // From 0 to `mask`, which is 2^n - 1.
  std::string masked(uint32_t mask) { return fmt::format("({} & {}u)", value(), mask); }
  // From 0 to n - 1.
  std::string below(uint32_t n);
  std::string condition() { return condition(2); }
  // The value converted to the type.
  std::string converted(Type type) { return fmt::format("({}){}", name_of(type), value(is_wide(type))); }
  // An lvalue in scope that may be written.
  Variable place();
  void assign(const Variable& to);
  std::string literal(bool wide);
  Type type() { return static_cast<Type>(draw.below(kTypes)); }

  // --- Statements ---
  void statement();
  void statements(uint32_t most);
  // The same where they run `trips` times, at most.
  void statements(uint32_t most, uint32_t trips);
  // Declares a variable of the type and gives it a value.
  Variable declare(Type type);
  // What runs here `times` takes more steps. False if the function would take too many: then do without.
  bool afford(uint64_t steps);
  // One that may be called here; null if there is none. Its steps are counted.
  const Callee* callee();
  // The same of those with two arguments.
  const Uniform* uniform();
  // The construct may stand here.
  bool fits(const Construct& construct) const;

  // --- Functions ---
  // Only what is global is in scope, and nothing has been spent.
  void begin_function(std::string_view returns);
  // The function can be called from now on.
  void end_function(std::function<std::string()> call);
  // Whether this function may be left by an exception; a fact of it from then on.
  void draw_throws();
  uint64_t cost() const { return cost_ + 5; }
  // A soup of attributes, each with a blank behind it; empty more often than not.
  std::string attributes(Place place = Place::Function);
  bool cplusplus() const { return options_.language == Language::Cplusplus; }

  Decisions& draw;
  Scope scope;
  Surroundings around;
  std::vector<Callee> callees;  // what stands before
  std::vector<Uniform> uniforms;
  unsigned levels_left = 0;  // of statements in statements
  // The function at hand has an indirect goto: to compilers each may lead to any label whose address is taken, past the
  // initialisation of what is in scope there, so that they warn of a second one.
  bool goes_to_labels = false;
  // What the function at hand returns; empty where a return may not stand.
  std::string result;

 private:
  std::string hole(std::string_view hole, Holes& holes);
  void directive(std::string_view line);
  std::string expression(bool wide, unsigned depth);
  std::string leaf(bool wide);
  std::string condition(unsigned depth);
  void function(const FunctionKind& kind);
  void choose_constructs();
  void global_variables();
  void main_function();

  Options options_;
  std::string text_;
  struct Block {
    size_t variables, arrays;  // in scope outside of it
  };
  std::vector<Block> blocks_;  // that are open
  unsigned names_ = 0, names_outside_ = 0;
  uint64_t multiplier_ = 1;  // how often what is written now runs, at most, for each call of its function
  unsigned room_ = 0;        // statements that the function at hand may still have
  uint64_t cost_ = 0;        // steps of the function at hand
  Scope globals_;
  std::vector<Construct> constructs_;  // those that this program may use
  std::vector<const Attribute*> attributes_;
};

// The chapters.
std::span<const Construct> plain_constructs();
std::span<const Construct> switch_constructs();
std::span<const Construct> jump_constructs();
std::span<const Construct> frame_constructs();
std::span<const Construct> call_constructs();
std::span<const Construct> data_constructs();
std::span<const Construct> memory_constructs();
std::span<const Construct> loop_constructs();
std::span<const Construct> exception_constructs();

// A function, with all that belongs to it; it can be called by what is written behind it.
struct FunctionKind {
  std::string_view name;
  unsigned weight;
  void (*write)(Weaver& weaver);  // null: it is `text`, and called as `call` says
  std::string_view text = {};
  std::string_view call = {};
  uint64_t steps = 0;
  unsigned traits = kEverywhere;
};
std::span<const FunctionKind> function_kinds();
std::span<const FunctionKind> convention_kinds();
std::span<const FunctionKind> linkage_kinds();
std::span<const FunctionKind> class_kinds();

// What a program needs of its beginning, in the order in which it stands there; `text` is the rest of the program.
std::string prelude_of(std::string_view text);

}  // namespace objhound::generator::weave
