// Unicorn, loaded when a program is first to be run: to start with it would cost every check of an object, which has no
// use for it, a third of the time to start.
#pragma once

#include <unicorn/unicorn.h>

#include "oracle/error.h"

namespace objhound::oracle::witness {

// The functions that are used; names and meaning are Unicorn's.
struct Unicorn {
  decltype(&uc_open) open;
  decltype(&uc_close) close;
  decltype(&uc_ctl) ctl;
  decltype(&uc_strerror) strerror;
  decltype(&uc_reg_read) reg_read;
  decltype(&uc_reg_write) reg_write;
  decltype(&uc_reg_read_batch) reg_read_batch;
  decltype(&uc_mem_map_ptr) mem_map_ptr;
  decltype(&uc_mem_unmap) mem_unmap;
  decltype(&uc_hook_add) hook_add;
  decltype(&uc_emu_start) emu_start;
  decltype(&uc_emu_stop) emu_stop;
};

// Loads the library; it stays loaded. Fails if it is not installed, or is another one than this was built with.
Result<void> load_unicorn();
// REQUIRES: load_unicorn() has succeeded.
const Unicorn& unicorn();

}  // namespace objhound::oracle::witness
