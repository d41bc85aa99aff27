// What of a machine changes during a run, for archives (decision 13).

#include <algorithm>
#include <utility>

#include "model/mmu/transaction_engine.hpp"
#include "model/types/archive.hpp"
#include "model/types/user_error.hpp"
#include "sw/machine/machine.hpp"
#include "sw/machine/run.hpp"
#include "sw/vm/huge_file.hpp"
#include "sw/vm/known_files.hpp"

namespace tessera::machine {

namespace {

/// Of a result, which nobody changes: in a copy.
void archive_accounts(Archive& archive, std::shared_ptr<const RunAccounts>& accounts) {
  bool has = accounts != nullptr;
  archive(has);
  if (!has) return accounts.reset();
  RunAccounts copy{{}, SlotSums(EffectiveAddress(0), PageCount(1), PageCount(1)), std::nullopt};
  if (accounts) copy = *accounts;
  bool has_series = copy.series.has_value();
  archive(copy.latencies, copy.slots, has_series);
  if (has_series) {
    if (!copy.series) copy.series.emplace(IntervalUnit::Accesses, 0);
    archive(*copy.series);
  }
  accounts = std::make_shared<const RunAccounts>(std::move(copy));
}

}  // namespace

// Memory that was never written stays so: the blocks that were, frame by frame.
void PhysicalMemory::state(Archive& archive) {
  archive.part("memory");
  std::vector<std::uint64_t> written;
  for (std::uint64_t frame = 0; frame < frames_.size(); ++frame) {
    if (frames_[frame]) written.push_back(frame);
  }
  archive(written);
  if (archive.reads()) {
    for (auto& frame : frames_) frame.reset();
  }
  for (const std::uint64_t number : written) {
    archive.require(number < frames_.size(), "a frame is beyond memory");
    auto& frame = frames_[number];
    if (!frame) frame = std::make_unique<Frame>();
    for (auto& block : *frame) {
      bool has = block != nullptr;
      archive(has);
      if (!has) continue;
      if (!block) block = std::make_unique<Block>();
      archive(*block);
    }
  }
}

void CacheLevel::state(Archive& archive) { archive.fixed(lines_); }

void WalkLoads::state(Archive& archive) { archive(all, of_pgd, latencies, no_memory); }

void Memory::state(Archive& archive) { archive(contents_, l1d_, l2_, cpc_, walk_loads_); }

void CycleAccount::state(Archive& archive) {
  archive(cycles_, activities_, part_);
  archive.require(static_cast<std::size_t>(part_) < kParts, "there is no such part of time");
}

void Core::state(Archive& archive) { archive(account_, clock_, pid_, translations_); }

void TlbFlusher::state(Archive& archive) { archive(counters_); }

void HugePreloader::state(Archive& archive) { archive(counters_); }

void KernelHardware::state(Archive& archive) {
  archive(flusher_, preloader_, instructions_, issued_);
}

void MissHandler::state(Archive& archive) { archive(counters_); }

void Process::state(Archive& archive) { archive(code_, counters_); }

void RunResult::state(Archive& archive) {
  archive(method, error, interrupted, counters, cycles, activities, refills);
  archive_accounts(archive, accounts);
  const auto is_method = [&](const MethodDescription& known) { return known.method == method; };
  archive.require(std::any_of(methods().begin(), methods().end(), is_method),
                  "there is no such method");
}

void Machine::state(Archive& archive) {
  auto* const engine = dynamic_cast<mmu::TransactionEngine*>(engine_.get());
  if (engine == nullptr) {
    throw UserError("a machine can only be saved with engine transaction");
  }
  archive.part("machine");
  archive(memory_, *engine, core_, hardware_, frames_, image_, file_);
  if (huge_file_) archive(*huge_file_);
  if (accounting_) archive(*accounting_);
  if (series_) archive(*series_);
  vm::KnownFiles known{{&image_, &file_}, {}};
  if (huge_file_) known.huge_files.push_back(huge_file_);
  space_.state(archive, known);
  archive(handler_, process_, error_, accesses_, mapping_calls_, remaps_done_, vmas_peak_,
          wrong_pages_);
}

}  // namespace tessera::machine
