// The command line: which words there are, and what they mean. What they do is in commands.h.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "harness/commands.h"
#include "harness/config.h"
#include "harness/fuzz.h"
#include "harness/guided/command.h"
#include "harness/guided/engine.h"
#include "harness/mutate/mutate.h"
#include "harness/version.h"

using namespace objhound::harness;

namespace {

void add_fuzz(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("fuzz", "Generate programs, compile them every way, check every object");
  auto options = std::make_shared<FuzzOptions>();
  command->add_option("--seeds", options->seeds, "seeds A to B, both included")->type_name("A..B");
  command->add_option("--time", options->time, "for so long: 90s, 3m, 8h; with --seeds: at most")->type_name("TIME");
  command
      ->add_option("--cpu-time", options->cpu_time,
                   "the same of CPU time, user and system, of this process and all that it starts")
      ->type_name("TIME");
  command->add_option("--jobs,-j", options->jobs, "compilations at the same time (default: one for each core)")
      ->check(CLI::Range(1, 4096));
  command
      ->add_option("--config", options->config,
                   "compilers, levels, flags, limits (default: ./objhound.toml if it "
                   "is there, else the built-in one)")
      ->type_name("FILE");
  command
      ->add_option("--generator", options->generator,
                   "instead of the configuration's: csmith, weave, \"enrich [percent=N]\", shapes, \"cmd: ...\", "
                   "\"replay: DIR\"")
      ->type_name("WORDS");
  command
      ->add_option("--flag-sets", options->flag_sets,
                   "instead of the configuration's other-flag-sets: take them in turn (rotate), or all of them always")
      ->check(CLI::IsMember({"rotate", "all"}));
  command
      ->add_option("--swarm", options->swarm,
                   "instead of the configuration's: compile each program N times more with every compiler, with flags "
                   "drawn from the catalogue (`objhound flags`)")
      ->check(CLI::Range(0, 1000))
      ->type_name("N");
  command->add_option("--flags-catalogue", options->flags_catalogue, "they are drawn from this one")->type_name("FILE");
  command->add_option("--db", options->database, "database (default: OUT/objhound.db)")->type_name("FILE");
  command->add_option("--out", options->out, "where the report goes")->type_name("DIR")->capture_default_str();
  command
      ->add_option("--shard", options->shard,
                   "only every N-th seed, the I-th of them; unite the databases with "
                   "merge")
      ->type_name("I/N");
  auto* guided = command->add_flag("--guided", options->guided,
                                   "search for programs whose objects have features that none had before (weave's "
                                   "programs, libFuzzer's search)");
  command->add_option("--corpus", options->corpus, "with --guided: inputs that are kept (default: OUT/guided-corpus)")
      ->type_name("DIR")
      ->needs(guided);
  command
      ->add_flag("--drivers", options->by_drivers,
                 "with --guided: start each compiler anew by its driver, which is slower")
      ->needs(guided);
  command->add_flag("--dry-run", options->dry_run, "print the compile matrix and do nothing");
  command->footer(
      "Without --seeds it goes on to seeds that the database has not seen, for as long as the configuration says.\n"
      "A campaign that was stopped or killed goes on where it was when the same command is given again.\n\n"
      "Examples:\n"
      "  objhound fuzz                                       three minutes with the compilers at hand\n"
      "  objhound fuzz --seeds 1..300                        these programs, however long it takes\n"
      "  objhound fuzz --time 8h --db nightly.db             every night further\n"
      "  objhound fuzz --config new-gcc.toml --shard 2/8     one machine of eight\n"
      "  objhound fuzz --generator \"replay: corpus/seeds\"    a directory of C files\n\n"
      "Exit status: 0 nothing found, 1 violations or compiler failures, 2 wrong usage or input, 3 internal error.");
  command->callback([options, &status] { status = fuzz(*options, options->guided ? conduct_guided : ConductFuzz()); });
}

void add_check(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("check", "Check object files, executables or shared libraries");
  auto options = std::make_shared<CheckCommandOptions>();
  command->add_option("FILE", options->files, "ELF files")->required();
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("--flags", options->flags, "the compiler's command line, if the file does not record it")
      ->type_name("FLAGS");
  command->add_flag("--strict", options->strict, "unproved functions count as found");
  auto* explain = command->add_flag("--explain", options->explain,
                                    "every instruction with the computed state beside the declared unwind row");
  command->add_option("--function", options->function, "explain only this one")->needs(explain)->type_name("NAME");
  command->add_flag("--one-decoder", options->one_decoder,
                    "LLVM's decoder alone: faster, without Capstone's second opinion (OH105)");
  command->add_flag("--alone", options->alone,
                    "judge each linked file by itself: do not ask the libraries that it needs which of their functions "
                    "never return");
  command->add_option("--jobs,-j", options->jobs, "threads (default: one for each core)")->check(CLI::Range(1, 4096));
  auto* run = command->add_flag("--run", options->run,
                                "link the files (C sources too) to a static program, run it in an emulator, and hold "
                                "what was checked against what happens at every instruction");
  auto* run_all = command->add_flag("--run-all", options->run_all, "the same for the libraries linked into it too");
  run->excludes(explain);
  run_all->excludes(explain);
  command->add_option("--compiler", options->compiler, "with --run: command for C files (default: gcc-12 -O2)")
      ->type_name("COMMAND");
  command->add_option("--linker", options->linker, "with --run: command to link with")->type_name("COMMAND");
  command->add_option("--limit", options->run_instructions, "with --run: instructions, then the program is stopped")
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--run-seconds", options->run_seconds, "with --run: wall time, then it is stopped")
      ->type_name("S")
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  objhound check foo.o bar.o\n"
      "  objhound check --run --compiler \"clang-19 -Oz\" program.c\n"
      "  objhound check --flags \"-O2 -fno-omit-frame-pointer\" foo.o\n"
      "  objhound check --explain --function main foo.o\n"
      "  objhound check --format json /usr/bin/true | jq '.files[0].functions'\n\n"
      "Exit status: 0 no violation, 1 violations, 2 a file cannot be read, 3 internal error.");
  command->callback([options, &status] { status = check(*options); });
}

void add_mutate(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("mutate", "Plant faults into compiler assembly and count those that are found");
  auto options = std::make_shared<MutateOptions>();
  options->objtool = kObjtool;
  command->add_option("FILE", options->files, "C or assembly files");
  command->add_option("--seeds", options->seeds, "programs of the generator (default: 1..3 without files)")
      ->type_name("A..B");
  command->add_option("--generator", options->generator, "instead of the configuration's")->type_name("WORDS");
  command->add_option("--config", options->config, "for compilers and generator, as for fuzz")->type_name("FILE");
  command
      ->add_option("--compiler", options->compilers,
                   "a configured compiler or any other with its flags; may be repeated (default: all that are "
                   "configured, at all their levels)")
      ->type_name("WORDS");
  command->add_option("--operators", options->operators, "only these kinds of faults (see below)")
      ->delimiter(',')
      ->type_name("NAME,...");
  command->add_option("--most", options->most, "of each kind in each compilation; 0: all")->capture_default_str();
  command->add_option("--seed", options->seed, "chooses them")->capture_default_str();
  command->add_option("--only", options->only, "this mutant alone, as a report names it")->type_name("ID");
  command->add_option("--keep", options->keep, "write it, and the original, there")->type_name("DIR")->needs("--only");
  command->add_option("--objtool", options->objtool, "ask it about x86-64 mutants too; \"\": do not")
      ->type_name("PROGRAM")
      ->capture_default_str();
  command->add_option("--jobs,-j", options->jobs, "mutants at the same time (default: one for each core)")
      ->check(CLI::Range(1, 4096));
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->footer(mutate_footer());
  command->callback([options, &status] { status = mutate(*options); });
}

void add_database_commands(CLI::App& app, int& status) {
  const auto database = [](CLI::App* command, std::string& path) {
    command->add_option("--db", path, "database")->type_name("FILE")->capture_default_str();
  };
  auto list_options = std::make_shared<ListOptions>();
  auto* list_command = app.add_subcommand("list", "List the findings in the database, one for each fingerprint");
  database(list_command, list_options->database);
  list_command->add_option("--format", list_options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  list_command->callback([list_options, &status] { status = list(*list_options); });

  auto show_options = std::make_shared<ShowOptions>();
  auto* show_command = app.add_subcommand("show", "Show one finding, with the commands that reproduce it");
  show_command->add_option("ID", show_options->finding, "as list prints it")->required();
  database(show_command, show_options->database);
  show_command->callback([show_options, &status] { status = show(*show_options); });

  auto report_options = std::make_shared<ReportOptions>();
  auto* report_command = app.add_subcommand("report", "Write OUT/report.html from the database");
  database(report_command, report_options->database);
  report_command->add_option("--out", report_options->out, "where it goes")->type_name("DIR")->capture_default_str();
  report_command->add_option("--campaign", report_options->campaign, "only this one (default: all)")->type_name("ID");
  report_command->callback([report_options, &status] { status = report(*report_options); });

  auto coverage_options = std::make_shared<CoverageOptions>();
  auto* coverage_command = app.add_subcommand(
      "coverage", "Say what the objects have exercised, and what never: where no finding means anything");
  coverage_command->add_option("--db", coverage_options->databases, "database")->type_name("FILE");
  coverage_command->add_option("--campaign", coverage_options->campaign, "only this one (default: all)")
      ->type_name("ID");
  coverage_command->add_option("--format", coverage_options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  coverage_command->add_option("--by", coverage_options->by, "construct, compiler, level or flag")
      ->check(CLI::IsMember({"construct", "compiler", "level", "flag"}))
      ->capture_default_str();
  coverage_command
      ->add_option("--compare", coverage_options->compare, "hold the features of these databases against each other")
      ->type_name("DB");
  coverage_command->footer(
      "Examples:\n"
      "  objhound coverage --db nightly.db                   each construct: where it was seen, where not\n"
      "  objhound coverage --by flag                         which flags had what to do\n"
      "  objhound coverage --compare csmith.db weave.db      who reaches further");
  coverage_command->callback([coverage_options, &status] { status = coverage(*coverage_options); });

  auto merge_options = std::make_shared<MergeOptions>();
  auto* merge_command = app.add_subcommand("merge", "Add other databases to one: shards, nights, machines");
  merge_command->add_option("DB", merge_options->others, "databases to add")->required()->check(CLI::ExistingFile);
  database(merge_command, merge_options->database);
  merge_command->footer("Example:\n  objhound merge --db all.db shard1/objhound.db shard2/objhound.db");
  merge_command->callback([merge_options, &status] { status = merge(*merge_options); });
}

void add_small_commands(CLI::App& app, int& status) {
  auto options = std::make_shared<GenerateOptions>();
  auto* command = app.add_subcommand("generate", "Write the program of a seed");
  command
      ->add_option("--generator", options->generator,
                   "csmith, weave, \"enrich [percent=N] [only=NAMES] [without=NUMBERS]\", shapes, \"cmd: PROGRAM "
                   "{seed} {output}\", \"replay: DIR\"")
      ->type_name("WORDS")
      ->capture_default_str();
  auto* seed = command->add_option("--seed", options->seed, "the seed")->type_name("N");
  auto* decisions =
      command
          ->add_option("--decisions", options->decisions, "the weave program of these decisions, as `show` gives them")
          ->type_name("HEX")
          ->excludes(seed);
  command->add_option("-o", options->output, "where it goes (default: standard output)")->type_name("FILE");
  command->footer(
      "Examples:\n  objhound generate --seed 7 -o seed7.c && gcc -O2 -I/usr/include/csmith -c seed7.c\n"
      "  objhound generate --generator weave --seed 7 -o seed7.c && gcc -O2 seed7.c && ./a.out");
  command->callback([options, seed, decisions, &status] {
    if (seed->count() + decisions->count() == 0) throw CLI::RequiredError("--seed or --decisions");
    status = generate(*options);
  });

  auto flags_options = std::make_shared<FlagsOptions>();
  auto* flags_command = app.add_subcommand(
      "flags", "Print the catalogue of flags that fuzz draws from, and whether the compilers here take them");
  flags_command->add_option("--flags-catalogue", flags_options->catalogue, "instead of the configuration's")
      ->type_name("FILE");
  flags_command->add_option("--config", flags_options->config, "whose compilers are asked, as for fuzz")
      ->type_name("FILE");
  flags_command->add_option("--format", flags_options->format, "text, markdown, or toml: to copy and to change")
      ->check(CLI::IsMember({"text", "markdown", "toml"}))
      ->capture_default_str();
  flags_command->add_flag("!--no-compilers", flags_options->ask, "do not ask the compilers");
  flags_command->add_option("--seed", flags_options->draws, "print what is drawn for the program of this seed")
      ->type_name("N");
  flags_command->callback([flags_options, &status] { status = flags(*flags_options); });

  auto rules_format = std::make_shared<std::string>("text");
  auto* rules_command = app.add_subcommand("rules", "Print the rules: what a compiler owes, and where that is written");
  rules_command->add_option("--format", *rules_format, "text, or markdown: the whole of docs/contract.md")
      ->check(CLI::IsMember({"text", "markdown"}))
      ->capture_default_str();
  rules_command->callback([rules_format, &status] { status = rules(*rules_format); });
}

// CLI11 would only say that a command is missing.
bool complains_of_unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return false;
  fmt::print(stderr, "objhound: unknown command '{}'{}\n", argv[1], suggestion(argv[1], names));
  return true;
}

int run(int argc, char** argv) {
  // What `fuzz --guided` starts; nobody types it.
  if (argc == 5 && std::strcmp(argv[1], kEngineCommand) == 0)
    return run_engine(argv[2], argv[3], std::strtoull(argv[4], nullptr, 10));
  int status = kNothingFound;
  CLI::App app{
      "objhound hunts compiler bugs: it checks from first principles that the objects compilers write keep the\n"
      "promises of the ABI, of their own unwind tables, and of the flags they were given."};
  app.set_version_flag("--version", fmt::format("objhound {}", kVersion));
  app.require_subcommand(1);
  app.get_formatter()->column_width(28);
  add_fuzz(app, status);
  add_check(app, status);
  add_mutate(app, status);
  add_database_commands(app, status);
  add_small_commands(app, status);
  app.footer("objhound COMMAND --help tells more, with examples.");
  if (complains_of_unknown_command(app, argc, argv)) return kWrongInput;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kNothingFound : kWrongInput;
  }
  return status;
}

constexpr int kReaderGone = 128 + SIGPIPE;  // as of any program in a pipe

// The exit status when standard output could not be written: `status` if that is because nobody reads any more.
int unwritten_output(int error, int status) {
  if (error == EPIPE) return status;
  std::fprintf(stderr, "objhound: standard output cannot be written: %s\n", std::strerror(error));
  return kInternalError;
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that has seen enough (| head) is no reason to die in the middle of a write to the database.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const int status = run(argc, argv);
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0 ? status : unwritten_output(errno, status);
  } catch (const std::system_error& error) {
    if (std::ferror(stdout) != 0) return unwritten_output(error.code().value(), kReaderGone);
    std::fprintf(stderr, "objhound: internal error: %s\n", error.what());
    return kInternalError;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "objhound: internal error: %s\n", error.what());
    return kInternalError;
  }
}
