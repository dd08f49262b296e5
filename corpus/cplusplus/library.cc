// The standard library's templates: containers, strings, algorithms, functions, optional and variant.
#include <algorithm>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

int step(int value);

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result;
  std::string word;
  for (char c : text) {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      result.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) result.emplace_back(word);
  return result;
}

std::map<std::string, std::vector<int>> positions(const std::vector<std::string>& list) {
  std::map<std::string, std::vector<int>> result;
  for (size_t i = 0; i < list.size(); ++i) result[list.at(i)].push_back(static_cast<int>(i));
  return result;
}

int histogram(const std::vector<int>& values) {
  std::unordered_map<int, int> count;
  for (int value : values) ++count[value];
  std::set<std::pair<int, int>> order;
  for (const auto& [value, times] : count) order.emplace(times, value);
  return order.empty() ? 0 : std::prev(order.end())->second;
}

void sorted(std::vector<std::string>& list) {
  std::sort(list.begin(), list.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  list.erase(std::unique(list.begin(), list.end()), list.end());
  std::stable_sort(list.begin(), list.end());
}

std::function<int(int)> composed(std::vector<std::function<int(int)>> parts) {
  return [parts = std::move(parts)](int value) {
    for (const auto& part : parts) value = part(value);
    return value;
  };
}

using Token = std::variant<int, double, std::string, std::vector<int>>;

std::string describe(const Token& token) {
  struct Visitor {
    std::string operator()(int value) const { return std::to_string(value); }
    std::string operator()(double value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return "\"" + value + "\""; }
    std::string operator()(const std::vector<int>& value) const {
      return std::to_string(std::accumulate(value.begin(), value.end(), 0));
    }
  };
  return std::visit(Visitor{}, token);
}

std::optional<std::string> maybe(int value) {
  if (step(value) == 0) return std::nullopt;
  return std::string(10, 'a') + std::to_string(value);
}

int queue(int count) {
  std::deque<std::list<int>> lists;
  for (int i = 0; i < count; ++i) lists.push_back(std::list<int>(static_cast<size_t>(i), step(i)));
  int sum = 0;
  while (!lists.empty()) {
    sum += std::accumulate(lists.front().begin(), lists.front().end(), 0);
    lists.pop_front();
  }
  return sum + *maybe(count)->begin();
}
