// The search itself: libFuzzer, in a process of its own, because it is made to own one. It keeps the corpus, chooses
// what to try next by how rare the features of an input are (entropic schedules: Böhme, Manès, Cha, FSE 2020), and asks
// for one step from there (generator/weave/mutate.h). What an input is worth it asks us over a socket: we compile and
// check, and answer with the numbers of the features, which become libFuzzer's extra counters. So the compilers need no
// instrumentation, and a crash of theirs or ours is none of libFuzzer's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace objhound::harness {

// A question is its length (uint32_t) and the input's bytes; the answer is a count (uint32_t) and so many numbers
// (uint32_t) below kMaxFeatureIds (feature_ids.h), and kHints configurations (uint16_t) that are worth trying.
inline constexpr size_t kHints = 16;
inline constexpr const char* kEngineCommand = "guided-engine";  // the hidden word of the command line that leads here

// argv of the process. `socket`: what it connects to; `corpus`: read, written, and read again as others write to it;
// `seed` of its random draws.
std::vector<std::string> engine_command(const std::string& socket, const std::string& corpus, uint64_t seed);

// What the process does, until the socket is closed at the other end. Returns the exit status.
int run_engine(const std::string& socket, const std::string& corpus, uint64_t seed);

}  // namespace objhound::harness
