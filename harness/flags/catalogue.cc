#include "harness/flags/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>

#include "generator/words.h"
#include "harness/files.h"
#include "harness/hash.h"
#include "harness/toml_table.h"

namespace objhound::harness {
namespace {

constexpr Family kFamilies[] = {Family::Gcc, Family::Clang};

// Options of LLVM behind -mllvm are one word with it: they are named by what follows.
constexpr std::string_view kBackend = "-mllvm";

std::vector<std::string> words_of(std::string_view flags) {
  std::vector<std::string> words;
  bool behind_backend = false;
  for (std::string& word : generator::split_words(flags).value_or(std::vector<std::string>{})) {
    if (behind_backend)
      words.back() += " " + word;
    else
      words.push_back(word);
    behind_backend = word == kBackend;
  }
  return words;
}

// "11..12", "12..", "..16".
void read_versions(const std::string& text, const toml::node& where, const TableReader& table, unsigned& oldest,
                   unsigned& newest) {
  const size_t dots = text.find("..");
  const auto number = [&](std::string_view digits, unsigned& value) {
    if (digits.empty()) return true;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  const bool well = dots != text.npos && number(std::string_view(text).substr(0, dots), oldest) &&
                    number(std::string_view(text).substr(dots + 2), newest) && oldest <= newest;
  if (!well) table.fail(where, fmt::format("versions = '{}': write \"12..\", \"..16\" or \"13..16\"", text));
}

FlagTable read_table(const toml::node& node, Family family, TableReader& root, const std::string& origin) {
  if (!node.is_table()) root.fail(node, fmt::format("'{0}' must be a list of tables: [[{0}]]", to_text(family)));
  TableReader table(*node.as_table(), origin);
  FlagTable result;
  result.family = family;
  for (const std::string& flag : table.texts("flags")) {
    auto pattern = Pattern::parse(flag);
    if (!pattern) table.fail(*node.as_table()->get("flags"), pattern.error());
    result.flags.push_back(*std::move(pattern));
  }
  if (result.flags.empty()) table.fail(node, "'flags' is missing or empty: flags = [\"-f[no-]plt\"]");
  result.shapes = table.required_text("shapes");
  result.archs = table.texts("arch");
  if (const auto versions = table.text("versions"))
    read_versions(*versions, *node.as_table()->get("versions"), table, result.oldest, result.newest);
  result.needs = table.texts("needs");
  result.excludes = table.texts("excludes");
  result.slot = table.text("slot").value_or("");
  result.links = table.text("links").value_or("");
  result.refuses = table.text("refuses").value_or("");
  result.contract = table.texts("contract");
  const std::vector<std::string> known(std::begin(kContractWords), std::end(kContractWords));
  for (const std::string& word : result.contract)
    if (std::find(known.begin(), known.end(), word) == known.end())
      table.fail(*node.as_table()->get("contract"), fmt::format("unknown '{}'{}", word, suggestion(word, known)));
  if (const toml::node* weight = table.find("weight"); weight != nullptr) {
    const auto* count = weight->as_integer();
    if (count == nullptr || count->get() < 0 || count->get() > 1000)
      table.fail(*weight, "'weight' must be a number from 0 to 1000");
    result.weight = static_cast<unsigned>(count->get());
  }
  table.no_other_keys();
  return result;
}

void read_versions_written_for(const toml::node* node, TableReader& root, const std::string& origin,
                               std::span<std::pair<unsigned, unsigned>> versions) {
  for (auto& [oldest, newest] : versions) oldest = 0, newest = UINT32_MAX;
  if (node == nullptr) return;
  if (!node->is_table()) root.fail(*node, "'written-for' must be a table: [written-for.gcc]");
  TableReader families(*node->as_table(), origin);
  for (Family family : kFamilies) {
    const toml::node* entry = families.find(std::string(to_text(family)));
    if (entry == nullptr) continue;
    if (!entry->is_table()) root.fail(*entry, "must be a table: [written-for.gcc]");
    TableReader table(*entry->as_table(), origin);
    auto& [oldest, newest] = versions[static_cast<size_t>(family)];
    read_versions(table.required_text("versions"), *entry, table, oldest, newest);
    table.no_other_keys();
  }
  families.no_other_keys();
}

}  // namespace

std::string_view to_text(Family family) { return family == Family::Gcc ? "gcc" : "clang"; }

std::optional<CompilerKind> kind_of(std::string_view line, const std::string& arch) {
  CompilerKind kind;
  kind.arch = arch;
  size_t at = line.find("clang version ");
  if (at != line.npos) {
    kind.family = Family::Clang;
    at += std::string_view("clang version ").size();
  } else if (line.find("gcc") != line.npos || line.find("g++") != line.npos || line.find("GCC") != line.npos) {
    at = line.rfind(' ') + 1;  // "gcc-12 (Debian 12.2.0-14) 12.2.0"
  } else {
    return {};
  }
  const auto [end, error] = std::from_chars(line.data() + at, line.data() + line.size(), kind.version);
  if (error != std::errc() || end == line.data() + at) return {};
  return kind;
}

bool FlagTable::is_for(const CompilerKind& kind) const {
  return family == kind.family && oldest <= kind.version && kind.version <= newest &&
         (archs.empty() || std::find(archs.begin(), archs.end(), kind.arch) != archs.end());
}

std::string Unit::text() const { return generator::join_words(words); }

tl::expected<Catalogue, std::string> Catalogue::parse(std::string_view text, const std::string& origin) try {
  const toml::table document = toml::parse(text, origin);
  Catalogue catalogue;
  catalogue.origin_ = origin;
  catalogue.text_ = text;
  catalogue.hash_ = fmt::format("{:016x}", fnv1a(as_bytes(catalogue.text_)));
  TableReader root(document, catalogue.origin_);
  for (Family family : kFamilies) {
    const std::string name(to_text(family));
    if (const toml::node* tables = root.find(name); tables != nullptr) {
      if (!tables->is_array()) root.fail(*tables, fmt::format("'{0}' must be a list of tables: [[{0}]]", name));
      for (const toml::node& node : *tables->as_array())
        catalogue.tables_.push_back(read_table(node, family, root, catalogue.origin_));
    }
  }
  read_versions_written_for(root.find("written-for"), root, catalogue.origin_, catalogue.versions_);
  root.no_other_keys();
  for (const FlagTable& table : catalogue.tables_)
    for (const Pattern& pattern : table.flags)
      for (const std::string& sample : pattern.samples())
        if (!table.slot.empty() && words_of(sample).size() == 1) catalogue.slot_of_word_[sample] = table.slot;
  return catalogue;
} catch (const Wrong& wrong) {
  return tl::unexpected(wrong.line);
} catch (const toml::parse_error& error) {
  return tl::unexpected(fmt::format("{}:{}: {}", origin, error.source().begin.line, error.description()));
}

tl::expected<Catalogue, std::string> Catalogue::load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return tl::unexpected(fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
  return parse(text, path);
}

const Catalogue& Catalogue::built_in() {
  static const Catalogue catalogue = parse(built_in_text(), "built-in catalogue").value();
  return catalogue;
}

Unit Catalogue::unit(const FlagTable& table, std::string_view flag) {
  Unit unit;
  unit.table = &table;
  unit.words = table.needs;
  const auto own = generator::split_words(flag);
  if (own) unit.words.insert(unit.words.end(), own->begin(), own->end());
  return unit;
}

// What a word is about: the name of the option without its value, or the slot that it was put into.
std::string Catalogue::said_by(const std::string& word) const {
  if (const auto slot = slot_of_word_.find(word); slot != slot_of_word_.end()) return slot->second;
  constexpr std::string_view kParam = "--param=";
  std::string name = word.substr(0, word.find('=', word.starts_with(kParam) ? kParam.size() : 0));
  for (const std::string_view off : {"-fno-", "-mno-"})
    if (name.starts_with(off)) name.erase(2, off.size() - 2);
  return name;
}

bool Catalogue::agree(const Unit& a, const Unit& b) const {
  if (!a.table->slot.empty() && a.table->slot == b.table->slot) return false;
  if (a.words == b.words) return false;
  // What one says of a matter, the other may say in the same word only.
  const auto claims = [&](const Unit& unit) {
    std::vector<std::pair<std::string, std::string>> result;
    for (std::string& word : words_of(unit.text())) result.emplace_back(said_by(word), word);
    return result;
  };
  const auto theirs = claims(b);
  for (const auto& [matter, word] : claims(a)) {
    for (const auto& [other_matter, other] : theirs)
      if (matter == other_matter && word != other) return false;
    for (const std::string& excluded : b.table->excludes)
      if (word.starts_with(excluded)) return false;
  }
  for (const auto& [matter, word] : theirs)
    for (const std::string& excluded : a.table->excludes)
      if (word.starts_with(excluded)) return false;
  return true;
}

}  // namespace objhound::harness
