#include "generator/weave/weave.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

// Another text for the same seed is another version: campaigns and corpora go by it.
constexpr std::string_view kVersion = "5";

class Weave : public Generator {
 public:
  Weave(std::string name, const Options& options) : name_(std::move(name)), options_(options) {}
  std::string name() const override { return name_; }
  std::string version() const override { return std::string(kVersion); }
  tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand&) const override {
    Decisions decisions(seed);
    Program program;
    program.text = program_of(decisions, options_);
    const std::string_view quote = name_.find(' ') == std::string::npos ? "" : "\"";
    program.options = fmt::format("objhound generate --generator {1}{0}{1} --seed {2}", name_, quote, seed);
    if (options_.language == Language::Cplusplus) {
      program.file_name = "program.cc";
      program.options += " -o program.cc";
    }
    return program;
  }

 private:
  std::string name_;
  Options options_;
};

// One program, of decisions that somebody kept.
class Woven : public Weave {
 public:
  explicit Woven(Part decisions) : Weave("weave", {}), decisions_(std::move(decisions)) {}
  tl::expected<Program, std::string> generate(uint64_t, const RunCommand&) const override {
    Decisions decisions(decisions_);
    Program program;
    program.text = program_of(decisions);
    program.options = options_of(decisions);
    return program;
  }

 private:
  Part decisions_;
};

}  // namespace

std::string options_of(const Decisions& decisions) {
  return "objhound generate --decisions " + to_hex(decisions.taken());
}

tl::expected<std::unique_ptr<Generator>, std::string> make_weave_of(const std::string& hex) {
  std::optional<Part> decisions = from_hex(hex);
  if (!decisions)
    return tl::unexpected<std::string>(
        "--decisions: not pairs of hexadecimal digits (`objhound show` prints those of a program)");
  return std::make_unique<Woven>(*std::move(decisions));
}

tl::expected<Size, std::string> size_of(std::string_view words) {
  if (words == "small") return Size{3, 10, 2};
  if (words == "medium") return Size{};
  if (words == "large") return Size{16, 140, 4};
  uint32_t statements = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), statements);
  if (error != std::errc() || end != words.data() + words.size() || statements == 0 || statements > 100'000)
    return tl::unexpected(
        fmt::format("--size {}: is none of small, medium, large, and no number from 1 to 100000", words));
  // Twice the mean at most; more functions and longer ones alike.
  const uint32_t most = 2 * statements;
  const auto root = static_cast<uint32_t>(std::sqrt(most / 4.0));
  const uint32_t functions = std::clamp(root, 1u, 200u);
  return Size{functions, std::max(most / functions, 2u), statements < 30 ? 2u : 3u};
}

std::string program_of(Decisions& decisions, const Options& options) { return Weaver(decisions, options).program(); }

tl::expected<std::unique_ptr<Generator>, std::string> make_weave(std::string_view words) {
  constexpr std::string_view kSize = " --size ";
  Options options;
  const size_t at = words.find(kSize);
  const std::string_view name = words.substr(0, at);
  if (name == "weave-c++") {
    options.language = Language::Cplusplus;
  } else if (name != "weave") {
    return tl::unexpected(fmt::format("generator '{}': only --size SIZE may stand behind weave and weave-c++", words));
  }
  if (at != std::string_view::npos) {
    const auto size = size_of(words.substr(at + kSize.size()));
    if (!size) return tl::unexpected(size.error());
    options.size = *size;
  }
  return std::make_unique<Weave>(std::string(words), options);
}

std::unique_ptr<Generator> make_weave() { return std::make_unique<Weave>("weave", Options{}); }

}  // namespace objhound::generator::weave
