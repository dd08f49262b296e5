// Call frame instructions to rows (DWARF 5, section 6.4.2). Private to oracle/cfi.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/cfi/interner.h"
#include "oracle/cfi/rows.h"

namespace objhound::oracle {

// Why an entry could not be read.
struct CfiFailure {
  std::string what;
  bool unsupported = false;  // see CfiProblem
};

// A common information entry.
struct Cie {
  uint64_t code_alignment = 0;      // bytes
  int64_t data_alignment = 0;       // bytes
  uint8_t pointer_encoding = 0xff;  // DW_EH_PE_*, of the addresses in its FDEs; DW_EH_PE_omit if not known
  uint8_t lsda_encoding = 0xff;     // the same of the pointers to their exception tables; DW_EH_PE_omit: they have none
  std::string_view personality;     // the routine that reads these; empty if it has no name
  bool augmentation_data = false;   // its FDEs have a block of augmentation data
  bool signal_frame = false;
  std::span<const uint8_t> instructions;
  Row initial;                        // the row that its FDEs begin with
  std::optional<CfiFailure> failure;  // then there are no rows
};

// The targets of DW_CFA_set_loc are addresses, which only the section's reader can make sense of.
class LocationReader {
 public:
  virtual ~LocationReader() = default;
  // The code offset, in bytes from the FDE's begin, of the address at the start of `operand`, and the operand's length.
  struct Location {
    uint64_t offset;
    uint64_t length;
  };
  virtual std::optional<Location> read(std::span<const uint8_t> operand) const = 0;
};

class ProgramEvaluator {
 public:
  // `rule_limit` bounds the rules of all rows together, so that a small file cannot make a large table.
  ProgramEvaluator(const Arch& arch, uint64_t rule_limit);

  // Computes cie.initial from cie.instructions.
  std::optional<CfiFailure> initial_row(Cie& cie);

  // Appends the rows of an FDE that covers `size` bytes to `starts`, and to `pushed` what its calls push; to
  // `operations`, if not null, what was executed.
  std::optional<CfiFailure> rows(const Cie& cie, std::span<const uint8_t> instructions, uint64_t size,
                                 const LocationReader& locations, std::vector<RowStart>& starts,
                                 std::vector<PushedArguments>& pushed, std::vector<CfiOp>* operations);

  RowInterner& row_interner() { return rows_; }
  ExpressionInterner& expression_interner() { return expressions_; }

 private:
  class Run;

  const Arch& arch_;
  uint64_t rule_limit_;
  std::vector<Reg> reg_of_dwarf_;  // by DWARF number
  RowInterner rows_;
  ExpressionInterner expressions_;
};

}  // namespace objhound::oracle
