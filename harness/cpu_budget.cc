#include "harness/cpu_budget.h"

#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

namespace objhound::harness {
namespace {

struct Used {
  int parent = 0;
  double seconds = 0;
};

// proc(5), /proc/PID/stat: the name stands in parentheses and may hold anything; behind it state, ppid, ..., utime (the
// 14th field of all), stime, cutime, cstime, in ticks.
std::optional<Used> used_by(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  const std::string line{std::istreambuf_iterator<char>(file), {}};
  const size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream fields(line.substr(name_end + 1));
  std::string skipped;
  Used used;
  fields >> skipped >> used.parent;
  constexpr int kBetween = 9;  // pgrp to cmajflt
  for (int i = 0; i < kBetween; ++i) fields >> skipped;
  uint64_t ticks = 0;
  for (int i = 0; i < 4; ++i) {
    uint64_t part = 0;
    fields >> part;
    ticks += part;
  }
  if (!fields) return {};
  used.seconds = static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
  return used;
}

}  // namespace

double cpu_seconds_of_all() {
  std::map<int, Used> processes;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename();
    int pid = 0;
    const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (wrong != std::errc() || end != name.data() + name.size()) continue;
    if (const std::optional<Used> used = used_by(name)) processes[pid] = *used;
  }
  const int own = getpid();
  const auto is_ours = [&](int pid) {
    for (size_t steps = 0; steps < processes.size() && pid > 0; ++steps) {
      if (pid == own) return true;
      const auto at = processes.find(pid);
      if (at == processes.end()) return false;
      pid = at->second.parent;
    }
    return false;
  };
  double total = 0;
  for (const auto& [pid, used] : processes) total += is_ours(pid) ? used.seconds : 0;
  return total;
}

CpuBudget::CpuBudget(std::optional<double> seconds) : seconds_(seconds), looked_(std::chrono::steady_clock::now()) {
  if (seconds_) before_ = cpu_seconds_of_all();
}

bool CpuBudget::used_up() {
  const auto now = std::chrono::steady_clock::now();
  if (!seconds_ || used_up_ || now - looked_ < std::chrono::milliseconds(900)) return used_up_;
  looked_ = now;
  return used_up_ = cpu_seconds_of_all() - before_ >= *seconds_;
}

}  // namespace objhound::harness
