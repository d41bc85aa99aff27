#pragma once

#include <string>
#include <vector>

#include "sw/vm/address_space.hpp"

namespace tessera::storm {

/// All that shares one memory.
struct Population {
  std::vector<const vm::AddressSpace*> spaces;
  std::vector<const vm::File*> files;  ///< files without a VMA included
  const vm::FrameAllocator* frames = nullptr;
  const vm::SwapArea* swap = nullptr;
};

/// What no process can see by itself: that every frame in use belongs to somebody and none to two,
/// that references to private frames are as many as PTEs map them, and one for the swap cache, that
/// swap slots in use are those of swap PTEs, swap cache and files, with as many users, and that
/// the reverse maps know as many VMAs as there are. A text for each thing wrong. Takes no time.
std::vector<std::string> audit_memory(const Population& population);

}  // namespace tessera::storm
