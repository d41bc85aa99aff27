#pragma once

namespace tessera {

/// Sanitizers look for other errors than wrong results and take ten times as long: a test of very
/// many cases, which the release build runs whole, takes fewer under them.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace tessera
