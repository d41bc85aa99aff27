#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"
#include "sw/vm/errno.hpp"

namespace tessera::vm {

class File;
class HugeFile;

/// PROT_*: raw bits of mmap and remap_file_pages.
inline constexpr unsigned kProtNone = 0;
inline constexpr unsigned kProtRead = 1;                            ///< loads
inline constexpr unsigned kProtWrite = 2;                           ///< stores
inline constexpr unsigned kProtExec = 4;                            ///< fetches
inline constexpr unsigned kProtReadWrite = kProtRead | kProtWrite;  ///< both of the usual ones

/// MAP_* with their powerpc values.
inline constexpr unsigned kMapShared = 0x01;
inline constexpr unsigned kMapPrivate = 0x02;         ///< writes stay with the process
inline constexpr unsigned kMapSharedValidate = 0x03;  ///< the map type, where the kernel knows it
inline constexpr unsigned kMapType = 0x0f;            ///< the bits that say which of the three
inline constexpr unsigned kMapFixed = 0x10;           ///< the address is the place itself
inline constexpr unsigned kMapAnonymous = 0x20;       ///< no file
inline constexpr unsigned kMapNoreserve = 0x40;       ///< nothing is charged for
inline constexpr unsigned kMapLocked = 0x80;          ///< mlock, too
inline constexpr unsigned kMapPopulate = 0x8000;      ///< pages are faulted in at once
/// With kMapPopulate, or remap_file_pages: only what is in memory.
inline constexpr unsigned kMapNonblock = 0x10000;
inline constexpr unsigned kMapHugetlb = 0x40000;  ///< huge pages
/// log2 of the huge pages' size from here on (3.8); 0: default.
inline constexpr unsigned kMapHugeShift = 26;
inline constexpr unsigned kMapHugeMask = 0x3f;  ///< the bits of that, shifted down
/// As kMapFixed, but nothing may be there.
inline constexpr unsigned kMapFixedNoreplace = 0x100000;

/// MREMAP_*.
inline constexpr unsigned kMremapMaymove = 1;
inline constexpr unsigned kMremapFixed = 2;      ///< the new address is the place itself
inline constexpr unsigned kMremapDontunmap = 4;  ///< the source stays mapped, empty

/// MS_*.
inline constexpr unsigned kMsAsync = 1;
inline constexpr unsigned kMsInvalidate = 2;  ///< EBUSY if any of it is locked
inline constexpr unsigned kMsSync = 4;        ///< waits until it is written

/// MCL_* with their powerpc values.
inline constexpr unsigned kMclCurrent = 0x2000;
inline constexpr unsigned kMclFuture = 0x4000;  ///< what will be mapped

/// Whether a word of flags, of any system call, has the one asked for.
constexpr bool has(unsigned flags, unsigned flag) { return (flags & flag) != 0; }

/// The rights that kProt* bits ask for; other bits are ignored.
constexpr pte::Protection protection_of(unsigned bits) {
  return {has(bits, kProtRead), has(bits, kProtWrite), has(bits, kProtExec)};
}

/// MADV_*: the advice a program may give; anything else is EINVAL in every kernel.
enum class Advice : std::uint8_t { Normal, Random, Sequential, WillNeed, DontNeed, Remove };

/// How a file descriptor was opened.
enum class OpenMode : std::uint8_t { ReadOnly, ReadWrite, WriteOnly };

/// The arguments of mmap(2), unchecked. The kernel sees the low 32 bits of length and offset.
struct MmapRequest {
  EffectiveAddress address;        ///< a hint, or the place itself with kMapFixed
  std::uint64_t length_bytes = 0;  ///< any value; rounded up to pages
  unsigned protection = 0;         ///< kProt* bits
  unsigned flags = 0;              ///< kMap* bits; others are ignored
  File* file = nullptr;            ///< ignored with kMapAnonymous; otherwise null = bad fd, unless
                                   ///< there is a huge_file
  std::uint64_t page_offset = 0;   ///< in pages of 4 KB (mmap2)
  OpenMode mode = OpenMode::ReadWrite;  ///< how the descriptor was opened
  /// Bytes of the offset beyond whole pages: anything but 0 is EINVAL (the C library's mmap64
  /// refuses it before the kernel is asked, so even before EBADF).
  std::uint32_t offset_remainder = 0;
  /// Which open of the file this descriptor is (Linux struct file): mappings made through
  /// different ones never merge. Any number, equal for equal opens.
  std::uint32_t description = 0;
  /// A file on a hugetlbfs instead of `file`; whole huge pages of it are mapped, shared.
  std::shared_ptr<HugeFile> huge_file{};
};

/// What mmap(2) returns.
struct MmapResult {
  /// Ok, or why nothing was mapped.
  Errno error = Errno::Ok;
  EffectiveAddress address;  ///< of the mapping; 0 on error

  /// The mapping is there.
  bool ok() const { return error == Errno::Ok; }
};

/// The result of an mmap or mremap that did nothing.
constexpr MmapResult failed(Errno error) { return {error, EffectiveAddress(0)}; }

/// The arguments of mremap(2), unchecked. The kernel sees its own word of the lengths.
struct MremapRequest {
  EffectiveAddress old_address;  ///< the range that moves begins here
  std::uint64_t old_length = 0;  ///< bytes; 0 duplicates a shared mapping
  std::uint64_t new_length = 0;  ///< bytes; 0 is EINVAL
  unsigned flags = 0;            ///< kMremap* bits; others are EINVAL
  EffectiveAddress new_address;  ///< read only with kMremapFixed or kMremapDontunmap
};

/// The arguments of remap_file_pages(2), unchecked. The kernel sees its own word of the numbers.
struct RemapRequest {
  EffectiveAddress start;   ///< the first page's address
  std::uint64_t size = 0;   ///< bytes
  unsigned protection = 0;  ///< kProt* bits
  std::uint64_t pgoff = 0;  ///< in pages
  unsigned flags = 0;       ///< kMapNonblock counts
};

/// What mincore(2) returns: on success one element a page.
struct MincoreResult {
  /// Ok, or why there is no answer.
  Errno error = Errno::Ok;
  std::vector<bool> resident;  ///< whether the page is in memory
};

/// What an access wanted when it faulted.
enum class FaultAccess : std::uint8_t { Read, Write, Fetch };

/// How the page-fault handler ended.
enum class FaultResult : std::uint8_t {
  Resolved,     ///< retry the access
  MapError,     ///< SIGSEGV, SEGV_MAPERR: no VMA there
  AccessError,  ///< SIGSEGV, SEGV_ACCERR: the VMA does not allow it
  BusError,     ///< SIGBUS: beyond the end of the file
  OutOfMemory,  ///< no frame could be had
};

/// What handle_fault() came to.
struct FaultOutcome {
  FaultResult result = FaultResult::Resolved;  ///< how it ended
  bool major = false;                          ///< waited for a device; never true for shmem

  /// The access is to be tried again.
  bool resolved() const { return result == FaultResult::Resolved; }
};

/// "SIGBUS", "SIGSEGV/MAPERR" and so on; "resolved" for success.
const char* name(FaultResult result);

}  // namespace tessera::vm
