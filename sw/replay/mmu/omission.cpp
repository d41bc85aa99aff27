#include "sw/replay/mmu/omission.hpp"

namespace tessera::replay {
namespace {

/// In the order of Omission. Section numbers are e500mc-mmu.md's.
constexpr std::array<std::string_view, kOmissions> kTexts{
    "hits, srr0, srr1, nbytes: not the MMU's",
    "P lines: registers that tell the core",
    "dear unless DTLB or DSI: QEMU also writes it on ITLB, and hardware does not (4)",
    "dear of dcbz and icbi, low 6 bits: QEMU reports the start of the cache line",
    "dcbt, dcbtst, dcba: QEMU translates nothing there",
    "val, pa outside the identifying RAM, res of a fetch there: nothing tells the address",

    "mas0[ESEL] after a TLB error or a tlbsx miss: the hint that QEMU counts up each time, and "
    "hardware with tlbwe (1.5)",
    "mas0[NV] after a TLB error, tlbsx, tlbre: the same",
    "mas0[ESEL] after tlbre of TLB0, ESEL above its ways: QEMU cuts it, hardware leaves it (9.1)",
    "mas2[EPN] after a tlbsx miss: QEMU clears it, hardware leaves it (3.4)",
    "mas3[U0:U3] after a TLB error or a tlbsx miss: QEMU clears them, hardware leaves them (3.4)",
    "reserved bits that the log holds: QEMU stores them, the core reads 0 (3.3)",
    "mas2[EPN], mas3[RPN] below the page size after tlbre: software's error, each keeps what it "
    "likes (3.5)",

    "operations that more than one entry matches: QEMU takes the first, hardware a machine check "
    "or any (1.7)",
    "tlbwe, tlbre of TLB1 entries with V=1 and a TSIZE that the core has not: undefined (3.5)",
    "tlbwe, tlbre with TLBSEL above 1: the bit is reserved (3.3)",
    "tlbilx: the core has none; what QEMU dropped is overwritten",
    "epld, epst: the core has no external PID",
    "TLB1 entries beyond the core's, and operations that may meet one",

    "entries with TID=0 that QEMU's tlbilx T=3 drops for any SPID, hardware for SPID 0 alone "
    "(3.8): overwritten",
};

}  // namespace

std::string_view text_of(Omission omission) { return kTexts[static_cast<std::size_t>(omission)]; }

void Omissions::count(Omission omission, bool differed) {
  Count& count = counts_[static_cast<std::size_t>(omission)];
  ++count.times;
  if (differed) ++count.differed;
}

void Omissions::add(const Omissions& other) {
  for (std::size_t i = 0; i < kOmissions; ++i) {
    counts_[i].times += other.counts_[i].times;
    counts_[i].differed += other.counts_[i].differed;
  }
}

}  // namespace tessera::replay
