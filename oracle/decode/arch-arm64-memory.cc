// The arm64 lift, chapter 2: loads and stores of one or two registers in every addressing mode, acquire and release
// forms, exclusives and atomics, memory tags.
//
// The operand order of LLVM: first the written-back base (only where there is write-back), then the data registers,
// then base, index or immediate. The registers that a store-exclusive writes its status to come first as well.
//
// What is written to memory is exact; where it is not described (atomics) the bytes are stored as unknown.

#include "oracle/decode/arch-arm64-lift.h"

namespace objhound::oracle::arm64 {
namespace {

enum class Mode : uint8_t {
  Base,      // [Xn]
  Offset,    // [Xn, #imm * step]
  Pre,       // [Xn, #imm * step]!
  Post,      // [Xn], #imm * step
  IndexX,    // [Xn, Xm {, lsl #s}]
  IndexW,    // [Xn, Wm, uxtw|sxtw {#s}]
  Literal,   // pc + imm * 4
  StepPre,   // [Xn, #step]!, not an operand
  StepPost,  // [Xn], #step
};

struct Location {
  Reg base = kNoReg;
  Reg index = kNoReg;
  uint8_t scale = 0;
  bool relocatable = false;
  int64_t imm = 0;
};

bool writes_back(Mode mode) {
  return mode == Mode::Pre || mode == Mode::Post || mode == Mode::StepPre || mode == Mode::StepPost;
}

void emit_load(Context& c, const Form& form, Reg dst, const Location& at, int64_t displacement) {
  bool wide = form.width > 8;  // a Q register: the low half is tracked
  c.emit({.op = Op::Load,
          .width = wide && dst != kNoReg ? uint8_t{8} : form.width,
          .to_width = form.to_width,
          .dst = dst,
          .a = at.base,
          .b = at.index,
          .scale = at.scale,
          .is_signed = form.is_signed,
          .relocatable = at.relocatable,
          .imm = at.imm + displacement});
  if (wide && dst != kNoReg) emit_load(c, Form{.width = 8}, kNoReg, at, displacement + 8);
}

// `operand` is the register stored, or none: some value.
void emit_store(Context& c, uint8_t width, const RegisterFact& data, const Location& at, int64_t displacement) {
  MicroOp op = {.op = data.zero ? Op::StoreConst : Op::Store,
                .width = width,
                .a = at.base,
                .b = at.index,
                .src = data.reg,
                .scale = at.scale,
                .relocatable = at.relocatable,
                .imm = at.imm + displacement};
  bool wide = width > 8 && data.reg != kNoReg;
  if (wide) op.width = 8;
  c.emit(op);
  if (wide) emit_store(c, 8, RegisterFact{}, at, displacement + 8);
}

// The operands after the data registers. Emits the extension of a W index.
Location locate(Context& c, const Form& form, Mode mode) {
  unsigned base = form.first + form.registers;
  if (mode == Mode::Literal) return {.base = kPcReg, .relocatable = true, .imm = c.imm(base) * 4};
  Location at = {.base = c.dst(base)};
  switch (mode) {
    case Mode::Offset:
      at.imm = c.imm(base + 1) * form.step;
      at.relocatable = form.registers == 1 && form.step != 0;
      break;
    case Mode::IndexX:
    case Mode::IndexW:
      if (c.fact(base + 1).zero) break;
      at.index = c.dst(base + 1);
      if (mode == Mode::IndexW) {
        c.emit({.op = c.imm(base + 2) ? Op::Sext : Op::Zext, .width = 4, .dst = kTemp0, .a = at.index});
        at.index = kTemp0;
      }
      if (c.imm(base + 3)) at.scale = static_cast<uint8_t>(__builtin_ctz(form.width));
      break;
    default:
      break;
  }
  return at;
}

// Loads into the pair's registers, the one that holds the address last.
void load_registers(Context& c, const Form& form, const Location& at) {
  auto load = [&](unsigned i) { emit_load(c, form, c.dst(form.first + i), at, int64_t{i} * form.width); };
  bool first_is_base = form.registers == 2 && c.dst(form.first) != kNoReg && c.dst(form.first) == at.base;
  for (unsigned i = 0; i < form.registers; i++) load(first_is_base ? form.registers - 1 - i : i);
}

// One or two registers, every mode. `step` is what LLVM's immediate is multiplied by, or the fixed step.
void access(Context& c, const Form& form) {
  Mode mode = static_cast<Mode>(form.kind);
  Location at = locate(c, form, mode);
  bool fixed = mode == Mode::StepPre || mode == Mode::StepPost;
  int64_t change = fixed ? form.step : c.imm(form.first + form.registers + 1) * form.step;
  // Constrained unpredictable (Arm ARM, K1.1): a written-back base that is data as well, one register loaded twice.
  bool conflict = false;
  for (unsigned i = 0; i < form.registers; i++) conflict |= c.dst(form.first + i) == at.base;
  bool loads_twice = !form.store && form.registers == 2 && c.dst(form.first) == c.dst(form.first + 1);
  if ((writes_back(mode) && conflict) || (loads_twice && c.dst(form.first) != kNoReg)) return lift_unlisted(c);

  if (mode == Mode::Pre || mode == Mode::StepPre) {
    c.emit({.op = Op::Add, .dst = at.base, .a = at.base, .imm = change});
  }
  if (form.store) {
    for (unsigned i = 0; i < form.registers; i++) {
      emit_store(c, form.width, c.fact(form.first + i), at, int64_t{i} * form.width);
    }
  } else {
    load_registers(c, form, at);
  }
  if (mode == Mode::Post || mode == Mode::StepPost) {
    c.emit({.op = Op::Add, .dst = at.base, .a = at.base, .imm = change});
  }
}

// Ws, data, [Xn]: stores or does not, and says which in Ws. Memory afterwards is unknown.
void store_exclusive(Context& c, const Form& form) {
  Location at = {.base = c.dst(form.first + form.registers)};
  emit_store(c, static_cast<uint8_t>(form.width * form.registers), RegisterFact{}, at, 0);
  c.clobber(0);
}

// LDADD and its kin, CAS, CASP: an unknown value is stored at [Xn], the last operand; SWP stores its source. The
// registers written get an unknown value, which is what was in memory.
void atomic(Context& c, const Form& form) {
  Location at = {.base = c.dst(c.operand_count() - 1)};
  RegisterFact data = form.first != 0 ? c.fact(form.first) : RegisterFact{};
  emit_store(c, form.width, data, at, 0);
  for (unsigned i = 0; i < c.desc.getNumDefs(); i++) c.clobber(i);
}

// STG, ST2G, STZG, STZ2G: tags of one or two granules of 16 bytes, which are no data; the Z forms also clear them.
// `registers` granules are cleared. Operands: [write-back base,] tag, base, imm in granules.
void store_tag(Context& c, const Form& form) {
  Mode mode = static_cast<Mode>(form.kind);
  Location at = {.base = c.dst(form.first + 1)};
  int64_t change = c.imm(form.first + 2) * 16;
  if (mode == Mode::Pre) c.emit({.op = Op::Add, .dst = at.base, .a = at.base, .imm = change});
  if (mode == Mode::Offset) at.imm = change;
  RegisterFact zero = {.zero = true};
  for (int i = 0; i < form.registers * 2; i++) emit_store(c, 8, zero, at, int64_t{i} * 8);
  if (mode == Mode::Post) c.emit({.op = Op::Add, .dst = at.base, .a = at.base, .imm = change});
}

// SYS #op1, Cn, Cm, #op2, Xt. DC ZVA and DC GZVA clear a block whose size only the machine knows.
void system_operation(Context& c, const Form&) {
  bool data_cache = c.imm(0) == 3 && c.imm(1) == 7 && c.imm(2) == 4;
  if (data_cache && (c.imm(3) == 1 || c.imm(3) == 4)) c.emit({.op = Op::StoreUnknownSize});
}

// The first of the three instructions that copy or set memory (FEAT_MOPS): CPYP Xd, Xs, Xn; SETP Xd, Xn, Xs. Which
// part of the Xn bytes from Xd each of the three does is the machine's choice, so the first stands for all of it.
// `registers` is the index of Xn.
void memory_operation(Context& c, const Form& form) {
  c.emit({.op = Op::StoreUnknownSize, .width = 1, .a = c.dst(0), .src = c.dst(form.registers)});
  for (unsigned i = 0; i < c.desc.getNumDefs(); i++) c.clobber(i);
  c.flags_lost();
}

void unknown_store(Context& c, const Form&) {
  c.emit({.op = Op::StoreUnknownSize});
  lift_unlisted(c);
}

void nothing(Context&, const Form&) {}

// The kinds of data that a load or store moves, with what LLVM's names call them: LDR<name>ui, LDUR<name>i, LDP<name>i;
// LDTR<part>i; LDAPUR<acquire>i and STLUR<release>i.
struct Data {
  std::string_view name;
  std::string_view part, acquire, release;  // empty acquire: W; empty part or release: there is no such form
  uint8_t width;                            // bytes in memory
  bool store = true;
  bool literal = false;
  bool is_signed = false;
  uint8_t to_width = 8;
};
constexpr Data kData[] = {
    {"BB", "B", "B", "B", 1},
    {"HH", "H", "H", "H", 2},
    {"W", "W", "", "W", 4, true, true},
    {"X", "X", "X", "X", 8, true, true},
    {"SBW", "SBW", "SBW", "", 1, false, false, true, 4},
    {"SBX", "SBX", "SBX", "", 1, false, false, true},
    {"SHW", "SHW", "SHW", "", 2, false, false, true, 4},
    {"SHX", "SHX", "SHX", "", 2, false, false, true},
    {"SW", "SW", "SW", "", 4, false, true, true},
    {"B", "", "b", "b", 1},
    {"H", "", "h", "h", 2},
    {"S", "", "s", "s", 4, true, true},
    {"D", "", "d", "d", 8, true, true},
    {"Q", "", "q", "q", 16, true, true},
};

Form form_of(const Data& data, bool store, Mode mode, int step) {
  return {.lift = access,
          .width = data.width,
          .kind = kind(mode),
          .store = store,
          .is_signed = data.is_signed,
          .to_width = data.to_width,
          .first = static_cast<uint8_t>(writes_back(mode) ? 1 : 0),
          .step = static_cast<int16_t>(step)};
}

// LDR, STR, LDUR, STUR and the unprivileged and ordered forms with an offset.
void add_single_registers(FormTable& table) {
  for (const Data& data : kData) {
    for (bool store : {false, true}) {
      if (store && !data.store) continue;
      auto add = [&](std::initializer_list<std::string_view> opcode, Mode mode, int step = 1) {
        table.add(opcode, form_of(data, store, mode, step));
      };
      std::string_view scaled = store ? "STR" : "LDR", unscaled = store ? "STUR" : "LDUR";
      add({scaled, data.name, "ui"}, Mode::Offset, data.width);
      add({scaled, data.name, "pre"}, Mode::Pre);
      add({scaled, data.name, "post"}, Mode::Post);
      add({scaled, data.name, "roX"}, Mode::IndexX);
      add({scaled, data.name, "roW"}, Mode::IndexW);
      add({unscaled, data.name, "i"}, Mode::Offset);
      if (data.literal && !store) add({scaled, data.name, "l"}, Mode::Literal);
      if (!data.part.empty()) add({store ? "STTR" : "LDTR", data.part, "i"}, Mode::Offset);
      add({store ? "STLUR" : "LDAPUR", store ? data.release : data.acquire, "i"}, Mode::Offset);
    }
  }
}

// LDP, STP and the non-temporal forms; LDPSW; STGP stores a pair of X registers and their tag.
void add_pairs(FormTable& table) {
  auto add = [&](std::initializer_list<std::string_view> opcode, const Data& data, bool store, Mode mode, int step) {
    Form form = form_of(data, store, mode, step);
    form.registers = 2;
    table.add(opcode, form);
  };
  for (const Data& data : kData) {
    if (data.width < 4) continue;
    for (bool store : {false, true}) {
      if (store && !data.store) continue;
      std::string_view verb = store ? "STP" : "LDP";
      add({verb, data.name, "i"}, data, store, Mode::Offset, data.width);
      add({verb, data.name, "pre"}, data, store, Mode::Pre, data.width);
      add({verb, data.name, "post"}, data, store, Mode::Post, data.width);
      if (!data.is_signed) add({store ? "STNP" : "LDNP", data.name, "i"}, data, store, Mode::Offset, data.width);
    }
    if (data.name != "X") continue;
    add({"STGPi"}, data, true, Mode::Offset, 16);
    add({"STGPpre"}, data, true, Mode::Pre, 16);
    add({"STGPpost"}, data, true, Mode::Post, 16);
  }
}

// Acquire, release and exclusive forms with a plain base, and the pre- and post-indexed ones of FEAT_LRCPC3.
void add_ordered(FormTable& table) {
  constexpr RegisterSize kSizes[] = {{"B", 1}, {"H", 2}, {"W", 4}, {"X", 8}};
  for (const auto& [size, width] : kSizes) {
    Form load = {.lift = access, .width = width, .kind = kind(Mode::Base)};
    Form store = {.lift = access, .width = width, .kind = kind(Mode::Base), .store = true};
    Form exclusive = {.lift = store_exclusive, .width = width, .store = true, .first = 1};
    for (const char* verb : {"LDXR", "LDAXR", "LDAR", "LDLAR", "LDAPR"}) table.add({verb, size}, load);
    for (const char* verb : {"STLR", "STLLR"}) table.add({verb, size}, store);
    for (const char* verb : {"STXR", "STLXR"}) table.add({verb, size}, exclusive);
    if (width < 4) continue;
    load.registers = store.registers = exclusive.registers = 2;
    for (const char* verb : {"LDXP", "LDAXP", "LDIAPP"}) table.add({verb, size}, load);
    for (const char* verb : {"STXP", "STLXP"}) table.add({verb, size}, exclusive);
    table.add({"STILP", size}, store);
    auto stepped = [&](Form form, Mode m, int step) {
      form.kind = kind(m);
      form.first = 1;
      form.step = static_cast<int16_t>(step);
      return form;
    };
    table.add({"LDIAPP", size, "post"}, stepped(load, Mode::StepPost, 2 * width));
    table.add({"STILP", size, "pre"}, stepped(store, Mode::StepPre, -2 * width));
    load.registers = store.registers = 1;
    table.add({"LDAPR", size, "post"}, stepped(load, Mode::StepPost, width));
    table.add({"STLR", size, "pre"}, stepped(store, Mode::StepPre, -width));
  }
}

// FEAT_LSE.
void add_atomics(FormTable& table) {
  constexpr RegisterSize kSizes[] = {{"B", 1}, {"H", 2}, {"W", 4}, {"X", 8}};
  for (const auto& [size, width] : kSizes) {
    for (const char* order : {"", "A", "L", "AL"}) {
      for (const char* verb : {"LDADD", "LDCLR", "LDEOR", "LDSET", "LDSMAX", "LDSMIN", "LDUMAX", "LDUMIN", "CAS"}) {
        table.add({verb, order, size}, {.lift = atomic, .width = width});
      }
      table.add({"SWP", order, size}, {.lift = atomic, .width = width, .first = 1});
      if (width >= 4) table.add({"CASP", order, size}, {.lift = atomic, .width = static_cast<uint8_t>(2 * width)});
    }
  }
}

// FEAT_MTE.
void add_tags(FormTable& table) {
  for (const auto& [name, cleared] : {std::pair{"STG", 0}, {"ST2G", 0}, {"STZG", 1}, {"STZ2G", 2}}) {
    auto form = [&, granules = cleared](Mode mode) {
      return Form{.lift = store_tag,
                  .kind = kind(mode),
                  .registers = static_cast<uint8_t>(granules),
                  .first = static_cast<uint8_t>(writes_back(mode) ? 1 : 0)};
    };
    table.add({name, "i"}, form(Mode::Offset));
    table.add({name, "PreIndex"}, form(Mode::Pre));
    table.add({name, "PostIndex"}, form(Mode::Post));
  }
}

// FEAT_MOPS, with the hints for unprivileged and non-temporal accesses.
void add_memory_operations(FormTable& table) {
  for (const char* hints : {"", "N", "T", "TN"}) {
    for (const char* verb : {"SETP", "SETGP"}) {
      table.add({verb, hints}, {.lift = memory_operation, .registers = 1});
    }
  }
  for (const char* unprivileged : {"", "WT", "RT", "T"}) {
    for (const char* temporal : {"", "WN", "RN", "N"}) {
      for (const char* verb : {"CPYP", "CPYFP"}) {
        table.add({verb, unprivileged, temporal}, {.lift = memory_operation, .registers = 2});
      }
    }
  }
}

}  // namespace

void add_memory_forms(FormTable& table) {
  add_single_registers(table);
  add_pairs(table);
  add_ordered(table);
  add_atomics(table);
  add_tags(table);
  add_memory_operations(table);
  // LLVM has the barriers down as stores, so that it does not move any across them.
  for (const char* name :
       {"PRFMui", "PRFUMi", "PRFMroX", "PRFMroW", "PRFMl", "RPRFM", "DMB", "DSB", "DSBnXS", "ISB", "CLREX", "TSB"}) {
    table.add({name}, {.lift = nothing});
  }
  // And these down as something else than stores.
  for (const char* name : {"ST64B", "ST64BV", "ST64BV0", "STGM", "STZGM"}) table.add({name}, {.lift = unknown_store});
  table.add({"SYSxt"}, {.lift = system_operation});
}

}  // namespace objhound::oracle::arm64
