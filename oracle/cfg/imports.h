// Whom a linked file calls when it calls a stub. Functions of other files are reached through a slot that the dynamic
// linker fills: directly (-fno-plt), or by way of a stub of the procedure linkage table, a few instructions that load
// the slot and jump. The slot's relocation tells whom it stands for.
#pragma once

#include <map>
#include <optional>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

class Imports {
 public:
  explicit Imports(const CodeView& view) : view_(view) {}

  // The function whose address the dynamic linker puts into the slot: one that it knows by name, or one of this file
  // in a slot that nobody writes later. Nothing if that is not known.
  std::optional<Callee> in_slot(Place slot) const;
  // The same for the stub that stands at the place of a linked file, in what is `function` (kNoIndex: in none); nothing
  // if there is none.
  std::optional<Callee> behind_stub(Place place, uint32_t function);

 private:
  std::optional<Callee> follow(Place place) const;

  const CodeView& view_;
  std::map<Place, std::optional<Callee>> known_;
};

}  // namespace objhound::oracle
