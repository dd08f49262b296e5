// Libraries that are asked: where they are looked for, what they answer, and that nothing about them can hurt.

#include "oracle/needed.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "oracle/elf/dynamic_test_support.h"
#include "oracle/file_context.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

// A system of its own: a root with a dynamic linker, and folders to put things in.
class NeededTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "objhound-needed-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = fs::canonical(pattern);
    for (const char* folder : {"lib64", "etc", "usr/bin", "usr/lib", "opt/private", "elsewhere"})
      fs::create_directories(root_ / folder);
    write("lib64/ld-linux-x86-64.so.2", "");
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  std::string at(const std::string& path) const { return (root_ / path).string(); }
  void write(const std::string& path, const std::string& text) const { std::ofstream(at(path)) << text; }
  void link(const std::string& command) const { ASSERT_EQ(std::system(command.c_str()), 0) << command; }

  // libname.so in the folder, with a function that never returns, or one that does.
  void library(const std::string& folder, const std::string& name, bool returns, const std::string& options = "") {
    write("lib.c", returns ? "int counter; void give_up(int a) { counter = a; }\n"
                           : "void abort(void); void give_up(int a) { for (;;) if (a++ == 7) abort(); }\n");
    link(fmt::format("gcc-12 -shared -fPIC -O2 -nostdlib -o {}/lib{}.so {} {} -Wl,-soname,lib{}.so", at(folder), name,
                     at("lib.c"), options, name));
  }
  // A shared object that ends in a call of give_up(), which it takes from the library.
  std::string user(const std::string& options, const std::string& path = "usr/bin/user.so") {
    write("user.c", "_Noreturn void give_up(int); int f(int a) { if (a < 0) give_up(a); return a + 1; }\n");
    link(fmt::format("gcc-12 -shared -fPIC -O2 -nostdlib -o {} {} {}", at(path), at("user.c"), options));
    return at(path);
  }
  std::string needs(const std::string& folder, const std::string& name = "giving") {
    return fmt::format("-L{} -l{}", at(folder), name);
  }

  static std::vector<std::string> unproved(const FileReport& report) {
    std::vector<std::string> reasons;
    for (const UnprovedFunction& function : report.unproved_functions) {
      if (function.reason != Reason::Undescribed)
        reasons.push_back(fmt::format("{} {}", function.function, to_text(function.reason)));
    }
    return reasons;
  }

  FileReport check(const std::string& path) { return oracle_.check_file(path); }

  // What the libraries of a file in usr/bin say of give_up().
  std::vector<std::string> never_return(const std::vector<uint8_t>& bytes) const {
    const Arch& arch = *all_archs().front();
    KnownLibraries known;
    Decoder decoder(arch, {});
    const std::string functions[] = {"give_up"};
    return NeededLibraries(at("usr/bin/user.so"), bytes, arch, decoder, known).never_return(functions);
  }

  fs::path root_;
  Oracle oracle_{CheckOptions{}};
};

TEST_F(NeededTest, ALibraryShowsThatItsFunctionNeverReturns) {
  library("usr/lib", "giving", false);
  const FileReport report = check(user(needs("usr/lib")));
  EXPECT_THAT(unproved(report), IsEmpty());
  ASSERT_EQ(report.libraries.size(), 1u);
  EXPECT_EQ(report.libraries[0].path, at("usr/lib/libgiving.so"));
  EXPECT_EQ(report.libraries[0].build_id.size(), 40u);
  EXPECT_THAT(report.libraries[0].never_return, ElementsAre("give_up"));
}

TEST_F(NeededTest, NobodyIsAskedWhenNobodyShallBe) {
  library("usr/lib", "giving", false);
  Oracle alone(CheckOptions{.flags = {}, .ask_libraries = false});
  const FileReport report = alone.check_file(user(needs("usr/lib")));
  EXPECT_THAT(unproved(report), ElementsAre("f noreturn-unknown"));
  EXPECT_THAT(report.libraries, IsEmpty());
}

TEST_F(NeededTest, AFunctionThatReturnsExplainsNothing) {
  library("usr/lib", "giving", true);
  const FileReport report = check(user(needs("usr/lib")));
  EXPECT_THAT(unproved(report), ElementsAre("f noreturn-unknown"));
  EXPECT_THAT(report.libraries, IsEmpty());
}

TEST_F(NeededTest, TheFirstLibraryThatHasTheFunctionAnswers) {
  library("usr/lib", "first", true);
  library("usr/lib", "second", false);
  EXPECT_THAT(unproved(check(user(needs("usr/lib", "first") + " -Wl,--no-as-needed " + needs("usr/lib", "second")))),
              ElementsAre("f noreturn-unknown"));
  EXPECT_THAT(unproved(check(user(needs("usr/lib", "second") + " -Wl,--no-as-needed " + needs("usr/lib", "first")))),
              IsEmpty());
}

TEST_F(NeededTest, LibrariesAreFoundAsTheDynamicLinkerFindsThem) {
  library("opt/private", "giving", false);
  EXPECT_THAT(unproved(check(user(needs("opt/private")))), ElementsAre("f noreturn-unknown"));
  const std::string options = needs("opt/private") + " -Wl,--enable-new-dtags";
  EXPECT_THAT(unproved(check(user(options + " -Wl,-rpath,'$ORIGIN/../../opt/private'"))), IsEmpty());
  EXPECT_THAT(unproved(check(user(options + " -Wl,-rpath,'${ORIGIN}/../../opt/private'"))), IsEmpty());
  EXPECT_THAT(unproved(check(user(options + " -Wl,-rpath,/opt/private"))), IsEmpty());
  EXPECT_THAT(unproved(check(user(needs("opt/private") + " -Wl,--disable-new-dtags,-rpath,/opt/private"))), IsEmpty());
  fs::create_directories(root_ / "etc/conf.d");
  write("etc/ld.so.conf", "# what is ours\ninclude conf.d/*.conf\n");
  write("etc/conf.d/private.conf", "  /opt/private  # there\n");
  EXPECT_THAT(unproved(check(user(needs("opt/private")))), IsEmpty());
}

TEST_F(NeededTest, ALibraryBesideTheFileIsThatOfWhoeverLoadsBoth) {
  library("opt/private", "giving", false);
  EXPECT_THAT(unproved(check(user(needs("opt/private"), "opt/private/user.so"))), IsEmpty());
}

TEST_F(NeededTest, TheRunPathThatIsHandedOnLeadsToWhatIsNeededInTurn) {
  library("opt/private", "giving", false);
  link(fmt::format("echo 'int between;' | gcc-12 -xc -shared -fPIC -nostdlib -o {} - -Wl,--no-as-needed {}",
                   at("usr/lib/libbetween.so"), needs("opt/private")));
  const std::string options = fmt::format("-Wl,--no-as-needed {} -Wl,--allow-shlib-undefined -Wl,-rpath,/opt/private ",
                                          needs("usr/lib", "between"));
  EXPECT_THAT(unproved(check(user(options + "-Wl,--disable-new-dtags"))), IsEmpty());
  EXPECT_THAT(unproved(check(user(options + "-Wl,--enable-new-dtags"))), ElementsAre("f noreturn-unknown"));
}

TEST_F(NeededTest, WhatIsNoLibraryForTheMachineIsPassedOver) {
  library("usr/lib", "giving", false);
  const std::string file = user(needs("usr/lib"));
  fs::create_directories(root_ / "lib/x86_64-linux-gnu");
  fs::create_directories(root_ / "usr/lib/x86_64-linux-gnu/libgiving.so");  // a folder
  fs::create_symlink("libgiving.so", root_ / "lib64/libgiving.so");         // a circle
  write("lib/x86_64-linux-gnu/libgiving.so", "no library at all");
  EXPECT_THAT(unproved(check(file)), IsEmpty());
}

TEST_F(NeededTest, LibrariesThatNeedEachOtherAreAskedOnce) {
  library("usr/lib", "giving", true);
  library("usr/lib", "other", true, needs("usr/lib") + " -Wl,--no-as-needed -lgiving");
  library("usr/lib", "giving", false, "-Wl,--no-as-needed " + needs("usr/lib", "other"));
  EXPECT_THAT(unproved(check(user(needs("usr/lib")))), IsEmpty());
}

TEST_F(NeededTest, DamagedLibrariesSayNothing) {
  library("usr/lib", "giving", false);
  const std::string file = user(needs("usr/lib")), path = at("usr/lib/libgiving.so");
  const auto bytes = fs::file_size(path);
  for (uint64_t kept : {bytes * 3 / 4, bytes / 2, bytes / 8, uint64_t{64}, uint64_t{3}, uint64_t{0}}) {
    fs::resize_file(path, kept);
    Oracle fresh(CheckOptions{});
    EXPECT_THAT(fresh.check_file(file).error, IsEmpty()) << kept;
  }
  EXPECT_THAT(unproved(check(file)), ElementsAre("f noreturn-unknown"));
}

TEST_F(NeededTest, ConfigurationsThatIncludeThemselvesEnd) {
  library("usr/lib", "giving", false);
  write("etc/ld.so.conf", "include ld.so.conf\ninclude *.conf\n");
  EXPECT_THAT(unproved(check(user(needs("usr/lib")))), IsEmpty());
}

// What stands where libraries are looked for need not be one.
TEST_F(NeededTest, PlacesThatHoldNoFileAreNotWaitedFor) {
  const std::string first = at("lib/x86_64-linux-gnu/libgiving.so");
  library("usr/lib", "giving", false);
  const std::string file = user(needs("usr/lib"));
  fs::create_directories(root_ / "lib/x86_64-linux-gnu");
  ASSERT_EQ(mkfifo(first.c_str(), 0600), 0);
  EXPECT_THAT(unproved(check(file)), IsEmpty());
  fs::remove(first);
  write("lib/x86_64-linux-gnu/libgiving.so", "\177ELF");
  fs::resize_file(first, uint64_t{1} << 40);  // sparse
  EXPECT_THAT(unproved(check(file)), IsEmpty());
  fs::remove(first);
  fs::create_symlink("/dev/zero", first);
  EXPECT_THAT(unproved(check(file)), IsEmpty());
}

TEST_F(NeededTest, NamesAreNoPaths) {
  write("folder/libgiving.so", "");
  fs::create_directories(root_ / "usr/lib/folder");
  library("usr/lib/folder", "giving", false);
  for (const std::string name : {"folder/libgiving.so", "./folder/libgiving.so", "..", ".", "", "a\nb"}) {
    const test::DynamicFile file{.needed = {name}};
    EXPECT_THAT(never_return(file.bytes()), IsEmpty()) << name;
  }
  EXPECT_THAT(never_return(test::DynamicFile{.needed = {"/usr/lib/folder/libgiving.so"}}.bytes()),
              ElementsAre("give_up"));
  fs::rename(root_ / "usr/lib/folder/libgiving.so", root_ / "usr/lib/a\nb");
  EXPECT_THAT(never_return(test::DynamicFile{.needed = {"a\nb"}}.bytes()), ElementsAre("give_up"));
}

// Each library needs the next one, and hands on a long way to look for it.
TEST_F(NeededTest, AChainOfLibrariesAndALongRunPathEnd) {
  std::string run_path;
  for (int i = 0; i < 250; ++i) run_path += fmt::format("/{}:", std::string(200, static_cast<char>('a' + i % 26)));
  for (int i = 0; i < 400; ++i) {
    const test::DynamicFile file{.needed = {fmt::format("lib{}.so", i + 1)}, .old_run_path = run_path};
    const std::vector<uint8_t> bytes = file.bytes();
    write(fmt::format("usr/lib/lib{}.so", i), std::string(bytes.begin(), bytes.end()));
  }
  EXPECT_THAT(never_return(test::DynamicFile{.needed = {"lib0.so"}, .old_run_path = run_path}.bytes()), IsEmpty());
  test::DynamicFile file{.needed = {}, .old_run_path = run_path};
  for (int i = 0; i < 4'000; ++i) file.needed.push_back(fmt::format("nowhere{}", i));
  EXPECT_THAT(never_return(file.bytes()), IsEmpty());
}

TEST_F(NeededTest, PatternsOfConfigurationsAreNamesOfFiles) {
  library("opt/private", "giving", false);
  std::string folder = "elsewhere";
  for (int depth = 0; depth < 12; ++depth) {
    folder += "/d";
    fs::create_directories(root_ / folder);
    fs::create_symlink(".", root_ / folder / "again");
  }
  write("etc/private.conf", "/opt/private\n");
  std::string walk = "include /elsewhere";
  for (int depth = 0; depth < 40; ++depth) walk += "/*";
  std::string backtrack = "include ";
  for (int i = 0; i < 60; ++i) backtrack += "*a";
  write("etc/" + std::string(250, 'a'), "");
  write("etc/ld.so.conf", walk + "\n" + backtrack + "b\ninclude pri*.conf\n");
  EXPECT_THAT(unproved(check(user(needs("opt/private")))), IsEmpty());
}

// What few families say of a function is what the whole library says.
TEST(OnDemand, SaysWhatTheWholeFileSays) {
  unsigned files = 0;
  for (const char* path : {"/lib/x86_64-linux-gnu/libc.so.6", "/usr/aarch64-linux-gnu/lib/libc.so.6"}) {
    SCOPED_TRACE(path);
    if (!fs::exists(path)) continue;
    ++files;
    Result<ObjectFile> object = ObjectFile::load(path);
    ASSERT_TRUE(object) << object.error().text();
    Decoder decoder(object->arch(), {});
    const FileContext file = prepare(std::move(*object), decoder, std::nullopt);
    std::vector<uint32_t> asked;
    std::vector<std::string> known, said;
    for (const FamilyFacts& facts : file.families) {
      const Function& function = file.object.functions()[facts.function];
      if (!function.global) continue;
      asked.push_back(facts.function);
      if (!facts.may_return && facts.has_code) known.push_back(function.name);
    }
    const std::vector<uint8_t> answers = families_that_never_return(file.object, decoder, file.options, asked, 100'000);
    for (size_t i = 0; i < asked.size(); ++i) {
      if (answers[i]) said.push_back(file.object.functions()[asked[i]].name);
    }
    EXPECT_EQ(said, known);
    for (const char* name : {"abort", "exit", "err", "__assert_fail", "siglongjmp"})
      EXPECT_THAT(known, testing::Contains(name));
    for (const char* name : {"strdup", "atof", "puts", "error", "setjmp", "malloc"})
      EXPECT_THAT(known, testing::Not(testing::Contains(name)));
  }
  EXPECT_GT(files, 0u);
}

TEST(OnDemand, ALimitMakesEveryFunctionOneThatReturns) {
  const char* path = "/lib/x86_64-linux-gnu/libc.so.6";
  if (!fs::exists(path)) GTEST_SKIP();
  Result<ObjectFile> object = ObjectFile::load(path);
  ASSERT_TRUE(object) << object.error().text();
  Decoder decoder(object->arch(), {});
  const FileContext file = read(std::move(*object), decoder, std::nullopt);
  for (uint32_t f = 0; f < file.object.functions().size(); ++f) {
    if (file.object.functions()[f].name != "err") continue;
    const uint32_t err[] = {f};
    EXPECT_EQ(families_that_never_return(file.object, decoder, file.options, err, 5'000)[0], 1);
    EXPECT_EQ(families_that_never_return(file.object, decoder, file.options, err, 1)[0], 0);
  }
}

}  // namespace
}  // namespace objhound::oracle
