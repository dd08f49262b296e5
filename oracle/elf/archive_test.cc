// Archives as `ar` makes them, and ones that lie.

#include "oracle/elf/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::read_bytes;
using test::Workshop;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

// A member as ar(5) has it; `size` is what its header says.
std::string member(std::string name, const std::string& contents, std::string size = "") {
  if (size.empty()) size = std::to_string(contents.size());
  name.resize(16, ' ');
  size.resize(10, ' ');
  return name + std::string(32, '0') + size + "`\n" + contents + (contents.size() % 2 != 0 ? "\n" : "");
}

std::string error_of(const std::string& text) {
  const std::vector<uint8_t> bytes = bytes_of(text);
  const Result<std::vector<ArchiveMember>> members = read_archive("x.a", bytes);
  return members ? "" : members.error().text();
}

std::vector<std::string> names_in(const std::vector<uint8_t>& bytes) {
  const Result<std::vector<ArchiveMember>> members = read_archive("x.a", bytes);
  if (!members) return {members.error().text()};
  std::vector<std::string> names;
  for (const ArchiveMember& each : *members) names.push_back(each.name);
  return names;
}

TEST(Archive, MembersOfGnuArchives) {
  const Workshop shop;
  shop.write("short.o", "odd");
  shop.write("a-name-that-is-longer-than-the-field.o", "even");
  shop.run("ar rc x.a short.o a-name-that-is-longer-than-the-field.o && ar q x.a short.o");
  const std::vector<uint8_t> bytes = read_bytes(shop.path("x.a"));
  EXPECT_THAT(names_in(bytes), ElementsAre("short.o", "a-name-that-is-longer-than-the-field.o", "short.o"));
  const Result<std::vector<ArchiveMember>> members = read_archive("x.a", bytes);
  EXPECT_THAT((*members)[0].bytes, ElementsAre('o', 'd', 'd'));
  EXPECT_THAT((*members)[1].bytes, ElementsAre('e', 'v', 'e', 'n'));
  EXPECT_TRUE(is_archive(shop.path("x.a")));
  EXPECT_FALSE(is_archive(shop.path("short.o")));
  EXPECT_FALSE(is_archive(shop.path("absent.a")));
}

TEST(Archive, IndicesAndBsdNames) {
  const std::string text = "!<arch>\n" + member("/", "index") + member("/SYM64/", "") + member("__.SYMDEF", "x") +
                           member("#1/8", std::string("name.o\0\0", 8) + "rest") + member("plain.o", "");
  EXPECT_THAT(names_in(bytes_of(text)), ElementsAre("name.o", "plain.o"));
  const std::vector<uint8_t> bytes = bytes_of(text);
  EXPECT_EQ((*read_archive("x.a", bytes))[0].bytes.size(), 4u);
}

TEST(Archive, WhatLiesIsRefused) {
  EXPECT_EQ(error_of("!<arch>\n"), "");
  EXPECT_THAT(error_of("!<thin>\n"), HasSubstr("thin archive"));
  EXPECT_THAT(error_of("#!/bin/sh\n"), HasSubstr("is no archive"));
  EXPECT_THAT(error_of("!<arch>\nshort"), HasSubstr("cut short at offset 0x8"));
  EXPECT_THAT(error_of("!<arch>\n" + member("a.o", "x", "1234567890")), HasSubstr("reaches beyond the end"));
  EXPECT_THAT(error_of("!<arch>\n" + member("a.o", "x", "-1")), HasSubstr("makes no sense"));
  EXPECT_THAT(error_of("!<arch>\n" + member("a.o", "x", "12x")), HasSubstr("makes no sense"));
  EXPECT_THAT(error_of("!<arch>\n" + std::string(60, ' ')), HasSubstr("makes no sense"));
  EXPECT_THAT(error_of("!<arch>\n" + member("/5", "x")), HasSubstr("name is nowhere"));
  EXPECT_THAT(error_of("!<arch>\n" + member("//", "abc") + member("/3", "x")), HasSubstr("name is nowhere"));
  EXPECT_THAT(error_of("!<arch>\n" + member("#1/9", "x")), HasSubstr("name is nowhere"));
}

TEST(Archive, EveryByteOfAHeaderMayBeAnything) {
  const std::string good = "!<arch>\n" + member("//", "long-name.o/\n") + member("/0", "x") + member("#1/2", "a.o");
  for (size_t at = 8; at < good.size(); ++at) {
    for (const char value : {'\0', '/', '#', '9', ' ', '\xff'}) {
      std::string bad = good;
      bad[at] = value;
      (void)error_of(bad);
      (void)error_of(bad.substr(0, at));
    }
  }
}

}  // namespace
}  // namespace objhound::oracle
