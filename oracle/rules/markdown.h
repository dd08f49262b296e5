// docs/contract.md, printed from the rule table so that it cannot say anything else than the code.
#pragma once

#include <string>

namespace objhound::oracle {

std::string contract_markdown();
// The table for a terminal: number, slug, severity, statement; one rule a paragraph.
std::string rules_text();

}  // namespace objhound::oracle
