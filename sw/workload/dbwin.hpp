#pragma once

#include <cstdint>

#include "sw/workload/random.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::workload {

/// Parameters of the dbwin microbenchmark, under its own names.
struct DbwinParameters {
  PageCount file_pages{16384};   ///< F
  PageCount window_pages{4096};  ///< W
  PageCount element_pages{1};    ///< elem
  std::uint64_t remaps = 20000;  ///< N
  std::uint64_t seed = 1;
  /// 0: no touch; 1: read each page of the element; 2: write each; 3 and more: read each, then
  /// that many random reads in the window, which was read once before the counting starts.
  std::uint64_t touch = 1;
  /// A mapping that is never replaced shows other pages than asked for: nothing to expect.
  bool remapped = true;
};

/// The microbenchmark that the golden rows were recorded with: N times a random element of the
/// window gets a random element of the file, and is touched.
class Dbwin final : public Workload {
 public:
  /// Throws UserError when the sizes do not fit each other.
  explicit Dbwin(const DbwinParameters& parameters);

  bool next(Iteration& iteration) override;
  std::uint64_t iterations() const override { return parameters_.remaps; }
  PageCount window_pages() const override { return parameters_.window_pages; }
  PageCount file_pages() const override { return parameters_.file_pages; }
  PageCount element_pages() const override { return parameters_.element_pages; }
  void state(Archive& archive) override;

 private:
  void pre_touch(Iteration& iteration) const;
  void touch_element(Iteration& iteration, PageCount window_page, PageOffset file_page) const;
  void touch_at_random(Iteration& iteration);

  DbwinParameters parameters_;
  Random random_;
  std::uint64_t done_ = 0;
  bool pre_touched_;
};

}  // namespace tessera::workload
