#include "sw/cli/checkpoint.hpp"

#include <stdexcept>

#include <fmt/core.h>
#include <zstd.h>

#include "model/types/archive.hpp"
#include "model/types/user_error.hpp"
#include "sw/cli/program_fingerprint.hpp"
#include "sw/report/version.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {
namespace {

constexpr std::string_view kMagic = "tessera checkpoint, version ";

std::string first_lines() {
  return fmt::format("{}{}\n{}\n", kMagic, report::kVersion, program_fingerprint());
}

std::string compressed(const std::string& bytes) {
  constexpr int kFast = 1;
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), kFast);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  packed.resize(size);
  return packed;
}

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw UserError(fmt::format("{}: {}", name, why));
}

/// The text up to the end of the line, which `bytes` loses.
std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return line;
}

void check_version(std::string_view version, const std::string& name) {
  if (version == report::kVersion) return;
  const bool plain = version.find_first_not_of("0123456789.") == std::string_view::npos;
  refuse(name, fmt::format("a checkpoint of tessera {}, and this is {}: begin the run anew",
                           plain ? version : "?", report::kVersion));
}

}  // namespace

void ComparisonOrder::state(Archive& archive) {
  archive.each(assignments, [&](Assignment& assignment) {
    archive(assignment.key, assignment.value, assignment.origin);
  });
  archive(json_path, html_path, checkpoint_path, checkpoint_seconds);
}

void Checkpoint::state(Archive& archive) { archive(order, configuration, seconds, finished, run); }

std::string to_bytes(Checkpoint checkpoint) {
  Archive archive;
  archive(checkpoint);
  const std::string packed = compressed(archive.take());
  return first_lines() + hex_fingerprint(packed) + "\n" + packed;
}

Checkpoint parse_checkpoint(std::string_view bytes, const std::string& name) {
  const std::string_view first = take_line(bytes);
  if (first.substr(0, kMagic.size()) != kMagic) {
    refuse(name, "this is no checkpoint of tessera; expected is what --checkpoint-every wrote");
  }
  check_version(first.substr(kMagic.size()), name);
  if (take_line(bytes) != program_fingerprint()) {
    refuse(name, "a checkpoint of another build of tessera: begin the run anew");
  }
  const std::string_view of_the_rest = take_line(bytes);
  if (of_the_rest != hex_fingerprint(bytes)) {
    refuse(name, "this checkpoint is damaged or cut off: begin the run anew");
  }
  const std::string unpacked = workload::text_of(bytes, name);
  Checkpoint checkpoint;
  try {
    Archive archive(unpacked);
    archive(checkpoint);
    archive.finish();
  } catch (const ArchiveError& error) {
    refuse(name, fmt::format("this is no checkpoint: {}", error.what()));
  }
  return checkpoint;
}

Checkpoint read_checkpoint(const std::string& path) {
  return parse_checkpoint(workload::read_text(path), path);
}

}  // namespace tessera::cli
