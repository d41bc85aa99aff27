#pragma once

#include <filesystem>
#include <string>

namespace tessera::cli {

/// What a command printed and returned.
struct Finished {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs `tessera` with these arguments, as the shell reads them, in `folder`.
Finished tessera(const std::string& arguments, const std::filesystem::path& folder);

/// The same, interrupted by Ctrl-C after so many seconds.
Finished tessera_interrupted(const std::string& arguments, const std::filesystem::path& folder,
                             double seconds);

/// The same, killed by SIGKILL when `file` has been replaced so many times and `seconds` more have
/// passed: exit code 137, if it was still running.
Finished tessera_killed(const std::string& arguments, const std::filesystem::path& folder,
                        const std::string& file, unsigned replaced, double seconds);

std::string contents_of(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace tessera::cli
