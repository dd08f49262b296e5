// What unwind rows say, held against the values that are certainly in registers and slots (held.h). A row of a mutant
// that names, at every instruction, places which hold the caller's values is right, however it differs from the
// original's.
#pragma once

#include <vector>

#include "harness/mutate/held.h"
#include "harness/mutate/subject.h"

namespace objhound::harness::mutation {

// Whether an unwinder that uses the row before instruction `insn` gets the CFA and every callee-saved register right,
// from memory that nobody may overwrite at that moment.
// `rows` is the table that the row is of.
bool row_is_right(const Subject& subject, const Family& family, const std::vector<Held>& held, uint32_t insn,
                  const oracle::Row& row, const oracle::CfiTable& rows);

// Of two tables: the CFA's rule or a register's. Expressions are compared by what they say, the rest by value.
bool same_rule(const oracle::CfaRule& a, const oracle::CfiTable& of_a, const oracle::CfaRule& b,
               const oracle::CfiTable& of_b);
bool same_rule(const oracle::RegisterRule& a, const oracle::CfiTable& of_a, const oracle::RegisterRule& b,
               const oracle::CfiTable& of_b);

}  // namespace objhound::harness::mutation
