#include <numeric>

#include <fmt/core.h>

#include "sw/machine/boot.hpp"
#include "sw/machine/machine.hpp"
#include "sw/machine/stale_entries.hpp"

namespace tessera::machine {
namespace {

/// Collects the identities that do not hold.
class Identities {
 public:
  void expect_equal(const char* what, std::uint64_t left, std::uint64_t right) {
    if (left != right) {
      texts_.push_back(fmt::format("identity violated: {}: {} != {}", what, left, right));
    }
  }

  void expect_between(const char* what, std::uint64_t value, std::uint64_t least,
                      std::uint64_t most) {
    if (value < least || most < value) {
      texts_.push_back(
          fmt::format("identity violated: {}: {} is not from {} to {}", what, value, least, most));
    }
  }

  std::vector<std::string> take() { return std::move(texts_); }

 private:
  std::vector<std::string> texts_;
};

/// What the MMU says of its walks, and what memory saw of them.
void expect_walks(Identities& all, mmu::HardwareWalker walker, const mmu::MmuCounters& mmu,
                  const WalkLoads& memory) {
  const std::uint64_t walks = mmu.walk_writes + mmu.walk_faults;
  const std::uint64_t second_loads = memory.all - memory.of_pgd;
  all.expect_equal("walk_loads = loads that memory answered", mmu.walk_loads, memory.all);
  all.expect_equal("walks overtaken = 0", mmu.walks_overtaken, 0);
  switch (walker) {
    case mmu::HardwareWalker::Off:
      all.expect_equal("walks = 0", walks, 0);
      break;
    case mmu::HardwareWalker::Tablewalk:
      all.expect_equal("walks = loads of the PGD", walks, memory.of_pgd);
      all.expect_between("loads of PTEs", second_loads, mmu.walk_writes, walks);
      all.expect_equal("TLB errors = 0", mmu.dtlb_errors + mmu.itlb_errors, 0);
      break;
    case mmu::HardwareWalker::E6500:
      all.expect_equal("walks = loads of PTEs", walks, second_loads);
      all.expect_equal("loads of the PGD = 0", memory.of_pgd, 0);
      break;
  }
}

/// Each step's time was charged to a part in one piece, and to activities in pieces.
void expect_activities(Identities& all, const Core& core, const mmu::Timing& timing, Cycles now) {
  const CycleAccount& account = core.account();
  Cycles parts(0);
  Cycles translation(0);
  for (std::size_t i = 0; i < kParts; ++i) {
    const auto& activities = account.activities()[i];
    const Cycles part = account.of(static_cast<Part>(i));
    const Cycles sum = std::accumulate(activities.begin(), activities.end(), Cycles(0));
    all.expect_equal("cycles of a part = sum of its activities", part.value(), sum.value());
    // A walk cannot wait longer than it takes.
    for (const Cycles activity : activities) {
      all.expect_between("cycles of an activity", activity.value(), 0, part.value());
    }
    parts += part;
    translation += activities[static_cast<std::size_t>(Activity::Translation)];
  }
  all.expect_equal("cycles = sum of parts", now.value(), parts.value());
  all.expect_equal("translation cycles = translations * an L1 hit", translation.value(),
                   core.translations() * (1 + timing.l1tlb_hit_extra.value()));
}

void expect_refills(Identities& all, const RefillAccount& refills, const RunCounters& c,
                    const CycleAccount& account) {
  all.expect_equal("refills by class = refills + walks that wrote", refills.all_refills(),
                   c.tlb_refills + c.walks - c.walk_faults);
  all.expect_equal("cycles of refills, bail-outs and failed walks = parts tlb_miss + walk",
                   (refills.all_cycles() + refills.failed).value(),
                   (account.of(Part::TlbMiss) + account.of(Part::Walk)).value());
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

std::vector<std::string> Machine::audit() const {
  std::vector<std::string> texts = violated_identities();
  append(texts, stale_entries(*engine_, space_));
  append(texts, overwritten_bolted_entries());
  append(texts, space_.audit());
  if (accounting_) append(texts, mirror_differences());
  return texts;
}

// What the classes of refills rest on.
std::vector<std::string> Machine::mirror_differences() const {
  std::vector<std::string> texts;
  std::vector<PageHistory*> unseen = accounting_->mirror().entries();
  for (const mmu::TlbEntry& entry : engine_->valid_entries()) {
    if (entry.array != mmu::TlbArray::Tlb0) continue;
    PageHistory*& page = unseen[entry.set * config_.mmu.tlb0_ways + entry.slot];
    const bool same = page != nullptr && page->pid == entry.tid().value() &&
                      page->page == page_of(entry.ea()).value();
    if (!same) {
      texts.push_back(fmt::format("TLB0 set {} way {} has EA {:#010x}, and its mirror {}",
                                  entry.set, entry.slot, entry.ea().value(),
                                  page ? "another page" : "none"));
    }
    page = nullptr;
  }
  for (const PageHistory* page : unseen) {
    if (page == nullptr) continue;
    texts.push_back(fmt::format("TLB0 set {} way {} is invalid, but its mirror has page {:#x}",
                                page->set, page->way, page->page));
  }
  return texts;
}

// Round-robin over TLB1 must spare what maps lowmem: entries 0, 1, ..., protected, of TID 0.
std::vector<std::string> Machine::overwritten_bolted_entries() const {
  const unsigned expected = bolted_entries(config_.memory.ram);
  unsigned found = 0;
  for (const mmu::TlbEntry& entry : engine_->valid_entries()) {
    const bool bolted = entry.array == mmu::TlbArray::Tlb1 && entry.slot < expected;
    if (bolted && entry.iprot() && entry.tid() == Pid(0)) ++found;
  }
  if (found == expected) return {};
  return {fmt::format("TLB1: {} of the {} entries of lowmem are left", found, expected)};
}

// Each side comes from another party: the engine counts what its MMU did, the core and the
// handlers what they asked for, the VM layer what it ordered and accounted.
std::vector<std::string> Machine::violated_identities() const {
  const RunCounters c = counters();
  const mmu::MmuCounters& mmu = engine_->counters();
  const vm::VmCounters& vm = space_.counters();
  const MissHandlerCounters& handler = handler_.counters();
  const FlushCounters& flushes = hardware_.flushes();
  const PreloadCounters& preloads = hardware_.preloads();
  std::uint64_t ordered = 0;
  for (std::size_t cause = 0; cause < vm::kFlushCauses; ++cause) {
    ordered += c.*flushes_by(static_cast<vm::FlushCause>(cause));
  }
  const bool indirect = config_.mmu.hardware_walker == mmu::HardwareWalker::E6500;
  const std::uint64_t signals = vm.segmentation_faults + vm.bus_errors + vm.out_of_memory;
  Identities all;
  all.expect_equal("translations = l1_hits + l2_hits + dtlb_errors + itlb_errors + walk_faults",
                   c.translations,
                   c.l1_hits + c.l2_hits + c.dtlb_errors + c.itlb_errors + c.walk_faults);
  all.expect_equal("TLB errors = refills + bail-outs", c.dtlb_errors + c.itlb_errors,
                   handler.refills + handler.bail_outs);
  const std::uint64_t small_refills = handler.refills - handler.huge_refills;
  const std::uint64_t huge_writes = handler.huge_refills + preloads.writes;
  const std::uint64_t bolted = bolted_entries(config_.memory.ram);
  all.expect_equal("TLB writes = refills + preloads + invalidated by tlbwe + lowmem",
                   c.tlb0_writes + c.tlb1_writes,
                   small_refills + huge_writes + flushes.tlbwe + flushes.tlbwe_indirect + bolted);
  // With huge pages the tlbwe of a flush may be to either TLB.
  if (config_.mmu.has_tlbilx || config_.nr_hugepages == 0) {
    all.expect_equal("tlb0_writes = small refills + entries invalidated by tlbwe", c.tlb0_writes,
                     (indirect ? 0 : small_refills) + flushes.tlbwe);
  }
  all.expect_equal("page_fault_exceptions = bail-outs + DSI + ISI", c.page_fault_exceptions,
                   handler.bail_outs + mmu.dsi + mmu.isi);
  all.expect_equal("page_fault_exceptions = resolved + signals", c.page_fault_exceptions,
                   vm.faults_by_exception + signals);
  all.expect_equal("faults = by exception + by prefault", c.faults_minor + c.faults_major,
                   vm.faults_by_exception + vm.faults_by_prefault);
  all.expect_equal("flushes by kind = flushes by cause", c.flush_va + c.flush_pid + c.flush_all,
                   ordered);
  all.expect_equal("flush instructions + searches = flushes + preloads",
                   mmu.tlbilx_va + mmu.tlbilx_pid + mmu.flash_invalidates + mmu.tlbsx,
                   c.flush_va + c.flush_pid + c.flush_all + c.flush_table + preloads.searches);
  all.expect_equal("preloads = preloads ordered", preloads.searches, vm.huge_preloads);
  all.expect_equal("flush_table = PTE pages freed and forgotten", c.flush_table, vm.table_flushes);
  expect_walks(all, config_.mmu.hardware_walker, mmu, memory_.walk_loads());
  all.expect_equal("kernel instructions = VM work + handlers + preloads", c.kernel_instructions,
                   vm.instructions + handler.instructions + preloads.instructions);
  expect_activities(all, core_, config_.timing, engine_->now());
  if (accounting_) expect_refills(all, accounting_->refills(), c, core_.account());
  all.expect_equal("engine time = core time", engine_->now().value(), core_.clock().value());
  // 2.5.42 has no file PTE: what MAP_NONBLOCK leaves absent is mapped linearly (linux-vm.md A1).
  if (method_ != Method::RemapNonblock || !config_.kernel.remap.forgets_offsets) {
    all.expect_equal("wrong_pages = 0", c.wrong_pages, 0);
  }
  return all.take();
}

}  // namespace tessera::machine
