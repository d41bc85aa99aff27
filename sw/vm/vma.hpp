#pragma once

#include <cstdint>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"

namespace tessera::vm {

class File;

/// A virtual memory area: pages [start, end) with one set of rights and one source of contents.
struct Vma {
  VirtualPage start;
  VirtualPage end;  ///< the first page behind
  pte::Protection protection;
  bool shared = false;     ///< VM_SHARED: writes go to the file (needs a writable descriptor)
  bool may_share = false;  ///< VM_MAYSHARE: mapped with MAP_SHARED
  bool nonlinear = false;  ///< VM_NONLINEAR: sticky, set by remap_file_pages
  File* file = nullptr;    ///< null: private anonymous memory
  PageOffset offset;       ///< vm_pgoff: of the first page; anonymous: its virtual page number
  /// anon_vma: 0 until the first private page; VMAs with different ones do not merge.
  std::uint32_t anon_identity = 0;

  PageCount pages() const { return end - start; }
  bool contains(VirtualPage page) const { return start <= page && page < end; }

  /// The page of the file a linear mapping has at `page`.
  PageOffset linear_offset(VirtualPage page) const { return offset + (page - start); }

  /// VMAs that compare equal here differ in place only (Linux vm_flags and vm_file).
  bool same_kind(const Vma& other) const {
    return protection == other.protection && shared == other.shared &&
           may_share == other.may_share && nonlinear == other.nonlinear && file == other.file;
  }
};

}  // namespace tessera::vm
