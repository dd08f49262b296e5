#include "oracle/decode/second-opinion.h"

#include <capstone/capstone.h>
#include <fmt/format.h>

#include <string_view>

namespace objhound::oracle {

SecondOpinion::SecondOpinion(const Arch& arch) {
  if (cs_open(static_cast<cs_arch>(arch.capstone_arch), static_cast<cs_mode>(arch.capstone_mode), &handle_) !=
      CS_ERR_OK) {
    return;
  }
  cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON);  // the groups that tell calls from jumps
  insn_ = cs_malloc(handle_);
}

SecondOpinion::~SecondOpinion() {
  if (insn_) cs_free(insn_, 1);
  if (handle_) cs_close(&handle_);
}

bool SecondOpinion::decode(std::span<const uint8_t> bytes) const {
  if (!insn_) return false;
  const uint8_t* code = bytes.data();
  size_t size = bytes.size();
  uint64_t address = 0;
  return cs_disasm_iter(handle_, &code, &size, &address, insn_);
}

Opinion SecondOpinion::ask(std::span<const uint8_t> bytes) const {
  if (!decode(bytes)) return {};
  Opinion opinion{.length = insn_->size};
  for (uint8_t i = 0; i < insn_->detail->groups_count; i++) {
    uint8_t group = insn_->detail->groups[i];
    if (group == CS_GRP_CALL) {
      opinion.insn_class = InsnClass::Call;  // some are in the group of jumps as well
      break;
    }
    if (group == CS_GRP_RET || group == CS_GRP_IRET) opinion.insn_class = InsnClass::Return;
    if (group == CS_GRP_JUMP && opinion.insn_class == InsnClass::Plain) opinion.insn_class = InsnClass::Jump;
  }
  return opinion;
}

std::string SecondOpinion::describe(std::span<const uint8_t> bytes) const {
  if (!decode(bytes)) return "no instruction";
  return fmt::format("{} bytes, {} {}", insn_->size, insn_->mnemonic, insn_->op_str);
}

}  // namespace objhound::oracle
