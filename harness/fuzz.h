// What `objhound fuzz` sets up for a campaign, and how one ends early.
#pragma once

#include <functional>
#include <string>
#include <tl/expected.hpp>

#include "harness/campaign.h"
#include "harness/commands.h"
#include "harness/interrupt.h"

namespace objhound::harness {

// An early end with its status; the line is for standard error.
struct FuzzEnding {
  int status;
  std::string line;
};
template <typename T>
using OrFuzzEnding = tl::expected<T, FuzzEnding>;

struct FuzzSession {
  const FuzzOptions& options;
  const Config& config;
  const Matrix& matrix;
  results::Store& store;
  ProcessRunner& runner;
  WorkDir& work;
  Interrupt& interrupt;
};

// Does the work between set-up and report.
using ConductFuzz = std::function<OrFuzzEnding<CampaignEnd>(FuzzSession&)>;

// `conduct` empty: the generator's seeds, one after the other.
int fuzz(const FuzzOptions& options, const ConductFuzz& conduct = {});

}  // namespace objhound::harness
