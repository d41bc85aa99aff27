#include "sw/machine/huge_pages.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/machine/boot.hpp"
#include "sw/machine/device.hpp"
#include "sw/machine/huge_tlb.hpp"
#include "sw/machine/walkers.hpp"
#include "sw/vm/file.hpp"
#include "sw/vm/huge_page.hpp"

namespace tessera::machine {

namespace {

using vm::kHugePage;

constexpr unsigned kHugeSizeCode = (vm::kHugePageShift - 10) / 2;

std::uint64_t huge_pages_in(PageCount pages) {
  return (pages.value() + kHugePage.value() - 1) / kHugePage.value();
}

void expect_whole(const char* key, PageCount pages) {
  if (pages.value() != 0 && pages.value() % kHugePage.value() == 0) return;
  throw UserError(
      fmt::format("{} is {}: method hugetlb maps whole pages of 4 MB, so it must be a multiple of "
                  "{}",
                  key, pages.value(), kHugePage.value()));
}

}  // namespace

HandlerBuild handler_build(const MachineConfig& config) {
  return {config.nr_hugepages != 0, config.kernel.hugetlb.cpu_in_task,
          config.mmu.hardware_walker == mmu::HardwareWalker::E6500};
}

void check_huge_pages(const MachineConfig& config, const vm::FrameAllocator& frames) {
  if (config.nr_hugepages == 0) return;
  const auto refuse = [&](const std::string& why) {
    throw UserError(fmt::format("nr_hugepages is {}: {}", config.nr_hugepages, why));
  };
  const mmu::HardwareWalker walker = config.mmu.hardware_walker;
  if (walker != mmu::HardwareWalker::Off) {
    refuse(fmt::format("walker {} reads PTE pages alone; huge pages need walker software",
                       describe(walker).name));
  }
  if (!vm::has_huge_pages(config.kernel, *config.format)) {
    refuse(
        fmt::format("Linux {} with {}-bit PTEs has no huge pages; 3.8 and later have, with 64 bits",
                    config.kernel.name, 8 * config.format->width_bytes));
  }
  const mmu::Parameters& mmu = config.mmu;
  if (kHugeSizeCode < mmu.tlb1_min_size_code || mmu.tlb1_max_size_code < kHugeSizeCode) {
    refuse("TLB1 has no pages of 4 MB (mmu.tlb1_min_size_code, mmu.tlb1_max_size_code)");
  }
  const unsigned bolted = bolted_entries(config.memory.ram);
  if (mmu.tlb1_entries <= bolted) {
    refuse(fmt::format("mmu.tlb1_entries is {}, and the kernel itself takes {}", mmu.tlb1_entries,
                       bolted));
  }
  const std::uint64_t room = frames.huge_pool().total();
  if (room != config.nr_hugepages) {
    refuse(fmt::format("memory.ram_mib is {}, room for {}", config.memory.ram.value() >> 8, room));
  }
}

void check_method(const MachineConfig& config, Method method, const workload::Workload& workload) {
  if (method != Method::Hugetlb) return;
  if (is_device(workload)) {
    throw UserError("methods: hugetlb maps a file on a hugetlbfs, and this workload has a device");
  }
  expect_whole("element_pages", workload.element_pages());
  expect_whole("window_pages", workload.window_pages());
  const std::uint64_t needed =
      huge_pages_in(std::max(workload.file_pages(), workload.window_pages()));
  if (config.nr_hugepages < needed) {
    throw UserError(
        fmt::format("nr_hugepages is {}: method hugetlb has the whole file, and the window, in "
                    "huge pages, which are {}",
                    config.nr_hugepages, needed));
  }
}

std::shared_ptr<vm::HugeFile> make_huge_file(const workload::Workload& workload,
                                             vm::FrameAllocator& frames, vm::Hardware& hardware) {
  const std::uint64_t pages = huge_pages_in(workload.file_pages());
  auto file = vm::HugeFile::make(frames.huge_pool(), pages, true);
  if (!file) throw std::logic_error("the pool of huge pages is too small for the file");
  for (std::uint64_t index = 0; index < pages; ++index) {
    const FrameNumber first = *file->fill(index);
    for (PageCount i(0); i < kHugePage; i += PageCount(1)) {
      const PageOffset page(index * kHugePage.value() + i.value());
      hardware.fill_frame(first + i, vm::page_index_word(page));
    }
  }
  return file;
}

void start_huge_pages(Core& core, unsigned bolted) {
  core.store(kTlbcamIndex, bolted);
  core.store(kNextTlbcamIdx, bolted);
}

}  // namespace tessera::machine
