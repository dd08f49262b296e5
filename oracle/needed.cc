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
constexpr size_t kMostLibraries = 256, kMostNames = 4 * kMostLibraries;
constexpr size_t kMostDirectories = 64;             // that are handed on from one to the next
constexpr size_t kMostPlaces = 16'384;              // that are looked at, each by way of thousands of folders at worst
constexpr uint64_t kMostBytes = uint64_t{1} << 31;  // of all libraries that are looked into
constexpr uint32_t kMostFamilies = 5'000;           // of one library for one question

std::vector<std::string> sorted_once(std::span<const std::string> names) {
  std::vector<std::string> sorted(names.begin(), names.end());
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  return sorted;
}

}  // namespace

void NeededLibraries::add_needs(const DynamicInfo& info, const std::string& path,
                                std::span<const std::string> inherited, Search& search) {
  // DT_RPATH of those who need the needer holds too, unless the needer has a DT_RUNPATH.
  const bool own_alone = !info.run_path.empty() && !info.run_path_is_inherited;
  Needer needer{.path = path, .run_path = info.run_path, .handed_on = {}};
  if (!own_alone) needer.run_path.insert(needer.run_path.end(), inherited.begin(), inherited.end());
  if (info.run_path_is_inherited) needer.handed_on = info.run_path;
  needer.handed_on.insert(needer.handed_on.end(), inherited.begin(), inherited.end());
  if (needer.handed_on.size() > kMostDirectories) needer.handed_on.resize(kMostDirectories);
  for (const std::string& name : info.needed) {
    if (search.queue.size() >= kMostNames) break;
    search.queue.push_back({name, search.needers.size()});
  }
  search.needers.push_back(std::move(needer));
}

// The library, or null; `path` becomes where it is.
KnownLibrary* NeededLibraries::open(const Waiting& waiting, Search& search, std::string& path) {
  const Needer& needer = search.needers[waiting.needer];
  for (const std::string& place : search.library_search.places(waiting.name, needer.path, needer.run_path)) {
    if (search.places_left == 0) return nullptr;
    --search.places_left;
    std::error_code error;
    if (!fs::is_regular_file(place, error)) continue;
    const fs::path real = fs::canonical(place, error);
    if (error) continue;
    const uint64_t bytes = fs::file_size(real, error);
    if (error || bytes > search.bytes_left) continue;
    search.bytes_left -= bytes;
    path = real.string();
    const auto [entry, is_new] = known_.try_emplace(path);
    KnownLibrary& library = entry->second;
    if (is_new) {
      Result<FileParts> file = FileParts::open(path);
      if (file) {
        Result<DynamicInfo> info = read_dynamic_info(path, std::move(*file));
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
  std::optional<LibrarySearch> library_search = LibrarySearch::around(path_, arch_);
  if (!library_search) return {};
  Search search{std::move(*library_search), {}, {}, kMostPlaces, kMostBytes};
  std::vector<std::string> never, open_questions = sorted_once(functions);
  std::set<std::string> names, paths;
  add_needs(*own, path_, {}, search);
  for (size_t i = 0; i < search.queue.size() && !open_questions.empty() && paths.size() < kMostLibraries; ++i) {
    const Waiting waiting = search.queue[i];
    if (!names.insert(waiting.name).second) continue;
    std::string path;
    KnownLibrary* library = open(waiting, search, path);
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
    const std::vector<std::string> handed_on = search.needers[waiting.needer].handed_on;
    add_needs(*library->dynamic, path, handed_on, search);
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
  Result<FileParts> file = FileParts::open(path);
  const std::vector<std::string> own = file ? defined_functions(std::move(*file), asked) : std::vector<std::string>();
  for (const std::string& name : asked) library.has[name] = std::ranges::binary_search(own, name);
  if (own.empty()) return;
  const std::vector<uint8_t> never = judge_functions(path, own);
  for (size_t i = 0; i < own.size(); ++i) library.never_returns[own[i]] = never[i] != 0;
}

// By function. A name that stands for several functions (versions of a symbol) says nothing, unless all agree.
std::vector<uint8_t> NeededLibraries::judge_functions(const std::string& path,
                                                      std::span<const std::string> functions) const {
  std::vector<uint8_t> never(functions.size(), 0);
  Result<ObjectFile> object = ObjectFile::load(path);
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
