#include "generator/weave/weave.h"

#include <fmt/format.h>

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

class Weave : public Generator {
 public:
  std::string name() const override { return "weave"; }
  std::string version() const override { return "1"; }
  tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand&) const override {
    Decisions decisions(seed);
    Program program;
    program.text = program_of(decisions);
    program.options = fmt::format("objhound generate --generator weave --seed {}", seed);
    return program;
  }
};

// One program, of decisions that somebody kept.
class Woven : public Weave {
 public:
  explicit Woven(Part decisions) : decisions_(std::move(decisions)) {}
  tl::expected<Program, std::string> generate(uint64_t, const RunCommand&) const override {
    Decisions decisions(decisions_);
    Program program;
    program.text = program_of(decisions);
    program.options = options_of(decisions);
    return program;
  }

 private:
  Part decisions_;
};

}  // namespace

std::string options_of(const Decisions& decisions) {
  return "objhound generate --decisions " + to_hex(decisions.taken());
}

tl::expected<std::unique_ptr<Generator>, std::string> make_weave_of(const std::string& hex) {
  std::optional<Part> decisions = from_hex(hex);
  if (!decisions)
    return tl::unexpected<std::string>(
        "--decisions: not pairs of hexadecimal digits (`objhound show` prints those of a program)");
  return std::make_unique<Woven>(*std::move(decisions));
}

std::string program_of(Decisions& decisions) { return Weaver(decisions).program(); }

std::unique_ptr<Generator> make_weave() { return std::make_unique<Weave>(); }

}  // namespace objhound::generator::weave
