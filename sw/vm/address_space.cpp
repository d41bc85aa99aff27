#include "sw/vm/address_space.hpp"

#include <iterator>

namespace tessera::vm {

AddressSpace::AddressSpace(const Personality& kernel, const pte::Format& format,
                           FrameAllocator& frames, Hardware& hardware, Pid pid)
    : kernel_(kernel),
      format_(format),
      frames_(frames),
      hardware_(hardware),
      pid_(pid),
      number_(pid.value()),
      meter_(kernel.costs, hardware),
      vmas_(this),
      table_(format, kernel.kernel_base, frames, hardware, meter_) {
  hardware_.fill_frame(frames_.zero_page(), 0);
}

AddressSpace::~AddressSpace() {
  for (auto vma = vmas_.begin(); vma != vmas_.end();) vma = abandon(vma);
  for (const FrameNumber table : table_.tables()) frames_.release(table);
  for (const FrameNumber page : table_.pgd_frames()) frames_.release(page);
}

void AddressSpace::forget(const File& file) {
  for (auto vma = vmas_.begin(); vma != vmas_.end();) {
    vma = vma->second.file == &file ? abandon(vma) : std::next(vma);
  }
}

// The VMA is gone, private pages and all, and nobody was told.
VmaTree::iterator AddressSpace::abandon(VmaTree::iterator at) {
  const Vma& vma = at->second;
  if (vma.hugetlb()) abandon_huge(vma);
  const bool on_disk = vma.file != nullptr && vma.file->file_system().accounts_dirty;
  const bool matters = vma.anon_identity != 0 || (vma.shared && on_disk);
  for (VirtualPage page = vma.start; matters && page < vma.end; page += PageCount(1)) {
    const pte::Raw entry = table_.peek(page);
    if (pte::is_present(format_, entry)) pass_dirty_on(entry, vma);
    const auto frame = normal_page(vma, page, entry);
    if (pte::is_present(format_, entry) && frame) drop_page(*frame);
    if (pte::is_swap(format_, entry)) free_swap_entry(pte::pte_to_slot(format_, entry));
  }
  return vmas_.erase(at);
}

std::uint64_t AddressSpace::count_present() const {
  std::uint64_t present = 0;
  table_.visit([&](VirtualPage, pte::Raw entry) {
    if (pte::is_present(format_, entry)) ++present;
  });
  return present;
}

Residency AddressSpace::residency(const Vma& vma) const {
  Residency residency;
  if (vma.hugetlb()) return residency;
  for (VirtualPage page = vma.start; page < vma.end; page += PageCount(1)) {
    const pte::Raw entry = table_.peek(page);
    if (!pte::is_present(format_, entry)) continue;
    const auto frame = normal_page(vma, page, entry);
    if (!frame || *frame == frames_.zero_page()) continue;
    ++residency.rss;
    if (frames_.is_anonymous(*frame)) ++residency.anon;
  }
  return residency;
}

void AddressSpace::searched_vmas() {
  meter_.did(KernelWork::FindVmaLevel, vmas_.levels(kernel_.vma_tree.fan_out));
}

// mas_preallocate.
void AddressSpace::set_nodes_aside() {
  if (!kernel_.vma_tree.sets_nodes_aside) return;
  meter_.did(KernelWork::VmaTreeNode, 1 + 3 * vmas_.levels(kernel_.vma_tree.fan_out));
}

void AddressSpace::gain_context(Pid pid) {
  pid_ = pid;
  has_context_ = true;
}

void AddressSpace::yield_context() {
  flush_pid(FlushCause::ContextSteal);
  has_context_ = false;
}

void AddressSpace::flush_page(VirtualPage page, FlushCause cause) {
  if (!has_context_) return;
  auto& flushes = meter_.counters().flushes[static_cast<std::size_t>(cause)];
  ++flushes[static_cast<std::size_t>(FlushKind::Page)];
  meter_.did(KernelWork::PageFlush);
  hardware_.flush_page(address_of(page), pid_, cause);
}

// flush_tlb_range of 4.x and later: a single page goes by its address (linux-vm.md D7).
void AddressSpace::flush_range(VirtualPage start, PageCount pages, FlushCause cause) {
  if (pages == PageCount(1)) {
    flush_page(start, cause);
  } else {
    flush_pid(cause);
  }
}

void AddressSpace::flush_pid(FlushCause cause) {
  if (!has_context_) return;
  auto& flushes = meter_.counters().flushes[static_cast<std::size_t>(cause)];
  ++flushes[static_cast<std::size_t>(FlushKind::Pid)];
  meter_.did(KernelWork::PidFlush);
  hardware_.flush_pid(pid_, cause);
}

// Every system call ends here.
Errno AddressSpace::finished(Errno error) {
  if (!unmapped_files_.empty()) forget_unmapped_files();
  ++meter_.counters().mapping_calls;
  if (error != Errno::Ok) ++meter_.counters().mapping_calls_failed;
  return error;
}

}  // namespace tessera::vm
