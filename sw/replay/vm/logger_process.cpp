#include "sw/replay/vm/logger_process.hpp"

#include <array>

#include <fmt/format.h>

#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/vm/vma_list.hpp"

namespace tessera::replay {

namespace {

// Memory of 256 MiB, 64 MiB of it lowmem: what no log comes near.
constexpr FrameNumber kFirstFrame{1};
constexpr FrameNumber kLowEnd{0x4000};
constexpr FrameNumber kFrameEnd{0x1'0000};
constexpr Pid kPid{1};

// What the pages of both files hold at first: the file's letter and the page's index.
std::uint32_t word_of_a(PageOffset offset) {
  return 0x0a00'0000U | static_cast<std::uint32_t>(offset.value());
}
std::uint32_t word_of_b(PageOffset offset) {
  return 0x0b00'0000U | static_cast<std::uint32_t>(offset.value());
}

}  // namespace

/// What performs the operation of a name.
struct LoggerProcess::Performer {
  std::string_view name;
  std::string (LoggerProcess::*perform)(const Words&) = nullptr;
};

LoggerProcess::LoggerProcess(const LoggerMachine& machine)
    : machine_(machine),
      frames_(kFirstFrame, kLowEnd, kFrameEnd),
      file_a_("A", PageCount(machine.file_a_pages), word_of_a, frames_, memory_,
              machine_.file_system),
      file_b_("B", PageCount(machine.file_b_pages), word_of_b, frames_, memory_,
              machine_.file_system),
      space_(machine_.kernel, *machine.format, frames_, memory_, kPid),
      user_(space_, memory_) {
  warm_up();
}

// Every kind of operation once on the window's first page, three times over; then B gets its
// size again and the window is empty.
void LoggerProcess::warm_up() {
  constexpr int kRounds = 3;
  for (int i = 0; i < kRounds; ++i) user_.load(kWindowBase);
  for (int i = 0; i < kRounds; ++i) {
    const std::uint64_t page = kPageBytes.value();
    space_.mmap({kWindowBase, page, vm::kProtReadWrite, vm::kMapShared | vm::kMapFixed, &file_a_});
    space_.msync(kWindowBase, page, vm::kMsAsync);
    space_.mprotect(kWindowBase, page, vm::kProtRead);
    space_.mlock(kWindowBase, page);
    space_.munlock(kWindowBase, page);
    space_.madvise(kWindowBase, page, vm::Advice::DontNeed);
    space_.mincore(kWindowBase, page);
    space_.remap_file_pages(kWindowBase, page, 0, 0, 0);
    space_.mremap({kWindowBase, page, page, 0, EffectiveAddress(0)});
    space_.munmap(kWindowBase, page);
    file_b_.truncate(PageCount(machine_.file_b_pages));
  }
}

VmOutcome LoggerProcess::perform(const VmLogOperation& operation) {
  static constexpr std::array<Performer, 13> kPerformers{{
      {"rd", &LoggerProcess::read},
      {"wr", &LoggerProcess::write},
      {"mmap", &LoggerProcess::mmap},
      {"munmap", &LoggerProcess::munmap},
      {"mprotect", &LoggerProcess::mprotect},
      {"mremap", &LoggerProcess::mremap},
      {"rfp", &LoggerProcess::remap_file_pages},
      {"madvise", &LoggerProcess::madvise},
      {"mlock", &LoggerProcess::mlock},
      {"munlock", &LoggerProcess::munlock},
      {"msync", &LoggerProcess::msync},
      {"mincore", &LoggerProcess::mincore},
      {"ftruncate", &LoggerProcess::ftruncate},
  }};
  for (const Performer& performer : kPerformers) {
    if (performer.name == operation.name) return measured(performer, operation.arguments);
  }
  throw UnusableLine(fmt::format("there is no operation '{}'", operation.name));
}

VmOutcome LoggerProcess::measured(const Performer& performer, const Words& arguments) {
  const Counts before = counts();
  residency_.clear();
  outside_.reset();
  VmOutcome outcome;
  outcome.result = (this->*performer.perform)(arguments);
  const Counts after = counts();
  outcome.residency = residency_;
  outcome.minor_faults = after.minor_faults - before.minor_faults;
  outcome.major_faults = after.major_faults - before.major_faults;
  outcome.flushes = FlushCounts{after.flushes.pid_flushes - before.flushes.pid_flushes,
                                after.flushes.page_flushes - before.flushes.page_flushes,
                                after.flushes.exceptions - before.flushes.exceptions};
  if (outside_) space_.munmap(outside_->address(), outside_->length);
  outcome.vmas = show_vmas(space_, machine_.saturates_offsets);
  return outcome;
}

LoggerProcess::Counts LoggerProcess::counts() const {
  const vm::VmCounters& counters = space_.counters();
  return {counters.faults_minor,
          counters.faults_major,
          {memory_.pid_flushes(), memory_.page_flushes(), user_.exceptions()}};
}

std::string LoggerProcess::place(EffectiveAddress address, std::uint64_t length) {
  const EffectiveAddress end = kWindowBase + bytes_of(PageCount(kWindowPages));
  if (kWindowBase <= address && address < end) {
    return std::to_string((address - kWindowBase).value() >> kPageShift);
  }
  outside_ = ByteRange{address.value(), length};
  return "OUT";
}

}  // namespace tessera::replay
