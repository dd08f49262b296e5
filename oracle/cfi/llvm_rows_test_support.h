// A second reader for tests: LLVM's DWARFDebugFrame and UnwindTable. Rows of valid FDEs must be equal in both.
#pragma once

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/DebugInfo/DWARF/DWARFDebugFrame.h>
#include <llvm/Object/ObjectFile.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "oracle/cfi/rows.h"

namespace objhound::oracle::test {

struct Agreement {
  uint64_t fdes = 0, rows = 0;           // compared
  std::vector<std::string> differences;  // the first few
};

// What LLVM says of a location, as a rule of ours. Expressions are compared by kind alone.
inline RegisterRule rule_from_llvm(const Arch& arch, Reg of, const llvm::dwarf::UnwindLocation& location) {
  using Location = llvm::dwarf::UnwindLocation;
  using Kind = RegisterRule::Kind;
  // Whether the location is the place of the value or the value is not public; its text begins with "[" for a place.
  std::string text;
  llvm::raw_string_ostream stream(text);
  location.dump(stream, {});
  const bool at = stream.str().starts_with("[");
  switch (location.getLocation()) {
    case Location::Undefined:
      return {.of = of, .kind = Kind::Undefined};
    case Location::Same:
      return {.of = of, .kind = Kind::SameValue};
    case Location::CFAPlusOffset:
      return {.of = of, .kind = at ? Kind::AtCfa : Kind::ValueCfa, .offset = location.getOffset()};
    case Location::RegPlusOffset:
      return {.of = of, .kind = Kind::InRegister, .reg = reg_from_dwarf(arch, location.getRegister())};
    case Location::DWARFExpr:
      return {.of = of, .kind = at ? Kind::AtExpression : Kind::ValueExpression};
    default:
      return {.of = of, .kind = Kind::Unsupported};
  }
}

inline Row row_from_llvm(const Arch& arch, const llvm::dwarf::UnwindRow& from) {
  Row row;
  const llvm::dwarf::UnwindLocation& cfa = from.getCFAValue();
  if (cfa.getLocation() == llvm::dwarf::UnwindLocation::RegPlusOffset)
    row.cfa = {CfaRule::Kind::RegisterOffset, reg_from_dwarf(arch, cfa.getRegister()), cfa.getOffset()};
  if (cfa.getLocation() == llvm::dwarf::UnwindLocation::DWARFExpr) row.cfa.kind = CfaRule::Kind::Expression;
  for (Reg reg = 0; reg < arch.registers.size(); reg++) {
    if (arch.registers[reg].dwarf < 0) continue;
    const auto location = from.getRegisterLocations().getRegisterLocation(arch.registers[reg].dwarf);
    if (location) row.rules.push_back(rule_from_llvm(arch, reg, *location));
  }
  if (arch.sign_state_dwarf >= 0) {
    const auto state = from.getRegisterLocations().getRegisterLocation(arch.sign_state_dwarf);
    row.return_address_signed =
        state && state->getLocation() == llvm::dwarf::UnwindLocation::Constant && state->getConstant() == 1;
  }
  return row;
}

// Our row with what LLVM's cannot show taken out.
inline Row without_expressions(Row row) {
  using Kind = RegisterRule::Kind;
  row.cfa.expression = kNoIndex;
  for (RegisterRule& rule : row.rules) {
    if (rule.kind == Kind::AtRegister) rule = {.of = rule.of, .kind = Kind::AtExpression};
    rule.expression = kNoIndex;
  }
  return row;
}

// Compares every FDE of `object` that both can evaluate, row by row, in both directions.
inline Agreement compare_with_llvm(const ObjectFile& object, const CfiTable& table) {
  Agreement agreement;
  auto differ = [&](std::string what) {
    if (agreement.differences.size() < 10) agreement.differences.push_back(std::move(what));
  };
  const llvm::MemoryBufferRef buffer({reinterpret_cast<const char*>(object.bytes().data()), object.bytes().size()},
                                     object.path());
  auto file = llvm::object::ObjectFile::createObjectFile(buffer);
  if (!file) {
    differ(llvm::toString(file.takeError()));
    return agreement;
  }
  const auto context = llvm::DWARFContext::create(**file);
  std::map<std::pair<bool, uint64_t>, const Fde*> ours;  // by section and entry
  std::map<bool, size_t> sections;
  for (const Fde& fde : table.fdes())
    ours[{object.sections()[fde.unwind_section].name == ".eh_frame", fde.entry_offset}] = &fde;
  for (const Section& section : object.sections()) {
    if (section.name == ".eh_frame" || section.name == ".debug_frame") sections[section.name == ".eh_frame"]++;
  }

  for (const bool eh : {true, false}) {
    if (sections[eh] != 1) continue;  // LLVM reads only one
    auto frame = eh ? context->getEHFrame() : context->getDebugFrame();
    if (!frame) {
      llvm::consumeError(frame.takeError());  // gives up the whole section at its first malformed entry
      continue;
    }
    for (const llvm::dwarf::FrameEntry& entry : (*frame)->entries()) {
      const auto* theirs = llvm::dyn_cast<llvm::dwarf::FDE>(&entry);
      const auto found = theirs ? ours.find({eh, entry.getOffset()}) : ours.end();
      if (found == ours.end()) continue;
      const Fde& fde = *found->second;
      const std::string name = fmt::format("{} FDE {:#x}", eh ? ".eh_frame" : ".debug_frame", entry.getOffset());
      auto rows = llvm::dwarf::UnwindTable::create(theirs);
      if (!rows) {
        if (fde.row_count)
          differ(name + ": LLVM rejects it: " + llvm::toString(rows.takeError()));
        else
          llvm::consumeError(rows.takeError());
        continue;
      }
      if (fde.row_count == 0) {
        differ(name + ": only LLVM reads it");
        continue;
      }
      if (fde.size != theirs->getAddressRange()) differ(name + ": sizes differ");
      agreement.fdes++;
      const std::span<const RowStart> starts = table.rows_of(fde);
      size_t our = 0;
      std::set<size_t> matched;
      for (const llvm::dwarf::UnwindRow& row : *rows) {
        const uint64_t offset = row.getAddress() - theirs->getInitialLocation();
        if (offset >= fde.size) continue;
        while (our + 1 < starts.size() && starts[our + 1].offset <= offset) our++;
        if (starts[our].offset == offset) matched.insert(our);
        agreement.rows++;
        const Row mine = without_expressions(table.row(starts[our].row)), other = row_from_llvm(object.arch(), row);
        if (mine != other)
          differ(fmt::format("{} at {:#x}: {} and LLVM {}", name, offset, to_text(mine, table, object.arch()),
                             to_text(other, table, object.arch())));
      }
      if (matched.size() != starts.size()) differ(name + ": rows where LLVM has none");
    }
  }
  return agreement;
}

}  // namespace objhound::oracle::test
