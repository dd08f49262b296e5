// Jump tables of real code, held against the compilers' own assembly: every compiler, both architectures, all levels.
//
// The assembly names each table's entries by labels, and the assembler keeps those labels as symbols when it is asked
// to; so what a table holds is known without looking at any instruction. Computed gotos have tables too.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "oracle/cfg/cfg.h"
#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::Workshop;

// Switches of many kinds, all dense enough that every compiler makes a table of most of them. CASES makes twenty cases
// with different bodies from `low` on.
constexpr const char* kSource = R"(
extern int f(int), g(int), h(int);
extern int table[]; extern volatile int changing; int global;
struct item { int k; unsigned char c; short s; unsigned bits : 4; struct item* next; };
enum colour { C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13, C14, C15, C16, C17, C18, C19 };
#define CASE(v, body) case (v): body; break;
#define CASES(low) \
  CASE((low) + 0, r += f(1)) CASE((low) + 1, r = g(r)) CASE((low) + 2, r ^= h(3)) CASE((low) + 3, return f(r) + 4) \
  CASE((low) + 4, r -= f(5)) CASE((low) + 5, r = g(r + 6)) CASE((low) + 6, r *= h(7)) CASE((low) + 7, return g(r) + 8) \
  CASE((low) + 8, r += f(9)) CASE((low) + 9, r = g(r + 10)) CASE((low) + 10, r |= h(11)) CASE((low) + 11, return h(12)) \
  CASE((low) + 12, r += f(13)) CASE((low) + 13, r = g(r) + 14) CASE((low) + 14, r ^= h(15)) CASE((low) + 15, return r) \
  CASE((low) + 16, r -= f(17)) CASE((low) + 17, r = g(r ^ 18)) CASE((low) + 18, r *= f(h(19))) \
  CASE((low) + 19, r = f(20) - g(r))
int dense(int x, int r) { switch (x) { CASES(0) default: r = 99; } return r; }
int above(int x, int r) { switch (x) { CASES(1000) default: r = 99; } return r; }
int below(int x, int r) { switch (x) { CASES(-7) } return r; }
int wide(unsigned long x, int r) { switch (x) { CASES(5) default: return -1; } return r; }
int narrow(short x, int r) { switch (x) { CASES(2) default: r = f(0); } return r; }
int byte(unsigned char x, int r) { switch (x) { CASES('a') default: r = f(0); } return r; }
int signed_byte(signed char x, int r) { switch (x) { CASES(-9) default: r = f(0); } return r; }
int named(enum colour x, int r) { switch (x) { CASES(C0) default: r = f(0); } return r; }
int field(struct item* x, int r) { switch (x->k) { CASES(0) default: r = f(0); } return r; }
int in_memory(int r) { switch (global) { CASES(0) } switch (changing) { CASES(3) default: r++; } return r; }
int in_loop(struct item* x, int r) { for (; x; x = x->next) switch (x->c) { CASES(30) default: r += f(r); } return r; }
int again(int* x, int n, int r) { for (int i = 0; i < n; i++) { switch (x[i]) { CASES(0) } switch (x[n - i]) { CASES(1) } } return r; }
int inside(int x, int y, int r) {
  switch (x) {
    case 20: switch (y) { CASES(1) default: return 7; } break;
    CASES(0)
    case 21: switch (table[y]) { CASES(50) } r++; break;
    default: r = 1;
  }
  return r;
}
int difference(int x, int y, int r) { switch (x - y) { CASES(0) default: r = 3; } return r; }
int halved(unsigned x, int r) { switch (x >> 3) { CASES(0) default: r = 3; } return r; }
int masked(unsigned x, int r) {
  switch (x & 15) {
    case 0: return f(1); case 1: r += g(2); break; case 2: r = h(3); break; case 3: return f(4) + 1; case 4: r ^= g(5); break;
    case 5: return h(6); case 6: r = f(g(7)); break; case 7: r -= 8; break; case 8: return g(9); case 9: r *= h(10); break;
    case 10: return f(11); case 11: r += g(12); break; case 12: r = h(13); break; case 13: return f(14) + 1;
    case 14: r ^= g(15); break; case 15: return h(16);
  }
  return r;
}
int spread(int x, int r) { switch (x) { CASES(0) CASES(500) CASES(100000) default: r = 2; } return r; }
int interpreter(const unsigned char* p, int r) {
  static const void* const labels[] = {&&add, &&sub, &&mul, &&end};
  goto *labels[*p++];
add: r += f(r); goto *labels[*p++];
sub: r -= g(r); goto *labels[*p++];
mul: r *= h(r); goto *labels[*p++];
end: return r;
}
)";

using Targets = std::set<int64_t>;                           // offsets in .text
using Tables = std::map<std::string, std::vector<Targets>>;  // by function

// The labels of a table's lines: ".long .L4-.L6", ".byte (.LBB0_2-.LBB0_2)>>2", ".quad .L3". Only label differences
// and addresses of local labels are tables' entries.
std::string first_label(const std::string& line) {
  static const std::set<std::string> kDirectives = {".long",  ".quad",  ".xword", ".word", ".byte",
                                                    ".hword", ".2byte", ".4byte", ".8byte"};
  std::istringstream in(line);
  std::string directive, value;
  in >> directive >> value;
  if (!kDirectives.contains(directive)) return {};
  const size_t begin = value.find(".L");
  if (begin == std::string::npos || value.find_first_not_of('(') != begin) return {};
  size_t end = begin;
  while (end < value.size() && (std::isalnum(static_cast<unsigned char>(value[end])) || value[end] == '.' ||
                                value[end] == '_' || value[end] == '$'))
    ++end;
  return value.substr(begin, end - begin);
}

Tables tables_of_assembly(const ObjectFile& with_labels, std::istream& assembly) {
  std::map<std::string, Place> labels;
  for (const Symbol& symbol : with_labels.symbols()) {
    if (symbol.place.valid() && !symbol.name.empty()) labels.emplace(symbol.name, symbol.place);
  }
  Tables tables;
  Targets current;
  std::string function;
  auto finish = [&] {
    if (current.size() > 1) tables[function].push_back(current);
    current.clear();
  };
  for (std::string line; std::getline(assembly, line);) {
    const std::string label = first_label(line);
    const auto target = labels.find(label);
    if (target == labels.end()) {
      finish();
      continue;
    }
    const uint32_t in = with_labels.function_at(target->second);
    if (in == kNoIndex) continue;
    function = with_labels.functions()[in].name;
    current.insert(target->second.offset);
  }
  finish();
  return tables;
}

Tables tables_of_object(const ObjectFile& object, const std::vector<Cfg>& cfgs) {
  Tables tables;
  for (const Cfg& cfg : cfgs) {
    for (const JumpTable& table : cfg.jump_tables) {
      Targets targets;
      for (const Place& place : table.targets) targets.insert(place.offset);
      tables[object.functions()[cfg.function].name].push_back(targets);
    }
  }
  return tables;
}

// The same table may be jumped through from several places.
void sort_out(Tables& tables) {
  for (auto& [function, list] : tables) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
}

class Compiled : public testing::TestWithParam<const char*> {};

TEST_P(Compiled, TablesAreThoseOfTheAssembly) {
  const std::string compiler = GetParam();
  Workshop shop;
  shop.write("input.c", kSource);
  shop.run(compiler + " -fno-asynchronous-unwind-tables -S input.c -o input.s");
  shop.run(compiler + " -c input.s -o plain.o");
  shop.run(compiler + " -c -Wa,-L input.s -o labels.o");
  std::ifstream assembly(shop.path("input.s"));
  const ObjectFile with_labels = shop.load("labels.o"), object = shop.load("plain.o");
  Tables expected = tables_of_assembly(with_labels, assembly);
  Decoder decoder(object.arch(), {.second_opinion = false});
  const std::vector<Cfg> cfgs = build_cfgs(object, decoder, {});
  Tables found = tables_of_object(object, cfgs);
  sort_out(expected);
  sort_out(found);
  ASSERT_GE(expected.size(), 15u) << "the compiler made fewer tables than this test is for";
  for (const auto& [function, tables] : expected) EXPECT_EQ(found[function], tables) << function;
  for (const auto& [function, tables] : found) {
    EXPECT_TRUE(tables.empty() || expected.contains(function)) << function;
  }
  for (const Cfg& cfg : cfgs) {
    const std::string& name = object.functions()[cfg.function].name;
    for (const JumpTable& table : cfg.jump_tables) EXPECT_TRUE(table.exact) << name;
    for (const Block& block : cfg.blocks) {
      EXPECT_TRUE(block.reachable) << name;
      EXPECT_TRUE(block.exit == Exit::None || block.exit == Exit::Return || block.exit == Exit::TailCall) << name;
    }
  }
}

// Where the linker has resolved everything, the same tables are read from addresses.
TEST_P(Compiled, LinkedFilesHaveTheSameTables) {
  const std::string compiler = GetParam();
  Workshop shop;
  shop.write("input.c", kSource);
  shop.run(compiler + " -fPIC -c input.c -o input.o");
  const bool llvm = compiler.starts_with("clang");
  shop.run(compiler + (llvm ? " -fuse-ld=lld" : "") + " -nostdlib -shared input.o -o linked.so");
  Tables by_file[2];
  for (const bool linked : {false, true}) {
    const ObjectFile object = shop.load(linked ? "linked.so" : "input.o");
    Decoder decoder(object.arch(), {.second_opinion = false});
    for (const Cfg& cfg : build_cfgs(object, decoder, {})) {
      const Function& function = object.functions()[cfg.function];
      for (const JumpTable& table : cfg.jump_tables) {
        Targets targets;
        for (const Place& place : table.targets) targets.insert(place.offset - static_cast<int64_t>(function.offset));
        by_file[linked][function.name].push_back(targets);
        EXPECT_TRUE(table.exact) << function.name;
      }
    }
    sort_out(by_file[linked]);
  }
  EXPECT_GE(by_file[0].size(), 15u);
  EXPECT_EQ(by_file[0], by_file[1]);
}

INSTANTIATE_TEST_SUITE_P(
    Compilers, Compiled,
    testing::Values("gcc-12 -O0", "gcc-12 -O1", "gcc-12 -O2", "gcc-12 -Os", "gcc-12 -O2 -fcf-protection=full",
                    "clang-19 -O0", "clang-19 -O1", "clang-19 -O2", "clang-19 -Oz", "aarch64-linux-gnu-gcc-12 -O0",
                    "aarch64-linux-gnu-gcc-12 -O1", "aarch64-linux-gnu-gcc-12 -O2", "aarch64-linux-gnu-gcc-12 -Os",
                    "aarch64-linux-gnu-gcc-12 -O2 -mbranch-protection=standard",
                    "clang-19 --target=aarch64-linux-gnu -O0", "clang-19 --target=aarch64-linux-gnu -O2",
                    "clang-19 --target=aarch64-linux-gnu -Oz"),
    [](const testing::TestParamInfo<const char*>& info) {
      std::string name;
      for (const char* c = info.param; *c; ++c) name += std::isalnum(static_cast<unsigned char>(*c)) ? *c : '_';
      return name;
    });

}  // namespace
}  // namespace objhound::oracle
