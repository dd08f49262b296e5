#include "generator/weave/attributes.h"

#include <fmt/format.h>

#include <cctype>

namespace objhound::generator::weave {
namespace {

// Bits of Attribute::conflicts.
constexpr uint32_t kInlining = 1;   // whether copies are made of it
constexpr uint32_t kHeat = 2;       // how often it runs
constexpr uint32_t kLevel = 4;      // how it is optimised
constexpr uint32_t kRegisters = 8;  // which registers are cleared
constexpr uint32_t kProtector = 16;
constexpr uint32_t kTarget = 32;  // GCC takes one target attribute, the last
constexpr uint32_t kBranches = 64;
constexpr uint32_t kAlignment = 128;
constexpr uint32_t kPlace = 256;
constexpr uint32_t kUnrolling = 512;
constexpr uint32_t kVectors = 1024;

constexpr std::string_view kGccX86 = "IS_GCC && IS_X86", kGccArm = "IS_GCC && IS_ARM", kX86 = "IS_X86",
                           kClangX86 = "IS_CLANG && IS_X86";
// On arm64, Clang before 17 knows these attributes and then crashes.
constexpr std::string_view kPreserved = "IS_CLANG && (IS_X86 || __clang_major__ >= 17)";
// CET and thunks do not go together.
constexpr std::string_view kThunks = "IS_GCC && IS_X86 && !defined(__CET__)";

constexpr Attribute kTable[] = {
    // What other functions do with it.
    {"noinline", Place::Function, "", kInlining},
    {"noinline", Place::Function, "", kInlining},
    {"noipa", Place::Function, "", kInlining},
    {"noclone"},
    {"no_icf"},
    {"flatten"},
    {"disable_tail_calls"},
    {"not_tail_called", Place::Function, "", kInlining},
    {"nomerge"},
    {"noduplicate"},
    {"convergent"},
    {"nothrow", Place::Function, "!defined(__cplusplus)"},
    {"returns_twice"},
    {"used"},
    {"no_reorder"},
    {"noplt"},
    {"no_split_stack", Place::Function, "!defined(__cplusplus)"},
    {"leaf", Place::Exported, "!IS_CLANG"},
    {"externally_visible", Place::Exported},
    {"weak", Place::Exported},
    {"visibility(\"hidden\")", Place::Exported, "", kPlace},
    {"visibility(\"protected\")", Place::Exported, kX86, kPlace},
    {"visibility(\"internal\")", Place::Exported, "", kPlace},

    // How much it matters, where it stands.
    {"cold", Place::Function, "", kHeat},
    {"hot", Place::Function, "", kHeat},
    {"aligned(64)", Place::Function, "", kAlignment},
    {"aligned(32)", Place::Function, "", kAlignment},
    {"section(\".text.odd\")"},
    {"patchable_function_entry(5, 2)"},
    {"patchable_function_entry(3)"},
    {"ms_hook_prologue", Place::Function, kGccX86},

    // How it is compiled.
    {"minsize", Place::Function, "", kLevel},
    {"noinline, optnone", Place::Function, "__has_attribute(optnone)", kLevel | kInlining},
    {"optimize(\"O0\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"O1\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"O2\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"O3\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"Os\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"Og\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-jump-tables\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-tree-switch-conversion\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"omit-frame-pointer\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-omit-frame-pointer\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-shrink-wrap\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-shrink-wrap-separate\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-crossjumping\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-reorder-blocks\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-optimize-sibling-calls\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-schedule-insns2\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"schedule-insns\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-caller-saves\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-ipa-ra\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"rename-registers\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-gcse\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"unroll-all-loops\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"tree-vectorize\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-defer-pop\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"modulo-sched\")", Place::Function, "IS_GCC", kLevel},
    {"optimize(\"no-if-conversion\")", Place::Function, "IS_GCC", kLevel},
    {"min_vector_width(512)"},
    {"no_builtin"},
    {"nodebug"},

    // What is put into it against attacks, or to measure.
    {"zero_call_used_regs(\"used-gpr\")", Place::Function, "", kRegisters},
    {"zero_call_used_regs(\"used\")", Place::Function, "", kRegisters},
    {"zero_call_used_regs(\"used-arg\")", Place::Function, "", kRegisters},
    {"zero_call_used_regs(\"used-gpr-arg\")", Place::Function, "", kRegisters},
    {"zero_call_used_regs(\"all\")", Place::Function, "", kRegisters},
    {"zero_call_used_regs(\"all-gpr\")", Place::Function, "", kRegisters},
    {"zero_call_used_regs(\"all-arg\")", Place::Function, "", kRegisters},
    {"zero_call_used_regs(\"skip\")", Place::Function, "", kRegisters},
    {"stack_protect", Place::Function, "IS_GCC", kProtector},
    {"no_stack_protector", Place::Function, "", kProtector},
    {"nocf_check", Place::Function, "defined(__CET__)"},
    {"no_instrument_function"},
    {"no_profile_instrument_function"},
    {"no_sanitize(\"undefined\")"},
    {"no_sanitize_undefined"},
    {"no_sanitize(\"shadow-call-stack\")", Place::Function, "IS_CLANG"},
    {"speculative_load_hardening", Place::Function, "", kNoLabelsBeside},
    {"no_speculative_load_hardening"},
    {"xray_never_instrument"},
    {"indirect_branch(\"thunk\")", Place::Function, kThunks, kBranches},
    {"indirect_branch(\"thunk-inline\")", Place::Function, kThunks, kBranches},
    {"function_return(\"thunk\")", Place::Function, kThunks},
    {"function_return(\"thunk-inline\")", Place::Function, kThunks},
    {"function_return(\"keep\")", Place::Function, kX86},

    // What the machine is taken to be. Nothing here asks for instructions that not every machine has.
    {"force_align_arg_pointer", Place::Function, kX86},
    {"target(\"cld\")", Place::Function, kGccX86, kTarget},
    {"target(\"inline-all-stringops\")", Place::Function, kGccX86, kTarget},
    {"target(\"no-align-stringops\")", Place::Function, kGccX86, kTarget},
    {"target(\"tune=atom\")", Place::Function, kX86, kTarget},
    {"target(\"tune=znver3\")", Place::Function, kX86, kTarget},
    {"target(\"tune=sandybridge\")", Place::Function, kX86, kTarget},
    {"target(\"branch-protection=standard\")", Place::Function, "IS_ARM", kTarget},
    {"target(\"branch-protection=pac-ret+leaf\")", Place::Function, "IS_ARM", kTarget},
    {"target(\"branch-protection=pac-ret+leaf+b-key\")", Place::Function, "IS_ARM", kTarget},
    {"target(\"branch-protection=bti\")", Place::Function, "IS_ARM", kTarget},
    {"target(\"branch-protection=none\")", Place::Function, "IS_ARM", kTarget},
    {"target(\"omit-leaf-frame-pointer\")", Place::Function, kGccArm, kTarget},
    {"target(\"no-omit-leaf-frame-pointer\")", Place::Function, kGccArm, kTarget},
    {"target(\"strict-align\")", Place::Function, kGccArm, kTarget},
    {"target(\"tune=cortex-a53\")", Place::Function, kGccArm, kTarget},
    {"target(\"tune=neoverse-n1\")", Place::Function, kGccArm, kTarget},
    {"target(\"fix-cortex-a53-835769\")", Place::Function, kGccArm, kTarget},

    {"aligned(64)", Place::Variable, "", kAlignment},
    {"aligned(16)", Place::Variable, "", kAlignment},
    {"section(\".data.odd\")", Place::Variable},
    {"used", Place::Variable},
    {"no_reorder", Place::Variable},
    {"retain", Place::Variable, "IS_CLANG"},
    {"weak", Place::ExportedVariable},
    {"visibility(\"hidden\")", Place::ExportedVariable, "", kPlace},
    {"nocommon", Place::ExportedVariable},
    {"tls_model(\"local-exec\")", Place::ThreadLocal, "!defined(__PIC__) || defined(__PIE__)", kPlace},
    {"tls_model(\"initial-exec\")", Place::ThreadLocal, "", kPlace},
    {"tls_model(\"local-dynamic\")", Place::ThreadLocal, "", kPlace},
    {"tls_model(\"global-dynamic\")", Place::ThreadLocal, "", kPlace},
    {"aligned(16)", Place::Local, "", kAlignment},
    {"aligned(32)", Place::Local, "", kAlignment},
    {"aligned(128)", Place::Local, "", kAlignment},
    {"packed", Place::Type, "", kAlignment},
    {"packed, aligned(2)", Place::Type, "", kAlignment},
    {"aligned(16)", Place::Type, "", kAlignment},
    {"aligned(32)", Place::Type, "", kAlignment},
    {"ms_struct", Place::Type, kX86, kPlace},
    {"gcc_struct", Place::Type, kX86, kPlace},
    {"may_alias", Place::Type},

    {"ms_abi", Place::Convention, kX86},
    {"sysv_abi", Place::Convention, kX86},
    {"regcall", Place::Convention, "IS_CLANG && IS_X86 && !defined(SANITIZED)"},
    {"vectorcall", Place::Convention, kClangX86},
    {"intel_ocl_bicc", Place::Convention, kClangX86},
    {"preserve_most", Place::Convention, kPreserved},
    {"preserve_all", Place::Convention, kPreserved},
    {"preserve_none", Place::Convention, "IS_CLANG && !defined(SANITIZED)"},
    {"swiftcall", Place::Convention, "IS_CLANG"},
    {"aarch64_vector_pcs", Place::Convention, "IS_ARM"},
    {"no_caller_saved_registers, target(\"general-regs-only\")", Place::Convention, kX86},
    {"target(\"general-regs-only\")", Place::Convention, kX86},

    {"GCC unroll 4", Place::PlainLoop, "IS_GCC", kUnrolling},
    {"GCC unroll 1", Place::PlainLoop, "IS_GCC", kUnrolling},
    {"GCC ivdep", Place::PlainLoop, "IS_GCC", kVectors},
    {"clang loop unroll(full)", Place::Loop, "IS_CLANG", kUnrolling},
    {"clang loop unroll(disable)", Place::Loop, "IS_CLANG", kUnrolling},
    {"clang loop unroll_count(3)", Place::Loop, "IS_CLANG", kUnrolling},
    {"clang loop vectorize(enable)", Place::Loop, "IS_CLANG", kVectors},
    {"clang loop vectorize_width(4) interleave_count(2)", Place::Loop, "IS_CLANG", kVectors},
    {"clang loop vectorize(disable)", Place::Loop, "IS_CLANG", kVectors},
    {"clang loop distribute(enable)", Place::Loop, "IS_CLANG"},
};

bool is_pragma(const Attribute& attribute) {
  return attribute.place == Place::Loop || attribute.place == Place::PlainLoop;
}

std::string_view first_word(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
  return text.substr(0, end);
}

}  // namespace

std::span<const Attribute> attribute_table() { return kTable; }

std::string macro_of(const Attribute& attribute) {
  std::string name = is_pragma(attribute) ? "LOOP_" : attribute.place == Place::Convention ? "C_" : "A_";
  for (const char c : attribute.text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    } else if (name.back() != '_') {
      name += '_';
    }
  }
  if (attribute.place == Place::Type) name += "_TYPE";
  if (name.back() == '_') name.pop_back();
  return name;
}

std::string definition_of(const Attribute& attribute) {
  const std::string name = macro_of(attribute);
  if (is_pragma(attribute)) {
    return fmt::format("#if {}\n#define {} _Pragma(\"{}\")\n#else\n#define {}\n#endif\n", attribute.when, name,
                       attribute.text, name);
  }
  const std::string knows = fmt::format("__has_attribute({})", first_word(attribute.text));
  const std::string when = attribute.when.empty() ? knows : fmt::format("{} && ({})", knows, attribute.when);
  return fmt::format("#if {}\n#define {} __attribute__(({}))\n#else\n#define {}\n#endif\n", when, name, attribute.text,
                     name);
}

}  // namespace objhound::generator::weave
