// The unwind rows that the compiler declared: .eh_frame and .debug_frame, turned into flat, interned rows. Reads elf,
// never frame: what a row *should* say is not known here. (LLVM's reader of the same sections is the tests' second
// opinion; why it is not used here stands in reader.cc.)
//
// A row is in force at an address A when the instruction at A is about to be executed (DWARF 5, section 6.4).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "oracle/cfi/lsda.h"
#include "oracle/elf/object.h"

namespace objhound::oracle {

// One operation of a DWARF expression, with registers already translated. Only the operations that compilers use in
// unwind rows; an expression with any other has one operation Other and cannot be evaluated.
struct ExprOp {
  enum class Kind : uint8_t {
    PushRegister,
    PushScalable,
    PushConst,
    PushCfa,
    Deref,
    Plus,
    Minus,
    PlusConst,
    And,
    Shl,
    Mul,
    Ge,
    Other
  };
  Kind kind = Kind::Other;
  Reg reg = kNoReg;  // PushRegister: value of reg + value; kPcReg is the address in the frame itself
  int64_t value =
      0;  // PushRegister, PushScalable (an eighth of a scalable vector's bytes + value), PushConst, PlusConst
};

struct CfaRule {
  enum class Kind : uint8_t { Invalid, RegisterOffset, Expression };
  Kind kind = Kind::Invalid;
  Reg reg = kNoReg;
  int64_t offset = 0;              // bytes
  uint32_t expression = kNoIndex;  // into CfiTable::expression()
  friend auto operator<=>(const CfaRule&, const CfaRule&) = default;
};

struct RegisterRule {
  enum class Kind : uint8_t {
    SameValue,     // also what an architecture-preserved register without a rule has
    Undefined,     // not recoverable; on the return address: the outermost frame
    AtCfa,         // saved at CFA + offset
    ValueCfa,      // the value is CFA + offset
    InRegister,    // in reg
    AtExpression,  // saved at the expression's address (the CFA is pushed first)
    ValueExpression,
    AtRegister,  // saved at reg + offset
    Unsupported,
  };
  Reg of = kNoReg;  // the register that the rule is about
  Kind kind = Kind::SameValue;
  Reg reg = kNoReg;
  int64_t offset = 0;  // bytes
  uint32_t expression = kNoIndex;
  friend auto operator<=>(const RegisterRule&, const RegisterRule&) = default;
};

struct Row {
  CfaRule cfa;
  std::vector<RegisterRule> rules;     // sorted by `of`; explicit rules only
  bool return_address_signed = false;  // DW_CFA_AARCH64_negate_ra_state
  friend auto operator<=>(const Row&, const Row&) = default;

  const RegisterRule* rule_for(Reg reg) const;  // null if there is no explicit rule
};

struct RowStart {
  uint64_t offset;  // bytes from the FDE's begin
  uint32_t row;     // index into CfiTable::row()
};

// From `offset` on calls have this many bytes of arguments on the stack, which an unwinder pops before it enters a
// landing pad (DW_CFA_GNU_args_size; LSB Core, "DWARF CFA extensions").
struct PushedArguments {
  uint64_t offset;  // bytes from the FDE's begin
  uint64_t bytes;
};

// A call frame instruction as it stands in an entry, the forms of one operation folded together (DWARF 5, section
// 6.4.2); those that only move the location are none.
struct CfiOp {
  enum class Kind : uint8_t {
    DefCfa,
    DefCfaRegister,
    DefCfaOffset,
    DefCfaExpression,
    Undefined,
    SameValue,
    Offset,
    ValueOffset,
    Register,
    Expression,
    ValueExpression,
    Restore,
    RememberState,
    RestoreState,
    ArgsSize,
    NegateState,
    SetLoc,
  };
  static constexpr unsigned kKinds = 17;
  Kind kind;
  Reg reg = kNoReg;  // that it is about; kNoReg: none, or one that is not tracked
  // By how many bytes it moves the CFA's offset (DefCfa*), or what it makes of the bytes that calls push (ArgsSize).
  int64_t value = 0;
};

struct Fde {
  Place begin;
  uint64_t size = 0;          // bytes covered
  uint32_t first_row = 0;     // into row_starts
  uint32_t row_count = 0;     // 0: the FDE could not be evaluated
  uint32_t first_pushed = 0;  // into pushed arguments
  uint32_t pushed_count = 0;
  uint32_t first_call_site = 0;  // into call sites
  uint32_t call_site_count = 0;
  uint32_t first_operation = 0;  // into operations, where these are kept
  uint32_t operation_count = 0;
  bool signal_frame = false;  // 'S' in the augmentation
  // The exception table is read by a routine that is known to read this layout; otherwise it only looks like it.
  bool call_sites_certain = false;
  bool call_sites_unread = false;      // there is an exception table, and a problem says why it was not read
  uint32_t unwind_section = kNoIndex;  // the section that the FDE stands in
  uint64_t entry_offset = 0;           // of the FDE in its unwind section, for messages
};

// Something wrong with the unwind section itself (OH305), with where it stands.
struct CfiProblem {
  Place place;  // the code it concerns, if known
  std::string what;
  // Valid as far as is known, but beyond what a Row can express (a vendor's operation, an unknown augmentation): the
  // code is unproved, nothing is violated.
  bool unsupported = false;
};

class CfiTable {
 public:
  // Never fails as a whole: what cannot be read is a CfiProblem. A file without unwind sections has present() false.
  // `keep_operations`: for operations_of().
  static CfiTable read(const ObjectFile& object, bool keep_operations = false);

  bool present() const { return present_; }
  // Some code is described in a way that is not known here, and it is not known which: code that no FDE covers may be.
  bool incomplete() const { return incomplete_; }
  std::span<const Fde> fdes() const { return fdes_; }  // sorted by begin
  std::span<const CfiProblem> problems() const { return problems_; }
  // Null if none covers the place. Where both sections have an FDE, the one in .eh_frame: it is what runs.
  const Fde* fde_at(Place place) const;
  std::span<const RowStart> rows_of(const Fde& fde) const;
  // Whether the FDE's row at `offset` (bytes from its begin) is that of a function's entry: the CFA where the caller
  // left SP, nothing saved yet. Of an FDE that could not be evaluated it is taken to be.
  bool is_entry_row(const Fde& fde, uint64_t offset, const Arch& arch) const;
  // The FDE's exception table (lsda.h), sorted and disjoint; empty if it has none.
  std::span<const CallSite> call_sites_of(const Fde& fde) const;
  // Sorted; before the first one no bytes are pushed.
  std::span<const PushedArguments> pushed_arguments_of(const Fde& fde) const;
  // The FDE's own instructions, without its CIE's; empty if they were not to be kept.
  std::span<const CfiOp> operations_of(const Fde& fde) const;
  // The row in force at `place`; null if not covered.
  const Row* row_at(Place place) const;
  std::span<const Row> rows() const { return rows_; }  // each different one once
  const Row& row(uint32_t index) const { return rows_[index]; }
  std::span<const ExprOp> expression(uint32_t index) const;

 private:
  friend class CfiReader;
  bool present_ = false;
  bool incomplete_ = false;
  std::vector<Fde> fdes_;
  std::vector<RowStart> row_starts_;
  std::vector<CallSite> call_sites_;
  std::vector<PushedArguments> pushed_;
  std::vector<CfiOp> operations_;
  std::vector<Row> rows_;
  std::vector<std::pair<uint32_t, uint32_t>> expressions_;  // first operation, count
  std::vector<ExprOp> expression_ops_;
  std::vector<CfiProblem> problems_;
};

// A row as readelf would put it: "CFA=rsp+16 rbx@cfa-16".
std::string to_text(const Row& row, const CfiTable& table, const Arch& arch);

}  // namespace objhound::oracle
