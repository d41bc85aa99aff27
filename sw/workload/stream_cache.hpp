#pragma once

#include <map>
#include <memory>
#include <string>

#include "sw/workload/block_stream.hpp"

namespace tessera::workload {

/// Block streams, each loaded once however many workloads play it.
class StreamCache {
 public:
  /// The stream of this name or path; throws UserError as load_block_stream does.
  std::shared_ptr<const BlockStream> stream(const std::string& name_or_path);

 private:
  std::map<std::string, std::shared_ptr<const BlockStream>> loaded_;
};

}  // namespace tessera::workload
