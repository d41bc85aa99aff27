#pragma once

#include <cstdint>

#include "sw/workload/block_stream.hpp"
#include "sw/workload/element_window.hpp"
#include "sw/workload/random.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::workload {

/// Parameters of the database window.
struct WindowParameters {
  PageCount window_pages{4096};
  PageCount element_pages{0};  ///< a multiple of the block's pages; 0: one block an element
  PageCount file_pages{0};     ///< 0: as many as the stream's blocks have
  std::uint64_t accesses = 0;  ///< only the first that many of the stream; 0: all
  std::uint64_t passes = 1;    ///< how often these are played, one time behind the other
  std::uint64_t seed = 1;      ///< of the word touched in each page
  bool remapped = true;        ///< false: block b is looked for where it would fall, and no
                               ///< element is ever replaced (method `none`)
};

/// A database window as in 2002 (linux-vm.md I): a file much larger than the address space left
/// for it is seen through a window of elements. An access to a block that no element shows has
/// the least recently used element show it; then every page of the block is touched.
class Window final : public Workload {
 public:
  /// `stream` must outlive the workload. Throws UserError when the sizes do not fit.
  Window(const WindowParameters& parameters, const BlockStream& stream);

  bool next(Iteration& iteration) override;
  std::uint64_t iterations() const override { return accesses_ * parameters_.passes; }
  PageCount window_pages() const override { return parameters_.window_pages; }
  PageCount file_pages() const override { return parameters_.file_pages; }
  PageCount element_pages() const override { return parameters_.element_pages; }
  void state(Archive& archive) override;

 private:
  void touch_block(Iteration& iteration, PageCount window_page, PageOffset file_page, bool write);

  const BlockStream& stream_;
  WindowParameters parameters_;
  PageCount block_pages_;
  std::uint64_t accesses_;  // of one pass
  std::uint64_t done_ = 0;
  ElementWindow elements_;
  Random random_;
  std::uint64_t stream_fingerprint_ = 0;  // once a state was asked for
};

}  // namespace tessera::workload
