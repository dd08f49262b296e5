// The commands that only read: objects, the database, the table of rules.

#include "harness/commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "generator/weave/weave.h"
#include "harness/generate.h"
#include "harness/process.h"
#include "harness/terminal.h"
#include "harness/workdir.h"
#include "oracle/oracle.h"
#include "oracle/rules/markdown.h"
#include "results/coverage.h"
#include "results/report.h"
#include "results/store.h"
#include "results/text.h"

namespace objhound::harness {
namespace {

// The reports of each file (of an archive: its members'), on several threads; each thread makes its own oracle.
void check_all(const CheckCommandOptions& options, std::vector<std::vector<oracle::FileReport>>& reports) {
  const unsigned jobs = options.jobs != 0 ? options.jobs : cores();
  const auto threads = static_cast<unsigned>(std::min<size_t>(jobs, reports.size()));
  oracle::CheckOptions check_options;
  check_options.flags = options.flags;
  check_options.threads = std::max(1u, jobs / threads);
  check_options.second_opinion = !options.one_decoder;
  check_options.ask_libraries = !options.alone;
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    oracle::Oracle judge(check_options);
    for (size_t i = next++; i < reports.size(); i = next++) reports[i] = judge.check_file_or_members(options.files[i]);
  };
  std::vector<std::jthread> pool;
  for (unsigned t = 1; t < threads; ++t) pool.emplace_back(work);
  work();
}

void print_reports(const std::string& path, std::span<const oracle::FileReport> reports) {
  const bool colour = isatty(STDOUT_FILENO) == 1;
  const bool archive = reports.size() != 1 || reports.front().path != path;
  for (const oracle::FileReport& report : reports) {
    const bool all_proved = report.findings.empty() && report.unproved == 0;
    if (report.error.empty() && !(archive && all_proved)) fmt::print("{}", terminal_text(report, colour));
  }
  const bool readable = reports.empty() || reports.front().path != path || reports.front().error.empty();
  if (archive && readable) fmt::print("{}", oracle::archive_summary(results::printable(path), reports));
}

int explain(const CheckCommandOptions& options) {
  oracle::CheckOptions check_options;
  check_options.flags = options.flags;
  check_options.second_opinion = !options.one_decoder;
  check_options.ask_libraries = !options.alone;
  oracle::Oracle judge(check_options);
  for (const std::string& file : options.files) {
    for (const oracle::FileReport& report : judge.check_file_or_members(file))
      if (!report.error.empty()) return complain(kWrongInput, report.error);
    const std::string listing = judge.explain(file, options.function);
    if (listing.empty()) {
      return complain(kWrongInput, options.function.empty()
                                       ? fmt::format("{}: has no function", file)
                                       : fmt::format("{}: has no function {}", file, options.function));
    }
    fmt::print("{}", results::printable(listing, true));
  }
  return kNothingFound;
}

// Prints what a query gave, or why it gave nothing.
int print_result(const results::StoreResult<std::string>& text) {
  if (!text) return complain(kWrongInput, text.error());
  fmt::print("{}", *text);
  return kNothingFound;
}

}  // namespace

int complain(ExitStatus status, const std::string& what) {
  fmt::print(stderr, "objhound: {}\n", results::printable(what, true));
  return status;
}

unsigned cores() { return std::max(1u, std::thread::hardware_concurrency()); }

bool has_findings(const oracle::FileReport& report, bool strict) {
  const auto is_violation = [](const oracle::Finding& f) { return f.severity == oracle::Severity::Violation; };
  return report.violating > 0 || std::ranges::any_of(report.findings, is_violation) || (strict && report.unproved > 0);
}

int check(const CheckCommandOptions& options) {
  if (options.explain) return explain(options);
  if (options.run || options.run_all) return check_run(options);
  std::vector<std::vector<oracle::FileReport>> by_file(options.files.size());
  check_all(options, by_file);
  std::vector<oracle::FileReport> reports;
  for (size_t i = 0; i < by_file.size(); ++i) {
    if (options.format != "json") print_reports(options.files[i], by_file[i]);
    std::ranges::move(by_file[i], std::back_inserter(reports));
  }
  if (options.format == "json") fmt::print("{}\n", oracle::to_json(reports));
  bool unreadable = false, found = false;
  for (const oracle::FileReport& report : reports) {
    if (!report.error.empty()) complain(kWrongInput, report.error);
    unreadable |= !report.error.empty();
    found |= has_findings(report, options.strict);
  }
  if (unreadable) return kWrongInput;
  return found ? kFound : kNothingFound;
}

int list(const ListOptions& options) {
  const auto store = results::Store::open_read_only(options.database);
  if (!store) return complain(kWrongInput, store.error());
  return print_result(options.format == "json" ? results::list_json(*store) : results::list_text(*store));
}

int show(const ShowOptions& options) {
  const auto store = results::Store::open_read_only(options.database);
  if (!store) return complain(kWrongInput, store.error());
  return print_result(results::show_text(*store, options.finding));
}

int report(const ReportOptions& options) {
  const auto store = results::Store::open_read_only(options.database);
  if (!store) return complain(kWrongInput, store.error());
  const auto page = results::html_report(*store, options.campaign);
  if (!page) return complain(kWrongInput, page.error());
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  const std::string path = options.out + "/report.html";
  std::ofstream file(path, std::ios::binary);
  if (!(file << *page << std::flush))
    return complain(kWrongInput, fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
  fmt::print("{}\n", path);
  return kNothingFound;
}

int coverage(const CoverageOptions& options) {
  std::vector<results::Store> stores;
  std::vector<std::string> paths = options.databases;
  paths.insert(paths.end(), options.compare.begin(), options.compare.end());
  if (paths.empty()) paths.push_back(kDefaultDatabase);
  for (const std::string& path : paths) {
    auto store = results::Store::open_read_only(path);
    if (!store) return complain(kWrongInput, store.error());
    stores.push_back(std::move(*store));
  }
  const bool json = options.format == "json";
  if (stores.size() > 1 || !options.compare.empty())
    return print_result(json ? results::coverage_comparison_json(stores) : results::coverage_comparison_text(stores));
  const results::CoverageBy by = options.by == "compiler" ? results::CoverageBy::Compiler
                                 : options.by == "level"  ? results::CoverageBy::Level
                                 : options.by == "flag"   ? results::CoverageBy::Flag
                                                          : results::CoverageBy::Construct;
  return print_result(json ? results::coverage_json(stores.front(), options.campaign)
                           : results::coverage_text(stores.front(), options.campaign, by));
}

int merge(const MergeOptions& options) {
  auto store = results::Store::open(options.database);
  if (!store) return complain(kWrongInput, store.error());
  for (const std::string& other : options.others)
    if (const auto merged = store->merge(other); !merged) return complain(kWrongInput, merged.error());
  fmt::print("{}: merged {} database{}\n", options.database, options.others.size(),
             options.others.size() == 1 ? "" : "s");
  return kNothingFound;
}

int generate(const GenerateOptions& options) {
  const auto work = WorkDir::create();
  if (!work) return complain(kWrongInput, work.error());
  ProcessRunner runner;
  const generator::RunCommand run = command_runner(runner, **work, 0);
  const auto made = options.decisions.empty() ? generator::make_generator(options.generator, run)
                                              : generator::weave::make_weave_of(options.decisions);
  if (!made) return complain(kWrongInput, made.error());
  const auto program = (*made)->generate(options.seed, run);
  if (!program) return complain(kFound, program.error());
  if (options.output.empty()) {
    fmt::print("{}", program->text);
    return kNothingFound;
  }
  std::ofstream file(options.output, std::ios::binary);
  if (!(file << program->text << std::flush))
    return complain(kWrongInput, fmt::format("{}: cannot be written: {}", options.output, std::strerror(errno)));
  fmt::print("{}: {}\n", options.output, program->options);
  return kNothingFound;
}

int rules(const std::string& format) {
  fmt::print("{}", format == "markdown" ? oracle::contract_markdown() : oracle::rules_text());
  return kNothingFound;
}

}  // namespace objhound::harness
