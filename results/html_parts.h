// The parts of the HTML page, each a section as text. Everything that comes from the database goes through html().
#pragma once

#include <string>

#include "results/campaign_view.h"

namespace objhound::results {

// results/report.css and results/report.js, put into the program at build time.
extern const char* const kReportStyle;
extern const char* const kReportScript;

std::string html_matrix(const CampaignView& view);
StoreResult<std::string> html_findings(const Store& store, const CampaignView& view);
StoreResult<std::string> html_reach(const Store& store, const CampaignView& view);
std::string html_unproved(const CampaignView& view);
std::string html_failures(const CampaignView& view);
std::string html_throughput(const CampaignView& view);
std::string html_campaign(const CampaignView& view);

}  // namespace objhound::results
