#include "generator/enriched_csmith.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "generator/csmith.h"
#include "generator/enrich/enrich.h"
#include "generator/words.h"

namespace objhound::generator {
namespace {

class Enrich : public Generator {
 public:
  Enrich(std::unique_ptr<Generator> csmith, enrich::Options options, std::string words)
      : csmith_(std::move(csmith)), options_(std::move(options)), words_(std::move(words)) {}

  std::string name() const override { return words_; }
  std::string version() const override { return "1, of " + csmith_->version(); }

  tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand& run) const override {
    tl::expected<Program, std::string> program = csmith_->generate(seed, run);
    if (!program) return program;
    weave::Decisions decisions(seed);
    tl::expected<std::string, std::string> text = enrich::enriched(std::move(program->text), decisions, options_);
    if (!text) return tl::unexpected(fmt::format("enrich, seed {}: {}", seed, text.error()));
    program->text = std::move(*text);
    program->options = join_words(
        std::vector<std::string>{"objhound", "generate", "--generator", words_, "--seed", std::to_string(seed)});
    return program;
  }

 private:
  std::unique_ptr<Generator> csmith_;
  enrich::Options options_;
  std::string words_;
};

// A number without sign, and nothing behind it.
std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> parts(std::string_view list) {
  std::vector<std::string_view> found;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    found.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return found;
}

std::optional<enrich::Options> options_of(const std::vector<std::string>& words) {
  enrich::Options options;
  for (std::string_view word : words) {
    if (word.starts_with("percent=")) {
      options.percent = number(word.substr(8));
      if (!options.percent || *options.percent > 100) return std::nullopt;
    } else if (word.starts_with("without=")) {
      for (const std::string_view part : parts(word.substr(8))) {
        const std::optional<unsigned> left_out = number(part);
        if (!left_out) return std::nullopt;
        options.without.insert(*left_out);
      }
    } else if (word.starts_with("only=")) {
      for (const std::string_view part : parts(word.substr(5))) {
        const auto all = enrich::transformations();
        const auto named = std::find_if(all.begin(), all.end(), [&](const auto& t) { return t.name == part; });
        if (named == all.end()) return std::nullopt;
        options.only.insert(named->what);
      }
    } else {
      return std::nullopt;
    }
  }
  return options;
}

}  // namespace

tl::expected<std::string, std::string> plain_options(std::string_view options) {
  tl::expected<std::vector<std::string>, std::string> words = split_words(options);
  if (!words) return tl::unexpected(words.error());
  const auto at = std::find(words->begin(), words->end(), "--generator");
  if (at == words->end() || at + 1 == words->end() || (*(at + 1) != "enrich" && !(at + 1)->starts_with("enrich ")))
    return tl::unexpected(fmt::format("not made by enrich: {}", options));
  *(at + 1) = "csmith";
  return join_words(*words);
}

tl::expected<std::unique_ptr<Generator>, std::string> make_enrich(std::string_view words, const RunCommand& run) {
  const tl::expected<std::vector<std::string>, std::string> list = split_words(words);
  const std::optional<enrich::Options> options = list ? options_of(*list) : std::nullopt;
  if (!options)
    return tl::unexpected(
        fmt::format("enrich: '{}' is none of percent=N, without=N,N,... and only=NAME,NAME,...", words));
  auto csmith = make_csmith(run);
  if (!csmith) return tl::unexpected(csmith.error());
  const std::string name = list->empty() ? "enrich" : "enrich " + join_words(*list);
  return std::make_unique<Enrich>(std::move(*csmith), *options, name);
}

}  // namespace objhound::generator
