// What is said of a file does not depend on how many threads looked at it. The file is this program: code of GCC or
// Clang with exceptions, jump tables and calls that never return.

#include <gtest/gtest.h>

#include <filesystem>

#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

std::string checked_by(unsigned threads) {
  Oracle oracle({.flags = {}, .second_opinion = false, .threads = threads});
  const FileReport report = oracle.check_file(std::filesystem::canonical("/proc/self/exe"));
  EXPECT_EQ(report.error, "");
  EXPECT_GT(report.text_bytes, 512u << 10);  // enough for several threads
  return to_json(std::span(&report, 1));
}

TEST(Threads, SayTheSame) {
  const std::string alone = checked_by(1);
  for (unsigned threads : {2, 3, 7}) EXPECT_EQ(checked_by(threads), alone) << threads;
}

}  // namespace
}  // namespace objhound::oracle
