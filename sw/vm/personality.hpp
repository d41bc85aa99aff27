#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/types/units.hpp"
#include "sw/vm/kernel_work.hpp"

namespace tessera::vm {

/// What differs between kernels, as answers: code asks "does this kernel ...?", never which
/// kernel it is. Limits of file PTEs belong to the PTE format.
struct Personality {
  std::string_view name;

  EffectiveAddress task_size;      ///< first address no process may map
  EffectiveAddress unmapped_base;  ///< mmap without MAP_FIXED searches upwards from here
  EffectiveAddress kernel_base;    ///< EA of RA 0: PGD entries hold RA + this
  /// vm.max_map_count. mmap refuses when map_count is above it, cutting a hole into a VMA when
  /// it is reached (linux-vm.md L).
  std::uint32_t max_map_count = 0;
  std::uint32_t vma_bytes = 0;  ///< sizeof(struct vm_area_struct)

  /// remap_file_pages of a range that is linear already, in a VMA that was never nonlinear,
  /// returns at once and populates nothing (linux-vm.md A4 row 10a; 3.18 populates).
  bool linear_remap_is_no_op = false;

  /// Without MAP_NONBLOCK remap_file_pages faults its pages in before it returns (A4 row 13).
  bool remap_prefaults = false;

  KernelCosts costs;
};

/// The kernel of that name ("3.8"); null if there is none.
const Personality* find_kernel(std::string_view name);

/// The names find_kernel knows, oldest kernel first.
std::vector<std::string_view> kernel_names();

}  // namespace tessera::vm
