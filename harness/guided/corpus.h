// The inputs that were worth keeping: a directory of small files, one for each, kept from night to night. libFuzzer
// reads and writes it too, so a file is nothing but the input, named by the hash of its bytes.
//
// An input is a choice of how to compile (two bytes, little-endian), and behind it the decisions of the program
// (generator/weave/decisions.h). The choice's upper bit says which configurations it counts in: the matrix's own, which
// stay the same from night to night, or those that were drawn for the night (pool.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "generator/weave/decisions.h"

namespace objhound::harness {

inline constexpr size_t kMaxInputBytes = 4096;
inline constexpr size_t kMaxProgramBytes = kMaxInputBytes - sizeof(uint16_t);  // less the choice

struct Input {
  uint16_t choice = 0;
  generator::weave::Part program;
};
std::vector<uint8_t> to_bytes(const Input& input);
Input input_from(std::span<const uint8_t> bytes);  // takes every string

// Which of `all` configurations a choice means, of which the first `fixed`, at least one, are the matrix's own; and
// back.
size_t configuration_of(uint16_t choice, size_t fixed, size_t all);
uint16_t choice_of(size_t configuration, size_t fixed);

class Corpus {
 public:
  // Makes the directory if it is not there. Fails with a line for people.
  static tl::expected<Corpus, std::string> open(const std::string& directory);
  const std::string& directory() const { return directory_; }

  // The inputs that are there, small ones first; a file that cannot be read, is too large or is no input is left alone.
  std::vector<std::vector<uint8_t>> read() const;
  // False if the disk does not take it.
  bool add(std::span<const uint8_t> input) const;
  void remove(std::span<const uint8_t> input) const;

 private:
  explicit Corpus(std::string directory) : directory_(std::move(directory)) {}
  std::string path_of(std::span<const uint8_t> input) const;

  std::string directory_;
};

// Which of the inputs are enough for all features of all of them: for each feature that is not had yet, the first input
// that has it, rarest features first (as AFL's minimiser does), less what is superfluous then. `features`: for each
// input its numbers, small inputs first. Returns indices, ascending.
std::vector<size_t> cover(std::span<const std::vector<uint32_t>> features);

}  // namespace objhound::harness
