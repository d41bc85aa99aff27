#include "tb/lockstep/stimulus.hpp"

#include <array>

#include "model/mmu/engine.hpp"
#include "model/mmu/mas.hpp"
#include "model/mmu/spr.hpp"
#include "tb/lockstep/mas_bits.hpp"

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using mmu::Opcode;
using mmu::Spr;

constexpr std::array kRegisters{
    Spr::Mas0,    Spr::Mas1,    Spr::Mas2,    Spr::Mas3,    Spr::Mas4,     Spr::Mas5,
    Spr::Mas6,    Spr::Mas7,    Spr::Mas8,    Spr::Pid0,    Spr::Pid1,     Spr::Pid2,
    Spr::Lpidr,   Spr::Eplc,    Spr::Epsc,    Spr::Epcr,    Spr::Mmucsr0,  Spr::Mmucfg,
    Spr::Tlb0cfg, Spr::Tlb1cfg, Spr::Walkctl, Spr::Walkpgd, Spr::Walkkpgd, Spr::Walkbase,
    Spr::Tlb0ps,  Spr::Tlb1ps,  Spr::Eptcfg};

std::uint16_t number_of(Spr spr) { return static_cast<std::uint16_t>(spr); }

}  // namespace

Stimulus::Stimulus(const mmu::Parameters& parameters, std::uint64_t seed)
    : parameters_(parameters),
      random_(seed),
      memory_(seed),
      software_(parameters, random_),
      walks_(parameters.hardware_walker != mmu::HardwareWalker::Off),
      indirect_(parameters.hardware_walker == mmu::HardwareWalker::E6500) {}

const InputPins& Stimulus::next(const clocked::OutputPins& shown) {
  shown_ = shown;
  if (phase_left_ == 0) {
    begin_phase();
  }
  --phase_left_;
  if (refilled_) {
    software_.react(shown);
  }
  put_fetch();
  put_data();
  put_instruction();
  put_snoop();
  put_reset();
  memory_.put(shown, in_);
  i_waits_ = in_.i_req_valid && !shown.i_req_ready;
  d_waits_ = in_.d_req_valid && !shown.d_req_ready;
  return in_;
}

void Stimulus::put_reset() {
  const bool walking = walks_ && memory_.busy();
  if (reset_left_ == 0 && random_.below(walking ? 8000 : 30000) == 0) {
    reset_left_ = 1 + random_.below(3);
    phase_left_ = 0;  // software does not know of it
  }
  in_.rst_n = reset_left_ == 0;
  reset_left_ -= reset_left_ == 0 ? 0 : 1;
}

void Stimulus::begin_phase() {
  static constexpr std::array<Phase, 6> kPhases{{{0, 0, 900, 2},      // set-up
                                                 {900, 900, 10, 0},   // both ports busy
                                                 {400, 400, 200, 8},  // everything
                                                 {700, 700, 50, 60},  // snoops in every phase
                                                 {60, 60, 60, 4},     // sparse
                                                 {20, 900, 100, 0}}};
  memory_.begin_phase();
  snooped_walks_ = walks_ && chance(200);
  refilled_ = chance(56);
  if (refilled_) {
    begin_software_phase();
    return;
  }
  phase_ = kPhases[random_.below(static_cast<std::uint32_t>(kPhases.size()))];
  phase_left_ = 20 + random_.below(180);
}

void Stimulus::begin_software_phase() {
  static constexpr std::array<Phase, 3> kPhases{{{1000, 1000, 3, 2},  // as fast as it goes
                                                 {300, 700, 6, 1},
                                                 {500, 500, 6, 12}}};
  reset_left_ += reset_left_ == 0 && chance(512) ? 1 : 0;
  software_.begin(reset_left_ != 0);
  phase_ = kPhases[random_.below(static_cast<std::uint32_t>(kPhases.size()))];
  phase_left_ = 3000 + random_.below(5000);
}

std::uint32_t Stimulus::address() { return refilled_ ? software_.address() : any_address(); }

// 16 pages that share few sets, some offsets in them, and now and then anything at all.
std::uint32_t Stimulus::any_address() {
  if (chance(20)) {
    return random_.next();
  }
  static constexpr std::array<std::uint32_t, 4> kRegions{0x10000000, 0x10080000, 0x10040000,
                                                         0xFFFF0000};
  const std::uint32_t region = kRegions[random_.below(4)];
  return region | (random_.below(4) << 12) | (random_.below(64) << 2);
}

std::uint32_t Stimulus::pid() {
  return chance(30) ? random_.below(1U << parameters_.pid_bits) : random_.below(3);
}

std::uint32_t Stimulus::lpid() {
  return chance(850) ? 0 : random_.below(chance(100) ? 1U << parameters_.lpid_bits : 3);
}

// A request that waits mostly stays as it is, now and then it goes or changes. Without a valid the
// payload is what was left there.
void Stimulus::put_fetch() {
  if (i_waits_ && chance(800)) {
    return;
  }
  in_.i_req_valid = chance(software_.busy() && refilled_ ? 20 : phase_.i_request);
  if (!in_.i_req_valid) {
    return;
  }
  in_.i_req_ea = address();
  const std::uint32_t bits = random_.next();
  in_.i_req_pr = (bits & 1) != 0;
  in_.i_req_as = bits >> 28 == 0 && (!refilled_ || software_.takes_mas_as_it_is(in_.i_req_ea));
  in_.i_req_gs = refilled_ ? software_.guest() : ((bits >> 24) & 0xF) == 0;
}

void Stimulus::put_data() {
  if (d_waits_ && chance(800)) {
    return;
  }
  in_.d_req_valid = chance(software_.busy() && refilled_ ? 20 : phase_.d_request);
  if (!in_.d_req_valid) {
    return;
  }
  in_.d_req_ea = address();
  if (walks_ && in_.i_req_valid && chance(60)) {
    in_.d_req_ea = in_.i_req_ea;
  }
  const bool any = !refilled_ || software_.takes_mas_as_it_is(in_.d_req_ea);
  const bool external = any && (!refilled_ || parameters_.has_external_pid);
  const std::uint32_t bits = random_.next();
  in_.d_req_pr = (bits & 1) != 0;
  in_.d_req_store = ((bits >> 1) & 7) < 3;
  in_.d_req_as = bits >> 28 == 0 && any;
  in_.d_req_gs = refilled_ ? software_.guest() : ((bits >> 24) & 0xF) == 0;
  in_.d_req_epid = ((bits >> 20) & 0xF) == 0 && external;
}

void Stimulus::put_instruction() {
  if (!refilled_) {
    in_.instr_valid = chance(phase_.instruction);
    if (in_.instr_valid) {
      put_any_instruction();
    }
    return;
  }
  if (!software_.busy() && chance(phase_.instruction)) {
    software_.disturb();
  }
  in_.instr_valid = software_.busy();
  if (in_.instr_valid) {
    const bool free = shown_.instr_ready && !in_.i_req_valid && !in_.d_req_valid;
    software_.put(in_, free && reset_left_ == 0);
  }
}

void Stimulus::put_any_instruction() {
  // Of 64: mostly what fills the TLBs.
  static constexpr std::array<std::uint8_t, 8> kWeights{16, 6, 6, 4, 2, 1, 25, 4};
  std::uint32_t draw = random_.below(64);
  std::uint8_t opcode = 0;
  while (draw >= kWeights[opcode]) {
    draw -= kWeights[opcode];
    ++opcode;
  }
  in_.instr_opcode = opcode;
  in_.instr_operand = address();
  in_.instr_t = static_cast<std::uint8_t>(chance(150) ? random_.below(8) : 3);
  in_.instr_spr =
      number_of(kRegisters[random_.below(static_cast<std::uint32_t>(kRegisters.size()))]);
  in_.instr_ra_nonzero = chance(30);
  in_.instr_pr = chance(15);
  in_.instr_gs = chance(30);
  if (static_cast<Opcode>(opcode) == Opcode::Mtspr) {
    put_mtspr();
  } else if (static_cast<Opcode>(opcode) == Opcode::Tlbivax) {
    in_.instr_operand =
        (in_.instr_operand & ~0xCU) | (chance(512) ? 8U : 0U) | (chance(20) ? 4U : 0U);
  }
  if (chance(8)) {
    in_.instr_spr = static_cast<std::uint16_t>(random_.below(1024));
  }
}

void Stimulus::put_walk_register() {
  static constexpr std::array kWalk{Spr::Walkctl, Spr::Walkpgd, Spr::Walkkpgd, Spr::Walkbase};
  static constexpr std::array<std::uint32_t, 4> kBases{0xC0000000, 0x10040000, 0x10002000, 0};
  const std::uint32_t which = random_.below(kWalk.size());
  in_.instr_spr = number_of(kWalk.at(which));
  if (which == 0) {
    in_.instr_operand = (chance(850) ? 1U : 0U) | (chance(512) ? 2U : 0U);
  } else if (which == 3) {
    in_.instr_operand = kBases.at(random_.below(kBases.size()));
  } else {
    in_.instr_operand = WalkedMemory::kFirstDirectory + random_.below(WalkedMemory::kDirectories);
  }
  if (chance(60)) {
    in_.instr_operand = random_.next();
  }
}

void Stimulus::put_mtspr() {
  if (walks_ && !indirect_ && chance(100)) {
    return put_walk_register();
  }
  const std::uint32_t which = random_.below(64);
  if (which < 52) {
    static constexpr std::array<unsigned, 13> kMas{0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 6, 8};
    const unsigned number = chance(40) ? (chance(512) ? 5U : 7U) : kMas[which % kMas.size()];
    static constexpr std::array<Spr, 9> kSpr{Spr::Mas0, Spr::Mas1, Spr::Mas2, Spr::Mas3, Spr::Mas4,
                                             Spr::Mas5, Spr::Mas6, Spr::Mas7, Spr::Mas8};
    in_.instr_spr = number_of(kSpr[number]);
    in_.instr_operand = mas_value(number);
  } else if (which < 58) {
    static constexpr std::array<Spr, 3> kPids{Spr::Pid0, Spr::Pid1, Spr::Pid2};
    in_.instr_spr = number_of(kPids[chance(700) ? 0 : random_.below(3)]);
    in_.instr_operand = pid();
  } else if (which < 60) {
    in_.instr_spr = number_of(Spr::Lpidr);
    in_.instr_operand = lpid();
  } else if (which < 62) {
    in_.instr_spr = number_of(chance(512) ? Spr::Eplc : Spr::Epsc);
    in_.instr_operand = (random_.next() & 0xE0000000) | (lpid() << 16) | pid();
  } else if (which == 62) {
    in_.instr_spr = number_of(chance(700) ? Spr::Mmucsr0 : Spr::Epcr);
    in_.instr_operand = chance(600) ? random_.next() : 0;
  }
}

std::uint32_t Stimulus::mas_value(unsigned number) {
  if (chance(25)) {
    return random_.next();
  }
  switch (number) {
    case 0:
      return mmu::mas0::kTlbsel.at(chance(350) ? 1 : 0) | mmu::mas0::kEsel.at(random_.below(8)) |
             mmu::mas0::kNv.at(random_.below(4));
    case 1:
      if (indirect_ && chance(300)) {
        return indirect_mas1();
      }
      return (chance(930) ? mmu::mas1::kValid.mask : 0) |
             (chance(250) ? mmu::mas1::kIprot.mask : 0) |
             mmu::mas1::kTid.at(chance(400) ? 0 : pid()) | mmu::mas1::kTs.at(chance(60) ? 1 : 0) |
             mmu::mas1::kTsize.at(1 + random_.below(chance(100) ? 15 : 3));
    case 2:
      return (address() & mmu::mas2::kEpn.mask) | random_.below(128);
    case 3:
      if (indirect_ && chance(400)) {
        return (random_.next() & 0x0FFFFFC0) | (chance(900) ? 4U : random_.below(64));
      }
      return (random_.next() & 0x0FFFFFC0) | (chance(600) ? 0x3FU : random_.below(64));
    case 4:
      return mmu::mas4::kTsized5.at(2) | (chance(200) ? random_.next() & 0x1003007F : 0) |
             (indirect_ && chance(300) ? kMas4Indirect : 0);
    case 5:
      return (chance(150) ? mmu::mas5::kSgs.mask : 0) | lpid();
    case 6:
      return mmu::mas6::kSpid.at(pid()) | (chance(150) ? 1U : 0U) |
             (indirect_ && chance(400) ? kMas6Indirect : 0);
    case 7:
      return random_.below(16);
    default:
      return (chance(60) ? mmu::mas8::kTgs.mask : 0) | (chance(60) ? mmu::mas8::kVf.mask : 0) |
             lpid();
  }
}

/// Mostly of the legal size.
std::uint32_t Stimulus::indirect_mas1() {
  return kIndirect | (chance(950) ? kValid : 0) | (chance(100) ? mmu::mas1::kIprot.mask : 0) |
         mmu::mas1::kTid.at(chance(400) ? 0 : pid()) | mmu::mas1::kTs.at(chance(60) ? 1 : 0) |
         (chance(900) ? kSize2M : random_.next() & 0xF80);
}

void Stimulus::put_snoop() {
  const bool walking = snooped_walks_ && memory_.busy();
  in_.snoop_valid = chance(phase_.snoop + (walking ? 80 : 0));
  if (!in_.snoop_valid) {
    return;
  }
  if (walks_ && chance(256)) {
    memory_.change();
  }
  in_.snoop_ea = (address() & 0xFFFFF000) | (chance(512) ? 8U : 0U) | (chance(5) ? 4U : 0U);
  in_.snoop_lpid = static_cast<std::uint8_t>(lpid());
}

}  // namespace tessera::lockstep
