// The binary search table of linked files: as linkers write it there is nothing to say; each kind of damage is named.

#include "oracle/cfi/frame_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "oracle/cfi/rows.h"
#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::section;
using test::Workshop;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kProgram = R"(
int step(int);
int one(int value) { return step(value) + 1; }
int two(int value) { return step(value) * one(value); }
int three(int value) { return two(value) - step(one(value)); }
)";

std::vector<std::string> problems_of(const ObjectFile& object) {
  std::vector<std::string> texts;
  const CfiTable table = CfiTable::read(object);
  for (const CfiProblem& problem : table.problems()) texts.push_back(problem.what);
  return texts;
}

class FrameHeader : public testing::Test {
 protected:
  void SetUp() override {
    (void)shop_.compile("gcc-12 -O2 -fPIC", kProgram);
    shop_.run("gcc-12 -shared -nostdlib -o library.so output.o");
    bytes_ = test::read_bytes(shop_.path("library.so"));
    const ObjectFile object = shop_.load("library.so");
    const Section& header = section(object, ".eh_frame_hdr");
    at_ = static_cast<size_t>(header.bytes.data() - object.bytes().data());
    ASSERT_EQ(header.bytes[3], 0x3b) << "entries are signed, four bytes, from the section's start";
    std::memcpy(&count_, bytes_.data() + at_ + 8, sizeof count_);
    ASSERT_GE(count_, 3u);
  }
  uint8_t* entry(size_t index) { return bytes_.data() + at_ + 12 + 8 * index; }
  std::vector<std::string> problems() {
    const Result<ObjectFile> object = ObjectFile::parse("library.so", bytes_);
    return object ? problems_of(*object) : std::vector<std::string>{object.error().text()};
  }

  Workshop shop_;
  std::vector<uint8_t> bytes_;
  size_t at_ = 0;
  uint32_t count_ = 0;
};

TEST_F(FrameHeader, OfALinkerIsRight) {
  EXPECT_THAT(problems(), IsEmpty());
  shop_.run("ld.lld-19 -shared --eh-frame-hdr -o other.so output.o || cp library.so other.so");
  EXPECT_THAT(problems_of(shop_.load("other.so")), IsEmpty());
}

TEST_F(FrameHeader, MustBeSorted) {
  std::swap_ranges(entry(0), entry(1), entry(1));
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("a binary search may miss")));
}

TEST_F(FrameHeader, MustBeComplete) {
  const uint32_t fewer = count_ - 1;
  std::memcpy(bytes_.data() + at_ + 8, &fewer, sizeof fewer);
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("has no entry: it is never found")));
}

TEST_F(FrameHeader, MustNameTheFdesOfItsCode) {
  entry(1)[4] ^= 4;
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("where no FDE is"), HasSubstr("has no entry")));
}

TEST_F(FrameHeader, MustNameTheCodeOfItsFdes) {
  entry(1)[0] ^= 1;
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("the FDE that it points to is for")));
}

TEST_F(FrameHeader, MustPointToTheSection) {
  bytes_[at_ + 4] ^= 8;
  EXPECT_THAT(problems(), ElementsAre(HasSubstr(".eh_frame is at")));
}

TEST_F(FrameHeader, MustBeReadable) {
  const uint32_t many = 0x7fffffff;
  std::memcpy(bytes_.data() + at_ + 8, &many, sizeof many);
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("it is cut short")));
  bytes_[at_] = 2;
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("version 2 is not known")));
  bytes_[at_] = 1;
  bytes_[at_ + 2] = 0x0d;
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("the encoding 0x0d is not known")));
}

TEST_F(FrameHeader, MayHaveNoTable) {
  bytes_[at_ + 2] = bytes_[at_ + 3] = 0xff;
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(FrameHeader, SurvivesDamage) {
  std::mt19937 random(1);
  const std::vector<uint8_t> sound = bytes_;
  const size_t length = 12 + 8 * size_t{count_};
  for (size_t round = 0; round < 30 * length; ++round) {
    bytes_ = sound;
    bytes_[at_ + round % length] = static_cast<uint8_t>(random());
    for (const std::string& problem : problems()) EXPECT_NE(problem, "");
  }
}

}  // namespace
}  // namespace objhound::oracle
