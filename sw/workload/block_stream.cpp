#include "sw/workload/block_stream.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/workload/shipped_streams.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::workload {
namespace {

template <class Number>
std::optional<Number> parse_number(std::string_view digits) {
  Number value{};
  const char* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, value);
  if (digits.empty() || error != std::errc() || stopped != end) {
    return std::nullopt;
  }
  return value;
}

/// Parses line by line, and knows where it is for the sake of its error messages.
class Parser {
 public:
  Parser(std::string_view text, const std::string& name) : rest_(text) { stream_.name = name; }

  BlockStream parse() && {
    stream_.accesses.reserve(
        static_cast<std::size_t>(std::count(rest_.begin(), rest_.end(), '\n')));
    while (!rest_.empty()) {
      ++line_number_;
      line(take_line());
    }
    finish();
    return std::move(stream_);
  }

 private:
  std::string_view take_line() {
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (!line.empty() && line.back() == '\r') {
      line.remove_suffix(1);
    }
    return line;
  }

  void line(std::string_view text) {
    if (text.empty()) {
      return;
    }
    if (text.front() == '#') {
      header(text);
      return;
    }
    access(text);
  }

  void header(std::string_view text) {
    if (const auto bytes = header_field(text, "block_bytes=")) {
      if (*bytes == 0 || *bytes % kPageBytes.value() != 0) {
        refuse(fmt::format("block_bytes={} is not a multiple of the page size, {}", *bytes,
                           kPageBytes.value()));
      }
      stream_.block_bytes = Bytes(*bytes);
    }
    if (const auto blocks = header_field(text, "blocks=")) {
      if (*blocks == 0 || *blocks > kBlockLimit) {
        refuse(fmt::format("blocks={} is outside 1..{}", *blocks, kBlockLimit));
      }
      stream_.blocks = *blocks;
      header_names_blocks_ = true;
    }
  }

  std::optional<std::uint64_t> header_field(std::string_view text, std::string_view key) const {
    std::size_t at = text.find(key);
    while (at != std::string_view::npos && text[at - 1] != ' ') {
      at = text.find(key, at + 1);
    }
    if (at == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view value = text.substr(at + key.size());
    const std::string_view word = value.substr(0, value.find(' '));
    const auto number = parse_number<std::uint64_t>(word);
    if (!number) {
      refuse(fmt::format("{}{} is not a number", key, word));
    }
    return number;
  }

  void access(std::string_view text) {
    const bool known = text.size() > 2 && (text[0] == 'R' || text[0] == 'W') && text[1] == ' ';
    const auto block = known ? parse_number<std::uint32_t>(text.substr(2)) : std::nullopt;
    if (!block) {
      refuse(fmt::format("'{}' is not an access; a line is 'R <block>' or 'W <block>'",
                         text.substr(0, 40)));
    }
    const std::uint64_t limit = header_names_blocks_ ? stream_.blocks : kBlockLimit;
    if (*block >= limit) {
      refuse(fmt::format("block {} is beyond the file, which has {} blocks (0..{})", *block, limit,
                         limit - 1));
    }
    highest_ = std::max(highest_, *block);
    stream_.accesses.emplace_back(*block, text[0] == 'W');
  }

  void finish() {
    if (stream_.accesses.empty()) {
      throw UserError(stream_.name + ": no access in this stream");
    }
    if (stream_.block_bytes.value() == 0) {
      stream_.block_bytes = kPageBytes;
    }
    if (!header_names_blocks_) {
      stream_.blocks = std::uint64_t{highest_} + 1;
    }
  }

  [[noreturn]] void refuse(const std::string& what) const {
    throw UserError(fmt::format("{}:{}: {}", stream_.name, line_number_, what));
  }

  std::string_view rest_;
  BlockStream stream_;
  std::uint64_t line_number_ = 0;
  std::uint32_t highest_ = 0;
  bool header_names_blocks_ = false;
};

}  // namespace

BlockStream parse_block_stream(std::string_view text, const std::string& name) {
  return Parser(text, name).parse();
}

BlockStream load_block_stream(const std::string& name_or_path) {
  if (const auto bytes = shipped_stream(name_or_path)) {
    return parse_block_stream(text_of(*bytes, name_or_path), name_or_path);
  }
  return parse_block_stream(read_text(name_or_path), name_or_path);
}

std::vector<std::string> stream_names() { return shipped_stream_names(); }

}  // namespace tessera::workload
