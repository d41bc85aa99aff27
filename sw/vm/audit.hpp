#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

/// Checks one address space against itself: VMAs, page table and page cache must tell the same
/// story. Looks only, takes no time.
class Audit {
 public:
  /// Of this one, which outlives it.
  explicit Audit(const AddressSpace& space) : space_(space) {}

  /// One text for each thing wrong; empty if the state is sound.
  std::vector<std::string> run();

 private:
  void check_vmas();
  void check_counters();
  void check_tables();
  void check_rss();
  void check_entry(VirtualPage page, pte::Raw entry);
  void check_present(VirtualPage page, pte::Raw entry, const Vma& vma);
  void check_file_frame(VirtualPage page, pte::Raw entry, const Vma& vma);
  void check_huge_vma(const Vma& vma);
  void check_huge_entry(VirtualPage page, pte::Raw entry, const Vma& vma);
  void check_private_frame(VirtualPage page, pte::Raw entry, const Vma& vma);
  bool forgets_offsets() const;
  void complain(const std::string& text) { texts_.push_back(text); }
  void complain(VirtualPage page, const std::string& text);

  const AddressSpace& space_;
  std::vector<std::string> texts_;
  std::unordered_set<FrameNumber::Value> private_frames_;
  std::uint64_t file_entries_ = 0;  // PTEs by what they map
  std::uint64_t private_entries_ = 0;
  std::uint64_t swap_entries_ = 0;
  std::uint64_t huge_entries_ = 0;
};

}  // namespace tessera::vm
