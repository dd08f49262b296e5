// Throwing and catching: several handlers of one try block, rethrow, nested tries, a function that only its handler
// returns from.
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

int step(int value);
void note(const char* text);

int several_handlers(int value) {
  try {
    return step(value) + step(value + 1);
  } catch (const std::out_of_range& error) {
    note(error.what());
    return -1;
  } catch (const std::exception&) {
    return -2;
  } catch (int number) {
    return number;
  } catch (...) {
    note("something else");
    throw;
  }
}

int only_the_handler_returns() {
  try {
    throw 42;
  } catch (int number) {
    return number;
  }
}

int after_the_only_handler(int value) { return only_the_handler_returns() * step(value); }

int nested(int value) {
  int result = 0;
  for (int i = 0; i < value; ++i) {
    try {
      try {
        result += step(i);
      } catch (const std::bad_alloc&) {
        result += step(-i);
      }
    } catch (const std::runtime_error& error) {
      if (i > 3) throw std::logic_error(std::string("late: ") + error.what());
    }
  }
  return result;
}

[[noreturn]] void give_up(int code) {
  note("giving up");
  if (code > 0) throw std::runtime_error("code " + std::to_string(code));
  throw code;
}

int give_up_sometimes(int value) {
  if (value < 0) give_up(value);
  if (value == 1000) give_up(step(value));
  return step(value) * 3;
}

void keep(std::exception_ptr& kept, int value) {
  try {
    step(value);
  } catch (...) {
    kept = std::current_exception();
  }
}

void translate(int value) try { step(value); } catch (const std::exception&) {
  std::throw_with_nested(std::runtime_error("translated"));
}
