#include "harness/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>

namespace objhound::harness {
namespace {

constexpr double kTerminalSeconds = 0.2;
constexpr double kLogSeconds = 10;

std::string duration(double seconds) {
  const auto whole = static_cast<uint64_t>(std::llround(std::max(0.0, seconds)));
  if (whole >= 3600) return fmt::format("{}h{:02}m", whole / 3600, whole / 60 % 60);
  if (whole >= 60) return fmt::format("{}m{:02}s", whole / 60, whole % 60);
  return fmt::format("{}s", whole);
}

size_t columns(std::FILE* out) {
  winsize size{};
  if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

// What matters most stands first: a terminal may be too narrow for the rest.
std::string progress_text(const Progress& p) {
  std::string text = duration(p.seconds);
  if (p.seconds_left) text += fmt::format(", {} left", duration(*p.seconds_left));
  const std::string expected = p.expected > 0 ? fmt::format("/{}", p.expected) : "";
  const double rate = p.seconds > 0 ? static_cast<double>(p.compilations) / p.seconds : 0;
  const std::string earlier = p.earlier > 0 ? fmt::format("{} of them earlier, ", p.earlier) : "";
  text += fmt::format(" | {}{} objects, {}{:.1f}/s", p.earlier + p.compilations, expected, earlier, rate);
  text +=
      fmt::format(" | {} violations, {} new | {}/{} unproved", p.violations, p.new_findings, p.unproved, p.functions);
  if (p.features > 0) text += fmt::format(" | {} features", p.features);
  const std::pair<uint64_t, const char*> troubles[] = {
      {p.crashed, "crashed"},           {p.hung, "hung"},
      {p.rejected, "rejected"},         {p.out_of_memory, "out of memory"},
      {p.our_failures, "own failures"}, {p.failed_programs, "seeds without a program"}};
  for (const auto& [count, what] : troubles)
    if (count > 0) text += fmt::format(" | {} {}", count, what);
  return text;
}

ProgressLine::ProgressLine(std::FILE* out) : out_(out), terminal_(isatty(fileno(out)) == 1) {}

void ProgressLine::show(const Progress& progress) {
  if (progress.seconds - shown_at_ < (terminal_ ? kTerminalSeconds : kLogSeconds)) return;
  shown_at_ = progress.seconds;
  std::string text = progress_text(progress);
  if (terminal_) {
    text.resize(std::min(text.size(), columns(out_) - 1));
    fmt::print(out_, "\r{:<{}}", text, std::max(width_, text.size()));
    width_ = text.size();
  } else {
    fmt::print(out_, "{}\n", text);
  }
  std::fflush(out_);
}

void ProgressLine::clear() {
  if (!terminal_ || width_ == 0) return;
  fmt::print(out_, "\r{:<{}}\r", "", width_);
  std::fflush(out_);
  width_ = 0;
}

}  // namespace objhound::harness
