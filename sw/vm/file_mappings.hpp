#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "model/types/units.hpp"
#include "sw/vm/measured_set.hpp"
#include "sw/vm/vma.hpp"

namespace tessera::vm {

class AddressSpace;

/// Where one VMA maps a file.
struct FileMapping {
  AddressSpace* space = nullptr;  ///< whose VMA it is
  std::uint32_t number = 0;       ///< of the address space, which keeps it for life
  VirtualPage start;              ///< of the VMA
  PageOffset offset;              ///< the linear offset there
  PageOffset end;                 ///< the linear offset behind its last page
  bool nonlinear = false;         ///< the VMA is nonlinear: any page may map any offset
};

/// The reverse map of one file (Linux address_space i_mmap and i_mmap_nonlinear): which VMAs of
/// which processes map it. Linear VMAs are found by offset, nonlinear ones only all together.
class FileMappings {
 public:
  /// The VMA `vma` of `space` now maps the file, or does so no longer. A VMA whose place, offset
  /// or nonlinearity changes leaves first and comes back.
  void add(AddressSpace& space, const Vma& vma);
  /// The VMA `vma` of `space` maps the file no longer. Requires that it did.
  void remove(AddressSpace& space, const Vma& vma);

  /// Whether it knows exactly this VMA.
  bool contains(const AddressSpace& space, const Vma& vma) const;

  /// Linear VMAs that map any page of [first, end), ordered by where they end in the file: log n
  /// for each of them.
  std::vector<FileMapping> linear(PageOffset first, PageOffset end) const;

  /// All nonlinear VMAs: any of them may map any page.
  std::vector<FileMapping> nonlinear() const;

  /// Whether any VMA of `space` maps the file.
  bool has_any_of(const AddressSpace& space) const;

  /// One of them. Requires that there is one.
  const FileMapping& any() const { return *(linear_.empty() ? nonlinear_ : linear_).first({}, 0); }

  /// No VMA maps the file.
  bool empty() const { return linear_.empty() && nonlinear_.empty(); }
  /// How many VMAs do.
  std::size_t size() const { return linear_.size() + nonlinear_.size(); }

 private:
  // By the offset behind the last page, so that all that reach beyond an offset are neighbours;
  // those that begin before another offset are found by measure (an interval tree).
  struct Order {
    bool operator()(const FileMapping& a, const FileMapping& b) const;
  };
  struct Reach {
    std::uint64_t operator()(const FileMapping& mapping) const { return ~mapping.offset.value(); }
  };
  using Set = MeasuredSet<FileMapping, Order, Reach>;

  Set& set_of(const Vma& vma) { return vma.nonlinear ? nonlinear_ : linear_; }

  Set linear_;
  Set nonlinear_;
  std::map<std::uint32_t, std::size_t> vmas_of_;  // by number of the address space
};

}  // namespace tessera::vm
