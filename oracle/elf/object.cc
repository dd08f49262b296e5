// The public face of an ELF file: how it comes into memory, and the questions about places that every later stage
// asks. Parsing stands in reader.cc, functions and their fragments in functions.cc.

#include "oracle/elf/object.h"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "oracle/elf/file_bytes.h"
#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

Result<void> build(ElfImage& image) {
  if (Result<void> read = read_elf(image); !read) return read;
  return build_functions(image);
}

// Runs `step`, and turns what the standard library throws into an Error: no exception leaves this folder.
template <typename Step>
Result<void> guarded(const std::string& path, Step step) {
  try {
    return step();
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{path, "does not fit into memory", "check it on a machine with more"});
  } catch (const std::length_error&) {
    return tl::unexpected(Error{path, "does not fit into memory", "check it on a machine with more"});
  }
}

}  // namespace

struct ObjectFile::Impl {
  ElfImage image;
  bool from_file = false;
};

ObjectFile::ObjectFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ObjectFile::ObjectFile(ObjectFile&&) noexcept = default;
ObjectFile& ObjectFile::operator=(ObjectFile&&) noexcept = default;
ObjectFile::~ObjectFile() = default;

Result<ObjectFile> ObjectFile::load(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  impl->from_file = true;
  ElfImage& image = impl->image;
  image.path = path;
  const auto take = [&](Result<FileBytes> file) -> Result<void> {
    if (!file) return tl::unexpected(file.error());
    image.storage = std::move(file->storage);
    image.size = file->size;
    return {};
  };
  // What is given by mistake may be large; its first bytes tell.
  constexpr size_t kHead = 64;  // bytes; an ELF header
  Result<void> loaded = take(FileBytes::read_head(path, kHead)).and_then([&] { return identify_elf(image); });
  if (loaded) loaded = take(FileBytes::read(path));
  if (!loaded) return tl::unexpected(loaded.error());
  Result<void> done = guarded(path, [&] { return build(image); });
  if (!done) return tl::unexpected(done.error());
  return ObjectFile(std::move(impl));
}

Result<ObjectFile> ObjectFile::parse(std::string name, std::span<const uint8_t> bytes) {
  auto impl = std::make_unique<Impl>();
  ElfImage& image = impl->image;
  image.path = std::move(name);
  Result<void> done = guarded(image.path, [&] {
    image.storage = std::make_unique_for_overwrite<uint8_t[]>(bytes.size());
    std::ranges::copy(bytes, image.storage.get());
    image.size = bytes.size();
    return build(image);
  });
  if (!done) return tl::unexpected(done.error());
  return ObjectFile(std::move(impl));
}

const std::string& ObjectFile::path() const { return impl_->image.path; }
bool ObjectFile::from_file() const { return impl_->from_file; }
std::span<const uint8_t> ObjectFile::bytes() const { return impl_->image.bytes(); }
const Arch& ObjectFile::arch() const { return *impl_->image.arch; }
bool ObjectFile::relocatable() const { return impl_->image.relocatable; }
std::span<const Section> ObjectFile::sections() const { return impl_->image.sections; }
std::span<const Symbol> ObjectFile::symbols() const { return impl_->image.symbols; }
std::span<const Function> ObjectFile::functions() const { return impl_->image.functions; }

namespace {

// One past the last function that starts at or before the place.
size_t functions_up_to(const std::vector<Function>& functions, Place place) {
  auto later = [](const Place& p, const Function& f) {
    return p.section != f.section ? p.section < f.section : p.offset < static_cast<int64_t>(f.offset);
  };
  return static_cast<size_t>(std::upper_bound(functions.begin(), functions.end(), place, later) - functions.begin());
}

}  // namespace

uint32_t ObjectFile::function_at(Place place) const {
  // Functions hardly ever overlap, and then a few deep; the bound is for files that are made to hurt.
  constexpr int kMaxNesting = 64;
  const ElfImage& image = impl_->image;
  const size_t after = functions_up_to(image.functions, place);
  uint32_t index = after == 0 ? kNoIndex : static_cast<uint32_t>(after - 1);
  for (int depth = 0; index != kNoIndex && depth < kMaxNesting; depth++) {
    const Function& function = image.functions[index];
    if (function.section != place.section) return kNoIndex;
    if (place.offset < static_cast<int64_t>(function.end())) return index;
    index = image.enclosing[index];
  }
  return kNoIndex;
}

uint32_t ObjectFile::function_starting_at(Place place) const {
  const std::vector<Function>& functions = impl_->image.functions;
  const size_t after = functions_up_to(functions, place);
  if (after == 0) return kNoIndex;
  const Function& function = functions[after - 1];
  const bool starts = function.section == place.section && static_cast<int64_t>(function.offset) == place.offset;
  return starts ? static_cast<uint32_t>(after - 1) : kNoIndex;
}

Result<void> ObjectFile::add_described_code(std::span<const CodeExtent> extents) {
  return guarded(path(), [&] { return build_functions(impl_->image, extents); });
}

Place place_of_address(const ElfImage& image, uint64_t address) {
  const auto& order = image.sections_by_address;
  auto begins_after = [&](uint64_t a, uint32_t section) { return a < image.sections[section].address; };
  const auto after = std::upper_bound(order.begin(), order.end(), address, begins_after);
  if (after == order.begin()) return {};
  const uint32_t section = *(after - 1);
  const uint64_t offset = address - image.sections[section].address;
  if (offset >= image.sections[section].size) return {};
  return {section, static_cast<int64_t>(offset)};
}

Place ObjectFile::place_of_address(uint64_t address) const { return oracle::place_of_address(impl_->image, address); }

std::vector<std::string> ObjectFile::recorded_command_lines() const {
  return read_recorded_command_lines(impl_->image);
}

std::vector<std::string> ObjectFile::declared_noreturn() const { return read_declared_noreturn(impl_->image); }

std::span<const Relocation> Section::relocations_in(uint64_t from, uint64_t to) const {
  auto before = [](const Relocation& r, uint64_t offset) { return r.offset < offset; };
  const auto first = std::lower_bound(relocations.begin(), relocations.end(), from, before);
  const auto last = std::lower_bound(first, relocations.end(), to, before);
  return {first, last};
}

}  // namespace objhound::oracle
