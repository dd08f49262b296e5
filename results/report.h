// Reports from the database: for terminals, for browsers, for other programs.
#pragma once

#include <cstdint>
#include <string>

#include "results/store.h"

namespace objhound::results {

// What a campaign came to, in a dozen lines.
StoreResult<std::string> terminal_summary(const Store& store, int64_t campaign);
// One self-contained page (style, script and data inside; no network): totals by compiler x level x architecture,
// findings by fingerprint with annotated disassembly, unproved reasons ranked, compiler failures, throughput.
StoreResult<std::string> html_report(const Store& store, int64_t campaign);
// `list --format json` and its text form, `show ID`.
StoreResult<std::string> list_json(const Store& store);
StoreResult<std::string> list_text(const Store& store);
// With commands that a stranger can paste to reproduce the finding.
StoreResult<std::string> show_text(const Store& store, int64_t finding);

}  // namespace objhound::results
