#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/vm/address_space.hpp"

namespace tessera::storm {

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

  /// User code of the running process loads or stores a word; whether it got through.
  virtual bool touch(EffectiveAddress address, bool write) = 0;

  /// The running process forks; whether there was memory and a place for the child.
  virtual bool fork() { return false; }

  /// Another process runs, if there is one.
  virtual void switch_process() {}

  /// The running process ends, and another one runs; whether it did: the last one stays.
  virtual bool exit() { return false; }

  /// Every invariant that does not hold, in words.
  virtual std::vector<std::string> complaints() = 0;
};

}  // namespace tessera::storm
