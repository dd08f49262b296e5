// An ELF file as the oracle sees it: sections with their bytes, symbols, functions with their fragments,
// relocations sorted by place. Relocatable objects, executables and shared objects alike.
//
// The bytes are untrusted: every read is checked, every count is bounded by the file's size, and what does not
// hold together is an Error that names the file and the place, never a crash. LLVM's Object library parses the tables;
// none of its types leave this stage.
//
// Addresses. A Place is (section index, offset in that section); it means the same thing in a relocatable object,
// where every section starts at address 0, and in a linked file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/arch.h"
#include "oracle/error.h"

namespace objhound::oracle {

inline constexpr uint32_t kNoIndex = 0xffffffff;

struct Place {
  uint32_t section = kNoIndex;  // index into ObjectFile::sections()
  int64_t offset = 0;           // bytes from the section's start; may lie outside of it
  bool valid() const { return section != kNoIndex; }
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Relocation {
  uint64_t offset;  // of the relocated field, in bytes from the start of the section that holds it
  RelocKind kind;
  uint32_t symbol;  // index into ObjectFile::symbols(), or kNoIndex
  Place target;     // S + A when the symbol is defined in this file; invalid otherwise
  int64_t addend;   // A, with the architecture's bias added
};

struct Section {
  std::string_view name;
  uint64_t address = 0;            // sh_addr; 0 in relocatable objects
  std::span<const uint8_t> bytes;  // empty for SHT_NOBITS
  uint64_t size = 0;               // sh_size
  bool allocated = false;          // SHF_ALLOC
  bool executable = false;         // SHF_EXECINSTR
  bool writable = false;           // SHF_WRITE
  bool constant = false;           // the program cannot write it, though the dynamic linker may have (PT_GNU_RELRO)
  uint64_t entry_size = 0;         // sh_entsize: of the entries that the section consists of; 0 if there are none
  bool comdat = false;             // in a group of which the linker keeps any one copy: all copies mean the same
  // That apply to this section, sorted by offset; of allocated sections and .debug_frame. In a linked file those that
  // the dynamic linker applies.
  std::vector<Relocation> relocations;

  // The relocations with offset in [from, to).
  std::span<const Relocation> relocations_in(uint64_t from, uint64_t to) const;
};

struct Symbol {
  std::string_view name;
  Place place;  // invalid for undefined and absolute symbols
  uint64_t size = 0;
  bool function = false;  // STT_FUNC or STT_GNU_IFUNC
  bool global = false;    // STB_GLOBAL or STB_WEAK
  bool weak = false;
  bool section_symbol = false;
};

// A contiguous run of code with a name. A fragment (f.cold, f.part of basic-block sections) names its parent and is
// judged with it; f.part.N, f.isra.N and f.constprop.N of GCC are functions of their own.
struct Function {
  std::string name;
  uint32_t section;
  uint64_t offset;  // bytes from the section's start
  uint64_t size;    // bytes
  bool global;
  bool sized = true;  // false: st_size is 0 (hand-written code); `size` reaches to the next function or section's end
  // No symbol names it, only an unwind entry describes it (stripped files); `name` is made up from its address.
  bool named = true;
  // It has no name, or a fragment's whose parent is not known, and its unwind entry's first row is not that of a
  // function's entry: the code is entered with a frame in place.
  bool mid_frame = false;
  uint32_t parent = kNoIndex;       // index into functions(), for fragments
  std::vector<uint32_t> fragments;  // indices, for parents
  uint64_t end() const { return offset + size; }
};

// Code that something else than a symbol tells of.
struct CodeExtent {
  Place begin;
  uint64_t size = 0;       // bytes
  bool mid_frame = false;  // see Function
};

class ObjectFile {
 public:
  // Reads and parses `path`. Fails if it cannot be read, is no ELF file, is for an unknown machine, is not
  // 64-bit little-endian, or contradicts itself.
  static Result<ObjectFile> load(const std::string& path);
  // The same for bytes in memory, which are copied; `name` stands in errors.
  static Result<ObjectFile> parse(std::string name, std::span<const uint8_t> bytes);

  ObjectFile(ObjectFile&&) noexcept;
  ObjectFile& operator=(ObjectFile&&) noexcept;
  ~ObjectFile();

  const std::string& path() const;
  bool from_file() const;                  // load()ed: path() is where its bytes were
  std::span<const uint8_t> bytes() const;  // the whole file
  const Arch& arch() const;
  bool relocatable() const;                   // ET_REL
  std::span<const Section> sections() const;  // by ELF section index, the null section included
  std::span<const Symbol> symbols() const;
  // Sorted by (section, offset); aliases (two names for one range) are folded to one entry, the global name wins.
  std::span<const Function> functions() const;

  // Makes functions of the code in these extents, sorted by begin, that no symbol of a linked file tells of. To be
  // called, if at all, before anybody keeps an index of functions(): they are numbered anew.
  Result<void> add_described_code(std::span<const CodeExtent> extents);

  // The function whose range holds the place, or kNoIndex.
  uint32_t function_at(Place place) const;
  // The function that starts at the place, or kNoIndex.
  uint32_t function_starting_at(Place place) const;
  // The section that is allocated and holds the address in a linked file; invalid if none does or if relocatable.
  Place place_of_address(uint64_t address) const;
  // The compilers' command lines as recorded in the object (-frecord-gcc-switches section, DW_AT_producer), one
  // string each; empty if none.
  std::vector<std::string> recorded_command_lines() const;
  // Names of functions that DWARF marks DW_AT_noreturn, if the object has debug information.
  std::vector<std::string> declared_noreturn() const;

 private:
  struct Impl;
  explicit ObjectFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// For a fragment's name the name of the function that it was split from ("f" for "f.cold", "f.cold.1" and
// "f.__part.2"), empty if the name is no fragment's (functions.cc).
std::string_view fragment_parent_name(std::string_view name);

}  // namespace objhound::oracle
