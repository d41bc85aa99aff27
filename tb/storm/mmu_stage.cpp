#include "tb/storm/mmu_stage.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/core.h>

#include "sw/machine/boot.hpp"
#include "sw/machine/kernel_layout.hpp"
#include "sw/machine/stale_entries.hpp"
#include "sw/machine/walkers.hpp"
#include "tb/storm/memory_audit.hpp"
#include "tb/storm/storm.hpp"

namespace tessera::storm {

namespace {

constexpr std::size_t kMostProcesses = 4;
constexpr Pid kFirstPid{1};
constexpr Pid kLastPid{3};
// Of lowmem and in all: page tables of two processes always fit, of four not; pages of one file
// and a few more fit.
constexpr FrameNumber kFirstFrame{machine::kKernelImage.value() >> kPageShift};
constexpr PageCount kLowFrames{24};
constexpr PageCount kFrames{128};
constexpr PageCount kSwapSlots{64};

constexpr PageCount kReadahead{8};
constexpr PageCount kDirtyThreshold{6};

vm::Personality with_threshold(vm::Personality kernel) {
  kernel.file_fault.dirty_threshold = kDirtyThreshold;
  return kernel;
}

// Holes and all.
vm::FileSystem small_disk() {
  vm::FileSystem disk = vm::kExt4;
  disk.read_around = kReadahead;
  return disk;
}

machine::MemoryParameters small_memory() {
  machine::MemoryParameters parameters;
  parameters.ram = (kFirstFrame - FrameNumber(0)) + kFrames;
  return parameters;
}

machine::ProcessLayout bare_layout() {
  machine::ProcessLayout layout;
  layout.vmas = {
      {"text", EffectiveAddress(0x1000'0000), PageCount(2), vm::kProtRead | vm::kProtExec, true}};
  layout.main_code = layout.vmas.front().start;
  layout.library_code = layout.main_code + kPageBytes;
  return layout;
}

}  // namespace

MmuStage::MmuStage(const mmu::Core& core, const vm::Personality& kernel, const pte::Format& format,
                   mmu::HardwareWalker walker)
    : kernel_(with_threshold(kernel)),
      disk_(small_disk()),
      parameters_(machine::with_walker(core.parameters, walker)),
      memory_(small_memory()),
      engine_(parameters_, core.timing, &memory_),
      core_(engine_, memory_, core.timing),
      machine_(core_, parameters_),
      hardware_(machine_, [this](Pid pid, auto page) { compare_flushed(pid, page); }),
      handler_(core_, format, {.indirect = walker == mmu::HardwareWalker::E6500}),
      layout_(bare_layout()),
      frames_(kFirstFrame, kFirstFrame + kLowFrames, kFirstFrame + kFrames),
      swap_(kSwapSlots),
      program_("program", layout_.vmas.front().pages, &vm::zero_word, frames_, hardware_),
      contexts_(kFirstPid, kLastPid) {
  boot(core_, memory_.contents().frames(), walker, format);
  const std::array<const vm::FileSystem*, 2> file_systems{&vm::kTmpfs, &disk_};
  const std::array caches{vm::FileCache::Warm, vm::FileCache::Cold};
  for (std::size_t i = 0; i < files_.size(); ++i) {
    files_[i] = std::make_unique<vm::File>("file", PageCount(kFilePages), &vm::page_index_word,
                                           frames_, hardware_, *file_systems[i], caches[i]);
    files_[i]->use_swap(swap_);
  }
  adopt(
      std::make_unique<vm::AddressSpace>(kernel_, format, frames_, hardware_, Pid(next_number_++)));
  running().use_swap(swap_);
  run(0);
  map_program();
}

MmuStage::~MmuStage() {
  for (const auto& process : processes_) contexts_.leave(*process->space);
}

bool MmuStage::touch(EffectiveAddress address, bool write) {
  try {
    processes_[running_]->user.access(address, write);
    return true;
  } catch (const machine::Killed&) {  // the storm has a handler for every signal
    return false;
  }
}

std::optional<PageWords> MmuStage::access(VirtualPage page,
                                          const std::optional<Ledger::Store>& store) {
  const EffectiveAddress address = address_of(page) + offset_of_word(store ? store->which : 0);
  try {
    const RealAddress where = processes_[running_]->user.access(address, store.has_value());
    if (store) memory_.contents().write(where, store->word);
    return words_of(frame_of(where));
  } catch (const machine::Killed&) {
    return std::nullopt;
  }
}

PageWords MmuStage::words_of(FrameNumber frame) const {
  PageWords words{};
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = hardware_.peek_word(address_of(frame) + offset_of_word(i));
  }
  return words;
}

std::optional<PageWords> MmuStage::peek(Ledger::Process process, VirtualPage page) const {
  for (const auto& candidate : processes_) {
    const vm::AddressSpace& space = *candidate->space;
    const pte::Raw entry = space.lookup(address_of(page));
    if (space.number() != process || !pte::is_present(space.format(), entry)) continue;
    return words_of(pte::frame_of(space.format(), entry));
  }
  return std::nullopt;
}

std::optional<Ledger::Process> MmuStage::fork() {
  if (processes_.size() == kMostProcesses) return std::nullopt;
  auto child = running().fork(Pid(next_number_++));
  if (child == nullptr) return std::nullopt;
  const Ledger::Process number = child->number();
  adopt(std::move(child));
  return number;
}

void MmuStage::switch_process() { run((running_ + 1) % processes_.size()); }

bool MmuStage::exit() {
  if (processes_.size() == 1) return false;
  running().exit();
  contexts_.leave(running());
  processes_.erase(processes_.begin() + static_cast<std::ptrdiff_t>(running_));
  run(running_ % processes_.size());
  return true;
}

std::vector<std::string> MmuStage::complaints() {
  std::vector<std::string> texts = std::exchange(complaints_, {});
  Population population{{}, {&program_, files_[0].get(), files_[1].get()}, &frames_, &swap_};
  for (const auto& process : processes_) {
    const std::vector<std::string> more = process->space->audit();
    texts.insert(texts.end(), more.begin(), more.end());
    population.spaces.push_back(process->space.get());
  }
  const std::vector<std::string> more = audit_memory(population);
  texts.insert(texts.end(), more.begin(), more.end());
  for (const mmu::TlbEntry& entry : engine_.valid_entries()) compare(entry);
  texts.insert(texts.end(), complaints_.begin(), complaints_.end());
  complaints_.clear();
  return texts;
}

void MmuStage::adopt(std::unique_ptr<vm::AddressSpace> space) {
  vm::AddressSpace& adopted = *space;
  contexts_.enter(adopted);
  processes_.push_back(std::make_unique<Running>(
      Running{std::move(space), machine::Process(core_, handler_, adopted, layout_)}));
}

void MmuStage::run(std::size_t process) {
  running_ = process;
  run_on(core_, contexts_.switch_to(running()), running().pgd(), parameters_.hardware_walker);
}

void MmuStage::map_program() {
  const machine::ProcessVma& text = layout_.vmas.front();
  vm::MmapRequest request;
  request.address = text.start;
  request.length_bytes = bytes_of(text.pages).value();
  request.protection = text.protection;
  request.flags = vm::kMapPrivate | vm::kMapFixed;
  request.file = &program_;
  request.mode = vm::OpenMode::ReadOnly;
  if (!running().mmap(request).ok()) throw std::logic_error("the program cannot be mapped");
}

// What was flushed is gone, or is what the page tables say now; about the rest nothing is said
// while the kernel is in the middle of things.
void MmuStage::compare_flushed(Pid pid, std::optional<EffectiveAddress> page) {
  for (const mmu::TlbEntry& entry : engine_.valid_entries()) {
    const bool flushed = !page || page_of(entry.ea()) == page_of(*page);
    if (entry.tid() == pid && flushed) compare(entry);
  }
}

const vm::AddressSpace* MmuStage::owner_of(Pid pid) const {
  for (const auto& process : processes_) {
    const vm::AddressSpace& space = *process->space;
    if (space.has_context() && space.pid() == pid) return &space;
  }
  return nullptr;
}

void MmuStage::compare(const mmu::TlbEntry& entry) {
  if (entry.iprot()) return;  // the kernel's own
  ++entries_compared_;
  const vm::AddressSpace* owner = owner_of(entry.tid());
  if (owner != nullptr && machine::is_granted(entry, *owner)) return;
  complaints_.push_back(
      fmt::format("stale TLB entry of PID {}: {}", entry.tid().value(),
                  owner == nullptr ? "no process has it" : machine::difference_of(entry, *owner)));
}

}  // namespace tessera::storm
