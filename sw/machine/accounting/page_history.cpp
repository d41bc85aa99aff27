#include "sw/machine/accounting/page_history.hpp"

#include <algorithm>

namespace tessera::machine {

void PageHistories::begin_chunk(Pid pid, VirtualPage page, std::size_t chunk) {
  chunks_.resize(std::max(chunks_.size(), (std::size_t{pid.value()} + 1) << kChunkBits));
  chunks_[chunk] = std::make_unique<Chunk>();
  const std::uint32_t first = page.value() & ~(kPages - 1);
  for (std::uint32_t i = 0; i < kPages; ++i) {
    (*chunks_[chunk])[i].pid = static_cast<std::uint16_t>(pid.value());
    (*chunks_[chunk])[i].page = first + i;
  }
}

}  // namespace tessera::machine
