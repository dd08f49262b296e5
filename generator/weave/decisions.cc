#include "generator/weave/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace objhound::generator::weave {
namespace {

constexpr unsigned kMaxDepth = 64;  // of parts in a byte string

// Lengths are little-endian base-128 numbers (as ULEB128), at most 4 bytes of them.
void put_length(std::vector<uint8_t>& out, size_t length) {
  for (; length >= 0x80; length >>= 7) out.push_back(static_cast<uint8_t>(length | 0x80));
  out.push_back(static_cast<uint8_t>(length));
}

void put(std::vector<uint8_t>& out, const Part& part) {
  put_length(out, part.own.size());
  out.insert(out.end(), part.own.begin(), part.own.end());
  put_length(out, part.parts.size());
  for (const Part& inner : part.parts) put(out, inner);
}

class Reader {
 public:
  explicit Reader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  Part part(unsigned depth) {
    Part read;
    const size_t length = read_length();
    const size_t own = std::min(length, bytes_.size());
    read.own.assign(bytes_.begin(), bytes_.begin() + static_cast<ptrdiff_t>(own));
    bytes_ = bytes_.subspan(own);
    const size_t parts = read_length();
    for (size_t i = 0; i < parts && !bytes_.empty() && depth > 0; ++i) read.parts.push_back(part(depth - 1));
    return read;
  }

 private:
  size_t read_length() {
    size_t value = 0;
    for (unsigned shift = 0; shift < 28 && !bytes_.empty(); shift += 7) {
      const uint8_t byte = bytes_.front();
      bytes_ = bytes_.subspan(1);
      value |= static_cast<size_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) break;
    }
    return value;
  }

  std::span<const uint8_t> bytes_;
};

}  // namespace

std::vector<uint8_t> to_bytes(const Part& root) {
  std::vector<uint8_t> bytes;
  put(bytes, root);
  return bytes;
}

Part from_bytes(std::span<const uint8_t> bytes) { return Reader(bytes).part(kMaxDepth); }

std::string to_hex(const Part& root) { return fmt::format("{:02x}", fmt::join(to_bytes(root), "")); }

std::optional<Part> from_hex(std::string_view digits) {
  std::vector<uint8_t> bytes(digits.size() / 2);
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char* const end = digits.data() + 2 * i + 2;
    const auto [rest, error] = std::from_chars(end - 2, end, bytes[i], 16);
    if (error != std::errc() || rest != end) return {};
  }
  return digits.size() % 2 == 0 ? std::optional(from_bytes(bytes)) : std::nullopt;
}

uint8_t Decisions::byte() {
  Open& at = open_.back();
  uint8_t value = 0;
  if (at.given != nullptr && at.next_byte < at.given->own.size()) {
    value = at.given->own[at.next_byte];
  } else if (draw_) {
    value = static_cast<uint8_t>(draw_->next() >> 56);
  }
  ++at.next_byte;
  at.part->own.push_back(value);
  return value;
}

uint32_t Decisions::below(uint32_t n) {
  if (n <= 1) return 0;
  const unsigned bytes = n <= 0x100 ? 1 : n <= 0x10000 ? 2 : 4;
  uint32_t value = 0;
  for (unsigned i = 0; i < bytes; ++i) value = (value << 8) | byte();
  return value % n;
}

uint64_t Decisions::word() {
  uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) value = (value << 8) | byte();
  return value;
}

void Decisions::enter() {
  Open& at = open_.back();
  const Part* given =
      at.given != nullptr && at.next_part < at.given->parts.size() ? &at.given->parts[at.next_part] : nullptr;
  ++at.next_part;
  // The parts of `at` are looked at by those below through pointers; only the last is open, and none is added before it
  // is closed.
  Part& inner = at.part->parts.emplace_back();
  open_.push_back({&inner, 0, 0, given});
}

}  // namespace objhound::generator::weave
