// Is it a file for us? What people give to a checker by mistake (archives, bitcode, scripts) is told by its name.

#include <fmt/format.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Object/ELFTypes.h>

#include <cstring>

#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

namespace ELF = llvm::ELF;
using Header = llvm::object::Elf_Ehdr_Impl<llvm::object::ELF64LE>;

tl::unexpected<Error> fail(std::string where, std::string what, std::string remedy) {
  return tl::unexpected(Error{std::move(where), std::move(what), std::move(remedy)});
}

bool starts_with(std::span<const uint8_t> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

std::string supported_machines() {
  std::string names;
  for (const Arch* arch : all_archs()) names += (names.empty() ? "" : ", ") + std::string(arch->name);
  return names;
}

Result<void> check_identity(const std::string& path, std::span<const uint8_t> bytes) {
  if (bytes.empty()) return fail(path, "is empty", "did the compiler fail?");
  if (starts_with(bytes, "!<arch>\n") || starts_with(bytes, "!<thin>\n")) {
    return fail(path, "not an ELF file but an archive", "only `check` takes archives as a whole");
  }
  if (starts_with(bytes, "BC\xC0\xDE")) {
    return fail(path, "not an ELF file but LLVM bitcode", "compile without -flto and -emit-llvm");
  }
  if (!starts_with(bytes, "\177ELF")) {
    return fail(path, "not an ELF file", "give an object file, an executable or a shared object");
  }
  if (bytes.size() < sizeof(Header)) {
    return fail(path, fmt::format("its ELF header is cut short after {} bytes", bytes.size()), kDamaged);
  }
  if (bytes[ELF::EI_CLASS] != ELF::ELFCLASS64) {
    return fail(path, "not a 64-bit ELF file", "compile for a 64-bit target: " + supported_machines());
  }
  if (bytes[ELF::EI_DATA] != ELF::ELFDATA2LSB) {
    return fail(path, "not a little-endian ELF file", "compile for one of: " + supported_machines());
  }
  return {};
}

Result<void> check_header(ElfImage& image, const Header& header) {
  const uint16_t type = header.e_type;
  if (type == ELF::ET_CORE) return fail(image.path, "is a core dump", "give the program that dumped it");
  if (type != ELF::ET_REL && type != ELF::ET_EXEC && type != ELF::ET_DYN) {
    return fail(image.path, fmt::format("has the unknown ELF type {}", type),
                "give an object file, an executable or a shared object");
  }
  image.relocatable = type == ELF::ET_REL;
  image.arch = find_arch(static_cast<uint16_t>(header.e_machine));
  if (!image.arch) {
    return fail(image.path, fmt::format("is for machine {}, which is not supported", uint16_t{header.e_machine}),
                "supported: " + supported_machines());
  }
  return {};
}

}  // namespace

Result<void> identify_elf(ElfImage& image) {
  if (Result<void> identity = check_identity(image.path, image.bytes()); !identity) return identity;
  return check_header(image, *reinterpret_cast<const Header*>(image.storage.get()));
}

}  // namespace objhound::oracle
