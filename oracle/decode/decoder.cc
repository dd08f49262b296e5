// Bytes to instructions, each kind of instruction once: LLVM decodes, the architecture's lifter explains, Capstone is
// asked whether it sees the same, and the memo keeps the answer.

#include "oracle/decode/decoder.h"

#include <fmt/format.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInstPrinter.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include "oracle/decode/lifter.h"
#include "oracle/decode/memo.h"
#include "oracle/decode/second-opinion.h"

namespace objhound::oracle {
namespace {

// The two ways not to be an instruction, kept as the decoder's first two.
constexpr uint32_t kUndecodable = 0;
constexpr uint32_t kUndecodableDisputed = 1;  // the second decoder sees an instruction

Flow flow_of(std::span<const MicroOp> ops) {
  if (ops.empty()) return Flow::Next;
  switch (ops.back().op) {
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

InsnClass class_of(const llvm::MCInstrDesc& desc) {
  if (desc.isCall()) return InsnClass::Call;
  if (desc.isReturn()) return InsnClass::Return;
  if (desc.isBranch()) return InsnClass::Jump;
  return InsnClass::Plain;
}

bool only_computes(const llvm::MCInstrDesc& desc) {
  return desc.getNumDefs() > 0 && !desc.mayLoad() && !desc.mayStore() && !desc.hasUnmodeledSideEffects() &&
         !desc.isTerminator() && !desc.isCall() && !desc.isBarrier();
}

// LLVM keeps its targets in a list without a lock: two threads that register at once can close it into a ring.
const llvm::Target* registered_target(const Arch& arch, const std::string& triple, std::string& error) {
  static std::mutex registry;
  const std::lock_guard lock(registry);
  if (arch.register_llvm_target) arch.register_llvm_target();
  return llvm::TargetRegistry::lookupTarget(triple, error);
}

// LLVM's half: everything that costs time to make is made once, and what only printing needs when it is needed.
class LlvmDecoder {
 public:
  explicit LlvmDecoder(const Arch& arch) {
    std::string triple(arch.llvm_triple), error;
    target_ = registered_target(arch, triple, error);
    if (!target_) llvm::report_fatal_error(llvm::StringRef("LLVM was built without the target of " + triple), false);
    registers_.reset(target_->createMCRegInfo(triple));
    asm_info_.reset(target_->createMCAsmInfo(*registers_, triple, llvm::MCTargetOptions()));
    instructions_.reset(target_->createMCInstrInfo());
    subtarget_.reset(target_->createMCSubtargetInfo(triple, "", llvm::StringRef(arch.llvm_features)));
    context_ =
        std::make_unique<llvm::MCContext>(llvm::Triple(triple), asm_info_.get(), registers_.get(), subtarget_.get());
    disassembler_.reset(target_->createMCDisassembler(*subtarget_, *context_));
    max_length_ = arch.max_insn_length;
    targets_count_from_end_ = arch.pc_is_insn_end;
  }

  // The instruction's length in bytes, 0 if there is none. LLVM takes some prefixes (lock) for instructions of their
  // own, named ..._PREFIX; here they belong to what they stand before.
  size_t decode(std::span<const uint8_t> bytes, llvm::MCInst& inst) const {
    std::span<const uint8_t> window = bytes.first(std::min(bytes.size(), max_length_));
    size_t prefixes = 0;
    while (prefixes < window.size()) {
      size_t length = decode_one(window.subspan(prefixes), inst);
      if (length == 0) return 0;
      if (!is_prefix(inst)) return prefixes + length;
      if (length != 1) return 0;  // a prefix where it has no effect, and would be lost
      prefixes++;
    }
    return 0;
  }

  // The text of what `decode` finds at the start of `bytes`.
  std::string text(std::span<const uint8_t> bytes, uint64_t address) {
    llvm::MCInst inst;
    size_t length = decode(bytes, inst);
    if (length == 0) return "(no instruction)";
    std::string line;
    for (size_t at = 0; at < length;) {
      size_t step = decode_one(bytes.subspan(at, length - at), inst);
      if (!line.empty()) line += ' ';
      // The printer adds the displacement to the address as it is.
      line += print(inst, targets_count_from_end_ ? address + length : address);
      at += std::max<size_t>(step, 1);
    }
    return line;
  }

  const llvm::MCInstrInfo& instructions() const { return *instructions_; }
  const llvm::MCRegisterInfo& registers() const { return *registers_; }

 private:
  size_t decode_one(std::span<const uint8_t> bytes, llvm::MCInst& inst) const {
    // Some targets patch the operands of whatever opcode is set, even when nothing was decoded: an opcode left over
    // from another instruction would make them write out of bounds.
    inst.setOpcode(0);
    inst.clear();
    inst.setFlags(0);
    uint64_t length = 0;
    llvm::ArrayRef<uint8_t> window(bytes.data(), bytes.size());
    auto status = disassembler_->getInstruction(inst, length, window, 0, llvm::nulls());
    return status == llvm::MCDisassembler::Fail || length > window.size() ? 0 : length;
  }

  bool is_prefix(const llvm::MCInst& inst) const {
    return std::string_view(instructions_->getName(inst.getOpcode())).ends_with("_PREFIX");
  }

  std::string print(const llvm::MCInst& inst, uint64_t address) {
    if (!printer_) {
      printer_.reset(target_->createMCInstPrinter(llvm::Triple(subtarget_->getTargetTriple()),
                                                  asm_info_->getAssemblerDialect(), *asm_info_, *instructions_,
                                                  *registers_));
      printer_->setPrintImmHex(true);
      printer_->setPrintBranchImmAsAddress(true);
    }
    std::string line;
    llvm::raw_string_ostream out(line);
    printer_->printInst(&inst, address, "", *subtarget_, out);
    // One space between the parts, whatever the printer uses as a tabulator.
    std::replace(line.begin(), line.end(), '\t', ' ');
    auto twice = std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; });
    line.erase(twice, line.end());
    line.erase(0, line.find_first_not_of(' '));
    return line;
  }

  const llvm::Target* target_ = nullptr;
  size_t max_length_ = 0;
  bool targets_count_from_end_ = false;
  std::unique_ptr<llvm::MCRegisterInfo> registers_;
  std::unique_ptr<llvm::MCAsmInfo> asm_info_;
  std::unique_ptr<llvm::MCInstrInfo> instructions_;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget_;
  std::unique_ptr<llvm::MCContext> context_;
  std::unique_ptr<llvm::MCDisassembler> disassembler_;
  std::unique_ptr<llvm::MCInstPrinter> printer_;
};

bool known_gap(const Arch& arch, std::string_view opcode_name, std::span<const uint8_t> bytes) {
  std::string_view encoding = arch.encoding ? arch.encoding(bytes) : "";
  return std::ranges::any_of(arch.second_decoder_gaps, [&](const DecoderGap& gap) {
    return opcode_name.starts_with(gap.opcode_prefix) && (gap.encoding.empty() || gap.encoding == encoding);
  });
}

int64_t field_of_four(std::span<const uint8_t> bytes, size_t at) {
  int32_t value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

// Where the one field of four bytes stands from which all operations that count from the program counter have their
// displacement, in bytes from the instruction's start; 0 if there is none.
uint8_t displacement_field(const Arch& arch, std::span<const MicroOp> ops, std::span<const uint8_t> bytes) {
  const int64_t origin = arch.pc_is_insn_end ? static_cast<int64_t>(bytes.size()) : 0;
  uint8_t field = 0;
  for (const MicroOp& op : ops) {
    if (!counts_from_pc(op)) continue;
    const bool plain = op.relocatable && !op.page && op.imm_at != 0 && op.imm_at + 4u <= bytes.size();
    if (!plain || (field != 0 && field != op.imm_at)) return 0;
    if (op.imm != origin + field_of_four(bytes, op.imm_at)) return 0;
    field = op.imm_at;
  }
  return field;
}

}  // namespace

struct Decoder::Impl {
  Impl(const Arch& arch, Options options)
      : arch(arch),
        llvm(arch),
        lifter(arch.make_lifter()),
        fixed_length(arch.insn_alignment == arch.max_insn_length),
        shares_displacements(options.share_displacements && !fixed_length) {
    lifter->bind(llvm.instructions(), llvm.registers());
    if (options.second_opinion && arch.capstone_arch >= 0) second.emplace(arch);
    if (second && !second->available()) second.reset();  // a Capstone built without this architecture
    pool.add(Insn{.flow = Flow::Undecodable}, {});
    pool.add(Insn{.flow = Flow::Undecodable, .decoders_disagree = true}, {});
  }

  template <typename Take>
  void look_up(std::span<const uint8_t> bytes, size_t within, const Take& take) {
    fixed_length ? look_up_run(words, bytes, within, take) : look_up_run(variable, bytes, within, take);
  }
  // What the memo keeps beside the index.
  static constexpr uint8_t kSystemCall = 0x80;
  uint8_t note(uint32_t index) const {
    const Insn& insn = pool.insn(index);
    return static_cast<uint8_t>(static_cast<uint8_t>(insn.flow) | (insn.system_call ? kSystemCall : 0));
  }
  static Decoded as_noted(const Remembered& known) {
    const Flow flow = static_cast<Flow>(known.note & ~kSystemCall);
    return {.insn = known.index,
            .length = flow == Flow::Undecodable ? uint8_t{0} : known.length,
            .flow = flow,
            .system_call = (known.note & kSystemCall) != 0};
  }
  uint32_t first_sight(std::span<const uint8_t> bytes);
  uint32_t undecodable(std::span<const uint8_t> bytes);
  uint32_t add_insn(std::span<const uint8_t> bytes);
  void lift(std::span<const uint8_t> bytes);
  uint8_t cut_displacement(std::span<const uint8_t> bytes);
  bool disagree(const llvm::MCInst& inst, std::span<const uint8_t> bytes);

  const Arch& arch;
  LlvmDecoder llvm;
  std::unique_ptr<InsnLifter> lifter;
  std::optional<SecondOpinion> second;
  const bool fixed_length;
  const bool shares_displacements;
  WordMemo words;
  ByteMemo variable;
  InsnPool pool;
  bool disagreed = false;
  llvm::MCInst inst;
  Lifted lifted;
};

// `bytes` are exactly the instruction that `inst` was decoded from.
bool Decoder::Impl::disagree(const llvm::MCInst& decoded, std::span<const uint8_t> bytes) {
  if (!second) return false;
  Opinion opinion = second->ask(bytes);
  InsnClass ours = class_of(llvm.instructions().get(decoded.getOpcode()));
  if (opinion.length == bytes.size() && opinion.insn_class == ours) return false;
  return !known_gap(arch, llvm.instructions().getName(decoded.getOpcode()), bytes);
}

// What `inst` is, into `lifted`.
void Decoder::Impl::lift(std::span<const uint8_t> bytes) {
  lifted.ops.clear();
  lifted.nop = lifted.landing_pad = false;
  lifter->lift(inst, bytes, lifted);
}

// Takes the displacement out of what was lifted. Where it stands; 0 if nothing is shared.
uint8_t Decoder::Impl::cut_displacement(std::span<const uint8_t> bytes) {
  const uint8_t field = shares_displacements ? displacement_field(arch, lifted.ops, bytes) : uint8_t{0};
  if (field == 0) return 0;
  for (MicroOp& op : lifted.ops) {
    if (!counts_from_pc(op)) continue;
    op.displaced = true;
    op.imm -= field_of_four(bytes, field);
  }
  return field;
}

uint32_t Decoder::Impl::add_insn(std::span<const uint8_t> bytes) {
  Insn insn;
  insn.length = static_cast<uint8_t>(bytes.size());
  insn.flow = flow_of(lifted.ops);
  insn.system_call = !lifted.ops.empty() && lifted.ops.back().op == Op::Syscall;
  insn.nop = lifted.nop;
  insn.landing_pad = lifted.landing_pad;
  insn.computes = only_computes(llvm.instructions().get(inst.getOpcode()));
  insn.decoders_disagree = disagree(inst, bytes);
  disagreed |= insn.decoders_disagree;
  insn.opcode_id = inst.getOpcode();
  return pool.add(insn, lifted.ops);
}

uint32_t Decoder::Impl::undecodable(std::span<const uint8_t> bytes) {
  const std::span<const uint8_t> window = bytes.first(std::min<size_t>(bytes.size(), arch.max_insn_length));
  const bool disputed = second && second->ask(window).length != 0;
  disagreed |= disputed;
  const uint32_t index = disputed ? kUndecodableDisputed : kUndecodable;
  // With fewer bytes it may only be the rest that is missing.
  if (window.size() == arch.max_insn_length) {
    fixed_length ? words.insert(window, index, note(index))
                 : variable.insert(window, {.length = static_cast<uint8_t>(window.size())}, index, note(index));
  }
  return index;
}

uint32_t Decoder::Impl::first_sight(std::span<const uint8_t> bytes) {
  const size_t length = llvm.decode(bytes, inst);
  if (length == 0) return undecodable(bytes);
  lift(bytes.first(length));
  if (fixed_length) {
    const uint32_t index = add_insn(bytes.first(length));
    words.insert(bytes, index, note(index));
    return index;
  }
  const ByteShape shape{.length = static_cast<uint8_t>(length), .field = cut_displacement(bytes.first(length))};
  if (const uint32_t index = variable.find_shaped(bytes, shape); index != kMemoMiss) return index;
  const uint32_t index = add_insn(bytes.first(length));
  variable.insert(bytes, shape, index, note(index));
  return index;
}

Decoder::Decoder(const Arch& arch, Options options) : impl_(std::make_unique<Impl>(arch, options)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;

const Arch& Decoder::arch() const { return impl_->arch; }

uint32_t Decoder::decode(std::span<const uint8_t> bytes) {
  if (bytes.size() < impl_->arch.insn_alignment) return kUndecodable;
  uint32_t index = kMemoMiss;
  impl_->look_up(bytes.first(std::min<size_t>(bytes.size(), impl_->arch.max_insn_length)), 1, [&](Remembered known) {
    index = known.index;
    return false;
  });
  return index == kMemoMiss ? impl_->first_sight(bytes) : index;
}

void Decoder::decode_run(std::span<const uint8_t> bytes, size_t within, std::vector<Decoded>& run) {
  static_assert(Decoded::kNotSeen == kMemoMiss);
  const size_t first = run.size();
  if (bytes.size() < impl_->arch.insn_alignment) {
    run.push_back({kUndecodable, 0, Flow::Undecodable});
    return;
  }
  impl_->look_up(bytes, within, [&](Remembered known) {
    bool in_place = true;
    if (known.index == kMemoMiss && run.size() == first) {
      known.index = impl_->first_sight(bytes);
      known.note = impl_->note(known.index);
      // Those behind it were looked for in the right place if it has the length that it seemed to have.
      const uint8_t length = impl_->pool.insn(known.index).length;
      in_place = known.length == length;
      known.length = length;
    }
    if (known.index != kMemoMiss) impl_->pool.prefetch(known.index);
    run.push_back(Impl::as_noted(known));
    return in_place && run.back().flow != Flow::Undecodable;
  });
  if (run.size() != first) return;
  const uint32_t index = impl_->first_sight(bytes);
  run.push_back(Impl::as_noted({index, impl_->pool.insn(index).length, impl_->note(index)}));
}

const InsnPool& Decoder::pool() const { return impl_->pool; }
bool Decoder::disagreed() const { return impl_->disagreed; }

std::string Decoder::text(std::span<const uint8_t> bytes, uint64_t address) const {
  return impl_->llvm.text(bytes, address);
}

std::string_view Decoder::opcode_name(uint32_t opcode_id) const {
  const llvm::MCInstrInfo& instructions = impl_->llvm.instructions();
  return opcode_id < instructions.getNumOpcodes() ? std::string_view(instructions.getName(opcode_id)) : "";
}

std::string Decoder::disagreement(std::span<const uint8_t> bytes) const {
  llvm::MCInst inst;
  size_t length = impl_->llvm.decode(bytes, inst);
  std::string ours = length == 0 ? "no instruction" : fmt::format("{} bytes, {}", length, text(bytes, 0));
  std::string theirs = impl_->second ? impl_->second->describe(bytes) : "not asked";
  return fmt::format("LLVM: {}; Capstone: {}", ours, theirs);
}

}  // namespace objhound::oracle
