// Two readers must not disagree: our rows against those of LLVM's DWARF library, on real objects of both
// architectures, on this very program and on the C library.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/cfi/llvm_rows_test_support.h"
#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::Agreement;
using test::compare_with_llvm;
using test::Workshop;
using testing::IsEmpty;

Agreement compare(const ObjectFile& object) { return compare_with_llvm(object, CfiTable::read(object)); }

TEST(Agreement, OnObjectsOfEveryCompiler) {
  const std::string source = R"(
    void slow(int) __attribute__((cold));
    int g(int);
    double h(double);
    int a(int x) { if (x == 7) { slow(1); slow(2); slow(x); } return g(x) + 1; }
    int b(int n) { int v[n]; for (int i = 0; i < n; i++) v[i] = g(i); return v[n / 2]; }
    double c(double x, double y) { return h(x) * y + h(y) * x; }
    int d(int x) { _Alignas(64) int v[16] = {x}; g((long)v); return v[3]; }
    int e(int x, int y, int z) { int s = 0; for (int i = 0; i < x; i++) s += g(i) * y + g(z); return s; })";
  const Workshop shop;
  for (const char* compiler : {"gcc-12", "clang-19", "aarch64-linux-gnu-gcc", "clang-19 --target=aarch64-linux-gnu"}) {
    for (const char* flags : {"-O0", "-O2", "-Os -fno-omit-frame-pointer", "-O2 -ffunction-sections",
                              "-O1 -g -fno-asynchronous-unwind-tables"}) {
      const Agreement agreement = compare(shop.compile(std::string(compiler) + " " + flags, source));
      EXPECT_THAT(agreement.differences, IsEmpty()) << compiler << " " << flags;
      EXPECT_GE(agreement.fdes, 5u) << compiler << " " << flags;
      EXPECT_GT(agreement.rows, agreement.fdes);
    }
  }
}

TEST(Agreement, OnLinkedFiles) {
  for (const char* path : {"/proc/self/exe", "/usr/lib/x86_64-linux-gnu/libc.so.6"}) {
    const Result<ObjectFile> object = ObjectFile::load(path);
    ASSERT_TRUE(object) << object.error().text();
    const Agreement agreement = compare(*object);
    EXPECT_THAT(agreement.differences, IsEmpty()) << path;
    EXPECT_GT(agreement.rows, 1000u) << path;
  }
}

}  // namespace
}  // namespace objhound::oracle
