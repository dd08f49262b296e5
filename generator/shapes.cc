// Csmith's programs have few switches and plain frames. Here each function is a switch, drawn from what compilers treat
// differently (type of the index, range, density, how its bound is known, what cases do), inside a frame that is drawn
// as well (dynamic, large, over-aligned, variadic, full of values that live across calls). Programs call only functions
// that they do not define, so that nothing is known of any value and nothing is optimised away. No path is undefined
// for certain: a compiler need not write code for what follows on one. So a switch whose default is marked unreachable
// is over a value that nothing is known of yet, and arrays are indexed by less than they have.

#include "generator/shapes.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

#include "generator/swarm.h"

namespace objhound::generator {
namespace {

constexpr std::string_view kPrelude =
    R"(extern int f(int), g(int), h(int), w(int, int, int, int, int, int, int, int, int, int);
extern void use(void*, ...);
extern double d(double);
extern int (*volatile hook)(int);
extern volatile int changing;
void abort(void) __attribute__((noreturn));
void exit(int) __attribute__((noreturn));
struct item { int key; unsigned char byte; short half; unsigned low : 3; signed high : 4; struct item* next; };
)";

class Maker {
 public:
  explicit Maker(uint64_t seed) : draw_(seed) {}

  std::string program() {
    text_ = kPrelude;
    const uint64_t functions = draw_.between(6, 14);
    for (uint64_t i = 0; i < functions; ++i) function(i);
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
  }
  template <size_t N>
  std::string_view one_of(const std::array<std::string_view, N>& choices) {
    return choices[draw_.between(0, N - 1)];
  }
  bool one_in(uint64_t n) { return draw_.between(1, n) == 1; }

  // An int of what is at hand.
  std::string_view value() {
    return one_of(std::array<std::string_view, 12>{"r", "x", "y", "f(r)", "g(x)", "h(y)", "r + y", "p->key", "r ^ x",
                                                   "hook(r)", "7", "changing"});
  }

  void function(uint64_t number) {
    const bool variadic = one_in(10);
    put("{}int s{}(long x, int y, struct item* p, int r{}) {{\n",
        one_in(6) ? "static __attribute__((noinline, used)) " : "", number, variadic ? ", ..." : "");
    if (variadic) put("  __builtin_va_list ap; __builtin_va_start(ap, r); r += __builtin_va_arg(ap, int);\n");
    frame();
    const uint64_t switches = draw_.between(1, 3);
    const bool pressure = one_in(5);
    if (pressure) put("  int a = f(1), b = g(2), c = h(3), e = f(4), i = g(5), j = h(6), k = f(7), l = g(8);\n");
    if (one_in(4)) put("  if (y == {}) return {};\n", draw_.between(0, 9), value());
    for (uint64_t s = 0; s < switches; ++s) {
      const size_t before = text_.size();
      const uint64_t around = draw_.between(0, 5);
      if (around == 0) put("  for (int n = 0; n < y; n++)\n");
      if (around == 1) put("  for (; p->next; p = p->next)\n");
      if (around == 2) put("  while ((x = f(r)) & 1)\n");
      one_switch(2, around <= 2, before);
    }
    if (variadic) put("  __builtin_va_end(ap);\n");
    if (pressure) put("  r += w(a, b, c, e, i, j, k, l, y, r) + a * b - c * e + i * j - k * l;\n");
    finish();
  }

  void frame() {
    switch (draw_.between(0, 11)) {
      case 0:
        return put("  char* m = __builtin_alloca(y & 1023); use(m, r);\n");
      case 1:
        return put("  int m[(y & 1023) + 2]; use(m, r); r += m[1];\n");
      case 2:
        return array(draw_.between(1, 400));
      case 3:
        return array(draw_.between(3000, 200'000));
      case 4:
        return put("  _Alignas({}) char m[100]; use(m); r += m[y & 63];\n", 32 << draw_.between(0, 3));
      case 5:
        return put("  double v = d(r), u = d(v); use(&v); r += (int)(v * u + d(u));\n");
      case 6:
        return put("  if (y > 40) {{ long m[y]; use(m); r ^= (int)m[2]; }}\n");
      default:
        return;
    }
  }

  void array(uint64_t size) { put("  char m[{0}]; use(m, r); r += m[(unsigned)y % {0}];\n", size); }

  void finish() {
    switch (draw_.between(0, 5)) {
      case 0:
        return put("  return f(r);\n}}\n");
      case 1:
        return put("  return hook(r);\n}}\n");
      case 2:
        return put("  return w(r, y, r, y, r, y, r, y, r, y);\n}}\n");
      case 3:
        return put("  if (r == 9) {}; return r;\n}}\n", one_in(2) ? "abort()" : "exit(r)");
      default:
        return put("  return r;\n}}\n");
    }
  }

  // The index, the smallest value it can have (so that its bound is known without a comparison), and how many.
  struct Index {
    std::string text;
    int64_t low = 0;
    int64_t count = 0;  // 0: any
  };
  Index index() {
    const uint64_t bits = draw_.between(3, 5);
    switch (draw_.between(0, 11)) {
      case 0:
        return {fmt::format("x & {}", (1 << bits) - 1), 0, 1 << bits};
      case 1:
        return {fmt::format("((unsigned)y >> {}) & {}", draw_.between(1, 8), (1 << bits) - 1), 0, 1 << bits};
      case 2:
        return {"p->low", 0, 8};
      case 3:
        return {"p->high", -8, 16};
      case 4:
        return {"p->byte", 0, 0};
      case 5:
        return {"p->half", 0, 0};
      case 6:
        return {"x", 0, 0};
      case 7:
        return {"(signed char)y", 0, 0};
      case 8:
        return {"changing", 0, 0};
      case 9:
        return {"x - y", 0, 0};
      case 10:
        return {fmt::format("(unsigned)y % {}", 4 + bits), 0, static_cast<int64_t>(4 + bits)};
      default:
        return {"y", 0, 0};
    }
  }

  // The index of a switch at `place` of the text becomes a value that nothing is known of, whatever has been compared
  // or switched over before: a call, or what one may have changed, is part of it. Where the value stays the same in the
  // loop around the switch, it does so still: it is made at `before`, in front of the loop.
  void forget(const std::string& index, size_t place, size_t before) {
    // In the loop, one bit of x is known, or a switch in a case has made it one of its own values.
    const bool inside = text_.compare(before, 9, "  while (") == 0 || text_.find("x += f(r)", place) != text_.npos;
    auto replace = [&](std::string_view by) { text_.replace(place, index.size(), by); };
    if (index == "x" && !inside) text_.insert(before, "  x += f(r);\n");
    if (index == "x" && inside) replace("x += f(r)");
    if (index == "y") replace("y += f(r)");
    if (index == "(signed char)y") replace("(signed char)(y += f(r))");
    if (index == "x - y") replace("(x += f(r)) - y");
    if (index == "p->byte" || index == "p->half") text_.insert(place, "use(p, r), ");
  }

  // `before`: where the statement begins that the switch is in.
  void one_switch(unsigned depth, bool in_loop, size_t before) {
    const Index of = index();
    static constexpr std::array<int64_t, 8> kLows = {0, 0, 1, -3, 10, 'a', 1000, -100};
    const bool byte = of.text == "p->byte" || of.text == "(signed char)y";
    int64_t low = of.count != 0 ? of.low : kLows[draw_.between(0, byte ? 4 : kLows.size() - 1)];
    if (of.text == "p->byte" && low < 0) low = 0;
    const uint64_t cases = of.count != 0 ? static_cast<uint64_t>(of.count) : draw_.between(3, one_in(8) ? 60 : 18);
    const uint64_t gap = one_in(3) ? draw_.between(2, 40) : 0;  // one value in so many is left out
    const uint64_t fallthrough = draw_.between(3, 12);
    const size_t place = text_.size() + std::string_view("  switch (").size();
    put("  switch ({}) {{\n", of.text);
    for (uint64_t c = 0; c < cases; ++c) {
      const bool last = c + 1 == cases;
      if (gap != 0 && !last && c != 0 && one_in(gap)) continue;
      put("    case {}: ", low + static_cast<int64_t>(c));
      body(depth, in_loop);
      put("{}\n", one_in(fallthrough) && !last ? "" : " break;");
    }
    switch (draw_.between(0, 4)) {
      case 0:
        break;
      case 1:
        if (of.count != 0) break;
        put("    default: __builtin_unreachable();\n");
        forget(of.text, place, before);
        break;
      default:
        put("    default: r = {};\n", value());
    }
    put("  }}\n");
  }

  void body(unsigned depth, bool in_loop) {
    switch (draw_.between(0, 15)) {
      case 0:
        return put("return {};", value());
      case 1:
        return put("return f({}) + {};", value(), draw_.between(1, 99));
      case 2:
        return put("if (r < {}) r = {};", value(), value());
      case 3:
        return in_loop ? put("continue;") : put("y = {};", value());
      case 4:
        return one_in(4) ? put("abort();") : put("r -= {};", value());
      case 5:
        if (depth > 0 && one_in(6)) {
          put("\n");
          return one_switch(depth - 1, in_loop, text_.size());
        }
        return put("r *= {};", value());
      case 6:
        return put("use(p, {});", value());
      case 7:
        return put("while (f(r)) r = {};", value());
      default:
        return put("r {} {};", one_of(std::array<std::string_view, 4>{"+=", "-=", "^=", "="}), value());
    }
  }

  Draw draw_;
  std::string text_;
};

class Shapes : public Generator {
 public:
  std::string name() const override { return "shapes"; }
  std::string version() const override { return "3"; }
  tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand&) const override {
    Program program;
    program.text = Maker(seed).program();
    program.options = fmt::format("objhound generate --generator shapes --seed {}", seed);
    return program;
  }
};

}  // namespace

std::unique_ptr<Generator> make_shapes() { return std::make_unique<Shapes>(); }

}  // namespace objhound::generator
