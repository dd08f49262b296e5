#include "oracle/library_search.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "oracle/elf/file_bytes.h"

namespace objhound::oracle {
namespace {

namespace fs = std::filesystem;

// Against configurations that are made to hurt; an honest one has a handful of each.
constexpr unsigned kMostFiles = 64, kDeepest = 8;
constexpr size_t kMostEntries = 4096;  // of a folder
constexpr size_t kMostDirectories = 256, kMostBytes = 64 << 10;

bool is_there(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error) && !error;
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return error ? path : real.string();
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// The files in `folder` whose name fits the pattern, in the order of their names.
std::vector<std::string> matching(const fs::path& folder, const std::string& pattern) {
  std::vector<std::string> paths;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (size_t i = 0; !error && entry != fs::directory_iterator() && i < kMostEntries; entry.increment(error), ++i) {
    const std::string name = entry->path().filename().string();
    if (fnmatch(pattern.c_str(), name.c_str(), FNM_PERIOD) == 0) paths.push_back(entry->path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

LibrarySearch::LibrarySearch(std::string root, const Arch& arch) : root_(std::move(root)), arch_(arch) {
  read_configuration(inside("/etc/ld.so.conf"), 0);
}

std::optional<LibrarySearch> LibrarySearch::around(const std::string& path, const Arch& arch) {
  const std::string linker(arch.dynamic_linker);
  std::string root;
  bool found = false;
  // The nearest one; but where /lib is a link into /usr, /usr is no tree of its own.
  for (fs::path tree = fs::path(real_path(path)).parent_path(); !tree.empty(); tree = tree.parent_path()) {
    const std::string here = tree == tree.root_path() ? "" : tree.string();
    const bool has_linker = is_there(here + linker) && (!found || is_same_file(here + linker, root + linker));
    if (has_linker) root = here;
    found = found || has_linker;
    if (here.empty()) break;
  }
  const std::string cross = fmt::format("/usr/{}", arch.multiarch);
  if (!found && is_there(cross + linker)) {
    root = cross;
    found = true;
  }
  if (!found) return std::nullopt;
  return LibrarySearch(std::move(root), arch);
}

void LibrarySearch::read_configuration(const std::string& file, unsigned depth) {
  if (depth > kDeepest || ++files_read_ > kMostFiles) return;
  const Result<FileBytes> text = FileBytes::read_head(file, kMostBytes);
  if (!text) return;
  std::string_view rest(reinterpret_cast<const char*>(text->bytes().data()), text->bytes().size());
  while (!rest.empty() && configured_.size() < kMostDirectories) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    line = without_blanks(line.substr(0, line.find('#')));
    constexpr std::string_view kInclude = "include";
    if (line.starts_with(kInclude) && line.size() > kInclude.size()) {
      // Patterns stand for names of files, in ld.so.conf.d; a walk through all folders of a system is none of ours.
      const std::string text(without_blanks(line.substr(kInclude.size())));
      const fs::path pattern = text.starts_with('/') ? fs::path(inside(text)) : fs::path(file).parent_path() / text;
      for (const std::string& included : matching(pattern.parent_path(), pattern.filename().string()))
        read_configuration(included, depth + 1);
    } else if (line.starts_with('/')) {
      configured_.push_back(inside(std::string(line)));
    }
  }
}

// $ORIGIN, $LIB and $PLATFORM, with and without braces.
std::vector<std::string> LibrarySearch::expanded(const std::string& directory, const std::string& origin) const {
  std::vector<std::string> all = {directory};
  const auto replace = [&](std::string_view token, std::span<const std::string> values) {
    std::vector<std::string> next;
    for (const std::string& text : all) {
      const size_t at = text.find(token);
      if (at == std::string::npos) {
        next.push_back(text);
        continue;
      }
      for (const std::string& value : values) next.push_back(std::string(text).replace(at, token.size(), value));
    }
    all = std::move(next);
  };
  const std::vector<std::string> lib = {fmt::format("lib/{}", arch_.multiarch), "lib64", "lib"};
  const bool by_origin = directory.find("ORIGIN") != std::string::npos;
  for (std::string_view token : {"$ORIGIN", "${ORIGIN}"}) replace(token, std::span(&origin, 1));
  for (std::string_view token : {"$LIB", "${LIB}"}) replace(token, lib);
  // What is left is no directory (and what does not begin at the root would count from wherever we are).
  std::erase_if(all,
                [](const std::string& text) { return !text.starts_with('/') || text.find('$') != std::string::npos; });
  if (!by_origin) {
    for (std::string& text : all) text = inside(text);
  }
  return all;
}

std::vector<std::string> LibrarySearch::places(const std::string& name, const std::string& needed_by,
                                               std::span<const std::string> run_path) const {
  if (name.empty() || name.find('\0') != std::string::npos) return {};
  if (name.starts_with('/')) return {inside(name)};
  if (name.find('/') != std::string::npos) return {};
  const std::string origin = fs::path(real_path(needed_by)).parent_path().string();
  std::vector<std::string> directories;
  for (const std::string& directory : run_path) {
    if (directories.size() >= kMostDirectories) break;
    std::ranges::move(expanded(directory, origin), std::back_inserter(directories));
  }
  directories.insert(directories.end(), configured_.begin(), configured_.end());
  for (const std::string& base :
       {fmt::format("/lib/{}", arch_.multiarch), fmt::format("/usr/lib/{}", arch_.multiarch), std::string("/lib64"),
        std::string("/usr/lib64"), std::string("/lib"), std::string("/usr/lib")})
    directories.push_back(inside(base));
  // What is found nowhere, whoever loads the file has loaded before, from a folder of its own: that of the file.
  directories.push_back(origin);
  std::vector<std::string> paths;
  for (const std::string& directory : directories) paths.push_back(directory + "/" + name);
  return paths;
}

}  // namespace objhound::oracle
