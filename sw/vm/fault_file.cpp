#include <algorithm>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// __do_fault (linux-vm.md B2): a private write makes its VMA an anonymous one before the page
// is even looked for.
FaultOutcome AddressSpace::fault_file(RealAddress slot, PageOffset offset, bool write, Vma& vma) {
  const bool copies = write && !vma.shared;
  if (copies) prepare_anon_identity(vma);
  FrameNumber frame;
  const FaultOutcome outcome = find_file_page(offset, vma, frame);
  if (!outcome.resolved()) return outcome;
  meter_.did(KernelWork::FileFault);
  if (copies) return map_private_copy(slot, frame, outcome, vma);
  if (write) meter_.did(KernelWork::FileDirty);
  table_.store(slot, file_entry(frame, vma, write));
  enter_rss(frame);
  if (write) note_write(frame, vma);
  return outcome;
}

// filemap_fault and shmem_fault: what is missing is read, or made if nothing is there to read.
FaultOutcome AddressSpace::find_file_page(PageOffset offset, const Vma& vma, FrameNumber& frame) {
  File& file = *vma.file;
  FaultOutcome outcome;
  if (!file.contains(offset)) return ended(FaultResult::BusError);
  const FileSystem& file_system = file.file_system();
  if (file_system.faults_read_pages && !file.is_cached(offset)) {
    read_missing(offset, vma);
    outcome.major = true;
  } else {
    const bool from_swap = file.is_in_swap(offset);
    outcome.major = from_swap || (kernel_.file_fault.readahead_mark_is_major &&
                                  file.take_readahead_mark(offset));
  }
  bool fresh = false;
  const auto found = file.page(offset, fresh);
  if (!found) return ended(FaultResult::OutOfMemory);
  if (fresh) meter_.did(KernelWork::PageClear);
  frame = *found;
  return outcome;
}

// do_sync_mmap_readahead: even MADV_RANDOM does not keep code from being read ahead.
void AddressSpace::read_missing(PageOffset offset, const Vma& vma) const {
  const PageCount pages = vma.file->file_system().read_around;
  if (vma.protection.exec && kernel_.file_fault.code_is_read_forwards) {
    vma.file->read_ahead(offset, std::min(offset + pages, vma.linear_offset(vma.end)));
  } else if (vma.random_read) {
    vma.file->read_ahead(offset, offset + PageCount(1));
  } else {
    vma.file->read_around(offset, pages);
  }
}

FaultOutcome AddressSpace::map_private_copy(RealAddress slot, FrameNumber source,
                                            FaultOutcome outcome, const Vma& vma) {
  const auto copy = allocate_private();
  if (!copy) return ended(FaultResult::OutOfMemory);
  hardware_.copy_frame(source, *copy);
  meter_.did(KernelWork::CopyFault);
  table_.store(slot, private_entry(*copy, vma));
  enter_rss(*copy);
  return outcome;
}

// A page of a file is mapped writable only if writing to it is the file's affair, and if nobody
// waits for the first write (vma_wants_writenotify).
pte::Raw AddressSpace::file_entry(FrameNumber frame, const Vma& vma, bool write) const {
  const pte::Raw entry = pte::make_present(format_, frame, vma.protection, write);
  const bool writable = vma.shared && (write || !notices_first_write(*vma.file));
  return writable ? entry : pte::without_write(format_, entry);
}

// set_page_dirty and balance_dirty_pages of a write fault (linux-vm.md B2): a page beyond the
// threshold makes the writer write the others back.
void AddressSpace::note_write(FrameNumber frame, const Vma& vma) const {
  File& file = *vma.file;
  if (!notices_first_write(file)) return;
  const auto offset = file.index_of(frame);
  if (!offset) return;
  file.mark_dirty(*offset);
  const PageCount threshold = kernel_.file_fault.dirty_threshold;
  if (threshold != PageCount(0) && threshold < file.dirty_pages()) file.write_back_others(*offset);
}

// mapping_cap_account_dirty, in kernels that have it.
bool AddressSpace::notices_first_write(const File& file) const {
  return file.file_system().accounts_dirty && !kernel_.file_fault.ignores_first_write;
}

}  // namespace tessera::vm
