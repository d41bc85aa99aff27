#pragma once

#include <fstream>
#include <string>
#include <string_view>

namespace tessera::report {

/// A file that is written beside its place and appears there when it is finished, and not before.
/// A link stays one: the file that it names is replaced. What is no file of a disk (a pipe, a
/// device, /dev/stdout) is written to as it is.
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
  std::string place_;   ///< where it is to appear
  std::string beside_;  ///< where it is written; the same as place_ for no file of a disk
  std::ofstream file_;
};

}  // namespace tessera::report
