#pragma once

#include <cstdint>

#include "model/types/quantity.hpp"

namespace tessera {

/// Clock cycles of the core: a duration, and as time since reset also a moment.
using Cycles = Amount<struct CyclesTag, std::uint64_t>;

/// A number of bytes.
using Bytes = Amount<struct BytesTag, std::uint64_t>;

/// A number of 4 KB pages.
using PageCount = Amount<struct PageCountTag, std::uint64_t>;

/// An effective address (EA): what a program uses; 32 bits on every core modelled here.
using EffectiveAddress = Place<struct EffectiveAddressTag, std::uint32_t, Bytes>;

/// A real address (RA): what memory uses; 36 bits on e500v2 and e500mc.
using RealAddress = Place<struct RealAddressTag, std::uint64_t, Bytes>;

/// EA divided by 4 KB: a page of a program's address space (Linux: vpn).
using VirtualPage = Place<struct VirtualPageTag, std::uint32_t, PageCount>;

/// RA divided by 4 KB: a page of physical memory (Linux: pfn).
using FrameNumber = Place<struct FrameNumberTag, std::uint64_t, PageCount>;

/// A page of a file, counted from 0 (Linux: pgoff).
using PageOffset = Place<struct PageOffsetTag, std::uint64_t, PageCount>;

/// Process id as the MMU knows it: 8 bits on e500*, 0 = global (Linux: context id).
using Pid = Quantity<struct PidTag, std::uint32_t>;

/// Logical partition id: 6 bits on e500mc, 0 = global.
using Lpid = Quantity<struct LpidTag, std::uint32_t>;

inline constexpr unsigned kPageShift = 12;            ///< a page has 2^this bytes
inline constexpr Bytes kPageBytes{1U << kPageShift};  ///< a page of 4 KB

/// The page that an address lies in.
constexpr VirtualPage page_of(EffectiveAddress ea) { return VirtualPage(ea.value() >> kPageShift); }
/// The frame that an address lies in.
constexpr FrameNumber frame_of(RealAddress ra) { return FrameNumber(ra.value() >> kPageShift); }

/// First byte of a page; of a FrameNumber likewise, its RealAddress.
constexpr EffectiveAddress address_of(VirtualPage page) {
  return EffectiveAddress(page.value() << kPageShift);
}
// Doxygen 1.9.4 takes the two for one.
/// @cond
constexpr RealAddress address_of(FrameNumber frame) {
  return RealAddress(frame.value() << kPageShift);
}
/// @endcond

/// Byte within the page, 0..4095.
constexpr Bytes offset_in_page(EffectiveAddress ea) {
  return Bytes(ea.value() & (kPageBytes.value() - 1));
}

/// How many bytes so many pages have.
constexpr Bytes bytes_of(PageCount pages) { return Bytes(pages.value() << kPageShift); }

}  // namespace tessera
