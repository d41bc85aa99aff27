#pragma once

#include <cstdint>

#include "sw/machine/accounting/config.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// Which rounds of a workload are counted, by the accesses that the program has done.
class Region {
 public:
  explicit Region(const AccountingConfig& config)
      : warm_up_(config.warm_up), length_(config.region), warm_(config.warm_up == 0) {}

  /// A round is over, which the workload wants counted or not: true if the counting begins now.
  bool begins_after(bool counted, std::uint64_t accesses) {
    accesses_ = accesses;
    const bool warms_up = counted && !warm_ && accesses - begin_ >= warm_up_;
    if (warms_up) warm_ = true;
    if (counted && !warms_up) return false;
    begin_ = accesses;
    return true;
  }

  /// All that is to be counted has been done.
  bool is_over() const { return warm_ && length_ != 0 && accesses_ - begin_ >= length_; }

  bool is_warm() const { return warm_; }

  /// Accesses since the workload wanted to be counted; from the end of the warm-up on since then.
  std::uint64_t accesses() const { return accesses_ - begin_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  std::uint64_t warm_up_;
  std::uint64_t length_;
  std::uint64_t begin_ = 0;
  std::uint64_t accesses_ = 0;
  bool warm_;
};

}  // namespace tessera::machine
