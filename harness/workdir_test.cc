#include "harness/workdir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class WorkDirTest : public ::testing::Test {
 protected:
  WorkDirTest() {
    std::string name = ::testing::TempDir() + "workdir-test-XXXXXX";
    base_ = mkdtemp(name.data());
  }
  ~WorkDirTest() override { fs::remove_all(base_); }
  size_t entries() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(base_), fs::directory_iterator()));
  }
  std::string base_;
};

TEST_F(WorkDirTest, IsGoneWithItsOwner) {
  {
    auto work = WorkDir::create_in(base_);
    ASSERT_TRUE(work) << work.error();
    EXPECT_THAT((*work)->root(), StartsWith(base_ + "/objhound-"));
    std::ofstream((*work)->program_directory(7) + "/program.c") << "int x;";
    std::ofstream((*work)->worker_tmp(3) + "/ccXYZ.s") << ".text";
    EXPECT_TRUE(fs::is_directory((*work)->worker_directory(3)));
    (*work)->empty_worker_tmp(3);
    EXPECT_TRUE(fs::is_empty((*work)->worker_tmp(3)));
    (*work)->remove_program(7);
    EXPECT_FALSE(fs::exists((*work)->root() + "/programs/7"));
  }
  EXPECT_EQ(entries(), 0u);
}

TEST_F(WorkDirTest, RemoveMayBeCalledTwice) {
  auto work = WorkDir::create_in(base_);
  ASSERT_TRUE(work) << work.error();
  (*work)->remove();
  (*work)->remove();
  EXPECT_EQ(entries(), 0u);
}

TEST_F(WorkDirTest, NextRunCleansUpAfterAKilledOne) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    auto work = WorkDir::create_in(base_);
    std::ofstream((*work)->program_directory(1) + "/program.c") << "int x;";
    (void)!write(ready[1], "r", 1);
    for (;;) pause();
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  ASSERT_EQ(entries(), 1u);

  // While it lives its directory is its own.
  {
    auto other = WorkDir::create_in(base_);
  }
  EXPECT_EQ(entries(), 1u);

  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_EQ(entries(), 1u);
  auto next = WorkDir::create_in(base_);
  ASSERT_TRUE(next) << next.error();
  EXPECT_EQ(entries(), 1u);
  EXPECT_TRUE(fs::exists((*next)->root()));
}

TEST_F(WorkDirTest, LeavesWhatIsNotOurs) {
  fs::create_directories(base_ + "/objhound-notes");
  std::ofstream(base_ + "/objhound-file") << "text";
  fs::create_directories(base_ + "/other");
  fs::create_symlink("/etc", base_ + "/objhound-link");
  {
    auto work = WorkDir::create_in(base_);
  }
  EXPECT_EQ(entries(), 4u);
}

TEST_F(WorkDirTest, SaysWhatIsWrongAndWhatToDo) {
  auto work = WorkDir::create_in(base_ + "/none");
  ASSERT_FALSE(work);
  EXPECT_THAT(work.error(), HasSubstr("/none: No such file or directory (set TMPDIR"));
}

TEST_F(WorkDirTest, GoesWhereTmpdirSays) {
  const char* before = getenv("TMPDIR");
  const std::string kept = before != nullptr ? before : "";
  setenv("TMPDIR", base_.c_str(), 1);
  auto work = WorkDir::create();
  before != nullptr ? setenv("TMPDIR", kept.c_str(), 1) : unsetenv("TMPDIR");
  ASSERT_TRUE(work) << work.error();
  EXPECT_THAT((*work)->root(), StartsWith(base_));
}

}  // namespace
}  // namespace objhound::harness
