#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sw/vm/system_calls.hpp"

namespace tessera::vm::test {

/// An address range as a plain array of pages, with none of the VM layer's structures: what a
/// program may expect of its mappings, and what they should have cost.
class ReferenceModel {
 public:
  static constexpr std::uint32_t kPages = 1300;  // over two span boundaries
  static constexpr std::uint32_t kFiles = 2;
  static constexpr std::uint32_t kFilePages = 96;

  /// A kind of mapping. `file` is -1 for anonymous memory.
  struct Kind {
    int file = 0;
    bool shared = true;
    bool writable = true;
    bool operator==(const Kind& other) const {
      return file == other.file && shared == other.shared && writable == other.writable;
    }
  };

  struct Value {
    FaultResult result = FaultResult::Resolved;
    std::uint32_t first_word = 0;
    std::uint32_t second_word = 0;
  };

  /// `first_page` is the virtual page number of page 0, a multiple of nothing in particular.
  ReferenceModel(std::uint32_t first_page, std::uint32_t pages_in_span);

  void map(std::uint32_t at, std::uint32_t count, Kind kind, std::uint32_t pgoff, bool populate);
  void unmap(std::uint32_t at, std::uint32_t count);
  Errno remap(std::uint32_t at, std::uint32_t count, std::uint32_t pgoff, bool nonblock);
  Value read(std::uint32_t at);
  /// Writes the second word of the page.
  FaultResult write(std::uint32_t at, std::uint32_t value);

  std::uint32_t shared_vmas() const;
  std::uint64_t present_pages() const;
  std::uint64_t accounted_faults() const { return faults_; }
  std::uint64_t page_flushes() const { return page_flushes_; }
  std::uint64_t pid_flushes() const { return pid_flushes_; }
  std::uint32_t tables() const;

  static std::uint32_t first_word(int file, std::uint32_t pgoff) {
    return static_cast<std::uint32_t>(file + 1) << 16U | pgoff;
  }

 private:
  struct Page {
    bool mapped = false;
    Kind kind;
    std::uint32_t vma = 0;     // pages of one VMA share a number
    std::uint32_t linear = 0;  // offset the VMA's linear mapping has here
    std::uint32_t pgoff = 0;   // offset in force
    bool nonlinear = false;    // the VMA was remapped once
    bool present = false;
    bool dirty = false;
    std::optional<std::uint32_t> copy;  // second word of a private page
  };

  bool fault_in(std::uint32_t at, bool write);
  void prefault(std::uint32_t at, std::uint32_t count);
  bool in_file(const Page& page) const;
  bool joins(const Page& left, const Page& right) const;
  void relabel(std::uint32_t from, std::uint32_t vma);
  std::uint32_t span_of(std::uint32_t at) const { return (first_page_ + at) / pages_in_span_; }
  bool free_tables(std::uint32_t at, std::uint32_t count);
  bool any_present(std::uint32_t at, std::uint32_t count);

  std::uint32_t first_page_;
  std::uint32_t pages_in_span_;
  std::vector<Page> pages_{kPages};
  std::vector<bool> table_;  // by span
  std::array<std::array<std::uint32_t, kFilePages>, kFiles> data_{};
  std::uint32_t next_vma_ = 1;
  std::uint64_t faults_ = 0;
  std::uint64_t page_flushes_ = 0;
  std::uint64_t pid_flushes_ = 0;
};

}  // namespace tessera::vm::test
