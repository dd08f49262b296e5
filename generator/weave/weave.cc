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

}  // namespace

std::string program_of(Decisions& decisions) { return Weaver(decisions).program(); }

std::unique_ptr<Generator> make_weave() { return std::make_unique<Weave>(); }

}  // namespace objhound::generator::weave
