// What a linked file says to the dynamic linker: that it is read, and that files that lie cannot hurt.

#include "oracle/elf/dynamic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "oracle/elf/compile_test_support.h"
#include "oracle/elf/dynamic_test_support.h"

namespace objhound::oracle {
namespace {

using test::DynamicFile;
using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kNames = {"f", "g", "taken"};

std::vector<uint8_t> shared_object(const test::Workshop& shop, const std::string& options) {
  shop.write("input.c",
             "void taken(void); void f(void) { taken(); } int g; static void h(void) {} void (*p)(void) = h;");
  shop.run("gcc-12 -shared -fPIC -nostdlib " + options + " input.c -o output.so");
  return test::read_bytes(shop.path("output.so"));
}

TEST(Dynamic, ReadsWhatTheDynamicLinkerReads) {
  const test::Workshop shop;
  shop.write("other.c", "int other;");
  shop.run("gcc-12 -shared -nostdlib other.c -o libother.so");
  for (const char* style : {"gnu", "sysv", "both"}) {
    const std::vector<uint8_t> bytes = shared_object(
        shop, std::string("-Wl,--no-as-needed -L. -lother -Wl,-rpath,/a:/b,--build-id=0x1234,--hash-style=") + style);
    const Result<DynamicInfo> info = read_dynamic_info("x.so", bytes);
    ASSERT_TRUE(info) << info.error().text();
    EXPECT_EQ(info->machine, find_arch("x86-64")->elf_machine);
    EXPECT_THAT(info->needed, ElementsAre("libother.so"));
    EXPECT_THAT(info->run_path, ElementsAre("/a", "/b"));
    EXPECT_EQ(info->build_id, "1234");
    EXPECT_THAT(defined_functions(bytes, kNames), ElementsAre("f")) << style;
    Result<FileParts> file = FileParts::open(shop.path("output.so")), again = FileParts::open(shop.path("output.so"));
    ASSERT_TRUE(file && again);
    EXPECT_EQ(read_dynamic_info("x.so", std::move(*file))->build_id, "1234");
    EXPECT_THAT(defined_functions(std::move(*again), kNames), ElementsAre("f")) << style;
  }
}

// The dynamic linker knows no section headers: what they claim is of no concern.
TEST(Dynamic, SectionHeadersAreOfNoConcern) {
  const test::Workshop shop;
  const std::vector<uint8_t> honest = shared_object(shop, "");
  llvm::ELF::Elf64_Ehdr header;
  std::memcpy(&header, honest.data(), sizeof header);
  for (const uint8_t value : {uint8_t{0}, uint8_t{1}, uint8_t{0xff}}) {
    std::vector<uint8_t> bytes = honest;
    std::fill(bytes.begin() + static_cast<ptrdiff_t>(header.e_shoff), bytes.end(), value);
    EXPECT_THAT(defined_functions(bytes, kNames), ElementsAre("f"));
  }
  std::vector<uint8_t> bytes = honest;
  for (unsigned i = 0; i < header.e_shnum; ++i) {
    llvm::ELF::Elf64_Shdr section;
    uint8_t* at = bytes.data() + header.e_shoff + i * sizeof section;
    std::memcpy(&section, at, sizeof section);
    section.sh_entsize = 0;
    std::memcpy(at, &section, sizeof section);
  }
  EXPECT_THAT(defined_functions(bytes, kNames), ElementsAre("f"));
}

TEST(Dynamic, DamageOfAnyByteAndAnyLengthIsSurvived) {
  const test::Workshop shop;
  for (const char* style : {"gnu", "sysv"}) {
    const std::vector<uint8_t> honest =
        shared_object(shop, std::string("-Wl,-z,noseparate-code,--hash-style=") + style);
    const auto use = [](const std::vector<uint8_t>& bytes) {
      (void)read_dynamic_info("x.so", bytes);
      (void)defined_functions(bytes, kNames);
    };
    for (size_t at = 0; at < honest.size(); ++at) {
      std::vector<uint8_t> bytes = honest;
      for (const uint8_t value : {uint8_t{0x7f}, uint8_t{0xff}, uint8_t{0}}) {
        bytes[at] = value;
        use(bytes);
      }
      bytes = honest;
      bytes.resize(at);
      bytes.shrink_to_fit();
      use(bytes);
    }
  }
}

TEST(Dynamic, SizesOfSegmentsAreNotBelieved) {
  const std::vector<uint8_t> honest = DynamicFile{.needed = {"libother.so"}, .symbols = {{"f", 0}}}.bytes();
  EXPECT_THAT(defined_functions(honest, kNames), ElementsAre("f"));
  for (const uint64_t value : {uint64_t{0}, uint64_t{1} << 20, uint64_t{1} << 63, ~uint64_t{0} - 8, ~uint64_t{0}}) {
    for (const size_t segment : {0, 1}) {
      for (const size_t field : {offsetof(llvm::ELF::Elf64_Phdr, p_offset), offsetof(llvm::ELF::Elf64_Phdr, p_filesz),
                                 offsetof(llvm::ELF::Elf64_Phdr, p_vaddr)}) {
        std::vector<uint8_t> bytes = honest;
        std::memcpy(bytes.data() + sizeof(llvm::ELF::Elf64_Ehdr) + segment * sizeof(llvm::ELF::Elf64_Phdr) + field,
                    &value, sizeof value);
        (void)read_dynamic_info("x.so", bytes);
        (void)defined_functions(bytes, kNames);
      }
    }
  }
}

TEST(Dynamic, HashTablesAreNotBelieved) {
  const uint32_t most = ~uint32_t{0};
  DynamicFile file{.symbols = {{"f", 0}, {"g", 0}}};
  file.hash = {1, 1, 0, 0, /* bucket */ 1, /* of f */ 0, /* of g */ 1};
  EXPECT_THAT(defined_functions(file.bytes(), kNames), ElementsAre("f", "g"));
  for (const std::vector<uint32_t>& hash : std::vector<std::vector<uint32_t>>{{1},
                                                                              {most, 1, 0, 0, 1, 1},
                                                                              {1, 1, most, 0, 1, 1},
                                                                              {1, most, 0, 0, 1, 1},
                                                                              {1, 1, 0, 0, most, 1},
                                                                              {0, 0, 0, 0}}) {
    file.hash = hash;
    EXPECT_THAT(defined_functions(file.bytes(), kNames), IsEmpty());
  }
}

// Each of a million symbols has a name that is nearly as long as the file, and thousands of libraries too.
TEST(Dynamic, NamesThatShareOneLongTextCostNothing) {
  DynamicFile file;
  file.symbols.assign(1'000'000, {"", 2});
  file.symbols[0] = {std::string(10'000'000, 'a'), 0};
  file.further.assign(4'000, {llvm::ELF::DT_NEEDED, 2});
  const std::vector<uint8_t> bytes = file.bytes();
  EXPECT_THAT(defined_functions(bytes, kNames), IsEmpty());
  const Result<DynamicInfo> info = read_dynamic_info("x.so", bytes);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->needed.size(), 4'000u);
  EXPECT_THAT(info->needed, testing::Each(""));
}

TEST(Dynamic, NotesThatLieOverEachOtherAreNotAllRead) {
  DynamicFile file;
  file.notes.assign(60'000, {0, ~uint64_t{0}});
  file.old_run_path = std::string(20'000'000, '\1');
  const Result<DynamicInfo> info = read_dynamic_info("x.so", file.bytes());
  ASSERT_TRUE(info);
  EXPECT_EQ(info->build_id, "");
  EXPECT_THAT(info->run_path, IsEmpty());
}

TEST(Dynamic, ListsAreCutWhereNoHonestOneIsAsLong) {
  DynamicFile file;
  file.needed.assign(100'000, "libother.so");
  EXPECT_LE(read_dynamic_info("x.so", file.bytes())->needed.size(), 4'096u);
  for (int i = 0; i < 20'000; ++i) file.old_run_path += "/a:";
  file.needed = {};
  EXPECT_LE(read_dynamic_info("x.so", file.bytes())->run_path.size(), 256u);
}

}  // namespace
}  // namespace objhound::oracle
