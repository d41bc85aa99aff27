#include "sw/semantics/check.hpp"

namespace tessera::semantics {

namespace {

Checks gather() {
  Checks all;
  for (const auto topic :
       {order_checks, persistence_checks, vma_change_checks, argument_checks, end_of_file_checks,
        mapping_checks, truncate_checks, lock_checks, offset_checks}) {
    const Checks checks = topic();
    all.insert(all.end(), checks.begin(), checks.end());
  }
  return all;
}

}  // namespace

const Checks& all_checks() {
  static const Checks checks = gather();
  return checks;
}

}  // namespace tessera::semantics
