#include "sw/workload/stream_cache.hpp"

namespace tessera::workload {

std::shared_ptr<const BlockStream> StreamCache::stream(const std::string& name_or_path) {
  const auto found = loaded_.find(name_or_path);
  if (found != loaded_.end()) return found->second;
  auto stream = std::make_shared<const BlockStream>(load_block_stream(name_or_path));
  return loaded_.emplace(name_or_path, std::move(stream)).first->second;
}

}  // namespace tessera::workload
