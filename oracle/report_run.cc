#include "oracle/report_run.h"

#include <fmt/format.h>

#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

nlohmann::ordered_json json_of(const std::vector<RunSighting>& sightings) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const RunSighting& seen : sightings) {
    all.push_back({{"function", seen.function},
                   {"offset", seen.offset},
                   {"address", seen.address},
                   {"what", seen.what},
                   {"count", seen.count}});
  }
  return all;
}

std::string place(const RunSighting& seen) {
  return seen.function.empty() ? fmt::format("{:#x}", seen.address)
                               : fmt::format("{}+{:#x}", seen.function, seen.offset);
}

}  // namespace

nlohmann::ordered_json json_of(const RunReport& run) {
  if (!run.error.empty()) return {{"program", run.program}, {"error", run.error}};
  return {{"program", run.program},
          {"error", nullptr},
          {"ending", run.ending},
          {"ending_text", run.ending_text},
          {"code", run.code},
          {"instructions", run.instructions},
          {"distinct_instructions", run.distinct},
          {"activations", run.activations},
          {"functions",
           {{"linked", run.functions}, {"executed", run.functions_executed}, {"absent", run.functions_absent}}},
          {"unchecked_instructions", run.unchecked},
          {"doubted_claims", run.doubted},
          {"seconds", run.seconds},
          {"contradictions", json_of(run.contradictions)},
          {"wrong_rows", json_of(run.wrong_rows)},
          {"notes", run.notes},
          {"output", run.output}};
}

std::string to_terminal_text(const RunReport& run, bool colour) {
  const std::string_view red = colour ? "\x1b[1;31m" : "", bold = colour ? "\x1b[1m" : "",
                         off = colour ? "\x1b[0m" : "";
  if (!run.error.empty()) return fmt::format("run: {}not run{}: {}\n", red, off, run.error);
  std::string out;
  for (const RunSighting& seen : run.contradictions) {
    out += fmt::format("run: {}CONTRADICTION{} {}{}{}: {}{}\n", red, off, bold, place(seen), off, seen.what,
                       seen.count > 1 ? fmt::format(" ({} times)", seen.count) : "");
  }
  if (!run.contradictions.empty()) {
    out +=
        "     What the checks say and what the program does cannot both be. Either the program is not well defined "
        "(it\n"
        "     writes outside of its objects, or reaches what it calls unreachable), or this is a defect of objhound:\n"
        "     please report it, with the program.\n";
  }
  for (const RunSighting& seen : run.wrong_rows)
    out += fmt::format("run: {}: {} [the function is unproved]\n", place(seen), seen.what);
  for (const std::string& note : run.notes) out += fmt::format("run: note: {}\n", note);
  const double rate = run.seconds > 0 ? static_cast<double>(run.instructions) / run.seconds / 1e6 : 0;
  out += fmt::format("run: {}\n", run.ending_text);
  out += fmt::format(
      "run: {}{} instructions tested{}, {} different ones, in {} of {} functions and {} activations; {}\n", bold,
      run.instructions - run.unchecked, off, run.distinct, run.functions_executed, run.functions, run.activations,
      run.contradictions.empty() ? fmt::format("no contradiction ({:.2f} s, {:.1f} M/s)", run.seconds, rate)
                                 : fmt::format("{} contradictions", run.contradictions.size()));
  if (run.unchecked > 0) {
    out += fmt::format("run: {} more instructions in activations that begun unseen, or whose callees broke the ABI\n",
                       run.unchecked);
  }
  if (run.functions_absent > 0) out += fmt::format("run: {} functions are not in the program\n", run.functions_absent);
  return out;
}

}  // namespace objhound::oracle
