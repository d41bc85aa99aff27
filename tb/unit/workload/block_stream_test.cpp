#include "sw/workload/block_stream.hpp"

#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/workload/shipped_streams.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::workload {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string error_of(const std::string& text) {
  try {
    parse_block_stream(text, "s.blocks");
  } catch (const UserError& error) {
    return error.what();
  }
  return "no error";
}

TEST(BlockStream, ReadsHeaderAndAccesses) {
  const BlockStream stream =
      parse_block_stream("# a word block_bytes=16384 blocks=9 more=1\nR 8\nW 0\n\nR 3\r\n", "s");
  EXPECT_EQ(stream.block_bytes, Bytes(16384));
  EXPECT_EQ(stream.blocks, 9U);
  ASSERT_EQ(stream.accesses.size(), 3U);
  EXPECT_EQ(stream.accesses[0].block(), 8U);
  EXPECT_FALSE(stream.accesses[0].write());
  EXPECT_TRUE(stream.accesses[1].write());
  EXPECT_EQ(stream.accesses[2].block(), 3U);
}

TEST(BlockStream, WithoutAHeaderHasPagesAsBlocksAndEndsAtTheHighest) {
  const BlockStream stream = parse_block_stream("R 5\nR 2", "s");
  EXPECT_EQ(stream.block_bytes, kPageBytes);
  EXPECT_EQ(stream.blocks, 6U);
}

TEST(BlockStream, NamesFileAndLineOfAUnusableLine) {
  EXPECT_THAT(error_of("R 1\nX 2\n"), StartsWith("s.blocks:2: 'X 2' is not an access"));
  EXPECT_THAT(error_of("R\n"), StartsWith("s.blocks:1:"));
  EXPECT_THAT(error_of("R 1\nR -2\n"), StartsWith("s.blocks:2:"));
  EXPECT_THAT(error_of("R 1\nR 2 3\n"), StartsWith("s.blocks:2:"));
  EXPECT_THAT(error_of("R 1\nR 99999999999\n"), StartsWith("s.blocks:2:"));
}

TEST(BlockStream, NamesFileAndLineOfABlockBeyondTheFile) {
  EXPECT_THAT(error_of("# blocks=4\nR 3\nW 4\n"),
              StartsWith("s.blocks:3: block 4 is beyond the file, which has 4 blocks"));
  EXPECT_THAT(error_of("R 2147483648\n"), HasSubstr("beyond the file"));
}

TEST(BlockStream, RefusesHeadersThatCannotBe) {
  EXPECT_THAT(error_of("# block_bytes=1000\nR 0\n"), HasSubstr("not a multiple of the page size"));
  EXPECT_THAT(error_of("# blocks=none\nR 0\n"), HasSubstr("is not a number"));
  EXPECT_THAT(error_of("# blocks=0\nR 0\n"), HasSubstr("outside"));
}

TEST(BlockStream, RefusesAnEmptyStream) {
  EXPECT_THAT(error_of("# nothing\n"), HasSubstr("no access in this stream"));
}

TEST(BlockStream, ShipsTheSqliteStreamWhole) {
  const BlockStream stream = load_block_stream("sqlite-tpcb-16k");
  EXPECT_EQ(stream.blocks, 6714U);
  EXPECT_EQ(stream.accesses.size(), 382716U);
  EXPECT_EQ(std::count_if(stream.accesses.begin(), stream.accesses.end(),
                          [](BlockAccess access) { return access.write(); }),
            120281);
}

TEST(TextSource, SaysThatCompressedDataIsCutOff) {
  const std::string_view whole = shipped_stream("sqlite-tpcb-16k").value();
  for (const std::size_t length : {whole.size() / 2, whole.size() - 1, std::size_t{6}}) {
    try {
      text_of(whole.substr(0, length), "cut.zst");
      FAIL() << "cut at " << length;
    } catch (const UserError& error) {
      EXPECT_THAT(error.what(), StartsWith("cut.zst: zstd data cut off"));
    }
  }
}

TEST(TextSource, SaysThatCompressedDataIsDamaged) {
  std::string damaged(shipped_stream("sqlite-tpcb-16k").value());
  for (std::size_t at = 100; at < 200; ++at) {
    damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
  }
  try {
    text_of(damaged, "bad.zst");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), StartsWith("bad.zst: damaged zstd data"));
  }
}

TEST(TextSource, ReadsCompressedAndPlainTextAlike) {
  const std::string text = text_of(shipped_stream("sqlite-tpcb-16k").value(), "s");
  EXPECT_EQ(text_of(text, "s"), text);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 382719);
}

TEST(TextSource, SaysThatAFileIsMissing) {
  try {
    read_text("/nowhere/at.all");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("/nowhere/at.all: cannot read this file: No such file"));
  }
}

}  // namespace
}  // namespace tessera::workload
