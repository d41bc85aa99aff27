#include "sw/vm/address_space.hpp"

/// add_mm_counter: what a process has in memory, kept up to date page by page.
namespace tessera::vm {

void AddressSpace::enter_rss(FrameNumber frame) {
  if (std::uint64_t* const counter = rss_counter(frame)) ++*counter;
}

// Before the frame is given back: afterwards nobody knows what kind it was.
void AddressSpace::leave_rss(FrameNumber frame) {
  if (std::uint64_t* const counter = rss_counter(frame)) --*counter;
}

std::uint64_t* AddressSpace::rss_counter(FrameNumber frame) {
  if (frame == frames_.zero_page()) return nullptr;
  VmCounters& counters = meter_.counters();
  return frames_.is_anonymous(frame) ? &counters.rss_anonymous : &counters.rss_file;
}

}  // namespace tessera::vm
