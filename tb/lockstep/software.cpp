#include "tb/lockstep/software.hpp"

#include <algorithm>

#include "tb/lockstep/mas_bits.hpp"
#include "tb/lockstep/walked_memory.hpp"

namespace tessera::lockstep {
namespace {

using mmu::Opcode;
using mmu::Spr;

// 16 regions of 4 pages. All of them share 4 sets of a 16-set L1, two neighbours differ in the set
// of a 128-set TLB0: so 12 pages want the 4 ways of an L1 set, and 6 those of a TLB0 set. The last
// four regions are TLB1's: two of 4 KB pages, one of 16 KB, one of 64 KB.
constexpr std::uint32_t kBase = 0x20000000;
constexpr unsigned kPages = 64;
constexpr unsigned kPagesOfTlb0 = 48;

constexpr std::uint32_t kIprot = 0x40000000;
/// MAS4[TIDSELD]: pages of a PID that is in PID2 and nowhere else, so that no two match at once.
constexpr std::uint32_t kTidFromPid2 = 0x00020000;
constexpr std::uint32_t kPid1 = 6;
constexpr std::uint32_t kPid2 = 5;

unsigned region_of(std::uint32_t ea) { return ((ea >> 16) & 1) | ((ea >> 18) & 0xE); }

bool of_tlb1(std::uint32_t ea) { return region_of(ea) >= kPagesOfTlb0 / 4; }

/// TID = 0 or the PID, always the same for a page: else one would hide the other.
bool global(std::uint32_t ea) { return (ea >> 19) % 4 == 2; }

}  // namespace

Software::Software(const mmu::Parameters& parameters, workload::Random& random)
    : parameters_(parameters), random_(random) {}

std::uint32_t Software::page(unsigned number) const {
  const std::uint32_t region = number / 4;
  return kBase | ((region & 1) << 16) | ((region >> 1) << 19) | ((number % 4) << 12);
}

void Software::begin(bool after_reset) {
  restart();
  hot_pages_ = 2 + random_.below(static_cast<std::uint32_t>(hot_.size()) - 1);
  for (std::uint32_t& ea : hot_) {
    ea = page(random_.below(kPages));
  }
  guest_ = parameters_.has_ehv && chance(300);
  lpid_ = guest_ ? 1 + random_.below(3) : 0;
  const bool walks = chance(850);
  tablewalk_ = walks && !guest_ && parameters_.hardware_walker == mmu::HardwareWalker::Tablewalk;
  indirect_ = walks && parameters_.hardware_walker == mmu::HardwareWalker::E6500;
  indirect_by_default_ = chance(700);
  indirect_global_ = !indirect_by_default_ && chance(300);
  walkbase_ = chance(700) ? 0xC0000000 : kBase + 0x200000;
  if (!after_reset) {
    clear_tlbs();
  }
  set_up_registers();
  set_up_walker();
}

bool Software::takes_mas_as_it_is(std::uint32_t ea) const {
  if (indirect_) {
    return indirect_by_default_;
  }
  return !of_tlb1(ea) && !global(ea) && !(tablewalk_ && ea >= walkbase_);
}

void Software::restart() {
  script_.clear();
  position_ = 0;
  refilling_ = false;
}

void Software::clear_tlbs() {
  mtspr(Spr::Mmucsr0, 6);
  mtspr(Spr::Mas1, 0);
  for (unsigned index = 0; index < parameters_.tlb1_entries; ++index) {
    mtspr(Spr::Mas0, kTlb1 | (index << 16));
    add(Opcode::Tlbwe);
  }
}

void Software::set_up_registers() {
  mtspr(Spr::Epcr, 0);
  const bool second = parameters_.npids == 3 && chance(300);
  mtspr(Spr::Mas4, kSize4K | random_.below(128) | (second ? kTidFromPid2 : 0));
  mtspr(Spr::Mas5, guest_words());
  mtspr(Spr::Mas8, guest_words());
  mtspr(Spr::Lpidr, lpid_);
  mtspr(Spr::Pid0, pid_);
  mtspr(Spr::Pid1, second ? kPid1 : 0);
  mtspr(Spr::Pid2, second ? kPid2 : 0);
  const std::uint32_t external = (guest_ ? 0x20000000U : 0U) | (lpid_ << 16) | 2;
  mtspr(Spr::Eplc, external);
  mtspr(Spr::Epsc, external | 0x80000000);
}

void Software::set_up_walker() {
  if (parameters_.hardware_walker == mmu::HardwareWalker::Tablewalk) {
    mtspr(Spr::Walkctl, (tablewalk_ ? 1U : 0U) | (chance(512) ? 2U : 0U));
    mtspr(Spr::Walkpgd, WalkedMemory::kFirstDirectory + pid_ % WalkedMemory::kDirectories);
    mtspr(Spr::Walkkpgd, WalkedMemory::kFirstDirectory);
    mtspr(Spr::Walkbase, walkbase_);
  } else if (indirect_ && indirect_by_default_) {
    mtspr(Spr::Mas4, kTlb1 | kMas4Indirect | kSize2M);
  }
}

std::uint32_t Software::guest_words() const { return (guest_ ? 0x80000000U : 0U) | lpid_; }

std::uint32_t Software::address() {
  std::uint32_t& ea = hot_.at(random_.below(hot_pages_));
  const std::uint32_t bits = random_.next();
  if (bits % 128 == 0) {
    ea = page(random_.below(kPages));
  }
  return ea | ((bits >> 16) & 0xFFC);
}

void Software::react(const clocked::OutputPins& shown) {
  if (busy() && (position_ > 0 || !refilling_)) {
    return;
  }
  const bool data = shown.d_rsp_valid && shown.d_rsp_outcome != 0;
  const bool fetch = shown.i_rsp_valid && shown.i_rsp_outcome != 0;
  if (!data && !fetch) {
    return;
  }
  const std::uint32_t ea = data ? shown.d_rsp_fault_ea : shown.i_rsp_fault_ea;
  switch (static_cast<mmu::Outcome>(data ? shown.d_rsp_outcome : shown.i_rsp_outcome)) {
    case mmu::Outcome::DataTlbError:
    case mmu::Outcome::InstructionTlbError:
      return refill(ea);
    case mmu::Outcome::DataStorage:
    case mmu::Outcome::InstructionStorage:
      return mend(ea);
    case mmu::Outcome::MachineCheck:
      restart();
      return clear_tlbs();
    case mmu::Outcome::Translated:
      return;
  }
}

// A later TLB error, of the other port, takes the place of a refill that has not begun: MAS is its.
void Software::refill(std::uint32_t ea) {
  restart();
  refilling_ = true;
  if (indirect_ && (indirect_by_default_ || !of_tlb1(ea))) {
    return refill_indirect(ea);
  }
  if (of_tlb1(ea)) {
    return refill_tlb1(ea);
  }
  if (global(ea)) {
    mtspr(Spr::Mas1, kValid | kSize4K);
  }
  mtspr(Spr::Mas3, frame_and_rights());
  if (chance(200)) {
    mtspr(Spr::Mas7, random_.below(16));
  }
  const bool fault = chance(30);
  if (fault) {
    mtspr(Spr::Mas8, guest_words() | kVirtualizationFault);
  }
  add(Opcode::Tlbwe);
  if (fault) {
    mtspr(Spr::Mas8, guest_words());
  }
}

void Software::refill_tlb1(std::uint32_t ea) {
  const unsigned region = region_of(ea);
  const std::uint32_t code = region < 14 ? 1 : region - 12;
  const std::uint32_t size = code << 8;
  const std::uint32_t tid = global(ea) ? 0 : pid_ << 16;
  mtspr(Spr::Mas0, next_tlb1());
  mtspr(Spr::Mas1, kValid | (chance(100) ? kIprot : 0) | tid | size);
  mtspr(Spr::Mas2, (ea & 0xFFFFF000) | random_.below(32));
  mtspr(Spr::Mas3, frame_and_rights());
  add(Opcode::Tlbwe);
}

/// An indirect entry for the 2 MB around the page: that of the MAS registers, or of the PID.
void Software::refill_indirect(std::uint32_t ea) {
  mtspr(Spr::Mas0, next_tlb1());
  if (!indirect_by_default_) {
    mtspr(Spr::Mas1, kValid | kIndirect | kSize2M | (indirect_global_ ? 0 : pid_ << 16));
    mtspr(Spr::Mas2, ea & 0xFFE00000);
  }
  const std::uint32_t page_size = chance(980) ? 2 : random_.below(32);
  mtspr(Spr::Mas3, (random_.next() & 0x0FFFF000) | (page_size << 1));
  if (chance(200)) {
    mtspr(Spr::Mas7, random_.below(16));
  }
  add(Opcode::Tlbwe);
}

/// MAS0 for the next entry of TLB1 in turn.
std::uint32_t Software::next_tlb1() {
  const std::uint32_t mas0 = kTlb1 | (next_tlb1_ << 16);
  next_tlb1_ = (next_tlb1_ + 1) % std::min(parameters_.tlb1_entries, 12U);
  return mas0;
}

/// MAS6[SIND].
std::uint32_t Software::searched_kind() { return indirect_ && chance(300) ? kMas6Indirect : 0; }

std::uint32_t Software::frame_and_rights() {
  return (random_.next() & 0x0FFFFFC0) | (chance(900) ? 0x3FU : random_.below(64));
}

void Software::mend(std::uint32_t ea) {
  const std::uint32_t what = random_.below(4);
  if (what > 1) {
    return;
  }
  restart();
  mtspr(Spr::Mas6, pid_ << 16);
  if (what == 0) {
    add(Opcode::Tlbsx, ea);
    mtspr(Spr::Mas3, frame_and_rights());
    add(Opcode::Tlbwe);
    mtspr(Spr::Mas8, guest_words());
  } else {
    add(Opcode::Tlbilx, ea);
    add(Opcode::Tlbivax, (ea & 0xFFFFF000) | (of_tlb1(ea) ? 8U : 0U));
  }
}

void Software::disturb() {
  restart();
  const std::uint32_t ea = address();
  const std::uint32_t what = random_.below(64);
  if (what < 14) {
    pid_ = 1 + random_.below(3);
    mtspr(Spr::Pid0, pid_);
    if (tablewalk_) {
      mtspr(Spr::Walkpgd, WalkedMemory::kFirstDirectory + pid_ % WalkedMemory::kDirectories);
    }
  } else if (what < 34) {
    mtspr(Spr::Mas6, ((what < 28 ? pid_ : 0) << 16) | searched_kind());
    add(Opcode::Tlbilx, ea);
  } else if (what < 36) {
    mtspr(Spr::Mas6, pid_ << 16);
    add(Opcode::Tlbilx, ea, static_cast<std::uint8_t>(what % 2));
  } else if (what < 42) {
    add(Opcode::Tlbivax, (ea & 0xFFFFF000) | (of_tlb1(ea) ? 8U : 0U));
  } else if (what < 48) {
    mtspr(Spr::Mas6, (pid_ << 16) | searched_kind());
    add(Opcode::Tlbsx, ea);
    mtspr(Spr::Mas8, guest_words());
  } else if (what < 54) {
    add(Opcode::Tlbre);
    mtspr(Spr::Mas8, guest_words());
  } else if (what == 54) {
    add(Opcode::Tlbsync);
  } else {
    for (const Spr spr : {Spr::Mas0, Spr::Mas1, Spr::Mas2, Spr::Mas3, Spr::Mas6, Spr::Mas7}) {
      add(Opcode::Mfspr);
      script_.back().spr = spr;
    }
  }
}

void Software::put(clocked::InputPins& in, bool taken) {
  const Step& step = script_[position_];
  in.instr_valid = true;
  in.instr_opcode = static_cast<std::uint8_t>(step.opcode);
  in.instr_spr = static_cast<std::uint16_t>(step.spr);
  in.instr_operand = step.operand;
  in.instr_t = step.t;
  in.instr_ra_nonzero = in.instr_pr = in.instr_gs = false;
  position_ += taken ? 1 : 0;
}

void Software::mtspr(Spr spr, std::uint32_t value) {
  add(Opcode::Mtspr, value);
  script_.back().spr = spr;
}

void Software::add(Opcode opcode, std::uint32_t operand, std::uint8_t t) {
  script_.push_back({opcode, Spr::Pid0, operand, t});
}

}  // namespace tessera::lockstep
