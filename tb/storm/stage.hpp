#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sw/vm/address_space.hpp"
#include "tb/storm/ledger.hpp"

namespace tessera::storm {

/// Where in a page the two words are.
constexpr Bytes offset_of_word(std::size_t which) { return Bytes(which * 0x7f8); }

/// What a storm rages on: processes of which one runs, two files, and user code that can touch
/// memory. With one process only, forking and what belongs to it do nothing.
class Stage {
 public:
  Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  virtual ~Stage() = default;

  /// The process that runs.
  virtual vm::AddressSpace& running() = 0;

  /// File 0 or 1.
  virtual vm::File& file(unsigned which) = 0;

  /// User code of the running process loads, or stores, a word of a page, and the storm sees both
  /// words it looks at; none if it did not get through.
  virtual std::optional<PageWords> access(VirtualPage page,
                                          const std::optional<Ledger::Store>& store) = 0;

  /// The same words without any access, if the process (AddressSpace::number) has the page in its
  /// page table.
  virtual std::optional<PageWords> peek(Ledger::Process process, VirtualPage page) const = 0;

  /// The running process forks: the child's number; none if there was no memory or no place.
  virtual std::optional<Ledger::Process> fork() { return std::nullopt; }

  /// Another process runs, if there is one.
  virtual void switch_process() {}

  /// The running process ends, and another one runs; whether it did: the last one stays.
  virtual bool exit() { return false; }

  /// Every invariant that does not hold, in words.
  virtual std::vector<std::string> complaints() = 0;
};

}  // namespace tessera::storm
