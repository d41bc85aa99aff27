#pragma once

#include <cstdint>
#include <memory>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

class File;
class HugeFile;
struct KnownFiles;

/// What a VMA is, apart from its place: two neighbours of equal kind may merge (Linux vm_flags
/// and vm_file).
struct VmaKind {
  pte::Protection protection;  ///< the rights that a program has
  /// VM_MAYWRITE: mprotect may add write permission (all but shared mappings of a descriptor
  /// that is not open for writing).
  bool may_write = true;
  bool shared = false;           ///< VM_SHARED: writes go to the file (needs a writable descriptor)
  bool may_share = false;        ///< VM_MAYSHARE: mapped with MAP_SHARED
  bool nonlinear = false;        ///< VM_NONLINEAR: sticky, set by remap_file_pages
  bool locked = false;           ///< VM_LOCKED
  bool random_read = false;      ///< VM_RAND_READ: no read-around
  bool sequential_read = false;  ///< VM_SEQ_READ
  bool account = false;          ///< VM_ACCOUNT: private writable memory that is charged for
  bool noreserve = false;        ///< VM_NORESERVE
  bool io = false;               ///< VM_IO: frames of a device, without pages to fault in
  bool pfn_map = false;    ///< VM_PFNMAP: frames that have no struct page, or none that counts
  bool mixed_map = false;  ///< VM_MIXEDMAP: such frames beside normal pages
  File* file = nullptr;    ///< null: private anonymous memory
  /// VM_HUGETLB: the nameless file its huge pages come from; null: pages of 4 KB.
  std::shared_ptr<HugeFile> huge{};
  /// Which open of the file made the mapping (Linux struct file).
  std::uint32_t description = 0;

  /// All members are equal: neighbours may merge.
  friend bool operator==(const VmaKind& a, const VmaKind& b) {
    return a.protection == b.protection && a.may_write == b.may_write && a.shared == b.shared &&
           a.may_share == b.may_share && a.nonlinear == b.nonlinear && a.locked == b.locked &&
           a.random_read == b.random_read && a.sequential_read == b.sequential_read &&
           a.account == b.account && a.noreserve == b.noreserve && a.io == b.io &&
           a.pfn_map == b.pfn_map && a.mixed_map == b.mixed_map && a.file == b.file &&
           a.description == b.description && a.huge == b.huge;
  }

  /// Its pages are huge ones.
  bool hugetlb() const { return huge != nullptr; }

  /// Linux VM_SPECIAL: never merged, never locked, never expanded (linux-vm.md D3). hugetlbfs
  /// marks its VMAs VM_DONTEXPAND.
  bool special() const { return io || pfn_map || mixed_map || hugetlb(); }

  /// What changes during a run (decision 13).
  void state(Archive& archive, const KnownFiles& known);

  /// Any right at all (Linux vma_is_accessible).
  bool accessible() const { return protection.index() != 0; }
};

/// A virtual memory area: pages [start, end) with one set of rights and one source of contents.
struct Vma : VmaKind {
  VirtualPage start;  ///< the first page
  VirtualPage end;    ///< the first page behind
  PageOffset offset;  ///< vm_pgoff: of the first page; anonymous: its virtual page number
  /// anon_vma: 0 until the first private page; VMAs with different ones do not merge.
  std::uint32_t anon_identity = 0;
  /// The anon_vma came over from a parent at fork (its chain has more than one link).
  bool anon_inherited = false;

  /// Where the next reclaim of a nonlinear VMA goes on (vm_private_data, linux-vm.md C).
  PageCount reclaim_cursor{0};

  /// How many pages it has.
  PageCount pages() const { return end - start; }
  /// The page is one of it.
  bool contains(VirtualPage page) const { return start <= page && page < end; }

  /// The page of the file a linear mapping has at `page`.
  PageOffset linear_offset(VirtualPage page) const { return offset + (page - start); }

  /// What changes during a run (decision 13).
  void state(Archive& archive, const KnownFiles& known);

  /// What it is, without its place.
  const VmaKind& kind() const { return *this; }
  /// Becomes of this kind where it stands; VmaTree::set_kind tells the reverse map too.
  void set_kind(const VmaKind& kind) { static_cast<VmaKind&>(*this) = kind; }
};

}  // namespace tessera::vm
