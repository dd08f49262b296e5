#include "harness/files.h"

#include <sys/stat.h>

#include <fstream>

namespace objhound::harness {

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  struct stat status{};
  if (!file || stat(path.c_str(), &status) != 0) return {};
  std::string bytes(static_cast<size_t>(status.st_size), '\0');
  if (!file.read(bytes.data(), status.st_size)) return {};
  return bytes;
}

bool spill(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  return static_cast<bool>(file << text << std::flush);
}

}  // namespace objhound::harness
