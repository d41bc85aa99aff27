#pragma once

#include <cstddef>
#include <cstdint>

namespace tessera::machine {

/// What a core spends its time on. Every cycle belongs to exactly one part.
enum class Part : std::uint8_t {
  User,         ///< the program: its instructions, translations and memory stalls
  Walk,         ///< translations for which the hardware walked, from request to response
  TlbMiss,      ///< TLB-miss handlers, from exception entry to rfi or bail-out
  PageFault,    ///< the page-fault path, from exception entry or bail-out to rfi
  MappingCall,  ///< mmap and remap_file_pages, from sc to rfi
  Flush,        ///< TLB invalidations, wherever they are ordered
};
inline constexpr std::size_t kParts = 6;

/// Name of a part as in JSON.
const char* name_of(Part part);

/// What a part holds, in one line.
const char* meaning_of(Part part);

}  // namespace tessera::machine
