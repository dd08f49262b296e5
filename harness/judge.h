// From the oracle's report to the database's records.
#pragma once

#include <string>

#include "harness/campaign.h"
#include "oracle/report.h"
#include "results/records.h"

namespace objhound::harness {

// Counts, unproved functions and findings of the report; `record` keeps the rest of its fields.
void add_report(const oracle::FileReport& report, results::CompilationRecord& record);

// Each worker's own oracle. The contract follows from the configuration's command line.
MakeCheck oracle_check();

}  // namespace objhound::harness
