// The features of one family: a walk through its final states, and a look at its edges, tables and unwind entries.
// Reads what the stages before have found out, and changes nothing.
#pragma once

#include <vector>

#include "oracle/checks/family.h"
#include "oracle/features/op_classes.h"
#include "oracle/features/vocabulary.h"

namespace objhound::oracle {

// Belongs to a decoder, as families do; remembers what its instructions are. One per thread.
class FeatureExtractor {
 public:
  explicit FeatureExtractor(const Decoder& decoder) : ops_(decoder) {}

  // `result` still has its frame. The features, each once; they stay valid until forget_if_many().
  std::vector<const NamedFeature*> look(const FamilyContext& context, const FamilyResult& result);

  // Between files: hostile ones have features of their own without end.
  void forget_if_many() {
    constexpr size_t kMany = 1'000'000;
    if (vocabulary_.size() > kMany) vocabulary_.forget();
  }

 private:
  OpClasses ops_;
  Vocabulary vocabulary_;
};

// The features of a file's families together, each with the number of families, by hash.
std::vector<FeatureCount> count_features(const std::vector<std::vector<const NamedFeature*>>& families);

}  // namespace objhound::oracle
