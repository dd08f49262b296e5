// Functions that no symbol names. Of a stripped file the unwind entries are the best list of functions that there is:
// the linker cannot drop them, and each one covers a function, or a part that the compiler moved away from one (whose
// entry then begins with a frame in place).
//
// Linkers describe a whole procedure linkage table with one entry, and say in sh_entsize how long each stub in it is;
// the stubs are functions of their own.

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

// No program imports more functions; a bound on files that claim one-byte stubs.
constexpr uint64_t kMaxStubs = 100'000;

// Merges extents into functions, both sorted by place.
class Merger {
 public:
  Merger(const ElfImage& image, std::vector<Function>& functions) : image_(image), functions_(functions) {}

  void run(std::span<const CodeExtent> described) {
    for (size_t i = 0; i < described.size(); i++) {
      const CodeExtent& extent = described[i];
      if (i > 0 && described[i - 1].begin == extent.begin) continue;
      if (extent.size == 0 || !is_code(extent)) continue;
      if (Function* function = pass_functions_up_to(extent.begin)) {
        // The unwind entry knows what the author of the symbol left out.
        if (!function->sized) function->size = extent.size;
        function->sized = true;
        function->mid_frame = extent.mid_frame && !fragment_parent_name(function->name).empty();
        cover(*function);
      } else if (extent.begin.offset >= static_cast<int64_t>(covered_)) {
        add(extent);
      }
    }
    const auto middle = functions_.insert(functions_.end(), added_.begin(), added_.end());
    auto by_place = [](const Function& a, const Function& b) {
      return std::tie(a.section, a.offset) < std::tie(b.section, b.offset);
    };
    std::inplace_merge(functions_.begin(), middle, functions_.end(), by_place);
  }

 private:
  bool is_code(const CodeExtent& extent) const {
    if (extent.begin.section >= image_.sections.size() || extent.begin.offset < 0) return false;
    const Section& section = image_.sections[extent.begin.section];
    const uint64_t offset = static_cast<uint64_t>(extent.begin.offset);
    return section.executable && offset < section.bytes.size() && extent.size <= section.bytes.size() - offset;
  }

  // Notes what the symbols' functions before the place cover; the one that starts there, if one does.
  Function* pass_functions_up_to(Place place) {
    if (section_ != place.section) covered_ = 0;
    section_ = place.section;
    for (; next_ < functions_.size(); next_++) {
      Function& function = functions_[next_];
      const Place begin{function.section, static_cast<int64_t>(function.offset)};
      if (begin == place) return &function;
      if (begin > place) return nullptr;
      cover(function);
    }
    return nullptr;
  }

  void cover(const Function& function) {
    if (function.section == section_ && function.sized) covered_ = std::max(covered_, function.end());
  }

  void add(const CodeExtent& extent) {
    const Section& section = image_.sections[extent.begin.section];
    const uint64_t begin = static_cast<uint64_t>(extent.begin.offset), end = begin + extent.size;
    const bool table =
        section.entry_size != 0 && begin % section.entry_size == 0 && extent.size / section.entry_size <= kMaxStubs;
    const uint64_t step = table ? section.entry_size : extent.size;
    for (uint64_t at = begin; at < end; at += step) {
      Function function;
      function.name = fmt::format("sub_{:x}", section.address + at);
      function.section = extent.begin.section;
      function.offset = at;
      function.size = std::min(step, end - at);
      function.global = false;
      function.named = false;
      function.mid_frame = extent.mid_frame && at == begin;
      added_.push_back(std::move(function));
    }
  }

  const ElfImage& image_;
  std::vector<Function>& functions_;
  std::vector<Function> added_;
  size_t next_ = 0;              // of functions_: the first that is not passed
  uint32_t section_ = kNoIndex;  // that covered_ is about
  uint64_t covered_ = 0;         // the furthest end of sized functions passed in the section
};

}  // namespace

void add_described(const ElfImage& image, std::span<const CodeExtent> described, std::vector<Function>& functions) {
  Merger(image, functions).run(described);
}

}  // namespace objhound::oracle
