#include "sw/vm/audit.hpp"

#include <algorithm>
#include <sstream>

namespace tessera::vm {

std::vector<std::string> AddressSpace::audit() const { return Audit(*this).run(); }

std::vector<std::string> Audit::run() {
  check_vmas();
  check_counters();
  check_tables();
  space_.table_.visit([this](VirtualPage page, pte::Raw entry) { check_entry(page, entry); });
  check_rss();
  return texts_;
}

void Audit::check_vmas() {
  VirtualPage free_from(0);
  for (const auto& [start, vma] : space_.vmas_) {
    if (start != vma.start) complain(start, "the tree's key is not the VMA's start");
    if (vma.start >= vma.end) complain(start, "empty VMA");
    if (vma.start < free_from) complain(start, "VMA overlaps the one before");
    if (page_of(space_.kernel_.task_size) < vma.end) complain(start, "VMA above TASK_SIZE");
    if (vma.hugetlb()) check_huge_vma(vma);
    if (vma.shared && vma.file == nullptr && !vma.hugetlb()) {
      complain(start, "shared VMA without a file");
    }
    if (vma.nonlinear && !vma.shared) complain(start, "nonlinear VMA that is not shared");
    if (vma.file != nullptr && !vma.file->mappings().contains(space_, vma)) {
      complain(start, "the file's reverse map does not know the VMA");
    }
    free_from = vma.end;
  }
}

void Audit::check_counters() {
  const VmCounters& counters = space_.counters();
  if (counters.vmas != space_.vmas_.size()) complain("counter vmas is not the number of VMAs");
  if (counters.vmas_peak < counters.vmas) complain("counter vmas_peak is below vmas");
  if (counters.vma_bytes != counters.vmas * space_.kernel_.vma_bytes) {
    complain("counter vma_bytes is not vmas * sizeof(vm_area_struct)");
  }
  if (counters.faults_minor + counters.faults_major !=
      counters.faults_by_exception + counters.faults_by_prefault) {
    complain("accounted faults differ by severity and by origin");
  }
  if (counters.exceptions != counters.faults_by_exception + counters.segmentation_faults +
                                 counters.bus_errors + counters.out_of_memory) {
    complain("page-fault exceptions are not the sum of their ends");
  }
}

void Audit::check_tables() {
  const std::vector<FrameNumber> tables = space_.table_.tables();
  if (tables.size() != space_.counters().page_table_pages) {
    complain("counter page_table_pages is not the number of PTE pages in the PGD");
  }
  for (const FrameNumber table : tables) {
    if (!space_.frames_.is_owned(table)) complain("the PGD names a PTE page nobody owns");
    if (!private_frames_.insert(table.value()).second) complain("a PTE page is used twice");
  }
}

void Audit::check_rss() {
  const VmCounters& counters = space_.counters();
  if (counters.huge_pages != huge_entries_) complain("counter huge_pages is not what PTEs map");
  if (forgets_offsets()) {
    // A page that its file lost changes sides while it is mapped; such a kernel has one counter.
    const std::uint64_t mapped = file_entries_ + private_entries_;
    if (counters.rss_file + counters.rss_anonymous != mapped) complain("rss is not what PTEs map");
    return;
  }
  if (counters.rss_file != file_entries_) complain("counter rss_file is not what PTEs map");
  if (counters.rss_anonymous != private_entries_) {
    complain("counter rss_anonymous is not what PTEs map");
  }
  if (counters.swapped != swap_entries_) complain("counter swapped is not the swap PTEs");
}

void Audit::check_entry(VirtualPage page, pte::Raw entry) {
  const pte::Format& format = space_.format_;
  const bool present = pte::is_present(format, entry);
  if (!present && pte::is_none(format, entry)) return;  // stale bits the none mask covers
  const Vma* vma = space_.vmas_.containing(page);
  if (vma == nullptr) {
    // A kernel that rounds the range up may populate behind the VMA (linux-vm.md A1).
    if (!space_.kernel_.remap.rounds_up) complain(page, "entry outside all VMAs");
    return;
  }
  if (vma->hugetlb()) return check_huge_entry(page, entry, *vma);
  if (present) return check_present(page, entry, *vma);
  if (pte::is_swap(format, entry)) {
    ++swap_entries_;
    if (vma->shared || space_.swap_ == nullptr) {
      complain(page, "swap PTE of a shared mapping");
    } else if (!space_.swap_->is_used(pte::pte_to_slot(format, entry))) {
      complain(page, "swap PTE of a free slot");
    }
    return;
  }
  // Populating may leave the file PTE of the linear page itself (linux-vm.md A3).
  const bool linear = space_.kernel_.remap.populates_at_once &&
                      pte::pte_to_pgoff(format, entry) == vma->linear_offset(page);
  if (!vma->nonlinear && !linear) complain(page, "file PTE in a linear VMA");
}

void Audit::check_present(VirtualPage page, pte::Raw entry, const Vma& vma) {
  const pte::Format& format = space_.format_;
  const FrameNumber frame = pte::frame_of(format, entry);
  if (!space_.normal_page(vma, page, entry) && frame != space_.frames_.zero_page()) {
    if (!vma.special()) complain(page, "page without struct page in a VMA of files or memory");
    return;
  }
  if (!space_.frames_.is_owned(frame)) complain(page, "maps a frame nobody owns");
  const bool any_rights = space_.kernel_.remap.takes_protection;  // linux-vm.md A1
  if (pte::is_writable(format, entry) && !vma.protection.write && !any_rights) {
    complain(page, "writable entry in a VMA that is not");
  }
  if (pte::is_dirty(format, entry) && !vma.may_write) {
    complain(page, "dirty entry in a VMA that never was writable");
  }
  const bool anonymous = space_.frames_.is_anonymous(frame);
  if (frame != space_.frames_.zero_page()) ++(anonymous ? private_entries_ : file_entries_);
  if (!anonymous && vma.file != nullptr) check_file_frame(page, entry, vma);
  if (pte::is_writable(format, entry) && space_.is_in_swap_cache(frame)) {
    complain(page, "a write to a page in the swap cache would not be noticed");
  }
  if (!vma.shared) check_private_frame(page, entry, vma);
  // A page that its file lost while a mapping nobody could find kept it (linux-vm.md A1).
  if (vma.shared && anonymous && !forgets_offsets()) {
    complain(page, "shared mapping maps a private frame");
  }
}

// A present entry of a nonlinear VMA has lost its offset: any page of the file may be right.
void Audit::check_file_frame(VirtualPage page, pte::Raw entry, const Vma& vma) {
  const FrameNumber frame = pte::frame_of(space_.format_, entry);
  const auto index = vma.file->index_of(frame);
  if (!index) return complain(page, "maps a frame that is not of the VMA's file");
  if (vma.file->cached(*index) != frame) complain(page, "page cache disowns the mapped frame");
  const bool unnoticed =
      pte::is_writable(space_.format_, entry) && !pte::is_dirty(space_.format_, entry);
  if (space_.notices_first_write(*vma.file) && unnoticed) {
    complain(page, "a write to a clean page would not be noticed");
  }
  const bool dirty = pte::is_dirty(space_.format_, entry);
  if (space_.notices_first_write(*vma.file) && dirty && !vma.file->is_dirty(*index)) {
    complain(page, "dirty entry of a page that its file takes for clean");
  }
  if (vma.nonlinear || forgets_offsets()) return;
  if (*index != vma.linear_offset(page)) {
    complain(page, "linear VMA maps the wrong page of its file");
  }
  const auto found = vma.file->mappings().linear(*index, *index + PageCount(1));
  const bool reached = std::any_of(found.begin(), found.end(), [&](const FileMapping& mapping) {
    return mapping.space == &space_ && mapping.start == vma.start;
  });
  if (!reached) complain(page, "the reverse map does not lead from the page to its entry");
}

void Audit::check_private_frame(VirtualPage page, pte::Raw entry, const Vma& vma) {
  const FrameNumber frame = pte::frame_of(space_.format_, entry);
  if (space_.frames_.is_anonymous(frame)) {
    if (vma.anon_identity == 0) complain(page, "private frame in a VMA without anon_vma");
    if (!private_frames_.insert(frame.value()).second) {
      complain(page, "private frame is mapped twice");
    }
  } else if (pte::is_writable(space_.format_, entry)) {
    complain(page, "private mapping may write a page it shares");
  }
}

bool Audit::forgets_offsets() const { return space_.kernel_.remap.forgets_offsets; }

void Audit::complain(VirtualPage page, const std::string& text) {
  std::ostringstream line;
  line << "EA 0x" << std::hex << address_of(page).value() << ": " << text;
  complain(line.str());
}

}  // namespace tessera::vm
