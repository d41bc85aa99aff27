#include "model/types/units.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace tessera {
namespace {

template <class A, class B, class = void>
struct Adds : std::false_type {};
template <class A, class B>
struct Adds<A, B, std::void_t<decltype(std::declval<A>() + std::declval<B>())>> : std::true_type {};

template <class A, class B, class = void>
struct Compares : std::false_type {};
template <class A, class B>
struct Compares<A, B, std::void_t<decltype(std::declval<A>() == std::declval<B>())>>
    : std::true_type {};

TEST(Units, DoNotMix) {
  EXPECT_TRUE((Adds<Cycles, Cycles>::value));
  EXPECT_FALSE((Adds<Cycles, PageCount>::value));
  EXPECT_FALSE((Adds<EffectiveAddress, EffectiveAddress>::value));
  EXPECT_FALSE((Adds<EffectiveAddress, PageCount>::value));
  EXPECT_TRUE((Adds<PageOffset, PageCount>::value));
  EXPECT_FALSE((Adds<PageOffset, Bytes>::value));
  EXPECT_FALSE((Compares<EffectiveAddress, RealAddress>::value));
  EXPECT_FALSE((Compares<VirtualPage, FrameNumber>::value));
  EXPECT_FALSE((std::is_convertible_v<int, Cycles>));
  EXPECT_FALSE((std::is_convertible_v<Cycles, std::uint64_t>));
}

TEST(Units, PlacesAreAmountsApart) {
  EXPECT_EQ(PageOffset(7) - PageOffset(3), PageCount(4));
  EXPECT_EQ(VirtualPage(3) + PageCount(4), VirtualPage(7));
  EXPECT_EQ(EffectiveAddress(0x1000) + Bytes(0x234), EffectiveAddress(0x1234));
}

TEST(Units, EffectiveAddressesWrapAt32Bits) {
  EXPECT_EQ(EffectiveAddress(0xFFFFF000U) + kPageBytes, EffectiveAddress(0));
}

TEST(Units, AddressesAndPagesBelongTogether) {
  EXPECT_EQ(page_of(EffectiveAddress(0x12345678)), VirtualPage(0x12345));
  EXPECT_EQ(address_of(VirtualPage(0x12345)), EffectiveAddress(0x12345000));
  EXPECT_EQ(frame_of(RealAddress(0xF12345678ULL)), FrameNumber(0xF12345));
  EXPECT_EQ(address_of(FrameNumber(0xF12345)), RealAddress(0xF12345000ULL));
  EXPECT_EQ(offset_in_page(EffectiveAddress(0x12345678)), Bytes(0x678));
  EXPECT_EQ(bytes_of(PageCount(3)), Bytes(12288));
}

}  // namespace
}  // namespace tessera
