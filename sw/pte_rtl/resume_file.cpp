#include "sw/pte_rtl/resume_file.hpp"

#include <cstdio>
#include <filesystem>
#include <regex>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::pte_rtl {

ResumeFile::ResumeFile(std::string path, std::uint64_t fingerprint)
    : path_(std::move(path)), fingerprint_(fingerprint) {
  if (!path_.empty()) report::check_writable(path_);
}

std::uint64_t ResumeFile::words_done() const {
  if (path_.empty() || !std::filesystem::exists(path_)) return 0;
  static const std::regex contents(
      R"(tessera pte check, run ([0-9a-f]{16}): (\d{1,19}) words done\n)");
  const std::string text = workload::read_text(path_);
  std::smatch parts;
  if (!std::regex_match(text, parts, contents)) {
    throw UserError(fmt::format("{}:1: not a file of --resume; name another", path_));
  }
  if (parts[1].str() != fmt::format("{:016x}", fingerprint_)) {
    throw UserError(
        fmt::format("{}:1: from another decoder, format, seed or number of words; "
                    "delete it to begin anew",
                    path_));
  }
  return std::stoull(parts[2]);
}

void ResumeFile::save(std::uint64_t words) const {
  if (path_.empty()) return;
  report::write_file(
      path_, fmt::format("tessera pte check, run {:016x}: {} words done\n", fingerprint_, words));
}

void ResumeFile::remove() const {
  if (path_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace tessera::pte_rtl
