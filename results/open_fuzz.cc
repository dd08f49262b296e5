// Any bytes as a database: opened, read through every query, merged. Nothing may crash; errors are fine.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "results/report.h"
#include "results/store.h"

using objhound::results::Store;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string path =
      std::filesystem::temp_directory_path().string() + "/objhound-open-fuzz-" + std::to_string(getpid()) + ".db";
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  if (const auto store = Store::open_read_only(path)) {
    (void)objhound::results::html_report(*store, 0);
    (void)objhound::results::terminal_summary(*store, 1);
    (void)objhound::results::list_json(*store);
    (void)objhound::results::show_text(*store, 1);
    (void)store->object_of(1);
    (void)store->done(1);
  }
  for (const char* rest : {"", "-wal", "-shm"}) std::filesystem::remove(path + rest);
  return 0;
}
