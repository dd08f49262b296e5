// Frames of unusual shape around landing pads: over-aligned locals, variable length arrays, large frames, vectors that
// live across a throwing call.
#include <alloca.h>

#include <cstring>

int step(int value);
void fill(void* memory, unsigned long size);
void release(void* memory) noexcept;

struct Guard {
  void* memory;
  ~Guard() { release(memory); }
};

struct alignas(64) Line {
  double values[8];
};

double aligned(int value) {
  Line line;
  fill(&line, sizeof line);
  Guard guard{&line};
  step(value);
  return line.values[value & 7];
}

int variable(int count) {
  char* buffer = static_cast<char*>(alloca(count * 4 + 16));
  Guard guard{buffer};
  fill(buffer, count);
  try {
    return step(buffer[0]);
  } catch (int number) {
    return number + buffer[1];
  }
}

int aligned_and_variable(int count) {
  Line line;
  char* buffer = static_cast<char*>(alloca(count));
  fill(&line, sizeof line);
  fill(buffer, count);
  Guard guard{&line};
  return step(static_cast<int>(line.values[1]) + buffer[0]);
}

int large(int value) {
  char buffer[70000];
  fill(buffer, sizeof buffer);
  Guard guard{buffer};
  return step(buffer[value]);
}

double across(double a, double b, double c, double d, int value) {
  double sum = a;
  for (int i = 0; i < value; ++i) {
    try {
      sum = sum * b + c / (d + step(i));
    } catch (double correction) {
      sum -= correction * d;
    }
  }
  return sum;
}

int six(int a, int b, int c, int d, int e, int f) {
  Guard guard{&a};
  try {
    a += step(b) * c;
    b += step(c) * d;
    c += step(d) * e;
  } catch (int) {
    d += step(e) * f;
  }
  return a ^ b ^ c ^ d ^ e ^ f;
}
