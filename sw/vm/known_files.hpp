#pragma once

#include <memory>
#include <vector>

namespace tessera::vm {

class File;
class HugeFile;

/// The files that VMAs may have, by which an archive knows them: in the same order wherever it is
/// written and read.
struct KnownFiles {
  std::vector<File*> files;                           ///< files of small pages
  std::vector<std::shared_ptr<HugeFile>> huge_files;  ///< files of huge pages
};

}  // namespace tessera::vm
