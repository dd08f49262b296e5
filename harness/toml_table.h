// Reading a TOML table by the keys that it may have: every error is one line "FILE:LINE: what".
#pragma once

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "harness/config.h"

namespace objhound::harness {

// Thrown between the functions that read one file: a schema is a long list of things that can be wrong, each ending the
// whole matter. It leaves no function of a header.
struct Wrong {
  std::string line;
};

// Reads one table and, at the end, complains of keys that nobody asked for.
class TableReader {
 public:
  TableReader(const toml::table& table, const std::string& origin) : table_(table), origin_(origin) {}

  [[noreturn]] void fail(const toml::node& where, const std::string& what) const {
    throw Wrong{fmt::format("{}:{}: {}", origin_, where.source().begin.line, what)};
  }

  const toml::node* find(const std::string& key) {
    known_.push_back(key);
    return table_.get(key);
  }
  std::optional<std::string> text(const std::string& key) {
    const toml::node* node = find(key);
    if (node == nullptr) return {};
    return text_of(*node, key);
  }
  std::string required_text(const std::string& key) {
    auto value = text(key);
    if (!value || value->empty()) fail(table_, fmt::format("'{}' is missing", key));
    return *value;
  }
  std::string choice(const std::string& key, const std::vector<std::string>& choices) {
    auto value = text(key);
    if (!value) return choices.front();
    if (std::find(choices.begin(), choices.end(), *value) == choices.end())
      fail(*table_.get(key), fmt::format("{} = '{}' is no choice{}", key, *value, suggestion(*value, choices)));
    return *value;
  }
  std::vector<std::string> texts(const std::string& key) {
    const toml::node* node = find(key);
    return node == nullptr ? std::vector<std::string>{} : texts_of(*node, key);
  }
  std::vector<std::string> texts_of(const toml::node& node, const std::string& key) const {
    if (!node.is_array()) fail(node, fmt::format("'{}' must be a list of strings: [\"...\"]", key));
    std::vector<std::string> values;
    values.reserve(node.as_array()->size());
    for (const toml::node& element : *node.as_array()) values.push_back(text_of(element, key));
    return values;
  }
  template <typename Parse, typename Value>
  void quantity(const std::string& key, Parse parse, Value& value) {
    const auto words = text(key);
    if (!words) return;
    const auto parsed = parse(*words);
    if (!parsed) fail(*table_.get(key), fmt::format("'{}': {}", key, parsed.error()));
    value = *parsed;
  }
  void no_other_keys() const {
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      if (std::find(known_.begin(), known_.end(), name) == known_.end())
        throw Wrong{
            fmt::format("{}:{}: unknown key '{}'{}", origin_, key.source().begin.line, name, suggestion(name, known_))};
    }
  }

 private:
  std::string text_of(const toml::node& node, const std::string& key) const {
    const auto* value = node.as_string();
    if (value == nullptr) fail(node, fmt::format("'{}' must be a string: \"...\"", key));
    return value->get();
  }

  const toml::table& table_;
  const std::string& origin_;
  std::vector<std::string> known_;
};

}  // namespace objhound::harness
