#include "sw/machine/device.hpp"

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/vm/file.hpp"

namespace tessera::machine {

using workload::FileKind;

bool is_device(const workload::Workload& workload) {
  return workload.file_kind() == FileKind::Device ||
         workload.file_kind() == FileKind::FaultingDevice;
}

PageCount device_pages(const workload::Workload& workload) {
  return is_device(workload) ? workload.file_pages() : PageCount(0);
}

const vm::FileSystem& file_system_of(const MachineConfig& config,
                                     const workload::Workload& workload) {
  // The other file systems have nothing to read a page from.
  if (config.file_cache == vm::FileCache::Cold && !config.file_system.accounts_dirty) {
    throw UserError(fmt::format("vm.file_cache is cold: a file of {} is in memory or nowhere",
                                config.file_system.name));
  }
  if (!is_device(workload)) return config.file_system;
  if (config.file_system.name != vm::kTmpfs.name) {
    throw UserError(fmt::format("vm.file_system is {}: this workload's window shows a device",
                                config.file_system.name));
  }
  return workload.file_kind() == FileKind::Device ? vm::kDevMem : vm::kFaultingDevice;
}

void fill_device(PhysicalMemory& memory, PageCount ram, PageCount device) {
  for (PageCount page(0); page < device; page += PageCount(1)) {
    memory.write(address_of(FrameNumber(0) + ram + page),
                 vm::page_index_word(PageOffset(0) + page));
  }
}

}  // namespace tessera::machine
