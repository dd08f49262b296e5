// The part of a report that is about a run.
#pragma once

#include <nlohmann/json.hpp>

#include "oracle/report.h"

namespace objhound::oracle {

nlohmann::ordered_json json_of(const RunReport& run);

}  // namespace objhound::oracle
