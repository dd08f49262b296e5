// Replay: the C files of a directory, one after the other. For corpora, regression suites and other people's
// generators that were run long ago.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "generator/external.h"
#include "generator/words.h"

namespace objhound::generator {
namespace {

constexpr uintmax_t kMaxFileBytes = 64 << 20;

class Replay : public Generator {
 public:
  Replay(std::string directory, std::vector<std::string> files)
      : directory_(std::move(directory)), files_(std::move(files)) {}

  std::string name() const override { return "replay: " + directory_; }
  std::string version() const override { return fmt::format("{} files", files_.size()); }
  uint64_t seed_count() const override { return files_.size(); }

  tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand&) const override {
    if (seed >= files_.size())
      return tl::unexpected(fmt::format("{}: seed {}, but there are only {} files", directory_, seed, files_.size()));
    const std::string path = directory_ + "/" + files_[seed];
    std::error_code error;
    const uintmax_t bytes = std::filesystem::file_size(path, error);
    if (error) return tl::unexpected(path + ": " + error.message());
    if (bytes > kMaxFileBytes) return tl::unexpected(fmt::format("{}: {} bytes are too many", path, bytes));
    std::ifstream file(path, std::ios::binary);

    Program program;
    program.text.assign(std::istreambuf_iterator<char>(file), {});
    if (!file.good() && !file.eof()) return tl::unexpected(path + ": cannot be read");
    program.options = join_words(std::vector<std::string>{"cat", path});
    program.file_name = files_[seed];
    program.include_directories = {directory_};
    return program;
  }

 private:
  std::string directory_;
  std::vector<std::string> files_;
};

}  // namespace

tl::expected<std::unique_ptr<Generator>, std::string> make_replay(const std::string& directory) {
  std::error_code error;
  std::vector<std::string> files;
  // Compilers run elsewhere; the directory must mean the same there.
  const std::string absolute = std::filesystem::weakly_canonical(directory, error).string();
  if (error) return tl::unexpected(fmt::format("replay: {}: {}", directory, error.message()));
  for (std::filesystem::directory_iterator entry(absolute, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->path().extension() == ".c" && entry->is_regular_file(ignored)) files.push_back(entry->path().filename());
  }
  if (error) return tl::unexpected(fmt::format("replay: {}: {}", directory, error.message()));
  if (files.empty()) return tl::unexpected(fmt::format("replay: {}: no file there ends in .c", directory));
  std::sort(files.begin(), files.end());
  return std::make_unique<Replay>(absolute, std::move(files));
}

}  // namespace objhound::generator
