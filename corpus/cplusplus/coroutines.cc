// std: c++20
// Coroutines: a generator and an awaiting task; their resume and destroy functions are switches over the suspended
// point with cleanups of their own.
#include <coroutine>
#include <exception>
#include <string>
#include <utility>

int step(int value);

template <typename Value>
class Generator {
 public:
  struct promise_type {
    Value value{};
    std::exception_ptr error;
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(Value next) {
      value = std::move(next);
      return {};
    }
    void return_void() {}
    void unhandled_exception() { error = std::current_exception(); }
  };
  explicit Generator(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Generator(Generator&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  ~Generator() {
    if (handle_) handle_.destroy();
  }
  bool next() {
    handle_.resume();
    if (handle_.promise().error) std::rethrow_exception(handle_.promise().error);
    return !handle_.done();
  }
  const Value& value() const { return handle_.promise().value; }

 private:
  std::coroutine_handle<promise_type> handle_;
};

Generator<int> numbers(int from, int to) {
  for (int i = from; i < to; ++i) co_yield step(i);
}

Generator<std::string> texts(int count) {
  std::string text = "text";
  Generator<int> inner = numbers(0, count);
  while (inner.next()) {
    text += std::to_string(inner.value());
    co_yield text;
  }
}

int sum(int count) {
  int total = 0;
  for (Generator<std::string> all = texts(count); all.next();) total += static_cast<int>(all.value().size());
  return total;
}
