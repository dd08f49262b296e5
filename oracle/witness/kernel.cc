// The kernel of the emulated process: the few system calls that a static program makes, served from nothing but its own
// memory. No file is opened, no clock runs, random numbers are always the same: a run can be repeated.

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "oracle/witness/program.h"
#include "oracle/witness/unicorn.h"

namespace objhound::oracle::witness {
namespace {

constexpr uint64_t kLongestWrite = 16 << 20;  // bytes that one call may ask us to look at
constexpr size_t kMostNotes = 20;
constexpr int64_t kThread = 4711;
constexpr uint64_t kStackLimit = 8 << 20;

}  // namespace

void Program::system_call() {
  uint64_t number = 0;
  unicorn().reg_read(engine_, target_.call_number, &number);
  std::array<uint64_t, 6> arguments{};
  for (size_t i = 0; i < arguments.size(); ++i) unicorn().reg_read(engine_, target_.call_arguments[i], &arguments[i]);
  const auto known = std::ranges::find(target_.calls, number, &CallNumber::number);
  int64_t result = -ENOSYS;
  if (known != target_.calls.end()) {
    result = serve(known->call, std::span(arguments).subspan(known->shift));
  } else if (notes_.size() < kMostNotes) {
    const std::string note = fmt::format("system call {} is not emulated", number);
    if (std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(note);
  }
  unicorn().reg_write(engine_, target_.call_result, &result);
}

int64_t Program::serve(SystemCall call, std::span<const uint64_t> arguments) {
  switch (call) {
    case SystemCall::Read:
    case SystemCall::Succeed:
      return 0;
    case SystemCall::Write:
      return write_out(arguments[1], arguments[2]);
    case SystemCall::WriteVector: {
      int64_t total = 0;
      for (uint64_t i = 0; i < std::min<uint64_t>(arguments[2], 1024); ++i) {
        uint64_t base = 0, length = 0;
        if (!memory_->read(arguments[1] + 16 * i, base) || !memory_->read(arguments[1] + 16 * i + 8, length))
          return -EFAULT;
        const int64_t written = write_out(base, length);
        if (written < 0) return written;
        total += written;
      }
      return total;
    }
    case SystemCall::Exit:
      end(Ending::Kind::Exited, static_cast<int>(arguments[0] & 0xff));
      return 0;
    case SystemCall::Kill:
      end(Ending::Kind::Signalled, static_cast<int>(arguments[0] & 0x7f));
      return 0;
    case SystemCall::Break:
      return set_break(arguments[0]);
    case SystemCall::Map:
      return map_anonymous(arguments);
    case SystemCall::Remap:
      return -ENOMEM;
    case SystemCall::Unmap:
      memory_->unmap(arguments[0], page_end(arguments[1]));  // a part of a mapping stays: the limit counts it
      return 0;
    case SystemCall::ThreadPointer:
      if (arguments[0] != target_.set_thread_pointer) return -EINVAL;
      unicorn().reg_write(engine_, target_.thread_pointer, &arguments[1]);
      return 0;
    case SystemCall::SetTid:
      return kThread;
    case SystemCall::Limits:
    case SystemCall::ProcessLimits: {
      const uint64_t resource = arguments[call == SystemCall::Limits ? 0 : 1];
      const uint64_t place = arguments[call == SystemCall::Limits ? 1 : 3];
      constexpr uint64_t kStackResource = 3;  // RLIMIT_STACK
      const std::array<uint64_t, 2> limit = {resource == kStackResource ? kStackLimit : ~uint64_t{0}, ~uint64_t{0}};
      if (place == 0) return 0;
      return memory_->write(place, {reinterpret_cast<const uint8_t*>(limit.data()), sizeof limit}) ? 0 : -EFAULT;
    }
    case SystemCall::Random: {
      std::vector<uint8_t> bytes(std::min<uint64_t>(arguments[1], 256));
      for (uint8_t& byte : bytes) byte = static_cast<uint8_t>((random_ = random_ * 6364136223846793005 + 1) >> 56);
      return memory_->write(arguments[0], bytes) ? static_cast<int64_t>(bytes.size()) : -EFAULT;
    }
    case SystemCall::Name:
      return name_machine(arguments[0]);
    case SystemCall::ReadLink:
      return -ENOENT;
    case SystemCall::NotATerminal:
      return -ENOTTY;
    case SystemCall::Clock: {
      const std::array<uint64_t, 2> time = {1'000'000'000, 0};
      return memory_->write(arguments[1], {reinterpret_cast<const uint8_t*>(time.data()), sizeof time}) ? 0 : -EFAULT;
    }
    case SystemCall::Refuse:
      break;
  }
  return -ENOSYS;
}

int64_t Program::write_out(uint64_t address, uint64_t count) {
  if (count > kLongestWrite) return -EINVAL;
  for (uint64_t done = 0; done < count;) {  // page by page: a buffer may reach over mappings that were made one by one
    const uint64_t size = std::min(count - done, page_end(address + done + 1) - (address + done));
    const uint8_t* bytes = memory_->at(address + done, size);
    if (bytes == nullptr) return -EFAULT;
    const size_t room = limits_.output_bytes - std::min(limits_.output_bytes, output_.size());
    output_.append(reinterpret_cast<const char*>(bytes), std::min<size_t>(room, size));
    done += size;
  }
  return static_cast<int64_t>(count);
}

int64_t Program::map_anonymous(std::span<const uint64_t> arguments) {
  const uint64_t size = page_end(arguments[1]);
  if (arguments[1] == 0 || size == 0) return -EINVAL;
  if ((arguments[3] & MAP_ANONYMOUS) == 0 || (arguments[3] & MAP_FIXED) != 0) return -ENODEV;
  if (!memory_->map(map_next_, size, PROT_READ | PROT_WRITE | PROT_EXEC)) {
    const std::string note =
        fmt::format("the program reached the limit of {} MiB of memory", limits_.memory_bytes >> 20);
    if (std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(note);
    return -ENOMEM;
  }
  const uint64_t address = map_next_;
  map_next_ += size + kPage;  // a hole behind each: what runs over it is seen
  return static_cast<int64_t>(address);
}

int64_t Program::set_break(uint64_t address) {
  const auto now = static_cast<int64_t>(break_);
  if (address < break_begin_ || address >= break_begin_ + limits_.memory_bytes) return now;
  const uint64_t from = page_end(break_), to = page_end(address);
  if (to > from && !memory_->map(from, to - from, PROT_READ | PROT_WRITE)) return now;
  break_ = std::max(break_, address);  // what was given is not taken back
  return static_cast<int64_t>(address);
}

int64_t Program::name_machine(uint64_t address) {
  constexpr size_t kField = 65;  // bytes, of struct utsname
  std::array<uint8_t, 6 * kField> names{};
  const auto put = [&](size_t field, std::string_view text) {
    std::copy(text.begin(), text.end(), names.begin() + static_cast<ptrdiff_t>(field * kField));
  };
  put(0, "Linux");
  put(1, "witness");
  put(2, "6.1.0");
  put(3, "#1");
  put(4, target_.machine);
  return memory_->write(address, names) ? 0 : -EFAULT;
}

}  // namespace objhound::oracle::witness
