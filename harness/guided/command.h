// `objhound fuzz --guided`, and the process of the search that it starts.
#pragma once

#include "harness/fuzz.h"

namespace objhound::harness {

OrFuzzEnding<CampaignEnd> conduct_guided(FuzzSession& session);

}  // namespace objhound::harness
