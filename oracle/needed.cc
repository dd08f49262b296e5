#include "oracle/needed.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "oracle/elf/file_bytes.h"
#include "oracle/file_context.h"

namespace objhound::oracle {
namespace {

namespace fs = std::filesystem;

// Programs need some dozens of libraries in all; what is beyond these limits is not asked, and its functions stay
// unknown.
constexpr size_t kMostLibraries = 256;
constexpr uint64_t kLargestLibrary = uint64_t{1} << 30;  // bytes
constexpr uint32_t kMostFamilies = 5'000;                // of one library for one question

std::vector<std::string> sorted_once(std::span<const std::string> names) {
  std::vector<std::string> sorted(names.begin(), names.end());
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  return sorted;
}

}  // namespace

void NeededLibraries::add_needs(const DynamicInfo& info, const std::string& path,
                                std::span<const std::string> inherited, std::vector<Waiting>& queue) const {
  // DT_RPATH of those who need the needer holds too, unless the needer has a DT_RUNPATH.
  const bool own_alone = !info.run_path.empty() && !info.run_path_is_inherited;
  std::vector<std::string> run_path = info.run_path;
  if (!own_alone) run_path.insert(run_path.end(), inherited.begin(), inherited.end());
  std::vector<std::string> handed_on(inherited.begin(), inherited.end());
  if (info.run_path_is_inherited) handed_on.insert(handed_on.begin(), info.run_path.begin(), info.run_path.end());
  for (const std::string& name : info.needed) {
    if (queue.size() >= 4 * kMostLibraries) return;
    queue.push_back({name, path, run_path, handed_on});
  }
}

// The library, or null; `path` becomes where it is.
KnownLibrary* NeededLibraries::open(const Waiting& waiting, const LibrarySearch& search, std::string& path) {
  for (const std::string& place : search.places(waiting.name, waiting.needed_by, waiting.run_path)) {
    std::error_code error;
    const fs::path real = fs::canonical(place, error);
    if (error || !fs::is_regular_file(real, error) || error) continue;
    if (fs::file_size(real, error) > kLargestLibrary || error) continue;
    path = real.string();
    const auto [entry, is_new] = known_.try_emplace(path);
    KnownLibrary& library = entry->second;
    if (is_new) {
      const Result<FileBytes> file = FileBytes::read(path);
      if (file) {
        Result<DynamicInfo> info = read_dynamic_info(path, file->bytes());
        if (info && info->machine == arch_.elf_machine) library.dynamic = std::move(*info);
      }
    }
    // The dynamic linker, too, goes on looking past libraries for other machines.
    if (library.dynamic) return &library;
  }
  return nullptr;
}

std::vector<std::string> NeededLibraries::never_return(std::span<const std::string> functions) {
  const Result<DynamicInfo> own = read_dynamic_info(path_, bytes_);
  if (!own) return {};
  const std::optional<LibrarySearch> search = LibrarySearch::around(path_, arch_);
  if (!search) return {};
  std::vector<std::string> never, open_questions = sorted_once(functions);
  std::vector<Waiting> queue;
  std::set<std::string> names, paths;
  add_needs(*own, path_, {}, queue);
  for (size_t i = 0; i < queue.size() && !open_questions.empty() && paths.size() < kMostLibraries; ++i) {
    const Waiting waiting = queue[i];
    if (!names.insert(waiting.name).second) continue;
    std::string path;
    KnownLibrary* library = open(waiting, *search, path);
    if (library == nullptr || !paths.insert(path).second) continue;
    ask(path, *library, open_questions);
    std::erase_if(open_questions, [&](const std::string& name) {
      const auto answer = library->never_returns.find(name);
      if (answer == library->never_returns.end()) return false;
      if (answer->second) {
        never.push_back(name);
        relied_upon_[path].push_back(name);
      }
      return true;
    });
    add_needs(*library->dynamic, path, waiting.inherited, queue);
  }
  std::ranges::sort(never);
  return never;
}

// Adds to what is known of the library what it says of these functions.
void NeededLibraries::ask(const std::string& path, KnownLibrary& library, std::span<const std::string> functions) {
  std::vector<std::string> asked;
  for (const std::string& name : functions) {
    if (!library.has.contains(name)) asked.push_back(name);
  }
  if (asked.empty()) return;
  const Result<FileBytes> file = FileBytes::read(path);
  const std::vector<std::string> own = file ? defined_functions(file->bytes(), asked) : std::vector<std::string>();
  for (const std::string& name : asked) library.has[name] = std::ranges::binary_search(own, name);
  if (own.empty()) return;
  const std::vector<uint8_t> never = judge_functions(path, file->bytes(), own);
  for (size_t i = 0; i < own.size(); ++i) library.never_returns[own[i]] = never[i] != 0;
}

// By function. A name that stands for several functions (versions of a symbol) says nothing, unless all agree.
std::vector<uint8_t> NeededLibraries::judge_functions(const std::string& path, std::span<const uint8_t> bytes,
                                                      std::span<const std::string> functions) const {
  std::vector<uint8_t> never(functions.size(), 0);
  Result<ObjectFile> object = ObjectFile::parse(path, bytes);
  if (!object) return never;
  const FileContext file = read(std::move(*object), decoder_, std::nullopt);
  std::vector<std::pair<size_t, uint32_t>> asked;  // which of the names, and its function
  for (const Symbol& symbol : file.object.symbols()) {
    const auto name = std::ranges::lower_bound(functions, symbol.name);
    if (!symbol.global || !symbol.place.valid() || name == functions.end() || *name != symbol.name) continue;
    asked.emplace_back(name - functions.begin(), file.object.function_starting_at(symbol.place));
  }
  std::vector<uint32_t> indices;
  for (const auto& [name, function] : asked) {
    if (function != kNoIndex) indices.push_back(function);
  }
  const std::vector<uint8_t> answers =
      families_that_never_return(file.object, decoder_, file.options, indices, kMostFamilies);
  std::vector<uint8_t> all(functions.size(), 1), any(functions.size(), 0);
  size_t next = 0;
  for (const auto& [name, function] : asked) {
    const bool answer = function != kNoIndex && answers[next++] != 0;
    all[name] = all[name] && answer;
    any[name] = 1;
  }
  for (size_t i = 0; i < never.size(); ++i) never[i] = all[i] && any[i];
  return never;
}

std::vector<NeededLibrary> NeededLibraries::relied_upon() const {
  std::vector<NeededLibrary> libraries;
  for (const auto& [path, functions] : relied_upon_) {
    const auto known = known_.find(path);
    const bool has_id = known != known_.end() && known->second.dynamic;
    libraries.push_back({path, has_id ? known->second.dynamic->build_id : "", sorted_once(functions)});
  }
  return libraries;
}

}  // namespace objhound::oracle
