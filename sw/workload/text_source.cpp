#include "sw/workload/text_source.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/core.h>
#include <zstd.h>

#include "model/types/user_error.hpp"

namespace tessera::workload {
namespace {

constexpr std::string_view kZstdMagic("\x28\xB5\x2F\xFD", 4);

std::string decompress(std::string_view bytes, const std::string& name) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  std::string text;
  std::string chunk(ZSTD_DStreamOutSize(), '\0');
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::size_t pending = 1;  // zstd: 0 once a frame is complete and flushed
  bool full = false;
  while (in.pos < in.size || full) {
    ZSTD_outBuffer out{chunk.data(), chunk.size(), 0};
    pending = ZSTD_decompressStream(context.get(), &out, &in);
    if (ZSTD_isError(pending) != 0U) {
      throw UserError(fmt::format("{}: damaged zstd data: {}", name, ZSTD_getErrorName(pending)));
    }
    text.append(chunk.data(), out.pos);
    full = out.pos == out.size;
  }
  if (pending != 0) {
    throw UserError(fmt::format("{}: zstd data cut off after {} bytes of text; copy the file again",
                                name, text.size()));
  }
  return text;
}

}  // namespace

std::string text_of(std::string_view bytes, const std::string& name) {
  const bool compressed = bytes.substr(0, kZstdMagic.size()) == kZstdMagic;
  return compressed ? decompress(bytes, name) : std::string(bytes);
}

std::string read_text(const std::string& path) {
  std::error_code no_error;
  if (std::filesystem::is_directory(path, no_error)) {
    throw UserError(fmt::format("{}: this is a folder; name a file in it", path));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  if (file) {
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  if (!file || file.bad()) {
    const std::string reason = std::generic_category().message(errno);
    throw UserError(fmt::format("{}: cannot read this file: {}", path, reason));
  }
  return text_of(bytes, path);
}

}  // namespace tessera::workload
