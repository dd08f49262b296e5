// A guided campaign in three lines.
#include <fmt/format.h>

#include <algorithm>

#include "harness/guided/guided.h"

namespace objhound::harness {

std::string to_text(const GuidedStatistics& s, double seconds, unsigned jobs) {
  const double all = s.compilers + s.servers + s.checks + s.engines + s.rest;
  const auto percent = [&](double part) { return all > 0 ? 100 * part / all : 0; };
  const uint64_t objects = s.searched + s.drawn + s.replayed;
  std::string text = fmt::format(
      "guided: {} objects ({} of the search, {} drawn, {} replayed), {:.1f} a second on each of {} cores\n"
      "{} features of a compiler at a level, {} inputs kept",
      objects, s.searched, s.drawn, s.replayed, static_cast<double>(objects) / std::max(seconds, 1e-3) / jobs, jobs,
      s.features, s.kept);
  if (s.dropped > 0) text += fmt::format(", {} of earlier nights dropped", s.dropped);
  return text + fmt::format(
                    "\nCPU time: {:.1f} s, {:.1f}% compilers, {:.1f}% starting them, {:.1f}% checks, {:.1f}% search, "
                    "{:.1f}% the rest\n",
                    all, percent(s.compilers), percent(s.servers), percent(s.checks), percent(s.engines),
                    percent(s.rest));
}

}  // namespace objhound::harness
