#include "oracle/witness/unicorn.h"

#include <dlfcn.h>
#include <fmt/format.h>

namespace objhound::oracle::witness {
namespace {

struct Library {
  Unicorn functions{};
  std::string what;  // is wrong; empty if nothing is

  Library() {
    const std::string name = fmt::format("libunicorn.so.{}", UC_API_MAJOR);
    void* handle = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
      what = fmt::format("cannot load the emulator: {}", dlerror());
      return;
    }
    find(handle, "uc_open", functions.open);
    find(handle, "uc_close", functions.close);
    find(handle, "uc_ctl", functions.ctl);
    find(handle, "uc_strerror", functions.strerror);
    find(handle, "uc_reg_read", functions.reg_read);
    find(handle, "uc_reg_write", functions.reg_write);
    find(handle, "uc_reg_read_batch", functions.reg_read_batch);
    find(handle, "uc_mem_map_ptr", functions.mem_map_ptr);
    find(handle, "uc_mem_unmap", functions.mem_unmap);
    find(handle, "uc_hook_add", functions.hook_add);
    find(handle, "uc_emu_start", functions.emu_start);
    find(handle, "uc_emu_stop", functions.emu_stop);
  }

  template <typename Function>
  void find(void* handle, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(handle, name));
    if (function == nullptr) what = fmt::format("the emulator has no function {}", name);
  }
};

const Library& library() {
  static const Library library;
  return library;
}

}  // namespace

Result<void> load_unicorn() {
  if (library().what.empty()) return {};
  return tl::unexpected(Error{"unicorn", library().what, "install libunicorn"});
}

const Unicorn& unicorn() { return library().functions; }

}  // namespace objhound::oracle::witness
