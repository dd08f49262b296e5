// What control-flow recovery reads of a file: instructions by place, and what an operand means once relocations are
// applied. A thin seam over the elf and decode stages, so that the algorithms of this folder run on hand-made
// micro-operations too, without an ELF file and without LLVM.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/decode/decoder.h"
#include "oracle/elf/object.h"

namespace objhound::oracle {

// Instructions by their bytes; the Decoder, or a test's table.
class InsnSource {
 public:
  virtual ~InsnSource() = default;
  // The index of the instruction at `offset` of the section, reading no byte at or behind `end`.
  virtual uint32_t decode(uint32_t section, uint64_t offset, uint64_t end) = 0;
  // The same for several that stand one behind the other, as Decoder has it; one by itself if there is no better way.
  virtual void decode_run(uint32_t section, uint64_t offset, uint64_t end, [[maybe_unused]] size_t within,
                          std::vector<Decoded>& run) {
    const uint32_t index = decode(section, offset, end);
    const Insn& insn = pool().insn(index);
    run.push_back({index, insn.length, insn.flow, insn.system_call});
  }
  // Where the indices lead; always the same pool.
  virtual const InsnPool& pool() const = 0;
};

// What an operand (the immediate of a micro-operation) stands for.
struct Operand {
  enum class Kind : uint8_t {
    Number,         // value
    Location,       // place + nothing: an address in this file
    External,       // the address of an undefined symbol, + value
    GotSlot,        // the address of a slot that holds the address of `place` or, if that is not valid, of `symbol`
    GotBase,        // G + value, G being the address of the global offset table
    ToGot,          // G - place
    FromGot,        // from G to `place` or, if that is not valid, to symbol + value
    FromGotToSlot,  // from G to a slot that holds the address of `place` or, if that is not valid, of `symbol`
    PageOf,         // the page part of `place` or, if that is not valid, of symbol + value
    Unknown,        // a relocation whose effect is not known
  };
  Kind kind = Kind::Number;
  Place place;
  uint32_t symbol = kNoIndex;
  int64_t value = 0;
};

// Which functions may begin in which few bytes of code: nearly every call and jump out of a family asks, and a search
// over all of a large file's functions leaves the cache at every step.
class FunctionIndex {
 public:
  FunctionIndex(std::span<const Section> sections, std::span<const Function> functions);
  // Indices of functions [first, last): all that begin before `first` are in front of the offset, all from `last` on
  // behind it. Wider than it need be where nothing was noted.
  std::pair<uint32_t, uint32_t> around(uint32_t section, uint64_t offset) const;

 private:
  static constexpr unsigned kBucketBits = 8;
  struct Buckets {
    size_t begin = 0;  // in first_
    size_t count = 0;  // and one more
  };
  std::vector<Buckets> sections_;  // by section
  std::vector<uint32_t> first_;    // by bucket: the first function that begins in it or behind it
  uint32_t functions_;
};

class CodeView {
 public:
  CodeView(const Arch& arch, bool relocatable, std::span<const Section> sections, std::span<const Symbol> symbols,
           std::span<const Function> functions, InsnSource& source);
  // The same file by way of another source.
  CodeView(const CodeView& other, InsnSource& source);

  const Arch& arch() const { return arch_; }
  bool relocatable() const { return relocatable_; }
  std::span<const Section> sections() const { return sections_; }
  std::span<const Symbol> symbols() const { return symbols_; }
  std::span<const Function> functions() const { return functions_; }  // sorted by (section, offset)
  InsnSource& source() const { return source_; }
  const Insn& insn(uint32_t index) const { return pool_.insn(index); }
  std::span<const MicroOp> ops(const Insn& insn) const { return pool_.ops(insn); }

  // The function whose range holds the place, or kNoIndex.
  uint32_t function_at(Place place) const;
  // Whether the function that holds the place starts there.
  bool starts_at(uint32_t function, Place place) const {
    return functions_[function].offset == static_cast<uint64_t>(place.offset);
  }
  // The function that starts at the place, or kNoIndex.
  uint32_t function_starting_at(Place place) const;
  bool is_code(Place place) const;
  // Whether `parent` has a fragment there that consists of nothing: a compiler put cold code that cannot be reached
  // aside, and found that there is no instruction in it. The place may well be another function's.
  bool is_empty_fragment(Place place, std::string_view parent) const;

  // Whether it is the slot where the dynamic linker puts the address of its resolver.
  bool is_resolver_slot(Place place) const { return place.valid() && place == resolver_slot_; }

  // Linked files only: between addresses and places.
  Place place_of_address(uint64_t address) const;
  uint64_t address_of(Place place) const;

  // The immediate of `op`, an operation of the instruction of `length` bytes at `at`.
  Operand operand(Place at, unsigned length, const MicroOp& op) const;
  // The place whose address `op` computes or stores all by itself: counted from the program counter, or relocated.
  // Invalid if there is none. (In a linked file, to the address of a page others may add.)
  Place address_taken(Place at, unsigned length, const MicroOp& op) const;
  // Whether a relocation replaces the second immediate of `op`.
  bool second_is_relocated(Place at, const MicroOp& op) const {
    return relocatable_ && op.relocatable2 && relocation_at(at.section, static_cast<uint64_t>(at.offset) + op.imm2_at);
  }
  // The relocation of the field at exactly `offset`, or null.
  const Relocation* relocation_at(uint32_t section, uint64_t offset) const;
  // `width` bytes at a place, little-endian; nothing if they are not in the file.
  std::optional<uint64_t> read(Place place, unsigned width) const;

 private:
  void find_resolver_slot();
  // `op.imm`, a displacement that stands in the instruction's bytes included.
  int64_t immediate(Place at, const MicroOp& op) const;
  Operand relocated(Place at, unsigned length, const MicroOp& op, const Relocation& relocation) const;

  const Arch& arch_;
  bool relocatable_;
  std::span<const Section> sections_;
  std::span<const Symbol> symbols_;
  std::span<const Function> functions_;
  InsnSource& source_;
  const InsnPool& pool_;
  std::shared_ptr<const FunctionIndex> index_;
  std::vector<std::pair<Place, uint32_t>> empty_;  // function symbols without a size, by place
  Place resolver_slot_;
  std::vector<std::pair<uint64_t, uint32_t>> by_address_;  // allocated sections of a linked file, by address
};

}  // namespace objhound::oracle
