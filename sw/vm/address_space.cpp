#include "sw/vm/address_space.hpp"

#include <algorithm>

namespace tessera::vm {

AddressSpace::AddressSpace(const Personality& kernel, const pte::Format& format,
                           FrameAllocator& frames, Hardware& hardware, Pid pid)
    : kernel_(kernel),
      format_(format),
      frames_(frames),
      hardware_(hardware),
      pid_(pid),
      meter_(kernel.costs, hardware),
      table_(format, kernel.kernel_base, frames, hardware, meter_) {
  hardware_.fill_frame(frames_.zero_page(), 0);
}

std::uint64_t AddressSpace::count_present() const {
  std::uint64_t present = 0;
  table_.visit([&](VirtualPage, pte::Raw entry) {
    if (pte::is_present(format_, entry)) ++present;
  });
  return present;
}

void AddressSpace::note_vma_count() {
  VmCounters& counters = meter_.counters();
  counters.vmas = vmas_.size();
  counters.vmas_peak = std::max(counters.vmas_peak, counters.vmas);
  counters.vma_bytes = counters.vmas * kernel_.vma_bytes;
}

void AddressSpace::searched_vmas() { meter_.did(KernelWork::FindVmaLevel, vmas_.levels()); }

void AddressSpace::flush_page(VirtualPage page, FlushCause cause) {
  auto& flushes = meter_.counters().flushes[static_cast<std::size_t>(cause)];
  ++flushes[static_cast<std::size_t>(FlushKind::Page)];
  meter_.did(KernelWork::PageFlush);
  hardware_.flush_page(address_of(page), pid_, cause);
}

void AddressSpace::flush_pid(FlushCause cause) {
  auto& flushes = meter_.counters().flushes[static_cast<std::size_t>(cause)];
  ++flushes[static_cast<std::size_t>(FlushKind::Pid)];
  meter_.did(KernelWork::PidFlush);
  hardware_.flush_pid(pid_, cause);
}

}  // namespace tessera::vm
