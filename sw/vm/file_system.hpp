#pragma once

#include <string_view>
#include <vector>

#include "model/types/units.hpp"

namespace tessera::vm {

/// What differs between file systems as far as memory management sees them.
struct FileSystem {
  std::string_view name;  ///< as in find_file_system()

  /// On a disk (Linux mapping_cap_account_dirty): the kernel wants to know when a page is first
  /// written to (write-notify), writes pages back, and never maps such files nonlinearly
  /// (linux-vm.md A4).
  bool accounts_dirty = false;

  /// A page that is not in the page cache is read by filemap_fault: a major fault, even if the
  /// contents are zeros. shmem makes such pages itself: minor (linux-vm.md B2, L).
  bool faults_read_pages = false;

  /// Pages read around a missing one, from index - half of them; 0 and 1: only itself
  /// (linux-vm.md L).
  PageCount read_around{1};

  /// Its pages can be taken out of memory: to the disk, or to swap.
  bool can_reclaim = false;

  /// fallocate can punch holes (MADV_REMOVE).
  bool punches_holes = false;

  /// A device of memory itself: page n of the file is frame n, and mmap maps all frames at once
  /// (remap_pfn_range).
  bool maps_frames = false;

  /// Such a device, but its driver maps a frame when it is touched (vm_insert_pfn).
  bool faults_frames = false;
};

extern const FileSystem kTmpfs;  ///< memory, which swap can take
extern const FileSystem kRamfs;  ///< memory that stays
extern const FileSystem kExt2;   ///< on a disk, read around
extern const FileSystem kExt4;   ///< on a disk, with more read around, and holes can be punched
/// /dev/mem, which is not among the names of file systems.
extern const FileSystem kDevMem;
/// The same memory behind a driver that faults, likewise.
extern const FileSystem kFaultingDevice;

/// The file system of that name ("tmpfs", "ramfs", "ext2", "ext4"); null if there is none.
const FileSystem* find_file_system(std::string_view name);

/// The names find_file_system knows.
std::vector<std::string_view> file_system_names();

}  // namespace tessera::vm
