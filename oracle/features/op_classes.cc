#include "oracle/features/op_classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "oracle/features/roles.h"

namespace objhound::oracle {
namespace {

// In the order of Op.
constexpr std::array<std::string_view, 39> kOpNames{
    "copy",        "const",       "add",        "add-reg", "add-scalable", "sub-reg",     "and",           "or",
    "and-reg",     "or-reg",      "shl",        "shr",     "sar",          "zext",        "sext",          "address",
    "clobber",     "clobber-set", "select",     "load",    "store",        "store-const", "store-unsized", "compare",
    "compare-mem", "test",        "flags-lost", "jump",    "branch",       "jump-reg",    "jump-mem",      "call",
    "call-reg",    "call-mem",    "return",     "trap",    "syscall",      "sign",        "auth"};
static_assert(static_cast<size_t>(Op::AuthReturn) + 1 == kOpNames.size());

// The fields of a class, from the low bits up.
struct OpClass {
  unsigned op = 0;          // 6 bits; Unmodelled is the last
  Role base = Role::None;   // 3: of an address, or the operand
  bool indexed = false;     // 1
  Role value = Role::None;  // 3: what is stored, loaded or written
  unsigned width = 0;       // 2: of a stack access: log2 of the bytes
  unsigned sign = 0;        // 2: of the immediate: none, up, down

  uint32_t bits() const {
    return op | static_cast<uint32_t>(base) << 6 | uint32_t{indexed} << 9 | static_cast<uint32_t>(value) << 10 |
           width << 13 | sign << 15;
  }
  static OpClass of_bits(uint32_t bits) {
    return {bits & 63,
            static_cast<Role>(bits >> 6 & 7),
            (bits >> 9 & 1) != 0,
            static_cast<Role>(bits >> 10 & 7),
            bits >> 13 & 3,
            bits >> 15 & 3};
  }
};

unsigned sign_of(int64_t imm) { return imm == 0 ? 0 : imm > 0 ? 1 : 2; }
bool is_framely(Role role) { return role == Role::Sp || role == Role::Fp || role == Role::Link || role == Role::Saved; }

bool has_address(Op op) {
  switch (op) {
    case Op::Load:
    case Op::Store:
    case Op::StoreConst:
    case Op::StoreUnknownSize:
    case Op::CompareMem:
    case Op::JumpMem:
    case Op::CallMem:
      return true;
    default:
      return false;
  }
}

bool is_control(Op op) { return (op >= Op::Jump && op <= Op::Trap) || op == Op::Syscall; }

// Whether anything of the class hangs on the frame.
bool concerns_frame(const MicroOp& op, const OpClass& is) {
  if (is_control(op.op) || op.op == Op::SignReturn || op.op == Op::AuthReturn || op.op == Op::Unmodelled) return true;
  // Flags are set by every move of SP; only SP held against another register is a test of where it is.
  if (op.op == Op::Compare) return is.base == Role::Sp && is.indexed;
  if (op.op == Op::TestBits) return false;
  if (op.op == Op::FlagsLost || op.op == Op::ClobberSet) return false;
  return is_framely(is.base) || is_framely(is.value);
}

// What SP and the frame pointer are moved and copied by, and addresses in the frame are made with.
bool makes_address(const MicroOp& op, Role base, Role value) {
  const auto in_frame = [](Role role) { return role == Role::Sp || role == Role::Fp; };
  switch (op.op) {
    case Op::Copy:
    case Op::Add:
    case Op::AddReg:
    case Op::AddScalable:
    case Op::SubReg:
    case Op::And:
      return value == Role::Sp || (in_frame(base) && !(base == Role::Fp && value == Role::Fp));
    default:
      return value == Role::Sp;
  }
}

OpClass class_of(const Arch& arch, const MicroOp& op) {
  OpClass is;
  is.op = static_cast<unsigned>(op.op);
  is.base = role_of(arch, op.a);
  is.indexed = op.b != kNoReg;
  const bool stores = is_memory_write(op.op);
  is.value = role_of(arch, stores ? op.src : op.dst);
  if (is_control(op.op)) is.value = Role::None;
  const bool on_stack = has_address(op.op) && (is.base == Role::Sp || is.base == Role::Fp);
  if (on_stack) is.width = static_cast<unsigned>(std::bit_width(std::clamp<unsigned>(op.width, 1, 8)) - 1);
  const bool moves = op.op == Op::Add && (is.base == Role::Sp || is.base == Role::Fp);
  if (on_stack || moves) is.sign = sign_of(op.imm);
  if (on_stack || makes_address(op, is.base, is.value)) return is;
  // What the program keeps in registers that it may change is its own affair: only that it does is told.
  if (!has_address(op.op) && !is_control(op.op) && op.op != Op::Compare && op.op != Op::TestBits &&
      (is.value == Role::Saved || is.value == Role::Fp))
    return {.op = static_cast<unsigned>(Op::Clobber), .value = is.value};
  if (op.op == Op::Load && (is.value == Role::Saved || is.value == Role::Fp))
    return {.op = static_cast<unsigned>(Op::Clobber), .value = is.value};
  const auto own = [](Role role) { return role == Role::Saved || role == Role::Fp ? Role::Scratch : role; };
  is.base = own(is.base);
  is.value = own(is.value);
  return is;
}

}  // namespace

void OpClasses::learn(uint32_t insn) {
  if (insn >= known_.size()) known_.resize(std::max<size_t>(insn + 1, decoder_.pool().size()));
  const Arch& arch = decoder_.arch();
  Entry entry;
  entry.known = true;
  entry.first = static_cast<uint32_t>(classes_.size());
  const RegSet frame = reg_bit(arch.sp) | reg_bit(arch.fp) | reg_bit(arch.return_address) | arch.callee_saved;
  for (const MicroOp& op : decoder_.ops(insn)) {
    const OpClass is = class_of(arch, op);
    const bool on_stack = has_address(op.op) && (is.base == Role::Sp || is.base == Role::Fp);
    entry.frame_event |= (written_registers(op) & (reg_bit(arch.sp) | reg_bit(arch.fp))) != 0 ||
                         op.op == Op::SignReturn || op.op == Op::AuthReturn ||
                         (on_stack && ((reg_bit(op.src) | reg_bit(op.dst)) & frame) != 0) ||
                         (on_stack && is_memory_write(op.op) && op.src == kNoReg);
    if (!concerns_frame(op, is)) continue;
    const uint32_t bits = is.bits();
    const auto mine = std::span(classes_).subspan(entry.first);
    if (std::ranges::find(mine, bits) == mine.end()) classes_.push_back(bits);
  }
  entry.count = static_cast<uint16_t>(classes_.size() - entry.first);
  known_[insn] = entry;
}

std::string OpClasses::text(uint32_t op_class) {
  const OpClass is = OpClass::of_bits(op_class);
  const std::string_view op = is.op < kOpNames.size() ? kOpNames[is.op] : "unmodelled";
  std::string text(op);
  if (is.value != Role::None) text += fmt::format(" {}", to_text(is.value));
  constexpr std::array<std::string_view, 4> kSigns{"", "+", "-", "?"};
  const bool address = has_address(static_cast<Op>(is.op));
  if (is.base != Role::None || is.indexed)
    text += fmt::format(" {}{}{}{}{}", address ? "[" : "", to_text(is.base), is.indexed ? "+index" : "",
                        kSigns[is.sign], address ? "]" : "");
  if (address && (is.base == Role::Sp || is.base == Role::Fp)) text += fmt::format(" x{}", 1 << is.width);
  return text;
}

}  // namespace objhound::oracle
