#include "harness/versions.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "harness/flags/catalogue.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;

// "aarch64-linux-gnu-gcc-12" is "aarch64-linux-gnu-gcc-" and "12".
struct Versioned {
  std::string stem, number;
};
std::optional<Versioned> split_version(const std::string& name) {
  const size_t dash = name.rfind('-');
  if (dash == name.npos || dash + 1 == name.size() || name.find_first_not_of("0123456789", dash + 1) != name.npos)
    return {};
  return Versioned{name.substr(0, dash + 1), name.substr(dash + 1)};
}

std::vector<std::string> folders_of(std::string_view search_path) {
  std::vector<std::string> folders;
  while (!search_path.empty()) {
    const size_t colon = std::min(search_path.find(':'), search_path.size());
    if (colon > 0) folders.emplace_back(search_path.substr(0, colon));
    search_path.remove_prefix(std::min(colon + 1, search_path.size()));
  }
  return folders;
}

// The versions of the stem in the folders, within the bounds; ascending.
std::set<unsigned> installed(const std::string& stem, const std::vector<std::string>& folders,
                             std::pair<unsigned, unsigned> bounds) {
  std::set<unsigned> versions;
  for (const std::string& folder : folders) {
    std::error_code ignored;
    for (const fs::directory_entry& file : fs::directory_iterator(folder, ignored)) {
      const auto name = split_version(file.path().filename().string());
      unsigned version = 0;
      if (!name || name->stem != stem || access(file.path().c_str(), X_OK) != 0) continue;
      std::from_chars(name->number.data(), name->number.data() + name->number.size(), version);
      if (bounds.first <= version && version <= bounds.second) versions.insert(version);
    }
  }
  return versions;
}

std::string renamed(const std::string& name, const std::string& from, const std::string& to) {
  const size_t at = name.find(from);
  return at == name.npos ? name + "-" + to : name.substr(0, at) + to + name.substr(at + from.size());
}

}  // namespace

std::vector<CompilerConfig> other_versions(const Config& config, std::string_view search_path) {
  std::set<std::pair<std::string, std::string>> known;  // path, architecture
  std::set<std::string> names;
  for (const CompilerConfig& compiler : config.compilers) {
    known.emplace(compiler.path, compiler.arch);
    names.insert(compiler.name);
  }
  const Catalogue& catalogue = config.swarm.flags ? *config.swarm.flags : Catalogue::built_in();
  std::vector<CompilerConfig> others;
  for (const CompilerConfig& compiler : config.compilers) {
    const fs::path path = compiler.path;
    const auto name = split_version(path.filename().string());
    if (!name) continue;
    const Family family = name->stem.find("clang") != std::string::npos ? Family::Clang : Family::Gcc;
    const std::vector<std::string> folders =
        path.has_parent_path() ? std::vector{path.parent_path().string()} : folders_of(search_path);
    for (unsigned version : installed(name->stem, folders, catalogue.versions(family))) {
      CompilerConfig other;
      const std::string number = std::to_string(version);
      other.path = (path.parent_path() / (name->stem + number)).string();
      other.name = renamed(compiler.name, name->number, number);
      other.arch = compiler.arch;
      other.flags = compiler.flags;
      if (known.emplace(other.path, other.arch).second && names.insert(other.name).second) others.push_back(other);
    }
  }
  return others;
}

}  // namespace objhound::harness
