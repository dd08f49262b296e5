// No exceptions at all: what -fno-exceptions leaves of C++. Templates, references, operators, virtual functions.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>

int step(int value);
void note(const char* text);

[[noreturn]] void fatal(const char* why) {
  note(why);
  std::abort();
}

template <typename Value, size_t kCapacity>
class Ring {
 public:
  void push(Value value) {
    if (size_ == kCapacity) fatal("full");
    values_[(first_ + size_++) % kCapacity] = std::move(value);
  }
  Value pop() {
    if (size_ == 0) fatal("empty");
    --size_;
    return std::move(values_[first_++ % kCapacity]);
  }
  Value& operator[](size_t index) {
    if (index >= size_) fatal("index");
    return values_[(first_ + index) % kCapacity];
  }
  size_t size() const { return size_; }

 private:
  Value values_[kCapacity];
  size_t first_ = 0, size_ = 0;
};

struct Pair {
  int64_t first, second, third;
};

int ring(int count) {
  Ring<int, 16> ring;
  for (int i = 0; i < count; ++i) {
    if (ring.size() > 8) step(ring.pop());
    ring.push(step(i));
  }
  return ring[3] + ring.pop();
}

Pair pairs(int count) {
  Ring<Pair, 5> ring;
  for (int i = 0; i < count; ++i) ring.push({i, step(i), -i});
  return ring.pop();
}

enum class Kind { None, Unary, Binary, Call, Branch, Return, Load, Store };

struct Node {
  Kind kind;
  Node* left;
  Node* right;
  int value;
};

int evaluate(const Node& node) {
  switch (node.kind) {
    case Kind::None:
      return 0;
    case Kind::Unary:
      return -evaluate(*node.left);
    case Kind::Binary:
      return evaluate(*node.left) + evaluate(*node.right);
    case Kind::Call:
      return step(evaluate(*node.left));
    case Kind::Branch:
      return node.value ? evaluate(*node.left) : evaluate(*node.right);
    case Kind::Return:
      return node.value;
    case Kind::Load:
      return step(node.value);
    case Kind::Store:
      return step(-node.value);
  }
  fatal("kind");
}

class Counter {
 public:
  virtual ~Counter() = default;
  virtual void count(int by) = 0;
};

class Summing final : public Counter {
 public:
  void count(int by) override { total_ += by; }
  int total() const { return total_; }

 private:
  int total_ = 0;
};

int counted(Counter& counter, int times) {
  for (int i = 0; i < times; ++i) counter.count(step(i));
  Summing own;
  own.count(times);
  return own.total();
}
