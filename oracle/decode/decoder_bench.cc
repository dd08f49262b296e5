// Decodes per second on this machine's own libraries: what a large object costs when nearly all of its instructions
// have been seen before (Hits), and what the first sight of an instruction costs with and without a second opinion.

#include <benchmark/benchmark.h>
#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "oracle/decode/decoder.h"

namespace objhound::oracle {
namespace {

// The .text of a shared library of this machine, or nothing. Linear decoding is good enough for a measurement.
struct Code {
  const Arch* arch = nullptr;
  std::vector<uint8_t> text;
};

Code load_code() {
  Code code;
  std::ifstream maps("/proc/self/maps");
  std::string line, path;
  while (std::getline(maps, line)) {
    if (line.find("libLLVM") != std::string::npos) path = line.substr(line.find('/'));
  }
  std::ifstream file(path, std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Elf64_Ehdr header;
  if (bytes.size() < sizeof(header)) return code;
  std::memcpy(&header, bytes.data(), sizeof(header));
  code.arch = find_arch(header.e_machine);
  constexpr size_t kSlice = 16 << 20;
  for (unsigned i = 0; i < header.e_shnum; i++) {
    Elf64_Shdr section;
    std::memcpy(&section, bytes.data() + header.e_shoff + i * sizeof(section), sizeof(section));
    if (!(section.sh_flags & SHF_EXECINSTR) || section.sh_size < kSlice) continue;
    code.text.assign(bytes.begin() + static_cast<ptrdiff_t>(section.sh_offset),
                     bytes.begin() + static_cast<ptrdiff_t>(section.sh_offset + kSlice));
  }
  return code;
}

const Code& code() {
  static const Code loaded = load_code();
  return loaded;
}

// Decodes `text` from end to end; returns the number of instructions.
uint64_t sweep(Decoder& decoder, std::span<const uint8_t> text) {
  uint64_t count = 0;
  while (!text.empty()) {
    const Insn& insn = decoder.insn(decoder.decode(text));
    text = text.subspan(std::min<size_t>(text.size(), insn.length ? insn.length : decoder.arch().insn_alignment));
    count++;
  }
  return count;
}

void hits(benchmark::State& state) {
  if (!code().arch || code().text.empty()) return state.SkipWithError("no library to read");
  std::span<const uint8_t> text = std::span(code().text).first(static_cast<size_t>(state.range(0)));
  Decoder decoder(*code().arch, {.second_opinion = false});
  sweep(decoder, text);
  uint64_t count = 0;
  for (auto _ : state) count += sweep(decoder, text);
  state.counters["decodes/s"] = benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsRate);
  state.counters["distinct"] = static_cast<double>(decoder.pool().size());
}
BENCHMARK(hits)->Name("Hits")->Arg(64 << 10)->Arg(1 << 20)->Arg(16 << 20)->Unit(benchmark::kMillisecond);

void first_sights(benchmark::State& state) {
  if (!code().arch || code().text.empty()) return state.SkipWithError("no library to read");
  std::span<const uint8_t> text = std::span(code().text).first(1 << 20);
  double distinct = 0;
  for (auto _ : state) {
    Decoder decoder(*code().arch, {.second_opinion = state.range(0) != 0});
    sweep(decoder, text);
    distinct += static_cast<double>(decoder.pool().size());
  }
  state.counters["first sights/s"] = benchmark::Counter(distinct, benchmark::Counter::kIsRate);
}
BENCHMARK(first_sights)->Name("FirstSights")->ArgName("second")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

// What a short run pays before its first instruction.
void start_up(benchmark::State& state) {
  const uint8_t bytes[16] = {};
  for (auto _ : state) {
    Decoder decoder(*all_archs()[static_cast<size_t>(state.range(0))], {});
    benchmark::DoNotOptimize(decoder.decode(bytes));
  }
}
BENCHMARK(start_up)->Name("StartUp")->ArgName("arch")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace objhound::oracle
