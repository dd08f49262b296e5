// A file made by hand, for tests: instructions as lists of micro-operations, at places of the test's choice, on a
// machine that has just what the tests need. No ELF, no LLVM.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "oracle/cfg/build.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle::test {

// Registers r0..r15 of the test machine: r13 is the frame pointer, r14 SP, r15 the link register; r0..r7 do not survive
// calls. Instructions are 4 bytes unless told otherwise, displacements count from their start.
inline constexpr Reg kFp = 13, kSp = 14, kLr = 15;

inline const Arch& toy_arch() {
  static const RegisterInfo registers[16] = {};
  static const Arch arch = [] {
    Arch a{};
    a.name = "toy";
    a.registers = registers;
    a.sp = kSp;
    a.fp = kFp;
    a.return_address = kLr;
    a.call_clobbered = 0xff | reg_bit(kLr);
    a.callee_saved = 0x3f00;
    a.insn_alignment = 1;
    a.max_insn_length = 8;
    return a;
  }();
  return arch;
}

inline constexpr uint32_t kText = 0, kRodata = 1, kData = 2;

class Program : public InsnSource {
 public:
  // `section_bytes`: of each of the three sections.
  explicit Program(uint64_t section_bytes = 1 << 20) {
    sections_.resize(3);
    sections_[kText].name = ".text";
    sections_[kText].executable = true;
    sections_[kRodata].name = ".rodata";
    sections_[kData].name = ".data.rel.ro";
    sections_[kData].writable = true;
    for (Section& section : sections_) {
      section.allocated = true;
      section.size = section_bytes;
      bytes_.emplace_back(section_bytes, uint8_t{0});
    }
    for (size_t i = 0; i < bytes_.size(); ++i) sections_[i].bytes = bytes_[i];
  }

  bool relocatable = true;

  // An instruction at the end of what there is; its offset in .text.
  uint64_t add(std::vector<MicroOp> ops, uint8_t length = 4) {
    const uint64_t at = here_;
    add_at(at, std::move(ops), length);
    here_ += length;
    return at;
  }
  void add_at(uint64_t offset, std::vector<MicroOp> ops, uint8_t length = 4) {
    Insn insn;
    insn.length = length;
    insn.flow = ops.empty() ? Flow::Next : flow_of(ops.back().op);
    at_[offset] = pool_.add(insn, ops);
  }
  uint64_t here() const { return here_; }
  void skip_to(uint64_t offset) { here_ = offset; }

  // The function from `begin` to here, or to `end`.
  uint32_t function(const std::string& name, uint64_t begin, uint64_t end = ~uint64_t{0}, bool global = true) {
    Function f;
    f.name = name;
    f.section = kText;
    f.offset = begin;
    f.size = (end == ~uint64_t{0} ? here_ : end) - begin;
    f.global = global;
    functions_.push_back(f);
    return static_cast<uint32_t>(functions_.size() - 1);
  }
  void fragment_of(uint32_t fragment, uint32_t parent) {
    functions_[fragment].parent = parent;
    functions_[parent].fragments.push_back(fragment);
  }

  uint32_t undefined(const std::string& name) {
    names_.push_back(std::make_unique<std::string>(name));
    symbols_.push_back({.name = *names_.back(), .place = {}, .global = true});
    return static_cast<uint32_t>(symbols_.size() - 1);
  }
  uint32_t symbol(const std::string& name, Place place, uint64_t size = 0, bool weak = false) {
    const uint32_t index = undefined(name);
    symbols_[index].place = place;
    symbols_[index].size = size;
    symbols_[index].weak = weak;
    return index;
  }
  void relocate(uint32_t section, uint64_t offset, RelocKind kind, Place target, uint32_t symbol = kNoIndex) {
    sections_[section].relocations.push_back(
        {.offset = offset, .kind = kind, .symbol = symbol, .target = target, .addend = 0});
  }
  void write(uint32_t section, uint64_t offset, unsigned width, uint64_t value) {
    for (unsigned i = 0; i < width; ++i) bytes_[section][offset + i] = static_cast<uint8_t>(value >> (8 * i));
  }
  void set_address(uint32_t section, uint64_t address) { sections_[section].address = address; }
  void set_size(uint32_t section, uint64_t size) {
    sections_[section].size = size;
    sections_[section].bytes = std::span(bytes_[section]).first(size);
  }

  std::vector<Cfg> build(const CfgOptions& options = {}, const std::vector<std::string>& declared = {}) {
    std::sort(functions_.begin(), functions_.end(),
              [](const Function& a, const Function& b) { return a.offset < b.offset; });
    for (Section& section : sections_) {
      std::sort(section.relocations.begin(), section.relocations.end(),
                [](const Relocation& a, const Relocation& b) { return a.offset < b.offset; });
    }
    const CodeView view(toy_arch(), relocatable, sections_, symbols_, functions_, *this);
    return build_cfgs(view, declared, options);
  }

  uint32_t decode(uint32_t section, uint64_t offset, uint64_t end) override {
    const auto found = section == kText ? at_.find(offset) : at_.end();
    if (found != at_.end() && offset + pool_.insn(found->second).length <= end) return found->second;
    if (undecodable_ == kNoIndex) undecodable_ = pool_.add({.flow = Flow::Undecodable}, {});
    return undecodable_;
  }
  const InsnPool& pool() const override { return pool_; }

 private:
  static Flow flow_of(Op op) {
    switch (op) {
      case Op::Jump:
        return Flow::Jump;
      case Op::Branch:
        return Flow::Branch;
      case Op::JumpReg:
      case Op::JumpMem:
        return Flow::JumpIndirect;
      case Op::Call:
        return Flow::Call;
      case Op::CallReg:
      case Op::CallMem:
        return Flow::CallIndirect;
      case Op::Return:
        return Flow::Return;
      case Op::Trap:
        return Flow::Trap;
      default:
        return Flow::Next;
    }
  }

  std::vector<Section> sections_;
  std::vector<std::vector<uint8_t>> bytes_;
  std::vector<Symbol> symbols_;
  std::vector<std::unique_ptr<std::string>> names_;
  std::vector<Function> functions_;
  std::map<uint64_t, uint32_t> at_;
  InsnPool pool_;
  uint64_t here_ = 0;
  uint32_t undecodable_ = kNoIndex;
};

// Instructions of one operation. Targets are offsets in .text; `at` is the instruction's own.
inline MicroOp jump(uint64_t at, uint64_t to) {
  return {.op = Op::Jump, .relocatable = true, .imm = static_cast<int64_t>(to - at)};
}
inline MicroOp branch(uint64_t at, uint64_t to, Cond cond = Cond::Eq) {
  return {.op = Op::Branch, .cond = cond, .relocatable = true, .imm = static_cast<int64_t>(to - at)};
}
inline MicroOp call(uint64_t at, uint64_t to) {
  return {.op = Op::Call, .relocatable = true, .imm = static_cast<int64_t>(to - at)};
}
inline MicroOp ret() { return {.op = Op::Return, .a = kLr}; }
inline MicroOp nothing() { return {.op = Op::Clobber, .dst = 0}; }
inline MicroOp compare(Reg a, int64_t imm, uint8_t width = 4) {
  return {.op = Op::Compare, .width = width, .a = a, .imm = imm};
}

inline const Block& block_at(const Cfg& cfg, uint64_t offset) {
  static const Block none{};
  const uint32_t insn = cfg.insn_at({kText, static_cast<int64_t>(offset)});
  return insn == kNoIndex ? none : cfg.blocks[cfg.block_of_insn(insn)];
}

// "next 8 taken 20": the block's edges with the offsets of the blocks they lead to, in order.
inline std::string edges(const Cfg& cfg, const Block& block) {
  static const char* const kNames[] = {"next", "taken", "table", "return", "indirect"};
  std::vector<std::string> parts;
  for (const Edge& edge : block.successors) {
    const CodeInsn& to = cfg.insns[cfg.blocks[edge.to].first];
    parts.push_back(std::string(kNames[static_cast<int>(edge.kind)]) + (edge.approximate ? "~" : "") + " " +
                    std::to_string(to.offset) + (cfg.ranges[to.range].inlined ? "'" : ""));
  }
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace objhound::oracle::test
