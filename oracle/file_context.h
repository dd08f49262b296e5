// Everything that the checks of one file share: the object, its unwind tables, what its compiler owed, its control
// flow.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {

struct FileContext {
  ObjectFile object;
  CfiTable cfi;
  RowQuestions questions;  // of its rows
  Contract contract;
  std::shared_ptr<const Arch> convention;  // the architecture, if its flags make it another calling convention
  CfgOptions options;
  std::vector<FamilyFacts> families;    // of all whose control flow was built
  std::vector<Cfg> cfgs;                // where it was to be kept
  std::vector<std::string> noreturn;    // sorted; declared by the file's debug information
  std::vector<CodeExtent> undescribed;  // of a linked file

  FamilyContext family(const Decoder& decoder, const Cfg& cfg) const;
};

// Reads all that is not yet control flow. `noreturn_elsewhere`: functions of other files that never return;
// `keep_operations`: see CfiTable::read.
FileContext read(ObjectFile object, Decoder& decoder, const std::optional<std::string>& flags,
                 const std::vector<std::string>& noreturn_elsewhere = {}, bool keep_operations = false);
// And builds that, to keep.
FileContext prepare(ObjectFile object, Decoder& decoder, const std::optional<std::string>& flags,
                    const std::vector<std::string>& noreturn_elsewhere = {});

}  // namespace objhound::oracle
