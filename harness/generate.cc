#include "harness/generate.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace objhound::harness {
namespace {

// Programs are text; one of this size is a generator out of hand.
constexpr size_t kProgramBytes = 64 << 20;

}  // namespace

generator::RunCommand command_runner(ProcessRunner& runner, const WorkDir& work, unsigned worker) {
  return [&runner, &work, worker](const generator::Command& command) {
    ProcessSpec spec;
    spec.argv = command.argv;
    spec.working_directory = command.working_directory;
    if (spec.working_directory.empty()) {
      work.empty_worker_tmp(worker);
      spec.working_directory = work.worker_tmp(worker);
    }
    spec.environment = {"LC_ALL=C"};
    spec.limits.wall_seconds = 3 * command.time_limit_seconds;
    spec.limits.cpu_seconds = command.time_limit_seconds;
    spec.limits.output_bytes = kProgramBytes;
    ProcessResult result = runner.run(spec);

    generator::CommandResult answer;
    answer.ok = result.ok() && !result.truncated;
    answer.out = std::move(result.out);
    if (result.truncated) answer.failure = fmt::format("more than {} MB of output", kProgramBytes >> 20);
    if (!result.ok())
      answer.failure =
          result.summary() + (result.err.empty() ? "" : ": " + result.err.substr(0, result.err.find('\n')));
    if (answer.ok && !command.collect.empty()) {
      std::ifstream file(spec.working_directory + "/" + command.collect, std::ios::binary);
      answer.out.assign(std::istreambuf_iterator<char>(file), {});
      answer.ok = !file.bad() && file.is_open();
      if (!answer.ok) answer.failure = "it wrote no " + command.collect;
    }
    return answer;
  };
}

}  // namespace objhound::harness
