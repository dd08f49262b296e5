// Objects with destructors: what runs when a call in the middle of a scope throws, nested and in loops, with and
// without a handler further out.
#include <memory>
#include <mutex>

int step(int value);
void release(int handle) noexcept;
int acquire(int value);

class Handle {
 public:
  explicit Handle(int value) : handle_(acquire(value)) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { release(handle_); }
  int get() const { return handle_; }

 private:
  int handle_;
};

int one(int value) {
  Handle handle(value);
  return step(handle.get());
}

int nested(int value) {
  Handle first(value);
  {
    Handle second(first.get());
    step(second.get());
    Handle third(second.get() + 1);
    step(third.get());
  }
  Handle fourth(value + 4);
  return step(fourth.get()) + step(first.get());
}

int in_loops(int rows, int columns) {
  int sum = 0;
  for (int row = 0; row < rows; ++row) {
    Handle outer(row);
    for (int column = 0; column < columns; ++column) {
      Handle inner(column);
      if (step(inner.get()) == 3) continue;
      if (step(outer.get()) == 5) break;
      sum += inner.get();
    }
  }
  return sum;
}

int early_returns(int value, double scale) {
  Handle handle(value);
  if (value < 0) return step(-value);
  std::unique_ptr<Handle> other = std::make_unique<Handle>(value + 1);
  if (step(value) > 10) return static_cast<int>(scale * other->get());
  std::shared_ptr<Handle> shared(other.release());
  return step(shared->get() + handle.get());
}

std::mutex mutex;
int counter;

int locked(int value) {
  std::lock_guard<std::mutex> lock(mutex);
  counter += step(value);
  return counter;
}

struct Large {
  Handle handles[3] = {Handle(1), Handle(2), Handle(3)};
  int values[200] = {};
  explicit Large(int value) { values[0] = step(value); }
};

int members(int value) {
  Large large(value);
  Large* other = new Large(large.values[0]);
  const int result = step(other->values[0]);
  delete other;
  return result;
}

int many_arguments(int a, int b, int c, int d, int e, int f, int g, int h, const Handle& i, const Handle& j);

int arguments_on_the_stack(int value) {
  Handle handle(value);
  return many_arguments(1, 2, 3, 4, 5, 6, value, step(value), handle, Handle(8)) +
         many_arguments(1, 2, 3, 4, 5, 6, 7, value, Handle(9), Handle(10));
}
