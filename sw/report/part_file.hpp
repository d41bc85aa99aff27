#pragma once

#include <fstream>
#include <string>
#include <string_view>

namespace tessera::report {

/// A file that is written beside its place and appears there when it is finished, and not before.
class PartFile {
 public:
  /// Throws UserError when the file cannot be begun.
  explicit PartFile(std::string path);
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  /// Leaves nothing behind of a file that was not finished.
  ~PartFile();

  /// Adds text. Throws UserError when it cannot be written.
  void write(std::string_view text);

  /// Completes the file and moves it to its place. Throws UserError when that fails.
  void finish();

 private:
  void insist() const;

  std::string path_;
  std::string beside_;
  std::ofstream file_;
};

}  // namespace tessera::report
