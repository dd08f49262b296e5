// A file's instructions, as its decoder sees them: the way from the places of this folder to bytes.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

class DecoderSource : public InsnSource {
 public:
  DecoderSource(Decoder& decoder, std::span<const Section> sections) : decoder_(decoder), sections_(sections) {}
  uint32_t decode(uint32_t section, uint64_t offset, uint64_t end) override {
    return decoder_.decode(bytes(section, offset, end));
  }
  void decode_run(uint32_t section, uint64_t offset, uint64_t end, size_t within, std::vector<Decoded>& run) override {
    decoder_.decode_run(bytes(section, offset, end), within, run);
  }
  const InsnPool& pool() const override { return decoder_.pool(); }

 private:
  std::span<const uint8_t> bytes(uint32_t section, uint64_t offset, uint64_t end) const {
    const std::span<const uint8_t> all = sections_[section].bytes;
    const uint64_t limit = std::min<uint64_t>(end, all.size());
    return offset < limit ? all.subspan(offset, limit - offset) : std::span<const uint8_t>();
  }

  Decoder& decoder_;
  std::span<const Section> sections_;
};

}  // namespace objhound::oracle
