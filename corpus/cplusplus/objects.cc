// Virtual calls, multiple and virtual inheritance with their thunks, constructors that throw half way, dynamic_cast,
// pointers to members.
#include <memory>
#include <typeinfo>
#include <vector>

int step(int value);

struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
  virtual int scaled(int factor) const { return area() * factor; }
};

struct Named {
  virtual ~Named();
  virtual const char* name() const = 0;
  int id = step(1);
};
Named::~Named() { step(id); }

struct Square : Shape, Named {
  int side;
  explicit Square(int s) : side(step(s)) {}
  int area() const override { return side * side; }
  const char* name() const override { return "square"; }
};

struct Base {
  int base = step(0);
  virtual int value() { return base; }
  virtual ~Base() { step(base); }
};
struct Left : virtual Base {
  int left = step(2);
  int value() override { return left; }
};
struct Right : virtual Base {
  int right = step(3);
};
struct Bottom : Left, Right {
  int bottom = step(4);
  int value() override { return bottom + Left::value() + right; }
};

int use(Base& base) { return base.value(); }
int diamond() {
  Bottom bottom;
  return use(bottom);
}

int areas(const std::vector<std::unique_ptr<Shape>>& shapes) {
  int sum = 0;
  for (const std::unique_ptr<Shape>& shape : shapes) {
    if (const Named* named = dynamic_cast<const Named*>(shape.get())) sum += named->name()[0];
    sum += shape->scaled(2);
  }
  return sum;
}

std::vector<std::unique_ptr<Shape>> make(int count) {
  std::vector<std::unique_ptr<Shape>> shapes;
  for (int i = 0; i < count; ++i) shapes.push_back(std::make_unique<Square>(i));
  return shapes;
}

int through_member(Shape& shape, int (Shape::*member)(int) const, int value) { return (shape.*member)(value); }

const std::type_info& type_of(const Shape& shape) { return typeid(shape); }
Square& as_square(Shape& shape) { return dynamic_cast<Square&>(shape); }
