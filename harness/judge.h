// From the oracle's report to the database's records.
#pragma once

#include <string>

#include "harness/campaign.h"
#include "oracle/report.h"
#include "results/records.h"

namespace objhound::harness {

// Counts, unproved functions and findings of the report; `record` keeps the rest of its fields.
void add_report(const oracle::FileReport& report, results::CompilationRecord& record);

// Judges an object that was just compiled, and keeps it in the record if there is anything to tell.
void judge_object(CheckObject& check, const Configuration& configuration, std::string object,
                  results::CompilationRecord& record);
// What a compilation adds to the counts of functions, violations and outcomes.
void count(const results::CompilationRecord& record, Progress& progress);

// Each worker's own oracle. The contract follows from the configuration's command line. `features`: the record is to
// say what the code exercises.
MakeCheck oracle_check(bool features = false);

}  // namespace objhound::harness
