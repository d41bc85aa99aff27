#pragma once

#include "sw/machine/config.hpp"
#include "sw/machine/memory/physical_memory.hpp"
#include "sw/vm/file_system.hpp"
#include "sw/workload/workload.hpp"

/// A device whose memory lies behind the RAM, and its driver. It is as fast, and as well cached, as
/// RAM.
namespace tessera::machine {

/// Whether the window shows a device and not a file.
bool is_device(const workload::Workload& workload);

/// The pages of that device; 0 if there is none.
PageCount device_pages(const workload::Workload& workload);

/// Where the window's pages come from: the driver, or the file system of the configuration. Throws
/// UserError for a file system that is asked for in vain, or a cold file that cannot be.
const vm::FileSystem& file_system_of(const MachineConfig& config,
                                     const workload::Workload& workload);

/// Writes its number into the first word of each of the device's pages.
void fill_device(PhysicalMemory& memory, PageCount ram, PageCount device);

}  // namespace tessera::machine
