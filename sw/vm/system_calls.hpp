#pragma once

#include <cstdint>

#include "model/types/units.hpp"
#include "sw/vm/errno.hpp"

namespace tessera::vm {

class File;

/// PROT_*: raw bits of mmap and remap_file_pages.
inline constexpr unsigned kProtNone = 0;
inline constexpr unsigned kProtRead = 1;
inline constexpr unsigned kProtWrite = 2;
inline constexpr unsigned kProtExec = 4;

/// MAP_* with their powerpc values.
inline constexpr unsigned kMapShared = 0x01;
inline constexpr unsigned kMapPrivate = 0x02;
inline constexpr unsigned kMapType = 0x0f;
inline constexpr unsigned kMapFixed = 0x10;
inline constexpr unsigned kMapAnonymous = 0x20;
inline constexpr unsigned kMapPopulate = 0x8000;
inline constexpr unsigned kMapNonblock = 0x10000;

/// How a file descriptor was opened.
enum class OpenMode : std::uint8_t { ReadOnly, ReadWrite, WriteOnly };

/// The arguments of mmap(2), unchecked. The kernel sees the low 32 bits of length and offset.
struct MmapRequest {
  EffectiveAddress address;        ///< a hint, or the place itself with kMapFixed
  std::uint64_t length_bytes = 0;  ///< any value; rounded up to pages
  unsigned protection = 0;         ///< kProt* bits
  unsigned flags = 0;              ///< kMap* bits; others are ignored
  File* file = nullptr;            ///< ignored with kMapAnonymous; otherwise null = bad fd
  std::uint64_t page_offset = 0;   ///< in pages of 4 KB (mmap2)
  OpenMode mode = OpenMode::ReadWrite;
};

/// What mmap(2) returns.
struct MmapResult {
  Errno error = Errno::Ok;
  EffectiveAddress address;  ///< of the mapping; 0 on error

  bool ok() const { return error == Errno::Ok; }
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

struct FaultOutcome {
  FaultResult result = FaultResult::Resolved;
  bool major = false;  ///< had to read from a device; never true for shmem

  bool resolved() const { return result == FaultResult::Resolved; }
};

/// "SIGBUS", "SIGSEGV/MAPERR" and so on; "resolved" for success.
const char* name(FaultResult result);

}  // namespace tessera::vm
