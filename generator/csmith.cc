// Csmith writes C programs without undefined behaviour, which is why a wrong object can be blamed on the compiler.
// Left to its defaults it uses all features in all programs, and one in some dozens is huge. We draw both from the
// seed: features by swarm testing (see swarm.h), sizes from small ranges.
//
// What we leave alone, and why:
// - --builtins: Csmith 2.3.0 emits __builtin_ia32_crc32qi for every target, and __builtin_clz(0), which is undefined.
// - --no-safe-math, --null-ptr-deref-prob, --return-dead-pointer: undefined behaviour. A compiler may let control run
//   off the end of a function that must not be reached; the oracle would report it, and nobody would fix it.
// - --no-checksum, --no-global-variables: without checksummed globals nothing is observed, and optimisers delete the
//   program.
// - --no-return-unions: Csmith 2.3.0 fails an assertion of its own in 3% of the programs.

#include "generator/csmith.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <string_view>

#include "generator/swarm.h"

namespace objhound::generator {
namespace {

// A feature: Csmith's --NAME and --no-NAME. Every line takes one coin of every seed: an entry added, removed or moved
// gives all seeds new programs.
constexpr std::array kFeatures = {
    "arrays",
    "bitfields",
    "comma-operators",
    "compound-assignment",
    "consts",
    "divs",
    "embedded-assigns",
    "pre-incr-operator",
    "pre-decr-operator",
    "post-incr-operator",
    "post-decr-operator",
    "unary-plus-operator",
    "jumps",
    "longlong",
    "int8",
    "uint8",
    "float",
    "math64",
    "inline-function",
    "muls",
    "packed-struct",
    "pointers",
    "structs",
    "unions",
    "volatiles",
    "volatile-pointers",
    "const-pointers",
    "return-structs",
    "arg-structs",
    "arg-unions",
    "vol-struct-union-fields",
    "const-struct-union-fields",
    "force-non-uniform-arrays",
};

struct Size {
  std::string_view option;
  uint64_t low, high;  // both included; Csmith's defaults lie inside
};
constexpr std::array kSizes = {
    Size{"--max-funcs", 5, 14},        Size{"--max-block-size", 3, 6},
    Size{"--max-block-depth", 2, 5},   Size{"--max-expr-complexity", 4, 12},
    Size{"--max-array-dim", 1, 3},     Size{"--max-array-len-per-dim", 2, 10},
    Size{"--max-pointer-depth", 1, 3}, Size{"--max-struct-fields", 2, 10},
    Size{"--max-union-fields", 2, 5},  Size{"--inline-function-prob", 10, 80},
};

// Now and then Csmith loops while it looks for an expression that fits; it never comes back. Nearly all programs take
// well under a second.
constexpr double kTimeLimitSeconds = 10;

// Where the runtime headers lie. Debian's place, then upstream's default prefix and the versioned one.
std::string find_headers() {
  for (const char* directory : {"/usr/include/csmith", "/usr/local/include/csmith", "/usr/local/include",
                                "/usr/include/csmith-2.3.0", "/usr/local/include/csmith-2.3.0"}) {
    std::error_code ignored;
    if (std::filesystem::exists(std::string(directory) + "/csmith.h", ignored)) return directory;
  }
  return "";
}

class Csmith : public Generator {
 public:
  Csmith(std::string version, std::string headers) : version_(std::move(version)), headers_(std::move(headers)) {}

  std::string name() const override { return "csmith"; }
  std::string version() const override { return version_; }

  tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand& run) const override {
    Command command;
    command.argv = csmith_command(seed);
    command.time_limit_seconds = kTimeLimitSeconds;
    CommandResult result = run(command);
    if (!result.ok) return tl::unexpected(fmt::format("csmith, seed {}: {}", seed, result.failure));
    // Csmith can stop in the middle of the file with status 0; main is the last function it prints.
    if (result.out.find("int main (") == std::string::npos)
      return tl::unexpected(fmt::format("csmith, seed {}: the program has no main", seed));

    Program program;
    program.text = std::move(result.out);
    program.options = fmt::format("{}", fmt::join(command.argv, " "));
    program.include_directories = {headers_};
    return program;
  }

 private:
  std::string version_;
  std::string headers_;
};

}  // namespace

std::vector<std::string> csmith_command(uint64_t seed) {
  Draw draw(seed);
  // Csmith seeds its own generator with 32 bits and quietly drops the rest.
  std::vector<std::string> argv = {"csmith", "--seed", std::to_string(seed & 0xffffffff), "--concise"};
  for (const char* feature : kFeatures) argv.push_back(fmt::format("--{}{}", draw.coin() ? "" : "no-", feature));
  for (const Size& size : kSizes) {
    argv.emplace_back(size.option);
    argv.push_back(std::to_string(draw.between(size.low, size.high)));
  }
  return argv;
}

tl::expected<std::unique_ptr<Generator>, std::string> make_csmith(const RunCommand& run) {
  Command command;
  command.argv = {"csmith", "--version"};
  command.time_limit_seconds = kTimeLimitSeconds;
  CommandResult result = run(command);
  if (!result.ok) return tl::unexpected("csmith: " + result.failure + " (Debian: apt install csmith libcsmith-dev)");
  std::string headers = find_headers();
  if (headers.empty())
    return tl::unexpected<std::string>("csmith.h is in none of the usual places (Debian: apt install libcsmith-dev)");
  std::string version = result.out.substr(0, result.out.find('\n'));
  return std::make_unique<Csmith>(std::move(version), std::move(headers));
}

}  // namespace objhound::generator
