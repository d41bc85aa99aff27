#pragma once

#include <optional>
#include <string>

#include "sw/replay/vm/log_operation.hpp"
#include "sw/replay/vm/logger_arguments.hpp"
#include "sw/vm/address_space.hpp"
#include "sw/vm/plain_memory.hpp"
#include "sw/vm/user_access.hpp"

namespace tessera::replay {

/// What a log was recorded on, as far as it decides anything.
struct LoggerMachine {
  vm::Personality kernel;
  const pte::Format* format = nullptr;
  vm::FileSystem file_system;
  std::uint64_t file_a_pages = 0;
  std::uint64_t file_b_pages = 0;
  /// Shown offsets saturate where they do not fit a 32-bit unsigned long in bytes: the logger's
  /// sscanf does that (linux-vm.md L, "Logger").
  bool saturates_offsets = false;
};

/// The program that wrote the logs: one process with a window of pages and the files A and B,
/// which performs one operation at a time on our VM layer and tells what the log would say.
class LoggerProcess {
 public:
  /// Warms up as the program does, so that what follows starts from the same state.
  explicit LoggerProcess(const LoggerMachine& machine);

  /// Throws UnusableLine if the operation has no such name, or arguments it cannot have.
  VmOutcome perform(const VmLogOperation& operation);

 private:
  struct Counts {
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    FlushCounts flushes;
  };
  struct Performer;

  void warm_up();
  VmOutcome measured(const Performer& performer, const Words& words);
  Counts counts() const;
  void choose_file(const Words& words, vm::MmapRequest& request);

  /// "12" for a page of the window. Anything else is "OUT", and goes when the operation is done.
  std::string place(EffectiveAddress address, std::uint64_t length);

  // Each performs one operation and returns the log's result.
  std::string read(const Words& words);
  std::string write(const Words& words);
  std::string mmap(const Words& words);
  std::string munmap(const Words& words);
  std::string mprotect(const Words& words);
  std::string mremap(const Words& words);
  std::string remap_file_pages(const Words& words);
  std::string madvise(const Words& words);
  std::string mlock(const Words& words);
  std::string munlock(const Words& words);
  std::string msync(const Words& words);
  std::string mincore(const Words& words);
  std::string ftruncate(const Words& words);

  LoggerMachine machine_;
  vm::PlainMemory memory_;
  vm::FrameAllocator frames_;
  vm::File file_a_;
  vm::File file_b_;
  vm::AddressSpace space_;
  vm::UserCode user_;
  std::string residency_;             // of the last mincore
  std::optional<ByteRange> outside_;  // what the kernel placed outside the window
};

}  // namespace tessera::replay
