#include "harness/guided/examiner.h"

#include <time.h>

#include <utility>
#include <vector>

#include "harness/judge.h"

namespace objhound::harness {
namespace {

double thread_cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::vector<uint64_t> hashes_of(const results::CompilationRecord& record) {
  std::vector<uint64_t> hashes;
  hashes.reserve(record.features.size());
  for (const results::FeatureRecord& feature : record.features) hashes.push_back(feature.hash);
  return hashes;
}

}  // namespace

Shown Examiner::examine(const std::string& text, size_t configuration, results::CompilationRecord& record) {
  Shown shown;
  CompileResult compiled = compiler_.compile(configuration, text);
  shown.cpu_seconds = compiled.cpu_seconds;
  shown.stopped = compiled.diagnosis.stopped;
  record.outcome = compiled.diagnosis.outcome;
  record.detail = std::move(compiled.diagnosis.detail);
  record.compile_seconds = compiled.seconds;
  if (record.outcome != results::Outcome::Ok) return shown;
  const double before = thread_cpu_seconds();
  judge_object(check_, matrix_.configurations[configuration], std::move(compiled.object), record);
  shown.check_seconds = thread_cpu_seconds() - before;
  shown.cpu_seconds += shown.check_seconds;
  shown.features = ids_.note(matrix_.configurations[configuration], hashes_of(record));
  return shown;
}

}  // namespace objhound::harness
