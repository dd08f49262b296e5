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
  // A command that names its output writes the program itself; all others print it.
  const std::vector<std::string> generate = shell_words(program.options);
  const bool named = generate.size() > 2 && generate[generate.size() - 2] == "-o";
  const bool prints = !named && program.generator.find("{output}") == std::string::npos;
  const std::string source = named ? generate.back() : "program.c";
  const bool is_c = source.ends_with(".c");
  const std::string preprocessed = is_c ? "program.i" : "program.ii";
  const std::vector<std::string> compiler = {configuration.executable};
  const std::vector<std::string> flags = shell_words(configuration.flags);
  return {
      "# " + printable(program.generator_version.empty() ? program.generator : program.generator_version),
      join({generate}) + (prints ? " > program.c" : ""),
      "# " + printable(configuration.version),
      join({compiler,
            compilers_own(flags, configuration.level),
            shell_words(program.include_flags),
            {"-w", "-E", source, "-o", preprocessed}}),
      join({compiler, flags, {"-x", is_c ? "cpp-output" : "c++-cpp-output", "-c", preprocessed, "-o", "program.o"}}),
      join({{"objhound", "check", "--flags", join({compiler, flags}), "program.o"}}),
  };
}

}  // namespace objhound::results
