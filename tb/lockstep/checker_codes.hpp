#pragma once

#include <cstdint>

/// Outcomes of docs/pins.md 2 and bits of its section 10, with those of docs/walkers.md W2.
namespace tessera::lockstep::code {

inline constexpr std::uint8_t kTranslated = 0;
inline constexpr std::uint8_t kDataTlbError = 1;
inline constexpr std::uint8_t kInstructionTlbError = 2;
inline constexpr std::uint8_t kDataStorage = 3;
inline constexpr std::uint8_t kInstructionStorage = 4;
inline constexpr std::uint8_t kMachineCheck = 5;

// Of two, that of the I port; the D port's is one bit higher.
inline constexpr std::uint32_t kL2Hit = 1U << 2;
inline constexpr std::uint32_t kMachineChecked = 1U << 6;
inline constexpr std::uint32_t kWalkFault = 1U << 22;

inline constexpr std::uint32_t kDtlbError = 1U << 4;
inline constexpr std::uint32_t kItlbError = 1U << 5;
inline constexpr std::uint32_t kDsi = 1U << 8;
inline constexpr std::uint32_t kIsi = 1U << 9;
inline constexpr std::uint32_t kFillCancelled = 1U << 21;
inline constexpr std::uint32_t kWalkLoad = 1U << 24;
inline constexpr std::uint32_t kWalkWrite = 1U << 25;
inline constexpr std::uint32_t kWalkOvertaken = 1U << 26;

}  // namespace tessera::lockstep::code
