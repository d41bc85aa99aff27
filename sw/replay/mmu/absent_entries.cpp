#include "sw/replay/mmu/absent_entries.hpp"

#include <algorithm>

#include "model/mmu/mas.hpp"
#include "model/mmu/tlb_entry.hpp"

namespace tessera::replay {

namespace mas0 = mmu::mas0;

namespace {

bool is_entry_operation(const LogLine& operation) {
  return operation.operation == "tlbwe" || operation.operation == "tlbre";
}

/// The TLB1 entry that MAS0 selects in the log's core.
std::uint32_t esel_of(const LogLine& operation) {
  constexpr std::uint32_t kLogsTlb1Entries = 64;
  return mas0::kEsel.of(operation.operands.number("m0")) % kLogsTlb1Entries;
}

bool is_at_an_address(const LogLine& operation) {
  return operation.operands.has("ea") && operation.operation != "tlbilx" &&
         operation.operation != "tlbivax";
}

}  // namespace

bool AbsentEntries::concern(const LogLine& operation) const {
  if (is_entry_operation(operation)) {
    return mas0::kTlbsel.of(operation.operands.number("m0")) == 1 &&
           esel_of(operation) >= tlb1_entries_;
  }
  if (!is_at_an_address(operation)) return false;
  constexpr Bytes kIntoTheNextPage{2};  // ldcross
  const EffectiveAddress ea(operation.operands.number("ea"));
  return may_map(ea) || (operation.results.has("hits2") && may_map(ea + kIntoTheNextPage));
}

bool AbsentEntries::concern_dump(const LogLine& line) const {
  return line.operands.has("esel") && line.operands.number("esel") >= tlb1_entries_;
}

void AbsentEntries::note(const LogLine& operation) {
  if (operation.operation != "tlbwe" || operation.results.text("res") != "ok") return;
  put(esel_of(operation), operation.operands.number("m1"), operation.operands.number("m2"));
}

void AbsentEntries::note_dump(const LogLine& line) {
  put(line.operands.number("esel"), line.operands.number("mas1"), line.operands.number("mas2"));
}

void AbsentEntries::put(std::uint32_t esel, std::uint32_t mas1, std::uint32_t mas2) {
  mmu::TlbEntry entry;
  entry.mas1 = mas1;
  entry.mas2 = mas2;
  entries_.erase(esel);
  if (entry.valid()) entries_.emplace(esel, Page{entry.ea(), entry.size()});
}

bool AbsentEntries::may_map(EffectiveAddress ea) const {
  return std::any_of(entries_.begin(), entries_.end(), [ea](const auto& entry) {
    const Page& page = entry.second;
    return ea >= page.ea && ea - page.ea < page.size;
  });
}

}  // namespace tessera::replay
