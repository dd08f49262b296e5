#include "generator/generator.h"

#include <string_view>

#include "generator/csmith.h"
#include "generator/enriched_csmith.h"
#include "generator/external.h"
#include "generator/shapes.h"
#include "generator/weave/weave.h"

namespace objhound::generator {
namespace {

std::string_view without_blanks(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

tl::expected<std::unique_ptr<Generator>, std::string> make_generator(const std::string& specification,
                                                                     const RunCommand& run) {
  const std::string_view words = without_blanks(specification);
  if (words == "csmith") return make_csmith(run);
  if (words == "shapes") return make_shapes();
  if (words == "weave" || words == "weave-c++" || words.starts_with("weave ") || words.starts_with("weave-c++ "))
    return weave::make_weave(words);
  if (words == "enrich" || words.starts_with("enrich ")) return make_enrich(words.substr(6), run);
  if (words.starts_with("cmd:")) return make_command(without_blanks(words.substr(4)));
  if (words.starts_with("replay:")) return make_replay(std::string(without_blanks(words.substr(7))));
  return tl::unexpected("unknown generator '" + specification +
                        "' (there are: csmith, weave, weave-c++, \"weave --size SIZE\", enrich, shapes, "
                        "\"cmd: PROGRAM ARGS {seed} {output}\", \"replay: DIRECTORY\")");
}

}  // namespace objhound::generator
