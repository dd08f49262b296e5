#include "harness/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>

namespace objhound::harness {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Progress sample() {
  Progress p;
  p.seconds = 83;
  p.seconds_left = 250;
  p.compilations = 1000;
  p.earlier = 24;
  p.expected = 4800;
  p.violations = 2;
  p.new_findings = 1;
  p.unproved = 31;
  p.functions = 20480;
  return p;
}

TEST(Progress, SaysHowFarAndHowLongAndWhatWasFound) {
  EXPECT_EQ(
      progress_text(sample()),
      "1m23s, 4m10s left | 1024/4800 objects, 24 of them earlier, 12.0/s | 2 violations, 1 new | 31/20480 unproved");
}

TEST(Progress, NamesTroubleOnlyWhenThereIsSome) {
  Progress p = sample();
  EXPECT_THAT(progress_text(p), Not(HasSubstr("crashed")));
  p.crashed = 1;
  p.failed_programs = 3;
  EXPECT_THAT(progress_text(p), HasSubstr(" | 1 crashed | 3 seeds without a program"));
}

TEST(Progress, DoesNotGuessWhatItCannotKnow) {
  EXPECT_EQ(progress_text(Progress{}), "0s | 0 objects, 0.0/s | 0 violations, 0 new | 0/0 unproved");
}

TEST(ProgressLine, LogsGetALineEveryTenSeconds) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  ASSERT_NE(file, nullptr);
  ProgressLine line(file.get());
  Progress p = sample();
  for (p.seconds = 0; p.seconds < 25; p.seconds += 0.5) line.show(p);
  line.clear();
  EXPECT_EQ(std::fseek(file.get(), 0, SEEK_SET), 0);
  int lines = 0;
  for (int c = std::fgetc(file.get()); c != EOF; c = std::fgetc(file.get())) {
    lines += c == '\n';
    EXPECT_NE(c, '\r');
  }
  EXPECT_EQ(lines, 2);
}

}  // namespace
}  // namespace objhound::harness
