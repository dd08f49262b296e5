#include "harness/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <set>

#include "harness/flags/catalogue.h"
#include "harness/toml_table.h"

namespace objhound::harness {
namespace {

constexpr int64_t kMostDraws = 1000;

// Levenshtein distance: how many letters must be added, taken away or changed.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substituted = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

void read_limits(const toml::node* node, TableReader& root, Config& config) {
  if (node == nullptr) return;
  if (!node->is_table()) root.fail(*node, "'limits' must be a table: [limits]");
  TableReader table(*node->as_table(), config.origin);
  table.quantity("compile-cpu", parse_duration, config.compile_cpu_seconds);
  table.quantity("compile-wall", parse_duration, config.compile_wall_seconds);
  table.quantity("compile-memory", parse_bytes, config.compile_memory_bytes);
  table.no_other_keys();
}

void read_swarm(const toml::node* node, TableReader& root, Config& config) {
  if (node == nullptr) return;
  if (!node->is_table()) root.fail(*node, "'swarm' must be a table: [swarm]");
  TableReader table(*node->as_table(), config.origin);
  if (const toml::node* draws = table.find("draws"); draws != nullptr) {
    const auto* count = draws->as_integer();
    if (count == nullptr || count->get() < 0 || count->get() > kMostDraws)
      table.fail(*draws, fmt::format("'draws' must be a number from 0 to {}", kMostDraws));
    config.swarm.draws = static_cast<unsigned>(count->get());
  }
  if (const toml::node* versions = table.find("versions"); versions != nullptr) {
    if (!versions->is_boolean()) table.fail(*versions, "'versions' must be true or false");
    config.swarm.versions = versions->as_boolean()->get();
  }
  config.swarm.catalogue = table.text("catalogue").value_or("");
  table.no_other_keys();
}

void read_flag_sets(const toml::node* node, TableReader& root, Config& config) {
  if (node != nullptr && !node->is_table()) root.fail(*node, "'flag-sets' must be a table: [flag-sets]");
  if (node != nullptr)
    for (const auto& [key, flags] : *node->as_table())
      config.flag_sets.push_back({std::string(key.str()), root.texts_of(flags, std::string(key.str()))});
  const auto is_default = [](const FlagSet& set) { return set.name == "default"; };
  if (std::none_of(config.flag_sets.begin(), config.flag_sets.end(), is_default))
    config.flag_sets.push_back({"default", {}});
  std::stable_partition(config.flag_sets.begin(), config.flag_sets.end(), is_default);
}

template <typename Container>
void no_duplicates(const Container& values, const toml::node& where, const std::string& key, const TableReader& table) {
  std::set<std::string> seen;
  for (const std::string& value : values)
    if (!seen.insert(value).second) table.fail(where, fmt::format("'{}' stands twice in '{}'", value, key));
}

CompilerConfig read_compiler(const toml::node& node, TableReader& root, const Config& config) {
  if (!node.is_table()) root.fail(node, "'compiler' must be a list of tables: [[compiler]]");
  TableReader table(*node.as_table(), config.origin);
  CompilerConfig compiler;
  compiler.name = table.required_text("name");
  compiler.path = table.text("path").value_or(compiler.name);
  compiler.arch = table.required_text("arch");
  compiler.flags = table.texts("flags");
  compiler.levels = table.texts("levels");
  compiler.flag_sets = table.texts("flag-sets");
  table.no_other_keys();

  if (compiler.levels.empty()) table.fail(node, "'levels' is missing or empty: levels = [\"-O0\", \"-O2\"]");
  no_duplicates(compiler.levels, node, "levels", table);
  no_duplicates(compiler.flag_sets, node, "flag-sets", table);
  if (compiler.flag_sets.empty()) compiler.flag_sets = {"default"};
  std::vector<std::string> known;
  known.reserve(config.flag_sets.size());
  for (const FlagSet& set : config.flag_sets) known.push_back(set.name);
  for (const std::string& name : compiler.flag_sets)
    if (std::find(known.begin(), known.end(), name) == known.end())
      table.fail(node,
                 fmt::format("compiler '{}': unknown flag set '{}'{}", compiler.name, name, suggestion(name, known)));
  std::stable_partition(compiler.flag_sets.begin(), compiler.flag_sets.end(),
                        [](const std::string& name) { return name == "default"; });
  return compiler;
}

Config read_config(const toml::table& table, const std::string& origin) {
  Config config;
  config.origin = origin;
  TableReader root(table, config.origin);
  config.generator = root.text("generator").value_or(config.generator);
  root.quantity("time", parse_duration, config.seconds);
  if (const toml::node* jobs = root.find("jobs"); jobs != nullptr) {
    const auto* count = jobs->as_integer();
    if (count == nullptr || count->get() < 0 || count->get() > 4096)
      root.fail(*jobs, "'jobs' must be a number from 0 to 4096");
    config.jobs = static_cast<unsigned>(count->get());
  }
  config.rotate = root.choice("other-flag-sets", {"rotate", "all"}) == "rotate";
  read_limits(root.find("limits"), root, config);
  read_swarm(root.find("swarm"), root, config);
  read_flag_sets(root.find("flag-sets"), root, config);

  const toml::node* compilers = root.find("compiler");
  root.no_other_keys();
  if (compilers == nullptr || !compilers->is_array() || compilers->as_array()->empty())
    throw Wrong{fmt::format("{}:1: there is no compiler: [[compiler]]", origin)};
  std::set<std::string> names;
  for (const toml::node& node : *compilers->as_array()) {
    config.compilers.push_back(read_compiler(node, root, config));
    const std::string& name = config.compilers.back().name;
    if (!names.insert(name).second) root.fail(node, fmt::format("there are two compilers called '{}'", name));
  }
  return config;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      result += fmt::format("\\u{:04x}", c);
    else
      result += c;
  }
  return result + '"';
}

std::string quoted(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  words.reserve(texts.size());
  for (const std::string& text : texts) words.push_back(quoted(text));
  return fmt::format("[{}]", fmt::join(words, ", "));
}

// "8h", "1.5m": one number and the factor of its unit, taken from the front of the text.
template <size_t N>
std::optional<double> take_quantity(std::string_view& text, const std::pair<char, double> (&units)[N]) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc() || number < 0) return {};
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  if (text.empty()) return number;
  for (const auto& [letter, factor] : units)
    if (text.front() == letter) {
      text.remove_prefix(1);
      return number * factor;
    }
  return {};
}

}  // namespace

std::string suggestion(std::string_view wrong, const std::vector<std::string>& known) {
  std::string_view best;
  size_t least = std::max<size_t>(2, wrong.size() / 3) + 1;
  for (const std::string& name : known)
    if (const size_t distance = edit_distance(wrong, name); distance < least) {
      least = distance;
      best = name;
    }
  if (!best.empty()) return fmt::format(" (did you mean '{}'?)", best);
  return fmt::format(" (there are: {})", fmt::join(known, ", "));
}

bool parse_seeds(const std::string& text, uint64_t& first, uint64_t& last) {
  const char* const end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, first);
  if (error != std::errc()) return false;
  last = first;
  if (rest == end) return true;
  if (end - rest < 3 || rest[0] != '.' || rest[1] != '.') return false;
  const auto [tail, tail_error] = std::from_chars(rest + 2, end, last);
  return tail_error == std::errc() && tail == end && first <= last;
}

tl::expected<double, std::string> parse_duration(std::string_view text) {
  const std::string wrong = fmt::format("'{}' is no duration (write 90s, 3m, 8h or 1h30m)", text);
  double total = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const auto seconds = take_quantity(rest, {{'s', 1.0}, {'m', 60.0}, {'h', 3600.0}, {'d', 86400.0}});
    if (!seconds) return tl::unexpected(wrong);
    total += *seconds;
  }
  if (!(total > 0) || total >= 1e9) return tl::unexpected(wrong);
  return total;
}

tl::expected<uint64_t, std::string> parse_bytes(std::string_view text) {
  if (text == "unlimited") return 0;
  std::string_view rest = text;
  const auto bytes = take_quantity(rest, {{'K', 0x1p10}, {'M', 0x1p20}, {'G', 0x1p30}, {'T', 0x1p40}});
  if (!bytes || !rest.empty() || *bytes < 1 || *bytes >= 0x1p60)
    return tl::unexpected(fmt::format("'{}' is no size (write 512M, 4G or unlimited)", text));
  return static_cast<uint64_t>(*bytes);
}

tl::expected<Config, ConfigError> parse_config(std::string_view text, const std::string& origin) {
  try {
    return read_config(toml::parse(text, origin), origin);
  } catch (const Wrong& wrong) {
    return tl::unexpected(wrong.line);
  } catch (const toml::parse_error& error) {
    return tl::unexpected(fmt::format("{}:{}: {}", origin, error.source().begin.line, error.description()));
  }
}

tl::expected<Config, ConfigError> load_config(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return tl::unexpected(fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
  return parse_config(text, path);
}

tl::expected<Config, ConfigError> choose_config(const std::string& path) {
  const std::string here = "objhound.toml";
  std::error_code ignored;
  if (!path.empty()) return load_config(path);
  return std::filesystem::exists(here, ignored) ? load_config(here) : default_config();
}

tl::expected<void, ConfigError> load_catalogue(Config& config) {
  if (config.swarm.catalogue.empty()) return {};
  auto catalogue = Catalogue::load(config.swarm.catalogue);
  if (!catalogue) return tl::unexpected(catalogue.error());
  config.swarm.flags = std::make_shared<const Catalogue>(*std::move(catalogue));
  return {};
}

Config default_config() { return parse_config(default_config_text(), "built-in defaults").value(); }

std::string to_toml(const Config& config) {
  std::string text = fmt::format("generator = {}\nother-flag-sets = \"{}\"\n", quoted(config.generator),
                                 config.rotate ? "rotate" : "all");
  text += fmt::format("\n[limits]\ncompile-cpu = \"{}s\"\ncompile-wall = \"{}s\"\ncompile-memory = \"{}\"\n",
                      config.compile_cpu_seconds, config.compile_wall_seconds,
                      config.compile_memory_bytes == 0 ? "unlimited" : std::to_string(config.compile_memory_bytes));
  if (config.swarm.draws > 0)
    text += fmt::format("\n[swarm]  # draws from catalogue {}\ndraws = {}\nversions = {}\n",
                        (config.swarm.flags ? *config.swarm.flags : Catalogue::built_in()).hash(), config.swarm.draws,
                        config.swarm.versions);
  text += "\n[flag-sets]\n";
  for (const FlagSet& set : config.flag_sets) text += fmt::format("{} = {}\n", quoted(set.name), quoted(set.flags));
  for (const CompilerConfig& compiler : config.compilers)
    text += fmt::format("\n[[compiler]]\nname = {}\npath = {}\narch = {}\nflags = {}\nlevels = {}\nflag-sets = {}\n",
                        quoted(compiler.name), quoted(compiler.path), quoted(compiler.arch), quoted(compiler.flags),
                        quoted(compiler.levels), quoted(compiler.flag_sets));
  return text;
}

}  // namespace objhound::harness
