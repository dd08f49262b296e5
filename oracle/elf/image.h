// What an ELF file is after parsing, as the files of this folder build it up. Private to oracle/elf.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::oracle {

struct ElfImage {
  std::string path;
  std::unique_ptr<uint8_t[]> storage;  // the whole file; string_views and spans below point into it
  size_t size = 0;
  const Arch* arch = nullptr;
  bool relocatable = false;
  std::vector<Section> sections;               // by ELF section index, the null section included
  std::vector<uint32_t> sections_by_address;   // the allocated ones of a linked file, ascending
  std::vector<std::vector<uint8_t>> unpacked;  // bytes of sections that are compressed in the file
  std::vector<Symbol> symbols;                 // .symtab, then .dynsym; without null, file and mapping symbols
  std::vector<uint32_t> symbol_file;  // per symbol: ordinal of the named STT_FILE before it, 0 if none or global
  uint32_t first_dynamic_symbol = 0;  // index of the first that is from .dynsym
  std::vector<Function> functions;
  std::vector<uint32_t> enclosing;  // per function: the nearest one before it that reaches beyond its start

  std::span<const uint8_t> bytes() const { return {storage.get(), size}; }
};

inline constexpr const char* kDamaged = "the file is damaged or incomplete: build it again";  // a remedy

// Sets the architecture and whether the file is relocatable; fails if it is no file for us (identity.cc).
Result<void> identify_elf(ElfImage& image);

// Fills `image`, whose path, storage and size are set, up to and including the relocations (reader.cc).
Result<void> read_elf(ElfImage& image);

// The allocated section that holds the address in a linked file; invalid if none does (object.cc).
Place place_of_address(const ElfImage& image, uint64_t address);

// The bytes of a section that has SHF_COMPRESSED set; fails if they are damaged or would unpack to more than any
// honest section does (unpack.cc).
Result<std::vector<uint8_t>> unpack_section(std::string_view path, std::string_view name,
                                            std::span<const uint8_t> packed);

// Builds functions and `enclosing` from the symbols, and in a linked file from what else tells of code: `described`,
// sorted by begin (functions.cc).
Result<void> build_functions(ElfImage& image, std::span<const CodeExtent> described = {});

// Adds to the functions that symbols gave, sorted by place, those that only an extent tells of (described.cc).
void add_described(const ElfImage& image, std::span<const CodeExtent> described, std::vector<Function>& functions);

std::vector<std::string> read_recorded_command_lines(const ElfImage& image);  // debug_info.cc
std::vector<std::string> read_declared_noreturn(const ElfImage& image);       // debug_info.cc

}  // namespace objhound::oracle
