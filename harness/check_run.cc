// `objhound check --run`: a program is linked, checked and run under the witness.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "harness/commands.h"
#include "harness/files.h"
#include "harness/link.h"
#include "harness/terminal.h"
#include "oracle/oracle.h"

namespace objhound::harness {
namespace {

oracle::NamedBytes named(const LinkedFile& file) { return {file.name, as_bytes(file.bytes)}; }

}  // namespace

int check_run(const CheckCommandOptions& options) {
  const auto work = WorkDir::create();
  if (!work) return complain(kWrongInput, work.error());
  ProcessRunner runner;
  const auto linked = link_program({options.files, options.compiler, options.linker}, default_config(), runner, **work);
  if (!linked) return complain(kWrongInput, linked.error());

  oracle::CheckOptions check_options;
  check_options.flags = options.flags ? options.flags : linked->flags;
  check_options.threads = options.jobs != 0 ? options.jobs : cores();
  check_options.second_opinion = !options.one_decoder;
  std::vector<oracle::NamedBytes> objects;
  for (const LinkedFile& object : linked->objects) objects.push_back(named(object));
  oracle::RunOptions run_options;
  run_options.everything = options.run_all;
  run_options.instructions = options.run_instructions;
  run_options.seconds = options.run_seconds;
  const oracle::CheckedRun checked = oracle::Oracle(check_options).run(objects, named(linked->program), run_options);

  if (options.format == "json") {
    fmt::print("{}\n", oracle::to_json(checked.files, &checked.run));
  } else {
    const bool colour = isatty(STDOUT_FILENO) == 1;
    for (const oracle::FileReport& report : checked.files)
      if (report.error.empty()) fmt::print("{}", terminal_text(report, colour));
    if (checked.run.error.empty()) fmt::print("{}", oracle::to_terminal_text(checked.run, colour));
  }
  if (!checked.run.error.empty()) return complain(kWrongInput, checked.run.error);
  if (!checked.run.contradictions.empty())
    return complain(kInternalError,
                    "checks and run contradict each other: a defect of objhound, or the program is not well defined");
  const bool found = std::ranges::any_of(
      checked.files, [&](const oracle::FileReport& report) { return has_findings(report, options.strict); });
  return found || (options.strict && !checked.run.wrong_rows.empty()) ? kFound : kNothingFound;
}

}  // namespace objhound::harness
