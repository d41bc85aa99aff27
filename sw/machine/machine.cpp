#include "sw/machine/machine.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/machine/boot.hpp"
#include "sw/machine/device.hpp"
#include "sw/machine/huge_pages.hpp"
#include "sw/machine/kernel_layout.hpp"
#include "sw/machine/walkers.hpp"

namespace tessera::machine {
namespace {

constexpr Pid kProcess{1};  // FIRST_CONTEXT (e500mc-mmu.md 7.1)

FrameNumber frames_in(Bytes size) { return FrameNumber(size.value() >> kPageShift); }

vm::FrameAllocator make_frames(const MachineConfig& config, PageCount device) {
  const PageCount ram = config.memory.ram;
  const FrameNumber kernel = frames_in(kKernelImage);
  const unsigned format_bits = 8 * config.format->width_bytes - config.format->present.rpn_shift;
  const unsigned frame_bits = std::min(format_bits, config.mmu.ra_bits - kPageShift);
  const std::uint64_t reachable = 1ULL << std::min(frame_bits, 40U);
  if (ram.value() <= 2 * kernel.value() || ram.value() > reachable) {
    throw UserError(
        fmt::format("memory.ram_mib: {} MiB; this kernel and PTE format need {} to {} MiB",
                    ram.value() >> 8, (2 * kernel.value() >> 8) + 1, reachable >> 8));
  }
  if (device.value() > reachable - ram.value()) {
    throw UserError(
        fmt::format("file_pages is {}: behind {} MiB of RAM there is room for a device "
                    "of {} pages",
                    device.value(), ram.value() >> 8, reachable - ram.value()));
  }
  const FrameNumber end(ram.value());
  return {kernel, std::min(frames_in(kLowmemLimit), end), end, config.nr_hugepages};
}

/// Why TLB1 has no place for what the kernel puts there; empty if it has.
std::string crowded_tlb1(const MachineConfig& config) {
  const bool indirect = config.mmu.hardware_walker == mmu::HardwareWalker::E6500;
  const std::uint32_t bolted = bolted_entries(config.memory.ram);
  if (!indirect || bolted < config.mmu.tlb1_entries) return {};
  return fmt::format("mmu.tlb1_entries is {}: lowmem takes {}, and walker e6500 at least one more",
                     config.mmu.tlb1_entries, bolted);
}

std::unique_ptr<mmu::MmuEngine> make_engine(const MachineConfig& config, Memory& memory) {
  for (const std::string& error :
       {validation_error(config.mmu), validation_error(config.timing),
        walker_error(config.mmu.hardware_walker, *config.format), crowded_tlb1(config)}) {
    if (!error.empty()) {
      throw UserError(error);
    }
  }
  return config.make_engine(config.mmu, config.timing, &memory);
}

std::unique_ptr<Accounting> make_accounting(const MachineConfig& config, EffectiveAddress window,
                                            const workload::Workload& workload) {
  if (!config.accounting.full) return nullptr;
  return std::make_unique<Accounting>(
      config.mmu, SlotSums(window, workload.window_pages(), workload.element_pages()));
}

PageCount image_pages(const ProcessLayout& layout) {
  PageCount pages(0);
  for (const ProcessVma& vma : layout.vmas) {
    pages += vma.pages + PageCount(1);
  }
  return pages;
}

}  // namespace

Machine::Machine(const MachineConfig& config, Method method, const workload::Workload& workload)
    : config_(config),
      layout_(dbwin_layout(config.kernel.process_vmas)),
      method_(method),
      window_(workload.window_pages()),
      first_page_(is_device(workload) ? config.memory.ram.value() : 0),
      memory_(config.memory, device_pages(workload)),
      engine_(make_engine(config, memory_)),
      accounting_(make_accounting(config, layout_.window, workload)),
      core_(*engine_, memory_, config.timing, accounting_.get()),
      hardware_(core_, config.mmu),
      frames_(make_frames(config, device_pages(workload))),
      image_("program", image_pages(layout_), &vm::zero_word, frames_, hardware_),
      file_(
          "database", (first_page_ + workload.file_pages()) - PageOffset(0),
          workload.file_kind() == workload::FileKind::Hole ? &vm::zero_word : &vm::page_index_word,
          frames_, hardware_, file_system_of(config_, workload), config_.file_cache),
      space_(config.kernel, *config.format, frames_, hardware_, kProcess),
      handler_(core_, *config.format, handler_build(config)),
      process_(core_, handler_, space_, layout_) {
  if (accounting_ && config.timeline != nullptr) {
    core_.account().tell(config.timeline);
    accounting_->tell(config.timeline);
  }
  check_huge_pages(config, frames_);
  check_method(config, method, workload);
  if (is_device(workload)) {
    fill_device(memory_.contents(), config.memory.ram, device_pages(workload));
  }
  const mmu::HardwareWalker walker = config.mmu.hardware_walker;
  memory_.begin_walks_in(space_.pgd(), pgd_bytes(*config.format));
  boot(core_, config.memory.ram, walker, *config.format);
  if (config.nr_hugepages != 0) start_huge_pages(core_, bolted_entries(config.memory.ram));
  if (method == Method::Hugetlb) huge_file_ = make_huge_file(workload, frames_, hardware_);
  run_on(core_, kProcess, space_.pgd(), walker);
  start_process();
  map_first_window();
  vmas_peak_ = vmas_in_window();
  if (config.accounting.full && config.accounting.interval != 0) {
    series_.emplace(config.accounting.interval_unit, config.accounting.interval);
  }
  count_from_here();
}

void Machine::begin_counting() {
  if (series_) end_series();
  count_from_here();
}

void Machine::count_from_here() {
  if (accounting_) accounting_->begin_counting();
  if (series_) series_->begin(interval_reading());
}

void Machine::end_interval() { show(series_->end(interval_reading())); }

void Machine::end_series() {
  if (const auto last = series_->finish(interval_reading())) show(*last);
}

void Machine::show(const IntervalReading& added) {
  if (config_.timeline != nullptr) config_.timeline->interval(added, core_.clock());
}

void Machine::end_counting() {
  if (series_) end_series();
  if (config_.timeline != nullptr) config_.timeline->end_run(core_.clock());
}

IntervalReading Machine::interval_reading() const {
  IntervalReading reading;
  reading.counters = counters();
  reading.cycles = core_.clock();
  for (std::size_t i = 0; i < kRefillClasses; ++i) {
    reading.refills[i] = accounting_->refills().refills_of(static_cast<RefillClass>(i));
  }
  return reading;
}

void Machine::start_process() {
  std::uint64_t image_page = 0;
  for (const ProcessVma& vma : layout_.vmas) {
    vm::MmapRequest request;
    request.address = vma.start;
    request.length_bytes = bytes_of(vma.pages).value();
    request.protection = vma.protection;
    request.flags = vm::kMapPrivate | vm::kMapFixed | (vma.from_image ? 0U : vm::kMapAnonymous);
    request.file = &image_;
    request.mode = vm::OpenMode::ReadOnly;
    request.page_offset = image_page;
    if (!space_.mmap(request).ok()) {
      throw std::logic_error(fmt::format("cannot map the {} of the process", vma.name));
    }
    image_page += vma.pages.value() + 1;
  }
  process_.touch_own(workload::OwnPage::Data);
  process_.touch_own(workload::OwnPage::Stack);
  process_.system_call(0, [] { return vm::Errno::Ok; });
}

void Machine::map_first_window() {
  const Bytes room = EffectiveAddress(0xBF000000U) - layout_.window;
  if (bytes_of(window_) > room) {
    throw UserError(fmt::format("window_pages is {}: a 32-bit process has room for {}",
                                window_.value(), room.value() >> kPageShift));
  }
  const vm::MmapResult result = map_window();
  if (!result.ok()) {
    throw UserError(fmt::format("window_pages is {}: the first mmap fails with {}", window_.value(),
                                vm::name(result.error)));
  }
}

vm::MmapResult Machine::map_window() {
  vm::MmapRequest request;
  request.address = layout_.window;
  request.length_bytes = bytes_of(window_).value();
  request.protection = vm::kProtReadWrite;
  request.flags = vm::kMapShared | vm::kMapFixed;
  show_file(request, PageOffset(0));
  return space_.mmap(request);
}

void Machine::show_file(vm::MmapRequest& request, PageOffset page) {
  request.file = huge_file_ ? nullptr : &file_;
  request.huge_file = huge_file_;
  request.page_offset = offset_of(page);
}

std::optional<std::string> Machine::execute(const workload::Iteration& iteration) {
  try {
    for (const workload::Operation& operation : iteration.operations) {
      if (!execute(operation)) {
        return error_;
      }
    }
  } catch (const Killed& killed) {
    error_ = killed.signal;
    return error_;
  }
  remaps_done_ += iteration.remaps;
  return std::nullopt;
}

bool Machine::execute(const workload::Operation& operation) {
  std::visit([this](const auto& which) { perform(which); }, operation);
  if (series_ && series_->is_over(accesses_, core_.clock())) end_interval();
  return !error_;
}

void Machine::perform(const workload::Compute& compute) { process_.compute(compute.instructions); }

void Machine::perform(const workload::TouchOwn& touch) { process_.touch_own(touch.page); }

void Machine::perform(const workload::MapElement& element) {
  if (method_ == Method::None) {
    return;
  }
  finish(process_.system_call(describe(method_).stub_instructions,
                              [&] { return call_kernel(element); }));
}

void Machine::perform(const workload::MapWindow& /*map*/) {
  finish(process_.system_call(describe(Method::Mmap).stub_instructions,
                              [this] { return map_window().error; }));
}

void Machine::perform(const workload::UnmapWindow& /*unmap*/) {
  finish(process_.system_call(describe(Method::Mmap).stub_instructions, [this] {
    return space_.munmap(layout_.window, bytes_of(window_).value());
  }));
  const PageCount pages = file_.size();
  file_.truncate(PageCount(0));
  file_.truncate(pages);
}

void Machine::finish(vm::Errno error) {
  ++mapping_calls_;
  vmas_peak_ = std::max(vmas_peak_, vmas_in_window());
  if (error != vm::Errno::Ok) {
    error_ = vm::name(error);
  }
}

vm::Errno Machine::call_kernel(const workload::MapElement& element) {
  const EffectiveAddress start = layout_.window + bytes_of(element.window_page);
  const std::uint64_t length = bytes_of(element.pages).value();
  if (method_ == Method::Remap || method_ == Method::RemapNonblock) {
    const unsigned flags = method_ == Method::RemapNonblock ? vm::kMapNonblock : 0;
    // A program for a kernel that takes rights asks for those of its window (linux-vm.md A1).
    const unsigned rights =
        config_.kernel.remap.takes_protection ? vm::kProtReadWrite : vm::kProtNone;
    return space_.remap_file_pages(start, length, rights, offset_of(element.file_page), flags);
  }
  vm::MmapRequest request;
  request.address = start;
  request.length_bytes = length;
  request.protection = vm::kProtReadWrite;
  request.flags =
      vm::kMapShared | vm::kMapFixed | (method_ == Method::MmapPopulate ? vm::kMapPopulate : 0U);
  show_file(request, element.file_page);
  return space_.mmap(request).error;
}

void Machine::perform(const workload::TouchPage& touch) {
  const EffectiveAddress ea = layout_.window + bytes_of(touch.window_page) + touch.offset;
  const RealAddress ra = process_.access(ea, touch.write);
  ++accesses_;
  PhysicalMemory& contents = memory_.contents();
  const std::uint32_t found = contents.read(address_of(frame_of(ra)));
  if (touch.expected && found != vm::page_index_word(*touch.expected)) {
    ++wrong_pages_;
  }
  if (touch.write) {
    contents.write(ra, touch.stores.value_or(static_cast<std::uint32_t>(accesses_)));
  }
}

std::uint64_t Machine::vmas_in_window() const {
  return space_.counters().vmas - layout_.vmas.size();
}

RunCounters Machine::counters() const {
  const mmu::MmuCounters& mmu = engine_->counters();
  const vm::VmCounters& vm = space_.counters();
  const FlushCounters& flushes = hardware_.flushes();
  RunCounters c;
  c.accesses = accesses_;
  c.mapping_calls = mapping_calls_;
  c.remaps_done = remaps_done_;
  c.vmas = vmas_in_window();
  c.vmas_peak = vmas_peak_;
  c.vma_bytes = c.vmas * config_.kernel.vma_bytes;
  c.page_table_pages = vm.page_table_pages;
  c.faults_minor = vm.faults_minor;
  c.faults_major = vm.faults_major;
  c.page_fault_exceptions = process_.counters().page_fault_exceptions;
  c.dtlb_errors = mmu.dtlb_errors;
  c.itlb_errors = mmu.itlb_errors;
  c.tlb_refills = handler_.counters().refills;
  c.huge_refills = handler_.counters().huge_refills;
  c.tlb1_preloads = hardware_.preloads().writes;
  c.huge_pages = vm.huge_pages;
  c.walks = mmu.walk_writes + mmu.walk_faults;
  c.walk_loads = mmu.walk_loads;
  c.walk_faults = mmu.walk_faults;
  c.tlb0_writes = mmu.tlb0_writes;
  c.tlb1_writes = mmu.tlb1_writes;
  c.flush_va = flushes.va;
  c.flush_pid = flushes.pid;
  c.flush_all = flushes.all;
  c.flush_table = flushes.table;
  for (std::size_t i = 0; i < vm::kFlushCauses; ++i) {
    const auto cause = static_cast<vm::FlushCause>(i);
    c.*flushes_by(cause) =
        vm.flushes_of(cause, vm::FlushKind::Page) + vm.flushes_of(cause, vm::FlushKind::Pid);
  }
  c.translations = core_.translations();
  c.l1_hits = mmu.l1_hits;
  c.l2_hits = mmu.l2_hits;
  c.user_instructions = process_.counters().user_instructions;
  c.kernel_instructions = hardware_.instructions() + hardware_.preloads().instructions +
                          handler_.counters().instructions;
  c.wrong_pages = wrong_pages_;
  return c;
}

}  // namespace tessera::machine
