// Reports: complete, right in their numbers, and harmless whatever the database holds.
#include "results/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "results/sample_data.h"
#include "results/text.h"

namespace objhound::results {
namespace {

using namespace std::string_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ReportTest : public testing::Test {
 protected:
  Store sample(const SampleOptions& options) {
    Store store = must(Store::open(directory_.path("run.db")));
    fill_sample(store, options);
    return store;
  }
  // With OBJHOUND_SAMPLES=DIRECTORY the page is left there, to be looked at.
  std::string page(const Store& store, const std::string& name) {
    std::string text = must(html_report(store, 1));
    if (const char* directory = std::getenv("OBJHOUND_SAMPLES")) std::ofstream(directory + ("/" + name)) << text;
    return text;
  }
  static size_t count(const std::string& text, const std::string& word) {
    size_t n = 0;
    for (size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += word.size()) ++n;
    return n;
  }

  TempDirectory directory_;
};

// Tags that open and close in order, void elements aside; the first that does not, or nothing.
std::string unbalanced(const std::string& page) {
  std::string body = std::regex_replace(page, std::regex("<(style|script)>[^]*?</\\1>"), "");
  std::vector<std::string> open;
  const std::regex tag("<(/?)([a-z0-9]+)([^<>]*)>");
  for (std::sregex_iterator it(body.begin(), body.end(), tag), end; it != end; ++it) {
    const std::string name = (*it)[2];
    if (name == "meta" || name == "input" || name == "br") continue;
    if ((*it)[1].length() == 0) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return it->str();
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + ">";
}

TEST_F(ReportTest, NoFindings) {
  const Store store = sample({.findings = 0, .failures = false});
  const std::string text = page(store, "none.html");
  EXPECT_THAT(text, AllOf(HasSubstr("No violation"), HasSubstr("None: no rule was broken"),
                          HasSubstr("all gave an object"), Not(HasSubstr("class=\"finding\""))));
  EXPECT_EQ(unbalanced(text), "");
  EXPECT_EQ(must(list_text(store)), "no findings\n");
  EXPECT_EQ(must(list_json(store)), "[]\n");
  EXPECT_THAT(must(terminal_summary(store, 1)), HasSubstr("findings     none"));
}

TEST_F(ReportTest, SomeFindings) {
  const Store store = sample({.findings = 5});
  const std::string text = page(store, "some.html");
  EXPECT_EQ(unbalanced(text), "");
  EXPECT_EQ(count(text, "class=\"finding\""), 5u);
  EXPECT_EQ(count(text, "<h4>To see it again</h4>"), 5u);
  EXPECT_THAT(text, AllOf(HasSubstr("csmith --seed "), HasSubstr("indirect-jump"), HasSubstr("recog.cc"),
                          HasSubstr("class=\"matrix\""), HasSubstr("computed:"), HasSubstr("3 min 12 s")));
}

TEST_F(ReportTest, ManyFindings) {
  const Store store = sample({.findings = 300});
  const std::string text = page(store, "many.html");
  EXPECT_EQ(unbalanced(text), "");
  EXPECT_EQ(count(text, "class=\"finding\""), 300u);
  EXPECT_LT(text.size(), 4u << 20);
  EXPECT_LT(count(must(terminal_summary(store, 1)), "\n"), 25u);
}

TEST_F(ReportTest, LongNames) {
  std::string name = "_ZN";
  for (int i = 0; i < 60; ++i) name += "27a_name_of_nearly_thirty_letters";
  const Store store = sample({.seeds = 40, .findings = 8, .long_name = name, .finished = false});
  const std::string text = page(store, "long.html");
  EXPECT_EQ(unbalanced(text), "");
  EXPECT_THAT(text, AllOf(HasSubstr(name), HasSubstr("not finished")));
}

TEST_F(ReportTest, AnEmptyDatabase) {
  const Store store = must(Store::open(directory_.path("empty.db")));
  const std::string text = must(html_report(store, 0));
  EXPECT_EQ(unbalanced(text), "");
  EXPECT_THAT(text, HasSubstr("<h1>Nothing has been checked yet</h1>"));
  EXPECT_THAT(must(terminal_summary(store, 0)), HasSubstr("0 campaigns"));
  EXPECT_THAT(html_report(store, 3).error(), HasSubstr("no campaign 3"));
  EXPECT_THAT(show_text(store, 1).error(), HasSubstr("no finding 1"));
}

TEST_F(ReportTest, ThePageNeedsNothingElse) {
  const std::string text = page(sample({.seeds = 20}), "self-contained.html");
  for (const char* word : {"http:", "https:", "src=", "@import", "url(", "<link", "<img", "<iframe"}) {
    EXPECT_THAT(text, Not(HasSubstr(word))) << word;
  }
}

TEST_F(ReportTest, NothingFromTheDatabaseBecomesMarkup) {
  const std::string evil = "</pre><script>alert(1)</script>\"' onload=x \x1b[31m &lt; \xff\0\xe2\x80\xae <!--"s;
  Store store = must(Store::open(directory_.path("evil.db")));
  CampaignRecord campaign = sample_campaign();
  campaign.generator = campaign.config = campaign.started = campaign.objhound_version = evil;
  const int64_t id = must(store.begin_campaign(campaign));
  ConfigurationRecord g{0, evil, evil, evil, evil, evil, evil, evil, evil};
  const int64_t configuration = must(store.intern_configuration(g));
  ProgramRecord program{0, evil, evil, 1, evil, evil, 1, ""};
  CompilationRecord r = with_finding(sample_compilation(), evil);
  FindingRecord& f = r.findings[0];
  f.rule = f.slug = f.statement = f.source = f.severity = f.function = f.section = f.message = f.evidence = f.path =
      evil;
  r.unproved_functions = {{evil, evil, 1, evil}};
  must(store.add(id, {{must(store.intern_program(id, program)), configuration, r}}));
  program.seed = 2;
  CompilationRecord crash;
  crash.outcome = Outcome::Crashed;
  crash.detail = evil;
  must(store.add(id, {{must(store.intern_program(id, program)), configuration, crash}}));

  const std::string text = must(html_report(store, id));
  EXPECT_EQ(count(text, "<script"), 1u);
  EXPECT_EQ(count(text, "</script"), 1u);
  EXPECT_GE(count(text, "&lt;script&gt;alert(1)&lt;/script&gt;"), 15u);
  EXPECT_THAT(text, Not(HasSubstr("<!--")));
  EXPECT_THAT(text, Not(HasSubstr("\" onload")));
  EXPECT_EQ(unbalanced(text), "");
  for (const std::string& report :
       {text, must(terminal_summary(store, id)), must(list_text(store)), must(show_text(store, 1))}) {
    EXPECT_EQ(report.find('\x1b'), std::string::npos);
    EXPECT_EQ(report.find('\0'), std::string::npos);
    EXPECT_EQ(report.find('\xff'), std::string::npos);
    EXPECT_THAT(report, Not(HasSubstr("\xe2\x80\xae")));
  }
  EXPECT_EQ(nlohmann::json::parse(must(list_json(store))).at(0).at("rule").get<std::string>().substr(0, 6), "</pre>");
}

TEST_F(ReportTest, ListJsonHasTheDocumentedFields) {
  Store store = sample({.seeds = 30});
  must(store.set_status(2, "reduced", 17));
  const nlohmann::json list = nlohmann::json::parse(must(list_json(store)));
  ASSERT_EQ(list.size(), 5u);
  for (const nlohmann::json& entry : list) {
    std::vector<std::string> names;
    for (const auto& [name, value] : entry.items()) names.push_back(name);
    EXPECT_THAT(names, testing::UnorderedElementsAre("id", "rule", "slug", "fingerprint", "status", "occurrences",
                                                     "arch", "compilers", "first_seen", "reduced_lines"));
    EXPECT_TRUE(entry["id"] == 2 ? entry["reduced_lines"] == 17 : entry["reduced_lines"].is_null());
    EXPECT_TRUE(entry["compilers"].is_array());
    EXPECT_THAT(entry["first_seen"].get<std::string>(), testing::MatchesRegex("....-..-..T..:..:..Z"));
  }
}

TEST_F(ReportTest, ShowTellsHowToSeeItAgain) {
  const Store store = sample({.seeds = 30});
  const std::string text = must(show_text(store, 2));
  EXPECT_THAT(
      text,
      AllOf(HasSubstr("finding 2: OH"), HasSubstr("  # csmith 2.3.0\n  csmith --seed"),
            HasSubstr("--max-funcs 6 > program.c\n"), HasSubstr("-I/usr/include/csmith -w -E program.c -o program.i\n"),
            HasSubstr(" -w -x cpp-output -c program.i -o program.o\n"), HasSubstr("objhound check --flags '"),
            HasSubstr(">     18:"), HasSubstr("source        the specification, 1.2\n")));
  const std::string page = must(html_report(store, 1));
  EXPECT_THAT(page, HasSubstr("of every compiler. <cite>the specification, 1.2</cite>"));
}

TEST_F(ReportTest, TheSummaryAddsUp) {
  const Store store = sample({.seeds = 100});
  MatrixCell all;
  for (const MatrixCell& c : must(store.matrix(1))) {
    all.compilations += c.compilations;
    all.functions += c.functions;
    EXPECT_EQ(c.functions, c.proved + c.unproved + c.violating);
  }
  const std::string text = must(terminal_summary(store, 1));
  EXPECT_THAT(text, AllOf(HasSubstr(grouped(all.compilations) + " with 4 compilers"),
                          HasSubstr(grouped(all.functions) + " checked"), HasSubstr("1 seed gave none"),
                          HasSubstr("campaign 1: csmith, seeds 1..100")));
}

}  // namespace
}  // namespace objhound::results
