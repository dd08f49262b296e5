// Files that are no ELF files, are cut short, or lie. Each must end in an Error that names the file and says what to
// do, or in an object whose answers are safe; never in a crash.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <random>

#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::read_bytes;
using test::Workshop;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string error_of(const std::vector<uint8_t>& bytes) {
  const Result<ObjectFile> object = ObjectFile::parse("x.o", bytes);
  return object ? "" : object.error().text();
}
std::string error_of(const std::string& text) { return error_of(std::vector<uint8_t>(text.begin(), text.end())); }

// Asks an object everything that it answers.
void use(const ObjectFile& object) {
  for (uint32_t s = 0; s < object.sections().size(); s++) {
    (void)object.sections()[s].relocations_in(0, ~uint64_t{0});
    (void)object.function_at({s, 0});
  }
  for (const Function& f : object.functions()) {
    const Place place{f.section, static_cast<int64_t>(f.offset)};
    EXPECT_NE(object.function_at(place), kNoIndex);
    EXPECT_LE(f.end(), object.sections()[f.section].bytes.size());
  }
  for (const Section& s : object.sections()) {
    for (const Relocation& r : s.relocations) EXPECT_TRUE(r.symbol == kNoIndex || r.symbol < object.symbols().size());
  }
  (void)object.recorded_command_lines();
  (void)object.declared_noreturn();
}

// Each reaches to the end: they would be read as often as there are of them.
TEST(Hostile, FunctionsThatAreAllInsideOfEachOtherAreRefused) {
  const auto nested = [](int functions) {
    const Workshop shop;
    std::string source, ends;
    for (int i = 0; i < functions; ++i) {
      source += fmt::format(".type f{0}, @function\nf{0}: nop\n", i);
      ends += fmt::format(".size f{0}, .-f{0}\n", i);
    }
    shop.write("input.s", source + "ret\n" + ends);
    shop.run("gcc-12 -c input.s -o output.o");
    return error_of(read_bytes(shop.path("output.o")));
  };
  EXPECT_EQ(nested(1'000), "");
  EXPECT_THAT(nested(20'000), HasSubstr("functions overlap beyond reason"));
}

TEST(Hostile, ErrorsNameTheFileAndTheRemedy) {
  EXPECT_THAT(error_of(std::string()), StartsWith("x.o: is empty"));
  EXPECT_THAT(error_of("#!/bin/sh\n"), AllOf(StartsWith("x.o: not an ELF file"), HasSubstr("(give an object file")));
  EXPECT_THAT(error_of("!<arch>\n"), HasSubstr("an archive"));
  EXPECT_THAT(error_of("BC\xC0\xDE"), HasSubstr("-flto"));
  EXPECT_THAT(error_of("\177ELF"), HasSubstr("cut short after 4 bytes"));

  const Result<ObjectFile> missing = ObjectFile::load("/nonexistent/y.o");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().text(), AllOf(StartsWith("/nonexistent/y.o: cannot be read"), HasSubstr("No such file")));
  const Workshop shop;
  EXPECT_THAT(ObjectFile::load(shop.path("")).error().text(), HasSubstr("is a directory"));
  for (const char* begin : {"\177ELF\2\1\1", "!<arch>\n", "#!/bin/sh\n"}) {  // a sparse file
    const std::string large = shop.write("large", begin);
    std::filesystem::resize_file(large, uint64_t{1} << 40);
    EXPECT_FALSE(ObjectFile::load(large)) << begin;
  }
  std::vector<uint8_t> honest = read_bytes("/proc/self/exe");
  const std::string large = shop.write("large", std::string(honest.begin(), honest.end()));
  std::filesystem::resize_file(large, uint64_t{1} << 40);
  EXPECT_THAT(ObjectFile::load(large).error().text(), HasSubstr("larger than 4 GiB (strip its debug information)"));
  ASSERT_EQ(mkfifo(shop.path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(ObjectFile::load(shop.path("pipe")).error().text(), HasSubstr("not a regular file"));
}

std::vector<uint8_t> some_object(const Workshop& shop, const std::string& compiler) {
  shop.compile(compiler, R"(
    _Noreturn void leave(int);
    void slow(int) __attribute__((cold));
    int g(int);
    static int values[] = {1, 2, 3};
    int f(int x) { if (x == 7) { slow(1); slow(2); slow(x); } if (x == 9) leave(3); return g(values[x]) + 1; }
    int big(int x) { switch (x) { case 0: return g(1); case 1: return g(7); case 2: return g(5); case 3: return g(2);
      case 4: return g(19); case 5: return g(21); default: return 0; } })");
  return read_bytes(shop.path("output.o"));
}

TEST(Hostile, HeaderFieldsAreChecked) {
  const Workshop shop;
  const std::vector<uint8_t> good = some_object(shop, "gcc-12 -O2");
  ASSERT_EQ(error_of(good), "");
  auto with = [&](size_t at, std::vector<uint8_t> bytes) {
    std::vector<uint8_t> bad = good;
    std::copy(bytes.begin(), bytes.end(), bad.begin() + static_cast<ptrdiff_t>(at));
    return error_of(bad);
  };
  EXPECT_THAT(with(4, {1}), HasSubstr("not a 64-bit"));
  EXPECT_THAT(with(5, {2}), HasSubstr("not a little-endian"));
  EXPECT_THAT(with(16, {4, 0}), HasSubstr("core dump"));
  EXPECT_THAT(with(16, {9, 9}), HasSubstr("unknown ELF type"));
  EXPECT_THAT(with(18, {243, 0}), AllOf(HasSubstr("machine 243"), HasSubstr("supported: x86-64, arm64")));
  EXPECT_THAT(with(40, {0, 0, 0, 0, 0, 0, 0, 0}), HasSubstr("no section headers"));
  EXPECT_THAT(with(40, {255, 255, 255, 255, 255, 255, 255, 255}), HasSubstr("section header table"));
  EXPECT_THAT(with(58, {1, 0}), HasSubstr("e_shentsize"));
  EXPECT_THAT(with(62, {250, 0}), HasSubstr("string table index"));
}

TEST(Hostile, CompactRelocationsAreRefused) {
  const Workshop shop;
  shop.write("input.c", "int g(int); int f(int x) { return g(x); }");
  shop.run("clang-19 -Wa,--crel,--allow-experimental-crel -c input.c -o crel.o");
  EXPECT_THAT(ObjectFile::load(shop.path("crel.o")).error().text(), AllOf(HasSubstr("CREL"), HasSubstr("--crel")));
}

// Two sections with the same bytes would let a small file be read many times over.
TEST(Hostile, OverlappingSectionsAreRefused) {
  const Workshop shop;
  shop.write("overlap.yaml", R"(
--- !ELF
FileHeader: {Class: ELFCLASS64, Data: ELFDATA2LSB, Type: ET_REL, Machine: EM_X86_64}
Sections:
  - {Name: .a, Type: SHT_PROGBITS, Size: 4096}
  - {Name: .b, Type: SHT_PROGBITS, ShOffset: 64, ShSize: 4096, Content: "00"}
)");
  shop.run("yaml2obj-19 overlap.yaml -o overlap.o");
  EXPECT_THAT(ObjectFile::load(shop.path("overlap.o")).error().text(), HasSubstr("sections overlap"));
}

class EveryObject : public testing::TestWithParam<const char*> {
 protected:
  Workshop shop_;
};
INSTANTIATE_TEST_SUITE_P(Compilers, EveryObject,
                         testing::Values("gcc-12 -O2 -g", "clang-19 -O2 -g", "aarch64-linux-gnu-gcc -O2 -g -gz",
                                         "clang-19 --target=aarch64-linux-gnu -O2 -g -ffunction-sections"),
                         [](const auto& info) { return "Number" + std::to_string(info.index); });

TEST_P(EveryObject, CutShortAnywhereIsAnErrorOrSafe) {
  const std::vector<uint8_t> good = some_object(shop_, GetParam());
  ASSERT_EQ(error_of(good), "");
  for (size_t length = 0; length < good.size(); length += 1 + length / 64) {
    const Result<ObjectFile> object = ObjectFile::parse("x.o", std::span(good).first(length));
    // The section headers stand at the end: without them there is nothing to check.
    EXPECT_FALSE(object) << length;
    if (!object) {
      EXPECT_THAT(object.error().text(), StartsWith("x.o: "));
    }
  }
}

TEST_P(EveryObject, WithDamageIsAnErrorOrSafe) {
  const std::vector<uint8_t> good = some_object(shop_, GetParam());
  std::mt19937_64 random(20240501);
  size_t readable = 0;
  for (int round = 0; round < 3000; round++) {
    std::vector<uint8_t> bad = good;
    for (int i = 0; i < 1 + round % 4; i++) bad[random() % bad.size()] = static_cast<uint8_t>(random());
    const Result<ObjectFile> object = ObjectFile::parse("x.o", bad);
    if (!object) continue;
    readable++;
    use(*object);
  }
  EXPECT_GT(readable, 100u) << "the damage should often be survivable, or this tests little";
}

}  // namespace
}  // namespace objhound::oracle
