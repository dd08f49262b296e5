// Rows per second on a large shared object, beside LLVM's own reader on the same bytes. OBJHOUND_BENCH_FILE names
// another file.

#include <benchmark/benchmark.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/DebugInfo/DWARF/DWARFDebugFrame.h>
#include <llvm/Object/ObjectFile.h>

#include <cstdlib>
#include <string>

#include "oracle/cfi/rows.h"

namespace objhound::oracle {
namespace {

std::string bench_file() {
  const char* named = std::getenv("OBJHOUND_BENCH_FILE");
  return named ? named : "/usr/lib/x86_64-linux-gnu/libLLVM.so.19.1";
}

void load_object(benchmark::State& state) {
  for (auto _ : state) {
    Result<ObjectFile> object = ObjectFile::load(bench_file());
    if (!object) return state.SkipWithError(object.error().text().c_str());
    benchmark::DoNotOptimize(object->functions().data());
    state.SetBytesProcessed(state.bytes_processed() + static_cast<int64_t>(object->bytes().size()));
  }
}
BENCHMARK(load_object)->Unit(benchmark::kMillisecond);

void read_rows(benchmark::State& state) {
  const Result<ObjectFile> object = ObjectFile::load(bench_file());
  if (!object) return state.SkipWithError(object.error().text().c_str());
  uint64_t rows = 0;
  for (auto _ : state) {
    const CfiTable table = CfiTable::read(*object);
    for (const Fde& fde : table.fdes()) rows += fde.row_count;
  }
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsRate);
}
BENCHMARK(read_rows)->Unit(benchmark::kMillisecond);

void read_rows_llvm(benchmark::State& state) {
  auto object = llvm::object::ObjectFile::createObjectFile(bench_file());
  if (!object) return state.SkipWithError(llvm::toString(object.takeError()).c_str());
  uint64_t rows = 0;
  for (auto _ : state) {
    const auto context = llvm::DWARFContext::create(*object->getBinary());
    auto frame = context->getEHFrame();
    if (!frame) return state.SkipWithError(llvm::toString(frame.takeError()).c_str());
    for (const llvm::dwarf::FrameEntry& entry : (*frame)->entries()) {
      const auto* fde = llvm::dyn_cast<llvm::dwarf::FDE>(&entry);
      if (!fde) continue;
      auto table = llvm::dwarf::UnwindTable::create(fde);
      if (table)
        rows += table->size();
      else
        llvm::consumeError(table.takeError());
    }
  }
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsRate);
}
BENCHMARK(read_rows_llvm)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace objhound::oracle
