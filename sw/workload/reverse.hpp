#pragma once

#include <cstdint>

#include "sw/workload/workload.hpp"

namespace tessera::workload {

/// Parameters of the reversal.
struct ReverseParameters {
  PageCount window_pages{4096};  ///< and file_pages, 1 to 2^31
  std::uint64_t passes = 1;      ///< 1 or more
  bool remapped = true;          ///< false: nothing is remapped, and nothing can be expected
};

/// The benchmark of the patch that replaced remap_file_pages by mappings (linux-vm.md I). Each
/// pass maps fresh shared memory, writes every page's number into it, maps every page by itself
/// to the one as far from the end, reads all of them, and unmaps.
class Reverse final : public Workload {
 public:
  explicit Reverse(const ReverseParameters& parameters) : parameters_(parameters) {}

  bool next(Iteration& iteration) override;
  std::uint64_t iterations() const override { return parameters_.passes * steps_of_a_pass(); }
  PageCount window_pages() const override { return parameters_.window_pages; }
  PageCount file_pages() const override { return parameters_.window_pages; }
  PageCount element_pages() const override { return PageCount(1); }
  FileKind file_kind() const override { return FileKind::Hole; }
  void state(Archive& archive) override;

 private:
  std::uint64_t steps_of_a_pass() const { return 2 + 3 * parameters_.window_pages.value(); }
  PageCount opposite(PageCount page) const;
  void write(Iteration& iteration, PageCount page) const;
  void remap(Iteration& iteration, PageCount page) const;
  void read(Iteration& iteration, PageCount page) const;

  ReverseParameters parameters_;
  std::uint64_t step_ = 0;  // of all passes
};

}  // namespace tessera::workload
