#include "results/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/reproduce.h"
#include "results/test_data.h"

namespace objhound::results {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;

TEST(TextTest, PrintableShowsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("plain ünïcödé ✗ 𝄞"), "plain ünïcödé ✗ 𝄞");
  EXPECT_EQ(printable("\x1b[2J\r\0\x7f"s), "\\x1b[2J\\x0d\\x00\\x7f");
  EXPECT_EQ(printable("a\nb", true), "a\nb");
  EXPECT_EQ(printable("a\nb\tc"), "a\\x0ab  c");
  EXPECT_EQ(printable("\xc2\x9b"), "\\x9b");                                           // a control character in UTF-8
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\u{202e}");                                   // right-to-left override
  EXPECT_EQ(printable("\xff\xc0\xaf\xed\xa0\x80"), "\\xff\\xc0\\xaf\\xed\\xa0\\x80");  // overlong, surrogate
  EXPECT_EQ(printable("\xf0\x9d\x84"), "\\xf0\\x9d\\x84");                             // cut short
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");                    // beyond Unicode
}

TEST(TextTest, HtmlIsEscapedForTextAndAttributes) {
  EXPECT_EQ(html("<a href=\"x\" b='&'>"), "&lt;a href=&quot;x&quot; b=&#39;&amp;&#39;&gt;");
  EXPECT_EQ(html("\x1b\xff"), "\\x1b\\xff");
}

TEST(TextTest, ShellWordsAndBack) {
  EXPECT_THAT(shell_words("  a  'b c' \"d\\\"e\\f\" g\\ h '' "), ElementsAre("a", "b c", "d\"e\\f", "g h", ""));
  EXPECT_THAT(shell_words("'never closed"), ElementsAre("never closed"));
  EXPECT_THAT(shell_words(""), ElementsAre());
  for (const std::string word :
       {"plain", "", "two words", "it's", "$(rm -rf .)", "a;b", "`x`", "*", "\\", "~", "-O2"}) {
    EXPECT_THAT(shell_words(shell_quoted(word)), ElementsAre(word)) << shell_quoted(word);
  }
  EXPECT_EQ(shell_quoted("a\x1b'b"s), "$'a\\x1b\\x27b'");
}

TEST(TextTest, NumbersForPeople) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
  EXPECT_EQ(percent(0, 0), "-");
  EXPECT_EQ(percent(0, 7), "0%");
  EXPECT_EQ(percent(7, 7), "100%");
  EXPECT_EQ(percent(99'999, 100'000), ">99.99%");
  EXPECT_EQ(percent(9'996, 10'000), "99.96%");
  EXPECT_EQ(percent(1, 1'000'000), "<0.01%");
  EXPECT_EQ(percent(987, 1'000), "98.7%");
  EXPECT_EQ(duration(0.44), "0.4 s");
  EXPECT_EQ(duration(192.4), "3 min 12 s");
  EXPECT_EQ(duration(8 * 3600 + 125), "8 h 02 min");
  EXPECT_EQ(duration(-1), "-");
  EXPECT_EQ(compact(44), "44");
  EXPECT_EQ(compact(3'270), "3.27 k");
  EXPECT_EQ(rate(41.23), "41.2");
  EXPECT_EQ(rate(999.6), "1.00 k");
  EXPECT_EQ(rate(12'345'678), "12.3 M");
}

TEST(ReproduceTest, CommandsAreQuotedWordByWord) {
  ProgramRecord program = sample_program(7);
  program.options = "csmith --seed 7; touch x $(y)";
  program.generator_version = "csmith 2.3.0\nrm -rf .";
  ConfigurationRecord g = sample_configuration("my gcc", "-O2");
  g.executable = "/opt/my gcc/bin/gcc";
  g.flags = "--target=aarch64-linux-gnu -O2 '-DNAME=a b' -w";
  EXPECT_THAT(reproduction_commands(program, g),
              ElementsAre("# csmith 2.3.0\\x0arm -rf .", "csmith --seed '7;' touch x '$(y)' > program.c",
                          "# my gcc (Debian) 1.2.3",
                          "'/opt/my gcc/bin/gcc' --target=aarch64-linux-gnu -I/usr/include/csmith -w -E program.c -o "
                          "program.i",
                          "'/opt/my gcc/bin/gcc' --target=aarch64-linux-gnu -O2 '-DNAME=a b' -w -x cpp-output -c "
                          "program.i -o program.o",
                          "objhound check --flags ''\\''/opt/my gcc/bin/gcc'\\'' --target=aarch64-linux-gnu -O2 "
                          "'\\''-DNAME=a b'\\'' -w' program.o"));
}

TEST(ReproduceTest, ACommandThatNamesItsOutputIsNotRedirected) {
  ProgramRecord program = sample_program(7);
  program.generator = "cmd: yarpgen -s {seed} -o {output}";
  program.options = "yarpgen -s 7 -o program.c";
  EXPECT_EQ(reproduction_commands(program, sample_configuration("gcc-12", "-O0"))[1], "yarpgen -s 7 -o program.c");
}

TEST(ReproduceTest, CplusplusIsPreprocessedAndCompiledAsSuch) {
  ProgramRecord program = sample_program(7);
  program.options = "objhound generate --generator weave-c++ --seed 7 -o program.cc";
  const std::vector<std::string> commands = reproduction_commands(program, sample_configuration("gcc-12", "-O0"));
  EXPECT_EQ(commands[1], program.options);
  EXPECT_THAT(commands[3], testing::HasSubstr("-E program.cc -o program.ii"));
  EXPECT_THAT(commands[4], testing::HasSubstr("-x c++-cpp-output -c program.ii"));
}

}  // namespace
}  // namespace objhound::results
