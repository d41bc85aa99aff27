#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/vm/replay.hpp"

namespace tessera::replay {

namespace {

std::string listed(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

const vm::Personality& kernel_of(const VmLogHeader& header, const std::string& chosen) {
  const std::string name = chosen.empty() ? kernel_of_release(header.kernel_release) : chosen;
  if (const vm::Personality* kernel = vm::find_kernel(name)) return *kernel;
  const std::string known = listed(vm::kernel_names());
  if (!chosen.empty()) throw UserError(fmt::format("no kernel '{}'; there is {}", name, known));
  throw UnusableLine(fmt::format("kernel {} is not known; choose one with --kernel: {}",
                                 header.kernel_release, known));
}

const vm::FileSystem& file_system_of(const VmLogHeader& header, const std::string& chosen) {
  const std::string& name = chosen.empty() ? header.file_system : chosen;
  if (const vm::FileSystem* found = vm::find_file_system(name)) return *found;
  const std::string known = listed(vm::file_system_names());
  if (!chosen.empty()) {
    throw UserError(fmt::format("no file system '{}'; there is {}", name, known));
  }
  throw UnusableLine(
      fmt::format("file system {} is not known; choose one with --fs: {}", name, known));
}

// The powerpc logs are of kernels with 64-bit PTEs; those with 32-bit ones logged the same.
const pte::Format& format_of(const VmLogHeader& header, const std::string& chosen) {
  const std::string_view usual = has_32_bit_words(header.machine) ? "fsl64" : "x86-64";
  const std::string_view name = chosen.empty() ? usual : std::string_view(chosen);
  if (const pte::Format* format = pte::find_format(name)) return *format;
  throw UserError(
      fmt::format("no PTE format '{}'; there is {}", name, listed(pte::format_names())));
}

}  // namespace

LoggerMachine machine_of(const VmLogHeader& header, const VmReplayChoices& choices) {
  if (header.window_pages != kWindowPages) {
    throw UnusableLine(fmt::format("a window of {} pages; the format's has {}", header.window_pages,
                                   kWindowPages));
  }
  LoggerMachine machine;
  machine.kernel = kernel_of(header, choices.kernel);
  if (choices.fault_around) machine.kernel.file_fault.fault_around = *choices.fault_around;
  machine.format = &format_of(header, choices.pte_format);
  if (!vm::can_use(machine.kernel, *machine.format)) {
    throw UserError(fmt::format("PTE format {} has no file PTEs, which kernel {} writes",
                                machine.format->name, machine.kernel.name));
  }
  machine.file_system = file_system_of(header, choices.file_system);
  if (choices.readahead) machine.file_system.read_around = *choices.readahead;
  machine.file_a_pages = header.file_a_pages;
  machine.file_b_pages = header.file_b_pages;
  machine.saturates_offsets = has_32_bit_words(header.machine);
  return machine;
}

}  // namespace tessera::replay
