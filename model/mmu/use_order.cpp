#include "model/mmu/use_order.hpp"

namespace tessera::mmu {

UseOrder::UseOrder(unsigned sets, unsigned ways) : ways_(ways) {
  stamps_.reserve(std::size_t{sets} * ways);
  for (unsigned set = 0; set < sets; ++set) {
    for (unsigned way = 0; way < ways; ++way) stamps_.push_back(way);
  }
}

}  // namespace tessera::mmu
