#include "oracle/witness/program.h"

#include <elf.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>

#include "oracle/witness/unicorn.h"

namespace objhound::oracle::witness {
namespace {

constexpr uint64_t kStackBytes = 8 << 20;
constexpr uint64_t kHighest = 0x7fff'0000'0000;  // below the end of the address space of a process
constexpr uint64_t kMapAreaBegin = 0x7f00'0000'0000;
constexpr unsigned kBlocksBetweenLooks = 4096;  // at the clock

template <typename T>
bool read_at(std::span<const uint8_t> file, uint64_t offset, T& into) {
  if (offset > file.size() || file.size() - offset < sizeof into) return false;
  std::memcpy(&into, file.data() + offset, sizeof into);
  return true;
}

struct PageRange {
  uint64_t begin, end;
  int protection;
};

// Whole pages for every segment; where two share a page they become one range with the rights of both.
std::vector<PageRange> page_ranges(std::span<const Elf64_Phdr> segments) {
  std::vector<PageRange> ranges;
  for (const Elf64_Phdr& segment : segments) {
    const int protection = ((segment.p_flags & PF_R) != 0 ? PROT_READ : 0) |
                           ((segment.p_flags & PF_W) != 0 ? PROT_WRITE : 0) |
                           ((segment.p_flags & PF_X) != 0 ? PROT_EXEC : 0);
    ranges.push_back({page_begin(segment.p_vaddr), page_end(segment.p_vaddr + segment.p_memsz), protection});
  }
  std::ranges::sort(ranges, {}, &PageRange::begin);
  std::vector<PageRange> merged;
  for (const PageRange& range : ranges) {
    if (!merged.empty() && range.begin < merged.back().end) {
      merged.back().end = std::max(merged.back().end, range.end);
      merged.back().protection |= range.protection;
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

// Builds the initial stack from its high end downwards.
class StackWriter {
 public:
  StackWriter(Memory& memory, uint64_t top) : memory_(memory), at_(top) {}
  uint64_t text(std::string_view words) {
    std::vector<uint8_t> bytes(words.begin(), words.end());
    bytes.push_back(0);
    return put(bytes);
  }
  uint64_t put(std::span<const uint8_t> bytes) {
    at_ -= bytes.size();
    ok_ = ok_ && memory_.write(at_, bytes);
    return at_;
  }
  // The words upwards from the new SP, which is aligned as the ABIs want it.
  uint64_t words(std::span<const uint64_t> words) {
    at_ = (at_ & ~uint64_t{15}) - ((words.size() * 8 + 15) & ~uint64_t{15});
    ok_ = ok_ && memory_.write(at_, {reinterpret_cast<const uint8_t*>(words.data()), words.size() * 8});
    return at_;
  }
  bool ok() const { return ok_; }

 private:
  Memory& memory_;
  uint64_t at_;
  bool ok_ = true;
};

}  // namespace

Result<std::unique_ptr<Program>> Program::load(const std::string& name, std::span<const uint8_t> executable,
                                               const Target& target, const RunLimits& limits) {
  if (auto loaded = load_unicorn(); !loaded) return tl::unexpected(loaded.error());
  std::unique_ptr<Program> program(new Program(target, limits));
  const auto mode = static_cast<uc_mode>(target.unicorn_mode);
  if (unicorn().open(static_cast<uc_arch>(target.unicorn_arch), mode, &program->engine_) != UC_ERR_OK ||
      unicorn().ctl(program->engine_, UC_CTL_WRITE(UC_CTL_CPU_MODEL, 1), target.cpu_model) != UC_ERR_OK) {
    return tl::unexpected(Error{name, "the emulator cannot be started", "is there memory left?"});
  }
  if (target.prepare != nullptr) target.prepare(program->engine_);
  program->memory_ = std::make_unique<Memory>(program->engine_, limits.memory_bytes);
  if (auto loaded = program->load_segments(name, executable); !loaded) return tl::unexpected(loaded.error());
  if (!program->make_stack(name))
    return tl::unexpected(
        Error{name, "no memory for the stack of the emulated program", "the memory limit is too low"});
  return program;
}

Program::~Program() {
  if (engine_ != nullptr) unicorn().close(engine_);
}

Result<void> Program::load_segments(const std::string& name, std::span<const uint8_t> file) {
  const auto refuse = [&](std::string what, std::string remedy = "") {
    return tl::unexpected(Error{name, std::move(what), std::move(remedy)});
  };
  Elf64_Ehdr header{};
  if (!read_at(file, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != target_.elf_machine)
    return refuse("no executable for this emulated machine");
  if (header.e_type != ET_EXEC || header.e_phentsize != sizeof(Elf64_Phdr))
    return refuse("no executable with fixed addresses", "link it with -static -no-pie");
  std::vector<Elf64_Phdr> segments;
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment{};
    if (!read_at(file, header.e_phoff + i * sizeof segment, segment)) return refuse("program headers beyond its end");
    if (segment.p_type == PT_INTERP) return refuse("needs shared libraries", "link it with -static");
    if (segment.p_type != PT_LOAD || segment.p_memsz == 0) continue;
    const bool sane = segment.p_filesz <= segment.p_memsz && segment.p_offset <= file.size() &&
                      segment.p_filesz <= file.size() - segment.p_offset && segment.p_vaddr < kMapAreaBegin &&
                      segment.p_memsz < kMapAreaBegin - segment.p_vaddr;
    if (!sane) return refuse(fmt::format("segment {} lies outside of the file or of memory", i));
    segments.push_back(segment);
    if (header.e_phoff - segment.p_offset < segment.p_filesz)
      headers_ = segment.p_vaddr + (header.e_phoff - segment.p_offset);
  }
  for (const PageRange& range : page_ranges(segments)) {
    if (!memory_->map(range.begin, range.end - range.begin, range.protection)) {
      return refuse(
          fmt::format("does not fit into the {} MiB that an emulated program may have", limits_.memory_bytes >> 20),
          "or its segments overlap what cannot be mapped");
    }
    break_begin_ = std::max(break_begin_, range.end);
  }
  for (const Elf64_Phdr& segment : segments) {
    if (!memory_->write(segment.p_vaddr, file.subspan(segment.p_offset, segment.p_filesz)))
      return refuse("segments that do not fit into their pages");
  }
  entry_ = header.e_entry;
  header_count_ = header.e_phnum;
  break_begin_ = break_ = break_begin_ + 16 * kPage;
  map_next_ = kMapAreaBegin;
  return {};
}

bool Program::make_stack(const std::string& name) {
  if (!memory_->map(kHighest - kStackBytes, kStackBytes, PROT_READ | PROT_WRITE | PROT_EXEC)) return false;
  StackWriter writer(*memory_, kHighest - 64);
  const uint64_t file_name = writer.text(name.substr(0, 4000));
  const uint64_t platform = writer.text(target_.machine);
  const uint64_t random = writer.put(std::vector<uint8_t>(16, 0x5a));
  const std::vector<uint64_t> words = {1,           file_name,
                                       0,  // argc, argv
                                       0,  // environment
                                       AT_HWCAP,    target_.hwcap,
                                       AT_PAGESZ,   kPage,
                                       AT_CLKTCK,   100,
                                       AT_PHDR,     headers_,
                                       AT_PHENT,    sizeof(Elf64_Phdr),
                                       AT_PHNUM,    header_count_,
                                       AT_BASE,     0,
                                       AT_FLAGS,    0,
                                       AT_ENTRY,    entry_,
                                       AT_UID,      1000,
                                       AT_EUID,     1000,
                                       AT_GID,      1000,
                                       AT_EGID,     1000,
                                       AT_SECURE,   0,
                                       AT_RANDOM,   random,
                                       AT_HWCAP2,   0,
                                       AT_EXECFN,   file_name,
                                       AT_PLATFORM, platform,
                                       AT_NULL,     0};
  stack_ = writer.words(words);
  return writer.ok() && unicorn().reg_write(engine_, target_.sp, &stack_) == UC_ERR_OK;
}

bool Program::hook(void** handle, int type, void* callback, int instruction) {
  auto* place = reinterpret_cast<uc_hook*>(handle);
  if (instruction >= 0)
    return unicorn().hook_add(engine_, place, type, callback, this, uint64_t{1}, uint64_t{0}, instruction) == UC_ERR_OK;
  return unicorn().hook_add(engine_, place, type, callback, this, uint64_t{1}, uint64_t{0}) == UC_ERR_OK;
}

bool Program::watch(uint64_t begin, uint64_t end, Watcher watcher, void* user) {
  uc_hook handle;
  return unicorn().hook_add(engine_, &handle, UC_HOOK_CODE, reinterpret_cast<void*>(watcher), user, begin, end - 1) ==
         UC_ERR_OK;
}

void Program::on_block(uc_struct*, uint64_t, uint32_t, void* self) {
  Program& program = *static_cast<Program*>(self);
  if (!program.count_one()) return;
  if (++program.blocks_ % kBlocksBetweenLooks == 0 && std::chrono::steady_clock::now() > program.deadline_)
    program.end(Ending::Kind::Time);
}

bool Program::on_bad_access(uc_struct*, int, uint64_t address, int, int64_t, void* self) {
  static_cast<Program*>(self)->ending_.address = address;
  return false;
}

void Program::on_call(uc_struct*, void* self) { static_cast<Program*>(self)->system_call(); }

void Program::on_interrupt(uc_struct*, uint32_t number, void* self) {
  Program& program = *static_cast<Program*>(self);
  if (program.target_.call_instruction < 0 && number == program.target_.call_interrupt) {
    program.system_call();
  } else if (number == program.target_.undefined_interrupt) {
    program.end(Ending::Kind::NotEmulated);
  } else {
    program.end(Ending::Kind::Trapped, static_cast<int>(number));
  }
}

bool Program::count_one() {
  if (++counted_ < limits_.instructions) return true;
  end(Ending::Kind::Instructions);
  return false;
}

void Program::stop() { end(Ending::Kind::Stopped); }

void Program::end(Ending::Kind kind, int code) {
  if (!ended_) {
    ended_ = true;
    ending_.kind = kind;
    ending_.code = code;
  }
  unicorn().emu_stop(engine_);
}

Ending Program::ending_of(int error) {
  unicorn().reg_read(engine_, target_.pc, &ending_.pc);
  if (ended_) return ending_;
  switch (error) {
    case UC_ERR_INSN_INVALID:
    case UC_ERR_EXCEPTION:
      ending_.kind = Ending::Kind::NotEmulated;
      break;
    default:
      ending_.kind = Ending::Kind::Crashed;
  }
  ending_.detail = unicorn().strerror(static_cast<uc_err>(error));
  return ending_;
}

Ending Program::run() {
  void* handles[4];
  const bool hooked = hook(&handles[0], UC_HOOK_BLOCK, reinterpret_cast<void*>(on_block)) &&
                      hook(&handles[1], UC_HOOK_MEM_INVALID, reinterpret_cast<void*>(on_bad_access)) &&
                      hook(&handles[2], UC_HOOK_INTR, reinterpret_cast<void*>(on_interrupt)) &&
                      (target_.call_instruction < 0 ||
                       hook(&handles[3], UC_HOOK_INSN, reinterpret_cast<void*>(on_call), target_.call_instruction));
  if (!hooked) {
    ending_.detail = "the emulator takes no hooks";
    return ending_;
  }
  deadline_ = std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                                     std::chrono::duration<double>(limits_.seconds));
  const uc_err error = unicorn().emu_start(engine_, entry_, target_.address_limit, 0, 0);
  return ending_of(error);
}

}  // namespace objhound::oracle::witness
