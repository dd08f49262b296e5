// The beginning of a program: the little that it needs of the compiler and of the C library. No header is included:
// <stdio.h> alone costs as much as a small program. What the program does not name is left out.

#include <string>
#include <unordered_set>
#include <vector>

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

constexpr std::string_view kAlways = R"(#ifdef __clang__
#define IS_GCC 0
#define IS_CLANG 1
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wpass-failed"
#pragma clang diagnostic ignored "-Wvla-cxx-extension"
#else
#define IS_GCC 1
#define IS_CLANG 0
#endif
#ifdef __x86_64__
#define IS_X86 1
#define IS_ARM 0
#else
#define IS_X86 0
#define IS_ARM 1
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED
#elif IS_CLANG
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Woverflow"
#pragma GCC diagnostic ignored "-Wtautological-compare"
#pragma GCC diagnostic ignored "-Wtype-limits"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wpsabi"
#pragma GCC diagnostic ignored "-Wclobbered"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wmissing-attributes"
#ifdef __cplusplus
#pragma GCC diagnostic ignored "-Wexceptions"
#pragma GCC diagnostic ignored "-Wcatch-value"
#endif
#pragma GCC diagnostic ignored "-Wdangling-pointer"

typedef unsigned char u8;
typedef signed char i8;
typedef unsigned short u16;
typedef short i16;
typedef unsigned int u32;
typedef int i32;
typedef unsigned long long u64;
typedef long long i64;
#ifdef __cplusplus
#define EXTERN_C extern "C"
#else
#define EXTERN_C
#endif
#define UNUSED __attribute__((unused))
#define NOINLINE __attribute__((noinline))
#define NORETURN __attribute__((noreturn))
#define FALLTHROUGH __attribute__((fallthrough))
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#if __has_attribute(noipa)
#define NOIPA __attribute__((noipa))
#else
#define NOIPA __attribute__((noinline))
#endif

EXTERN_C int printf(const char*, ...);
)";

// Each is needed where one of the names in front stands behind it.
struct Piece {
  std::vector<std::string_view> names;
  std::string_view text;
};

// `zero` is 0 in every run, and `fill` and `mix` read and write what they are given; no compiler knows either.
const std::vector<Piece>& pieces() {
  static const std::vector<Piece> kPieces = {
      {{"MUSTTAIL"}, R"(#if __has_attribute(musttail)
#define MUSTTAIL __attribute__((musttail))
#else
#define MUSTTAIL
#endif
)"},
      {{"NOMERGE"}, R"(#if IS_CLANG && __has_attribute(nomerge)
#define NOMERGE __attribute__((nomerge))
#else
#define NOMERGE
#endif
)"},
      {{"HOT_LABEL", "COLD_LABEL"}, R"(#if IS_GCC
#define HOT_LABEL __attribute__((hot))
#define COLD_LABEL __attribute__((cold))
#else
#define HOT_LABEL UNUSED
#define COLD_LABEL UNUSED
#endif
)"},
      {{"UNOPTIMISED"}, "#define UNOPTIMISED IS_CLANG\n"},
      // Clang 14 to 19 crash at this builtin in a function that is not optimised.
      {{"EXPECT"}, R"(#if IS_CLANG && (defined(UNOPTIMISED) || defined(A_NOINLINE_OPTNONE))
#define EXPECT(condition, is, probability) __builtin_expect((condition), is)
#else
#define EXPECT(condition, is, probability) __builtin_expect_with_probability((condition), is, probability)
#endif
)"},
      {{"BIG_ENDIAN_FIELDS"}, R"(#if IS_GCC
#define BIG_ENDIAN_FIELDS __attribute__((scalar_storage_order("big-endian")))
#else
#define BIG_ENDIAN_FIELDS
#endif
)"},
      {{"OWN_JMP_BUF", "OWN_SETJMP", "OWN_LONGJMP", "libc_jmp_buf", "libc_setjmp", "libc_longjmp"},
       R"(typedef u64 libc_jmp_buf[48];
EXTERN_C int libc_setjmp(void*) __asm__("_setjmp") __attribute__((returns_twice));
EXTERN_C void libc_longjmp(void*, int) __asm__("longjmp") NORETURN;
)"},
      {{"OWN_JMP_BUF", "OWN_SETJMP", "OWN_LONGJMP"}, R"(#if IS_CLANG && !IS_X86
#define OWN_JMP_BUF libc_jmp_buf
#define OWN_SETJMP(buffer) libc_setjmp(buffer)
#define OWN_LONGJMP(buffer) libc_longjmp(buffer, 1)
#else
typedef void* own_jmp_buf[5];
#define OWN_JMP_BUF own_jmp_buf
#define OWN_SETJMP(buffer) __builtin_setjmp(buffer)
#define OWN_LONGJMP(buffer) __builtin_longjmp(buffer, 1)
#endif
)"},
      {{"CLOBBERS", "CLOBBERS_MORE", "CLOBBERS_VECTOR"}, R"(#if IS_X86
#define CLOBBERS "rbx", "r12", "r14"
#define CLOBBERS_MORE "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r13", "r15", "cc"
#define CLOBBERS_VECTOR "xmm3", "xmm9"
#else
#define CLOBBERS "x19", "x21", "x27"
#define CLOBBERS_MORE "x1", "x2", "x3", "x8", "x9", "x12", "x16", "x17", "x20", "x22", "x25", "x26", "x28", "cc"
#define CLOBBERS_VECTOR "v3", "v9"
#endif
)"},
      {{"exit"}, "EXTERN_C void exit(int) NORETURN;\n"},
      {{"zero", "die", "shared", "fill", "mix"}, "u32 zero, shared;\n"},
      {{"shared_wide"}, "u64 shared_wide;\n"},
      {{"checksum", "note", "cleaned"}, "static u64 checksum = 14695981039346656037ull;\n"},
      {{"note", "cleaned"}, R"(static NOINLINE void note(u64 value) {
  checksum = (checksum ^ value) * 1099511628211ull;
  checksum ^= checksum >> 29;
}
)"},
      {{"fill"}, R"(static UNUSED NOIPA void fill(void* memory, u32 bytes, u32 salt) {
  u8* byte = (u8*)memory;
  u32 i;
  for (i = 0; i < bytes; ++i) {
    salt = salt * 1103515245u + 12345u;
    byte[i] = (u8)(salt >> 16);
  }
}
)"},
      {{"mix"}, R"(static UNUSED NOIPA u32 mix(void* memory, u32 bytes, u32 salt) {
  u8* byte = (u8*)memory;
  u32 i;
  for (i = 0; i < bytes; ++i) {
    salt = salt * 31u + byte[i];
    byte[i] = (u8)(byte[i] ^ (salt >> 7));
  }
  return salt;
}
)"},
      {{"cleaned"}, "static UNUSED void cleaned(u32* value) { note(*value); }\n"},
      {{"die"}, R"(static UNUSED NOINLINE __attribute__((cold)) NORETURN void die(u32 code) {
  printf("not reached: %u\n", code);
  exit(3);
}
)"},
      {{"u128"}, "__extension__ typedef unsigned __int128 u128;\n"},
      {{"vec4"}, "typedef u32 vec4 __attribute__((vector_size(16)));\n"},
      {{"vec2"}, "typedef float vec2 __attribute__((vector_size(8)));\n"},
      {{"of_memory"}, "static const u32 of_memory[4] = {3, 1, 4, 1};\n"},
      {{"three", "of_three"}, R"(struct three {
  u32 a, b, c;
};
static UNUSED struct three of_three(u32 value) {
  struct three made = {value, value ^ 5u, value >> 3};
  return made;
}
)"},
      {{"large", "of_large"}, R"(struct large {
  u64 a[4];
  u8 b;
};
static UNUSED struct large of_large(u32 value) {
  struct large made = {{value, 7, value ^ 9u, 3}, (u8)value};
  return made;
}
)"},
      {{"pair", "of_pair"}, R"(struct pair {
  double a, b;
};
static UNUSED struct pair of_pair(u32 value) {
  struct pair made = {(double)(value & 0xffffu), 3.0};
  return made;
}
)"},
      {{"one_float", "of_float"}, R"(struct one_float {
  float a[3];
};
static UNUSED struct one_float of_float(u32 value) {
  struct one_float made = {{(float)(value & 0xffu), 2.0f, 5.0f}};
  return made;
}
)"},
      {{"Small", "Base", "Other", "Derived"}, R"(struct Small {
  u32 value;
  Small(u32 v) : value(v) {}
};
struct Base {
  u32 value;
  Base(u32 v) : value(v) {}
  Base(const Base& from) : value(from.value + 1) {}
  virtual ~Base() { note(value); }
  virtual u32 get() const { return value; }
};
struct Other {
  u64 other[3];
  virtual ~Other() { note(other[1]); }
  virtual u32 get_other() const { return (u32)other[1]; }
};
struct Derived : Base, Other {
  Derived(u32 v) : Base(v ^ 0x55u) { other[0] = other[1] = other[2] = v; }
  u32 get() const override { return value * 3u; }
  u32 get_other() const override { return (u32)other[2] ^ value; }
};
)"},
      {{"Guard"}, R"(struct Guard {
  u32& value;
  u32 salt;
  Guard(u32& v, u32 s) : value(v), salt(s) {}
  Guard(const Guard&) = delete;
  ~Guard() { value = value * 5u + salt; }
};
)"},
      {{"Loud"}, R"(struct Loud {
  u32 value;
  NOINLINE Loud(u32 v) : value(v) { note(v); }
  NOINLINE Loud(const Loud& from) : value(from.value + 1) {}
  NOINLINE ~Loud() { note(value + 1u); }
};
)"},
  };
  return kPieces;
}

// The names in a text, each once; numbers and keywords are among them.
void add_names(std::string_view text, std::unordered_set<std::string_view>& names) {
  const auto in_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && in_name(text[end])) ++end;
    if (end > at) names.insert(text.substr(at, end - at));
    at = end + 1;
  }
}

}  // namespace

std::string prelude_of(std::string_view text) {
  std::unordered_set<std::string_view> names;
  add_names(text, names);
  // From the last to the first: what a piece needs stands before it.
  std::vector<const Piece*> needed;
  for (size_t i = pieces().size(); i-- > 0;) {
    const Piece& piece = pieces()[i];
    for (const std::string_view name : piece.names) {
      if (!names.contains(name)) continue;
      add_names(piece.text, names);
      needed.push_back(&piece);
      break;
    }
  }
  std::string prelude(kAlways);
  std::unordered_set<std::string> defined;
  for (const Attribute& attribute : attribute_table()) {
    const std::string macro = macro_of(attribute);
    if (names.contains(macro) && defined.insert(macro).second) prelude += definition_of(attribute);
  }
  for (size_t i = needed.size(); i-- > 0;) prelude += needed[i]->text;
  return prelude + "\n";
}

}  // namespace objhound::generator::weave
