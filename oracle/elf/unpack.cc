// Sections that are compressed in the file (gABI, "Section Compression"). The size that a section claims for itself is
// checked before memory is taken for it.

#include <fmt/format.h>
#include <llvm/Object/Decompressor.h>

#include "oracle/elf/image.h"

namespace objhound::oracle {

Result<std::vector<uint8_t>> unpack_section(std::string_view path, std::string_view name,
                                            std::span<const uint8_t> packed) {
  // zlib cannot do better than about 1:1032; real debug information packs below 1:20.
  constexpr uint64_t kMaxRatio = 1100;
  const std::string where = fmt::format("{}: section {}", path, name);
  const llvm::StringRef data(reinterpret_cast<const char*>(packed.data()), packed.size());
  llvm::Expected<llvm::object::Decompressor> decompressor =
      llvm::object::Decompressor::create({name.data(), name.size()}, data, /*IsLE=*/true, /*Is64Bit=*/true);
  if (!decompressor) return tl::unexpected(Error{where, llvm::toString(decompressor.takeError()), kDamaged});
  if (decompressor->getDecompressedSize() / kMaxRatio > packed.size()) {
    return tl::unexpected(Error{
        where, fmt::format("claims to unpack from {} to {} bytes", packed.size(), decompressor->getDecompressedSize()),
        kDamaged});
  }
  std::vector<uint8_t> bytes(decompressor->getDecompressedSize());
  if (llvm::Error error = decompressor->decompress({bytes.data(), bytes.size()}))
    return tl::unexpected(Error{where, llvm::toString(std::move(error)), kDamaged});
  return bytes;
}

}  // namespace objhound::oracle
