#include "oracle/witness/memory.h"

#include <sys/mman.h>

#include <algorithm>

#include "oracle/witness/unicorn.h"

namespace objhound::oracle::witness {
namespace {

uint32_t unicorn_protection(int protection) {
  uint32_t result = UC_PROT_NONE;
  if ((protection & PROT_READ) != 0) result |= UC_PROT_READ;
  if ((protection & PROT_WRITE) != 0) result |= UC_PROT_WRITE;
  if ((protection & PROT_EXEC) != 0) result |= UC_PROT_EXEC;
  return result;
}

}  // namespace

Memory::~Memory() {
  for (const Piece& piece : pieces_) munmap(piece.host, piece.size);
}

bool Memory::is_free(uint64_t address, uint64_t size) const {
  return std::ranges::none_of(pieces_,
                              [&](const Piece& p) { return address < p.begin + p.size && p.begin < address + size; });
}

bool Memory::map(uint64_t address, uint64_t size, int protection) {
  const bool whole = address % kPage == 0 && size % kPage == 0 && size != 0 && address + size > address;
  if (!whole || size > limit_ - mapped_ || !is_free(address, size)) return false;
  void* host = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (host == MAP_FAILED) return false;
  if (unicorn().mem_map_ptr(engine_, address, size, unicorn_protection(protection), host) != UC_ERR_OK) {
    munmap(host, size);
    return false;
  }
  pieces_.push_back({address, size, static_cast<uint8_t*>(host)});
  mapped_ += size;
  return true;
}

bool Memory::unmap(uint64_t address, uint64_t size) {
  const auto it = std::ranges::find_if(pieces_, [&](const Piece& p) { return p.begin == address && p.size == size; });
  if (it == pieces_.end() || unicorn().mem_unmap(engine_, address, size) != UC_ERR_OK) return false;
  munmap(it->host, it->size);
  mapped_ -= size;
  pieces_.erase(it);
  last_ = {};
  return true;
}

uint8_t* Memory::find(uint64_t address, uint64_t size) {
  for (const Piece& piece : pieces_) {
    if (address - piece.begin >= piece.size || size > piece.size - (address - piece.begin)) continue;
    last_ = piece;
    return piece.host + (address - piece.begin);
  }
  return nullptr;
}

bool Memory::write(uint64_t address, std::span<const uint8_t> bytes) {
  uint8_t* place = at(address, bytes.size());
  if (place == nullptr) return false;
  std::memcpy(place, bytes.data(), bytes.size());
  return true;
}

}  // namespace objhound::oracle::witness
