#include "model/mmu/lru_array.hpp"

namespace tessera::mmu {

LruArray::LruArray(unsigned sets, unsigned ways)
    : ways_(ways),
      words_(std::size_t{sets} * ways),
      pages_(std::size_t{sets} * ways),
      stamps_(std::size_t{sets} * ways) {}

}  // namespace tessera::mmu
