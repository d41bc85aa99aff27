#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/types/units.hpp"

namespace tessera::workload {

/// One access of a block stream, in 32 bits: a stream of 10^8 accesses stays below 400 MB.
class BlockAccess {
 public:
  BlockAccess(std::uint32_t block, bool write) : word_((block << 1) | (write ? 1U : 0U)) {}

  std::uint32_t block() const { return word_ >> 1; }
  bool write() const { return (word_ & 1U) != 0; }

 private:
  std::uint32_t word_;
};

/// Highest block number a stream may name, plus one.
inline constexpr std::uint32_t kBlockLimit = 1U << 31;

/// Which blocks of a file a database read and wrote, in order.
///
/// Text: a line an access, `R n` or `W n` with the block number in decimal; lines that start
/// with # are comments, and the words `block_bytes=` and `blocks=` in them describe the file.
struct BlockStream {
  std::string name;          ///< for messages: the path, or the name of a shipped stream
  Bytes block_bytes{0};      ///< a multiple of 4096; the header's, else 4096
  std::uint64_t blocks = 0;  ///< blocks of the file: the header's, else highest block + 1
  std::vector<BlockAccess> accesses;
};

/// Reads the stream shipped under this name (see stream_names), or else the file at this path,
/// plain or zstd. Throws UserError, with file:line for a line that is malformed or names a block
/// beyond the file.
BlockStream load_block_stream(const std::string& name_or_path);

/// Parses the text of a stream; `name` is what errors call it.
BlockStream parse_block_stream(std::string_view text, const std::string& name);

/// Names of the streams that ship with tessera.
std::vector<std::string> stream_names();

}  // namespace tessera::workload
