#include "results/reproduce.h"

#include <algorithm>

#include "results/text.h"

namespace objhound::results {

namespace {

// The preprocessor is called once for all levels and flag sets, so it gets what stands before the level: the flags
// that belong to the compiler itself.
std::vector<std::string> compilers_own(const std::vector<std::string>& flags, const std::string& level) {
  return {flags.begin(), std::find(flags.begin(), flags.end(), level)};
}

}  // namespace

std::vector<std::string> reproduction_commands(const ProgramRecord& program, const ConfigurationRecord& configuration) {
  const auto join = [](const std::vector<std::vector<std::string>>& parts) {
    std::vector<std::string> words;
    for (const auto& part : parts) words.insert(words.end(), part.begin(), part.end());
    return shell_quoted(words);
  };
  // A command that names its output writes program.c itself; all others print the program.
  const bool prints = program.generator.find("{output}") == std::string::npos;
  const std::vector<std::string> compiler = {configuration.executable};
  const std::vector<std::string> flags = shell_words(configuration.flags);
  return {
      "# " + printable(program.generator_version.empty() ? program.generator : program.generator_version),
      join({shell_words(program.options)}) + (prints ? " > program.c" : ""),
      "# " + printable(configuration.version),
      join({compiler,
            compilers_own(flags, configuration.level),
            shell_words(program.include_flags),
            {"-w", "-E", "program.c", "-o", "program.i"}}),
      join({compiler, flags, {"-x", "cpp-output", "-c", "program.i", "-o", "program.o"}}),
      join({{"objhound", "check", "--flags", join({compiler, flags}), "program.o"}}),
  };
}

}  // namespace objhound::results
