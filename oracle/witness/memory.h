// The memory of an emulated process. It stands in our own memory, so that what the checks read costs no more than a
// look-up; pages that the program never touches cost nothing.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

struct uc_struct;

namespace objhound::oracle::witness {

inline constexpr uint64_t kPage = 4096;  // bytes
inline constexpr uint64_t page_begin(uint64_t address) { return address & ~(kPage - 1); }
inline constexpr uint64_t page_end(uint64_t address) { return page_begin(address + kPage - 1); }

class Memory {
 public:
  // `limit`: bytes that may be mapped at the same time.
  Memory(uc_struct* engine, uint64_t limit) : engine_(engine), limit_(limit) {}
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // Whole pages, zeroed, that overlap no others. `protection`: PROT_* of mmap(2). False if the limit is reached or the
  // emulator refuses.
  bool map(uint64_t address, uint64_t size, int protection);
  // Undoes one map(); false if it was none.
  bool unmap(uint64_t address, uint64_t size);
  bool is_free(uint64_t address, uint64_t size) const;

  // Our address of guest memory; null if not all of it is mapped, in one piece.
  uint8_t* at(uint64_t address, uint64_t size) {
    if (address - last_.begin < last_.size && size <= last_.size - (address - last_.begin))
      return last_.host + (address - last_.begin);
    return find(address, size);
  }
  bool read(uint64_t address, uint64_t& value) {
    const uint8_t* place = at(address, sizeof value);
    if (place == nullptr) return false;
    std::memcpy(&value, place, sizeof value);
    return true;
  }
  // False if not all of it is mapped.
  bool write(uint64_t address, std::span<const uint8_t> bytes);

 private:
  struct Piece {
    uint64_t begin, size;
    uint8_t* host;
  };

  uint8_t* find(uint64_t address, uint64_t size);

  uc_struct* engine_;
  uint64_t limit_, mapped_ = 0;
  std::vector<Piece> pieces_;  // few
  Piece last_{};               // where the last look-up found what it wanted
};

}  // namespace objhound::oracle::witness
