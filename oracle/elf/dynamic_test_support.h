// Shared objects made by hand, as the dynamic linker sees them: program headers, a dynamic section, strings, symbols, a
// hash table. No section headers, no code.
#pragma once

#include <llvm/BinaryFormat/ELF.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "oracle/arch.h"

namespace objhound::oracle::test {

struct DynamicFile {
  uint16_t machine = all_archs().front()->elf_machine;
  std::vector<std::string> needed = {};
  std::string old_run_path = {};                               // DT_RPATH, if there is any
  std::vector<std::pair<std::string, uint32_t>> symbols = {};  // functions: name, and where it is instead if not 0
  std::vector<uint32_t> hash = {};                             // DT_GNU_HASH; empty: a DT_HASH that counts them
  std::vector<std::pair<uint64_t, uint64_t>> notes = {};       // offset and size in the file
  std::vector<std::pair<int64_t, uint64_t>> further = {};      // entries of the dynamic section, in front of the others

  std::vector<uint8_t> bytes() const {
    using namespace llvm::ELF;
    std::string strings(1, '\0');
    const auto add = [&](const std::string& text) {
      const uint64_t at = strings.size();
      strings += text + '\0';
      return at;
    };
    std::vector<Elf64_Dyn> entries;
    const auto entry = [&](int64_t tag, uint64_t value) {
      Elf64_Dyn dyn{};
      dyn.d_tag = tag;
      dyn.d_un.d_val = value;
      entries.push_back(dyn);
    };
    for (const auto& [tag, value] : further) entry(tag, value);
    for (const std::string& name : needed) entry(DT_NEEDED, add(name));
    if (!old_run_path.empty()) entry(DT_RPATH, add(old_run_path));
    std::vector<Elf64_Sym> table(1);
    for (const auto& [name, elsewhere] : symbols) {
      Elf64_Sym symbol{};
      symbol.st_name = elsewhere ? elsewhere : static_cast<uint32_t>(add(name));
      symbol.st_shndx = 1;
      symbol.setBindingAndType(STB_GLOBAL, STT_FUNC);
      table.push_back(symbol);
    }
    std::vector<uint32_t> words = hash;
    if (words.empty()) words = {1, static_cast<uint32_t>(table.size())};

    std::vector<Elf64_Phdr> headers(2 + notes.size());
    uint64_t end = sizeof(Elf64_Ehdr) + headers.size() * sizeof(Elf64_Phdr);
    const auto place = [&](uint64_t size) { return std::exchange(end, end + size); };
    const uint64_t strings_at = place(strings.size()), table_at = place(table.size() * sizeof(Elf64_Sym)),
                   words_at = place(words.size() * sizeof(uint32_t));
    entry(DT_STRTAB, strings_at);
    entry(DT_STRSZ, strings.size());
    entry(DT_SYMTAB, table_at);
    entry(hash.empty() ? DT_HASH : DT_GNU_HASH, words_at);
    entry(DT_NULL, 0);
    const uint64_t entries_at = place(entries.size() * sizeof(Elf64_Dyn));

    headers[0].p_type = PT_LOAD;
    headers[0].p_filesz = headers[0].p_memsz = end;
    headers[1].p_type = PT_DYNAMIC;
    headers[1].p_offset = headers[1].p_vaddr = entries_at;
    headers[1].p_filesz = headers[1].p_memsz = entries.size() * sizeof(Elf64_Dyn);
    for (size_t i = 0; i < notes.size(); ++i) {
      headers[2 + i].p_type = PT_NOTE;
      headers[2 + i].p_offset = notes[i].first;
      headers[2 + i].p_filesz = notes[i].second;
    }
    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, "\177ELF\2\1\1", 7);
    header.e_type = ET_DYN;
    header.e_machine = machine;
    header.e_version = 1;
    header.e_ehsize = header.e_phoff = sizeof header;
    header.e_phentsize = sizeof(Elf64_Phdr);
    header.e_phnum = static_cast<uint16_t>(headers.size());

    std::vector<uint8_t> file(end);
    const auto put = [&](uint64_t at, const void* from, size_t size) { std::memcpy(file.data() + at, from, size); };
    put(0, &header, sizeof header);
    put(sizeof header, headers.data(), headers.size() * sizeof(Elf64_Phdr));
    put(strings_at, strings.data(), strings.size());
    put(table_at, table.data(), table.size() * sizeof(Elf64_Sym));
    put(words_at, words.data(), words.size() * sizeof(uint32_t));
    put(entries_at, entries.data(), entries.size() * sizeof(Elf64_Dyn));
    return file;
  }
};

}  // namespace objhound::oracle::test
