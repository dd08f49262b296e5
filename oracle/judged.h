// A file's report, from what remains of each family when its control flow and its states have been judged and
// forgotten.
#pragma once

#include <optional>
#include <vector>

#include "oracle/features/family_features.h"
#include "oracle/file_context.h"
#include "oracle/report.h"

namespace objhound::oracle {

struct Judged {
  // A function, or fragment, that has code in the family. One that is not the family's `own` is another's that control
  // was seen to get into.
  struct Piece {
    uint32_t function;
    bool own;
  };
  uint64_t instructions = 0;
  std::vector<Finding> findings;
  std::vector<uint32_t> culprits;  // functions that violations count against
  // A family is judged as one: what keeps the proof of a part from closing keeps that of the whole.
  std::optional<UnprovedFunction> reason;
  std::vector<JumpTableRecord> jump_tables;
  std::vector<Piece> pieces;
  FamilyQuestions questions;
  std::vector<const NamedFeature*> features;  // the extractor's
};

// Checks a family. `kept`, if not null, gets what the checks said, less the states; `extractor`, if not null, belongs
// to the family's decoder and is asked for its features.
Judged judge(const FamilyContext& context, FamilyResult* kept = nullptr, FeatureExtractor* extractor = nullptr);

// `judged` by family.
FileReport assemble(const FileContext& file, std::vector<Judged> judged);

}  // namespace objhound::oracle
