// noexcept: a throw that reaches such a function ends the program, by a call site without an entry, by a landing pad
// that calls terminate, or inside a destructor.
#include <exception>
#include <stdexcept>
#include <string>

int step(int value);

int promised(int value) noexcept { return step(value) + step(value + 1); }

int promised_with_local(int value) noexcept {
  std::string text(static_cast<unsigned>(value), 'x');
  return step(static_cast<int>(text.size()));
}

int promised_with_handler(int value) noexcept {
  try {
    return step(value);
  } catch (const std::runtime_error&) {
    return promised(value - 1);
  }
}

struct ThrowingDestructor {
  ~ThrowingDestructor() noexcept(false) { step(7); }
};

struct PromisingDestructor {
  ~PromisingDestructor() { step(8); }
};

int destructors(int value) {
  ThrowingDestructor first;
  PromisingDestructor second;
  return step(value);
}

[[noreturn]] void stop(const char* why) noexcept {
  step(static_cast<int>(why[0]));
  std::terminate();
}

int stop_sometimes(int value) {
  PromisingDestructor local;
  if (value < 0) stop("negative");
  if (value == 0) throw std::invalid_argument("zero");
  return step(value);
}
