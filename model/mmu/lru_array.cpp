#include "model/mmu/lru_array.hpp"

namespace tessera::mmu {

LruArray::LruArray(unsigned sets, unsigned ways)
    : order_(sets, ways), words_(std::size_t{sets} * ways), pages_(std::size_t{sets} * ways) {}

}  // namespace tessera::mmu
