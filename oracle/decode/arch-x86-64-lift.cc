// The x86-64 lift: reads an opcode's name, finds the chapter that knows it, and says what is safe to say of an
// instruction that none knows.
//
// Of the 19,000 opcodes that LLVM knows a few hundred move the stack pointer, build addresses, save registers or steer
// control; the chapters lift these exactly. All others only change what LLVM's description lists as written. An
// unlisted instruction that writes SP or changes control flow is Unmodelled, which keeps the function from being
// proved.

#include "oracle/decode/arch-x86-64-lift.h"

#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCInstPrinter.h>
#include <llvm/MC/MCInstrDesc.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "oracle/decode/arch-list.h"

namespace objhound::oracle::x86_64 {
namespace {

// How wide a store is stands nowhere in LLVM's instruction descriptions, but the Intel syntax spells it out
// ("movaps xmmword ptr [rax], xmm0"). Asked once for each opcode that no chapter knows.
class StoreWidths {
 public:
  StoreWidths(const llvm::MCInstrInfo& instructions, const llvm::MCRegisterInfo& registers) {
    std::string triple(x86_64_arch().llvm_triple), error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
    constexpr unsigned kIntelSyntax = 1;
    asm_info_.reset(target->createMCAsmInfo(registers, triple, llvm::MCTargetOptions()));
    subtarget_.reset(target->createMCSubtargetInfo(triple, "", ""));
    printer_.reset(
        target->createMCInstPrinter(llvm::Triple(triple), kIntelSyntax, *asm_info_, instructions, registers));
  }

  // In bytes; 0 if the syntax has no word for it.
  uint8_t of(const llvm::MCInst& inst) const {
    std::string text;
    llvm::raw_string_ostream out(text);
    printer_->printInst(&inst, 0, "", *subtarget_, out);
    size_t end = text.find(" ptr ");
    if (end == std::string::npos) return 0;
    size_t begin = text.find_last_of(" \t{,", end - 1) + 1;
    std::string_view word = std::string_view(text).substr(begin, end - begin);
    for (const auto& [name, bytes] : kWords) {
      if (name == word) return bytes;
    }
    return 0;
  }

 private:
  static constexpr std::pair<std::string_view, uint8_t> kWords[] = {
      {"byte", 1},   {"word", 2},     {"dword", 4},    {"fword", 6},    {"qword", 8},
      {"tbyte", 10}, {"xmmword", 16}, {"ymmword", 32}, {"zmmword", 64},
  };
  std::unique_ptr<llvm::MCAsmInfo> asm_info_;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget_;
  std::unique_ptr<llvm::MCInstPrinter> printer_;
};

// Opcodes with a memory operand that is not written although LLVM says "may store", to keep them in order, or says
// nothing. The shadow stack is no memory that anything here is kept in.
constexpr std::string_view kStoresNothing[] = {
    "CLDEMOTE", "CLFLUSH", "CLRSSBSY", "CLWB",   "FXRSTOR",    "INVLPG",  "INVPCID",  "LDMXCSR", "LDTILECFG",
    "LGDT",     "LIDT",    "LWPINS",   "LWPVAL", "PREFETCH",   "PTWRITE", "RSTORSSP", "UD1",     "VGATHERPF",
    "VLDMXCSR", "VMCLEAR", "VMPTRLD",  "VMXON",  "VSCATTERPF", "WRSS",    "WRUSS",    "XRSTOR",
};

bool has_any_prefix(std::string_view name, std::span<const std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// The number at the start of `text` (a width or an immediate's size in bits) in bytes, taken off; 0 if there is none.
uint8_t take_bits(std::string_view& text) {
  unsigned bits = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc() || (bits != 8 && bits != 16 && bits != 32 && bits != 64)) return 0;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return static_cast<uint8_t>(bits / 8);
}

// Encodings of the same operation that LLVM tells apart by a suffix.
std::string_view without_encoding(std::string_view name) {
  for (bool again = true; again;) {
    again = false;
    for (std::string_view suffix : {"_REV", "_EVEX", "_NOREX", "_alt"}) {
      if (!name.ends_with(suffix)) continue;
      name.remove_suffix(suffix.size());
      again = true;
    }
  }
  return name;
}

// STEM width layout [immediate's bits], as in ADD64mi8. What has a different shape has no form.
std::optional<Form> parse(std::string_view name) {
  Form form;
  size_t digits = name.find_first_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
  form.stem = name.substr(0, digits);
  name.remove_prefix(digits);
  form.width = take_bits(name);
  if (form.width == 0) return std::nullopt;
  if (name.starts_with("ao") || name.starts_with("o")) {  // MOV64ao64, MOV64o64a: the address is an immediate
    form.layout = name.starts_with("ao") ? "ao" : "oa";
    return form;
  }
  size_t letters = std::min(name.find_first_of("0123456789"), name.size());
  form.layout = name.substr(0, letters);
  name.remove_prefix(letters);
  if (name == "1" && (form.layout == "r" || form.layout == "m")) {  // SHL64r1
    form.layout = form.layout == "r" ? "r1" : "m1";
    return form;
  }
  uint8_t bytes = take_bits(name);
  if (!name.empty() || form.layout.find('_') != std::string_view::npos) return std::nullopt;
  if (form.layout.ends_with('i')) {
    bool shift_count = form.stem.starts_with("SH") || form.stem.starts_with("SA");
    form.imm_bytes = bytes ? bytes : shift_count ? 1 : form.width;
  } else {
    form.from_width = bytes;
  }
  return form;
}

class Lifter : public InsnLifter {
 public:
  void bind(const llvm::MCInstrInfo& instructions, const llvm::MCRegisterInfo& registers) override {
    instructions_ = &instructions;
    llvm_registers_ = &registers;
    registers_.emplace(registers);
    slots_.assign(instructions.getNumOpcodes(), kUnseen);
  }

  void lift(const llvm::MCInst& inst, std::span<const uint8_t> bytes, Lifted& out) override {
    if (inst.getOpcode() >= slots_.size()) {
      out.ops.push_back({.op = Op::Unmodelled});
      return;
    }
    uint16_t& slot = slots_[inst.getOpcode()];
    if (slot == kUnseen) {
      slot = static_cast<uint16_t>(forms_.size());
      forms_.push_back(resolve(inst));
    }
    const Form& form = forms_[slot];
    Context context(inst, instructions_->get(inst.getOpcode()), form, *registers_, bytes, out);
    form.lift(context);
  }

 private:
  static constexpr uint16_t kUnseen = 0xffff;

  Form resolve(const llvm::MCInst& inst) {
    std::string_view name = instructions_->getName(inst.getOpcode());
    std::string_view plain = without_encoding(name);
    for (auto chapter : {move_opcode, stack_opcode, control_opcode, special_opcode}) {
      if (LiftFunction lift = chapter(plain)) {
        Form form = parse(plain).value_or(Form{});
        form.lift = lift;
        return form;
      }
    }
    if (std::optional<Form> form = parse(plain)) {
      for (auto chapter : {move_form, arithmetic_form}) {
        form->lift = chapter(*form);
        if (form->lift) return *form;
      }
    }
    Form unlisted;
    unlisted.lift = lift_unlisted;
    unlisted.stem = plain;
    unlisted.stores_nothing = has_any_prefix(name, kStoresNothing);
    const llvm::MCInstrDesc& desc = instructions_->get(inst.getOpcode());
    // Behind a memory operand of these there is only ever a byte.
    bool immediate = !desc.operands().empty() && desc.operands().back().OperandType == llvm::MCOI::OPERAND_IMMEDIATE;
    unlisted.imm_bytes = immediate ? 1 : 0;
    if (!unlisted.stores_nothing && (desc.mayStore() || !desc.mayLoad())) {
      if (!widths_) widths_.emplace(*instructions_, *llvm_registers_);
      unlisted.memory_width = widths_->of(inst);
    }
    return unlisted;
  }

  const llvm::MCInstrInfo* instructions_ = nullptr;
  const llvm::MCRegisterInfo* llvm_registers_ = nullptr;
  std::optional<RegisterMap> registers_;
  std::optional<StoreWidths> widths_;
  std::vector<uint16_t> slots_;  // by opcode, into forms_
  std::vector<Form> forms_;
};

// The first of the five parts of the instruction's memory operand, or -1.
int memory_operand(const llvm::MCInstrDesc& desc) {
  std::span operands(desc.operands().begin(), desc.operands().size());
  for (size_t i = 0; i + 5 <= operands.size(); i++) {
    auto five = operands.subspan(i, 5);
    if (std::ranges::all_of(five, [](const auto& o) { return o.OperandType == llvm::MCOI::OPERAND_MEMORY; })) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

void store_unlisted(Context& context) {
  const llvm::MCInstrDesc& desc = context.desc;
  if (context.form.stores_nothing) return;
  int operand = memory_operand(desc);
  bool stores = desc.mayStore() || (operand == 0 && desc.getNumDefs() == 0 && !desc.mayLoad());
  if (operand < 0 || !stores) return;
  Address to = context.address(static_cast<unsigned>(operand));
  bool bit_string = context.form.stem.starts_with("BT");  // BTS and its like reach far beyond their operand
  unsigned index = context.inst.getOperand(static_cast<unsigned>(operand) + 2).getReg();
  bool scatters = index != 0 && context.registers[index].reg == kNoReg;  // an address for every lane
  if (scatters || (bit_string && context.form.stem.ends_with("mr"))) {
    context.emit({.op = Op::StoreUnknownSize});
  } else if (context.form.memory_width != 0) {
    context.store(to, kNoReg, context.form.memory_width);
  } else if (!to.thread_local_storage) {
    context.emit(with_address({.op = Op::StoreUnknownSize, .width = 1}, to));
  }
}

}  // namespace

void lift_unlisted(Context& context) {
  const llvm::MCInstrDesc& desc = context.desc;
  store_unlisted(context);
  bool control = desc.isBranch() || desc.isCall() || desc.isReturn() || desc.isTerminator() || desc.isBarrier();
  bool unmodelled = control, flags = false;
  RegSet whole = 0;
  auto note = [&](const RegisterFact& fact) {
    flags |= fact.flags;
    if (fact.reg == kRsp) {
      unmodelled = true;
    } else if (fact.width <= 2 || fact.high) {
      context.clobber(fact);
    } else {
      whole |= reg_bit(fact.reg);
    }
  };
  for (unsigned i = 0; i < desc.getNumDefs(); i++) note(context.reg(i));
  for (llvm::MCPhysReg reg : desc.implicit_defs()) note(context.registers[reg]);
  if ((whole & (whole - 1)) != 0) {
    context.clobber_set(whole);
  } else if (whole != 0) {
    context.emit({.op = Op::Clobber, .dst = static_cast<Reg>(__builtin_ctzll(whole))});
  }
  if (flags) context.flags_lost();
  if (unmodelled) context.unmodelled();
}

std::unique_ptr<InsnLifter> make_lifter() { return std::make_unique<Lifter>(); }

}  // namespace objhound::oracle::x86_64
