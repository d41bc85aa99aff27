#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tessera::vm {

/// The things a kernel does, each with a price in instructions. The counter of an item moves
/// by one (or by the number of pages, levels, entries named) when the VM layer does it.
enum class KernelWork : std::uint8_t {
  SystemCall,      ///< entry and exit of any system call
  MmapBase,        ///< one mmap that passed the checks of its arguments
  MunmapBase,      ///< one unmapping: munmap, or mmap over something
  FindVmaLevel,    ///< one level of the VMA tree in one search or insertion
  VmaInsert,       ///< a VMA enters the tree and the file's reverse map
  VmaRemove,       ///< a VMA leaves them
  VmaSplit,        ///< a VMA was cut in two (its insertion included)
  VmaAdjust,       ///< a VMA was grown over a new mapping (merge)
  ZapEntry,        ///< an entry was examined by an unmapping
  ZapPage,         ///< an unmapping cleared a present entry
  PageFlush,       ///< flush_tlb_page, its TLB instructions included
  PidFlush,        ///< flush_tlb_mm, likewise
  RemapBase,       ///< one remap_file_pages that passed the checks of its arguments
  RemapPage,       ///< one file PTE installed
  RemapReplace,    ///< that replaced a present page
  PrefaultBase,    ///< one call of make_pages_present
  PrefaultPage,    ///< one page looked up by it, the fault apart
  ExceptionFault,  ///< entry and exit of a page-fault exception
  FileFault,       ///< a file page looked up and mapped
  FileDirty,       ///< in addition, because the access was a write
  AnonymousFault,  ///< the zero page or a new anonymous page mapped
  UpgradeFault,    ///< accessed, dirty or write permission added to a present entry
  CopyFault,       ///< a page copied on write
  PageClear,       ///< a frame allocated and zeroed for a page
  TableAllocate,   ///< a page-table page allocated and zeroed
  TableFree,       ///< a page-table page freed
  ProtectEntry,    ///< an entry was examined by mprotect
  MoveEntry,       ///< an entry was examined by mremap
  MapAround,       ///< a page mapped by fault-around
  CopyEntry,       ///< an entry was examined by fork, or written by a driver's mmap
  VmaTreeNode,     ///< a node set aside before a change of the VMA tree, used or not
};
inline constexpr std::size_t kKernelWorks = 31;  ///< how many items there are

/// "mmap_base" and so on: the names in reports.
const char* name(KernelWork work);

/// Instructions per item, memory stalls of page-table words apart.
class KernelCosts {
 public:
  /// Instructions of an item, to be set.
  constexpr std::uint32_t& operator[](KernelWork work) {
    return instructions_[static_cast<std::size_t>(work)];
  }
  /// Instructions of an item.
  constexpr std::uint32_t operator[](KernelWork work) const {
    return instructions_[static_cast<std::size_t>(work)];
  }

 private:
  std::array<std::uint32_t, kKernelWorks> instructions_{};
};

}  // namespace tessera::vm
