// The form in which places and indices are searched: ascending, each once.
#pragma once

#include <algorithm>
#include <vector>

namespace objhound::oracle {

template <typename T>
void sort_once(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
}

}  // namespace objhound::oracle
