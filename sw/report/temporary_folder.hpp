#pragma once

#include <filesystem>

namespace tessera::report {

/// A new folder under the system's temporary one (TMPDIR), which goes with this object.
class TemporaryFolder {
 public:
  /// Throws UserError if it cannot be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tessera::report
