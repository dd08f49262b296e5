#include "results/records.h"

namespace objhound::results {

std::string to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Ok:
      return "ok";
    case Outcome::Rejected:
      return "rejected";
    case Outcome::Crashed:
      return "crashed";
    case Outcome::Hung:
      return "hung";
    case Outcome::OutOfMemory:
      return "out of memory";
    case Outcome::OurFailure:
      return "our failure";
  }
  return "unknown";  // a number from a damaged database
}

std::string name_in_reports(const ConfigurationRecord& configuration) {
  if (configuration.flag_set != kSwarm) return configuration.name;
  return configuration.compiler + " " + configuration.level + " +" + kSwarm;
}

}  // namespace objhound::results
