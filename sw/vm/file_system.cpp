#include "sw/vm/file_system.hpp"

#include <array>

namespace tessera::vm {

namespace {

// VM_READAHEAD_PAGES is 128 KB (linux-vm.md L); the disk of the machine that ran the ext4 logs
// asks for 8 MB (read_ahead_kb).
constexpr PageCount kUsualReadAround{32};
constexpr PageCount kLargeReadAround{2048};

}  // namespace

const FileSystem kTmpfs = {.name = "tmpfs",
                           .accounts_dirty = false,
                           .faults_read_pages = false,
                           .read_around = PageCount(1),
                           .can_reclaim = true,
                           .punches_holes = true};

const FileSystem kRamfs = {.name = "ramfs",
                           .accounts_dirty = false,
                           .faults_read_pages = true,
                           .read_around = PageCount(1),
                           .can_reclaim = false,
                           .punches_holes = false};

const FileSystem kExt2 = {.name = "ext2",
                          .accounts_dirty = true,
                          .faults_read_pages = true,
                          .read_around = kUsualReadAround,
                          .can_reclaim = true,
                          .punches_holes = false};

const FileSystem kExt4 = {.name = "ext4",
                          .accounts_dirty = true,
                          .faults_read_pages = true,
                          .read_around = kLargeReadAround,
                          .can_reclaim = true,
                          .punches_holes = true};

const FileSystem kDevMem = {.name = "devmem",
                            .accounts_dirty = false,
                            .faults_read_pages = false,
                            .read_around = PageCount(1),
                            .can_reclaim = false,
                            .punches_holes = false,
                            .maps_frames = true};

const FileSystem kFaultingDevice = {.name = "faulting-device",
                                    .accounts_dirty = false,
                                    .faults_read_pages = false,
                                    .read_around = PageCount(1),
                                    .can_reclaim = false,
                                    .punches_holes = false,
                                    .maps_frames = true,
                                    .faults_frames = true};

namespace {

constexpr std::array<const FileSystem*, 4> kFileSystems{&kTmpfs, &kRamfs, &kExt2, &kExt4};

}  // namespace

const FileSystem* find_file_system(std::string_view name) {
  for (const FileSystem* file_system : kFileSystems) {
    if (file_system->name == name) return file_system;
  }
  return nullptr;
}

std::vector<std::string_view> file_system_names() {
  std::vector<std::string_view> names;
  names.reserve(kFileSystems.size());
  for (const FileSystem* file_system : kFileSystems) names.push_back(file_system->name);
  return names;
}

}  // namespace tessera::vm
