// Checked reading of little-endian data: unwind tables and debug information.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace objhound::oracle {

// Reads forward through `bytes`. A read beyond the end or of a number that does not fit into 64 bits gives 0, and from
// then on ok() is false and nothing moves any more: check once after a group of reads.
class Cursor {
 public:
  explicit Cursor(std::span<const uint8_t> bytes, uint64_t at = 0) : bytes_(bytes), at_(at), ok_(at <= bytes.size()) {}

  bool ok() const { return ok_; }
  bool at_end() const { return !ok_ || at_ == bytes_.size(); }
  uint64_t offset() const { return at_; }  // from the start of `bytes`

  template <typename Number>
  Number fixed() {
    Number value{};
    if (!has(sizeof value)) return 0;
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }

  uint64_t uleb() {
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (!has(1)) return 0;
      const uint8_t byte = bytes_[at_++];
      const uint64_t low = byte & 0x7f;
      const bool fits = shift < 63 || (shift == 63 ? low <= 1 : low == 0);
      if (!fits) return fail();
      if (shift < 64) value |= low << shift;
      if (!(byte & 0x80)) return value;
    }
  }

  int64_t sleb() {
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (!has(1)) return 0;
      const uint8_t byte = bytes_[at_++];
      const uint64_t low = byte & 0x7f;
      const bool negative = byte & 0x40;
      // From bit 63 on there must be nothing but the sign.
      const bool fits = shift < 63 || low == (negative ? 0x7fu : 0u);
      if (!fits) return static_cast<int64_t>(fail());
      if (shift < 64) value |= low << shift;
      if (byte & 0x80) continue;
      if (negative && shift + 7 < 64) value |= ~uint64_t{0} << (shift + 7);
      return static_cast<int64_t>(value);
    }
  }

  std::span<const uint8_t> take(uint64_t count) {
    if (!has(count)) return {};
    const std::span<const uint8_t> taken = bytes_.subspan(at_, count);
    at_ += count;
    return taken;
  }

  // Up to the next NUL, which is skipped.
  std::string_view text() {
    if (!has(1)) return {};
    const char* begin = reinterpret_cast<const char*>(bytes_.data() + at_);
    const void* end = std::memchr(begin, 0, bytes_.size() - at_);
    if (!end) {
      fail();
      return {};
    }
    const size_t length = static_cast<size_t>(static_cast<const char*>(end) - begin);
    at_ += length + 1;
    return {begin, length};
  }

 private:
  bool has(uint64_t count) {
    if (ok_ && count <= bytes_.size() - at_) return true;
    ok_ = false;
    return false;
  }
  uint64_t fail() {
    ok_ = false;
    return 0;
  }

  std::span<const uint8_t> bytes_;
  uint64_t at_;
  bool ok_;
};

}  // namespace objhound::oracle
