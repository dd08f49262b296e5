#include "generator/enrich/enrich.h"

#include "generator/enrich/writer.h"

namespace objhound::generator::enrich {

tl::expected<std::string, std::string> enriched(std::string csmith_program, weave::Decisions& decisions,
                                                const Options& options) {
  const tl::expected<Source, std::string> source = Source::read(std::move(csmith_program));
  if (!source) return tl::unexpected(source.error());
  const Plan plan = make_plan(*source, decisions, options);
  return Writer(*source, plan).program();
}

}  // namespace objhound::generator::enrich
