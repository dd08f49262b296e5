#include "harness/guided/engine.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <span>

#include "generator/weave/mutate.h"
#include "harness/guided/corpus.h"
#include "harness/guided/feature_ids.h"
#include "harness/guided/socket.h"

// libFuzzer's interface (compiler-rt/include/fuzzer/FuzzerInterface.h), and its table of counters: whatever is in this
// section is looked at after each input, and set to 0 before the next.
extern "C" int LLVMFuzzerRunDriver(int* argc, char*** argv, int (*test_one_input)(const uint8_t* data, size_t size));
namespace {
__attribute__((section("__libfuzzer_extra_counters"), used)) uint8_t extra_counters[objhound::harness::kMaxFeatureIds];
}  // namespace

namespace objhound::harness {
namespace {

namespace weave = generator::weave;

int connection = -1;
uint16_t hints[kHints] = {};

// The other end has gone: it is over. libFuzzer has nothing to say that is not on the disk already.
[[noreturn]] void end() { _exit(0); }

int ask(const uint8_t* data, size_t size) {
  const auto length = static_cast<uint32_t>(size);
  uint32_t count = 0;
  if (!send_all(connection, &length, sizeof length) || !send_all(connection, data, size) ||
      !receive_all(connection, &count, sizeof count))
    end();
  std::vector<uint32_t> ids(std::min(count, kMaxFeatureIds));
  if (!receive_all(connection, ids.data(), ids.size() * sizeof(uint32_t)) ||
      !receive_all(connection, hints, sizeof hints))
    end();
  for (const uint32_t id : ids) extra_counters[id % kMaxFeatureIds] = 1;
  return 0;
}

size_t write_back(const Input& input, uint8_t* data, size_t limit) {
  const std::vector<uint8_t> bytes = to_bytes(input);
  const size_t size = std::min(bytes.size(), limit);
  std::memcpy(data, bytes.data(), size);
  return size;
}

uint16_t hinted_choice(generator::Draw& draw) { return hints[draw.between(0, kHints - 1)]; }

size_t program_limit(size_t limit) { return limit > 2 ? limit - 2 : 0; }

}  // namespace

std::vector<std::string> engine_command(const std::string& socket, const std::string& corpus, uint64_t seed) {
  std::error_code ignored;
  return {std::filesystem::read_symlink("/proc/self/exe", ignored), kEngineCommand, socket, corpus,
          std::to_string(seed)};
}

int run_engine(const std::string& socket_path, const std::string& corpus, uint64_t seed) {
  connection = connect_to(socket_path.c_str());
  if (connection < 0) {
    fmt::print(stderr, "objhound: {}: {}\n", socket_path, std::strerror(errno));
    return 2;
  }
  // Limits are ours to keep: an input may take as long as a compiler may. Its seed must not be 0, which means the time.
  std::vector<std::string> words = {"objhound",
                                    corpus,
                                    fmt::format("-seed={}", seed % 0xffff'ffff + 1),
                                    fmt::format("-max_len={}", kMaxInputBytes),
                                    "-len_control=0",
                                    "-reload=1",
                                    "-timeout=100000",
                                    "-rss_limit_mb=0",
                                    "-handle_segv=0",
                                    "-handle_int=0",
                                    "-handle_term=0",
                                    "-detect_leaks=0",
                                    "-verbosity=0"};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  auto argc = static_cast<int>(words.size());
  char** pointers = argv.data();
  return LLVMFuzzerRunDriver(&argc, &pointers, ask);
}

}  // namespace objhound::harness

// --- What libFuzzer calls instead of its own mutations ---

using objhound::generator::Draw;
using objhound::harness::Input;

// Half of the steps change how the program is compiled, and all but one in eight change the program.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t limit, unsigned seed) {
  Draw draw(seed);
  Input input = objhound::harness::input_from({data, size});
  const bool same_program = draw.between(0, 7) == 0;
  if (same_program || draw.coin()) input.choice = objhound::harness::hinted_choice(draw);
  if (!same_program)
    input.program =
        objhound::generator::weave::mutated(std::move(input.program), objhound::harness::program_limit(limit), draw);
  return objhound::harness::write_back(input, data, limit);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* first, size_t first_size, const uint8_t* second,
                                            size_t second_size, uint8_t* out, size_t limit, unsigned seed) {
  Draw draw(seed);
  Input input = objhound::harness::input_from({first, first_size});
  const Input other = objhound::harness::input_from({second, second_size});
  input.choice = draw.coin() ? other.choice : objhound::harness::hinted_choice(draw);
  input.program = objhound::generator::weave::crossed(std::move(input.program), other.program,
                                                      objhound::harness::program_limit(limit), draw);
  return objhound::harness::write_back(input, out, limit);
}
