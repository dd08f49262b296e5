// Lambdas, statics with guards, thread-local objects, global constructors.
#include <array>
#include <string>
#include <vector>

int step(int value);

std::string global = "constructed before main, " + std::to_string(step(1));
thread_local std::string per_thread = std::to_string(step(2));
thread_local int plain_per_thread;

const std::vector<int>& guarded(int value) {
  static const std::vector<int> values{step(value), step(value + 1), 3};
  return values;
}

const std::string& two_guards(bool which) {
  static const std::string first = std::to_string(step(3));
  if (which) return first;
  static const std::string second = first + "!" + std::to_string(step(4));
  return second;
}

int use_thread_local(int value) {
  per_thread += static_cast<char>('a' + value);
  plain_per_thread += step(value);
  return static_cast<int>(per_thread.size()) + plain_per_thread;
}

template <typename Callable, size_t... kIndices>
int call_each(Callable callable, std::index_sequence<kIndices...>) {
  return (callable(std::integral_constant<size_t, kIndices>{}) + ...);
}

int unrolled(int value) {
  std::array<int, 8> results{};
  auto keep = [&](auto index) { return results[index] = step(value + static_cast<int>(index)); };
  return call_each(keep, std::make_index_sequence<8>{});
}

template <typename Function>
int retry(Function function, int times) {
  for (int i = 0; i < times; ++i) {
    try {
      return function(i);
    } catch (const std::string& why) {
      if (why == "stop") break;
    }
  }
  return -1;
}

int retried(int value) {
  std::string text = std::to_string(value);
  return retry([&](int i) { return step(i) + static_cast<int>(text.size()); }, 3) +
         retry([value](int i) { return step(i + value); }, value);
}
