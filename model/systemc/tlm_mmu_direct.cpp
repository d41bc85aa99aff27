#include <algorithm>

#include "model/systemc/tlm_mmu.hpp"

/// Debug transport and direct memory: what goes round the engine's time and counters.
namespace tessera::systemc {

/// The walk of an access, through debug transport: it leaves nothing behind. No address where the
/// walk would fail.
std::optional<RealAddress> TlmMmu::debug_walk(const mmu::Probe& probe, EffectiveAddress ea) {
  mmu::Walk walk = probe.walk();
  while (walk.loads()) {
    const mmu::WalkLoad load = walk_memory_.peek(walk.ra(), walk.is_double());
    walk.take(load.data, load.error);
  }
  if (walk.result() != mmu::WalkResult::Entry) return std::nullopt;
  return engine_.mmu().walked_entry(walk).ra() + offset_in_page(ea);
}

/// Debug goes by the translation alone: permissions do not bind a debugger.
unsigned TlmMmu::debug_page(tlm::tlm_generic_payload& payload, const mmu::Access& access) {
  const mmu::Probe probe(engine_.mmu(), access);
  std::optional<RealAddress> ra;
  if (probe.page() != nullptr) {
    ra = probe.page()->translate(access.ea);
  } else if (probe.walks()) {
    ra = debug_walk(probe, access.ea);
  }
  if (!ra) return 0;
  payload.set_address(ra->value());
  const unsigned count = initiator_socket->transport_dbg(payload);
  payload.set_address(access.ea.value());
  return count;
}

/// Page by page, until one is not there; bytes behind a page's end go in transactions of our own.
unsigned TlmMmu::transport_dbg(tlm::tlm_generic_payload& payload) {
  mmu::Access access;
  if (read(payload, access) != tlm::TLM_OK_RESPONSE) return 0;
  const std::uint64_t length = payload.get_data_length();
  if (length == 0 || payload.get_data_ptr() == nullptr) return 0;
  if (offset_in_page(access.ea).value() + length <= kPageBytes.value()) {
    return debug_page(payload, access);
  }
  tlm::tlm_generic_payload part;
  part.deep_copy_from(payload);  // with its extensions
  std::uint64_t done = 0;
  while (done < length && payload.get_address() + done <= kEverywhere.last) {
    access.ea = EffectiveAddress(static_cast<std::uint32_t>(payload.get_address() + done));
    const std::uint64_t in_page = kPageBytes.value() - offset_in_page(access.ea).value();
    const auto bytes = static_cast<unsigned>(std::min(length - done, in_page));
    part.set_data_ptr(payload.get_data_ptr() + done);
    part.set_data_length(bytes);
    const unsigned count = debug_page(part, access);
    done += count;
    if (count < bytes) break;
  }
  part.free_all_extensions();
  return static_cast<unsigned>(done);
}

/// What DMI may be used for here. Loads and stores by external PID are not one context.
tlm::tlm_dmi::dmi_access_e TlmMmu::permitted(const mmu::Access& access,
                                             const mmu::Probe& probe) const {
  const bool fetch = access.kind == mmu::AccessKind::Fetch;
  const bool store = access.kind == mmu::AccessKind::Store;
  const bool both = !fetch && !access.external_pid;
  const auto read_kind = fetch ? mmu::AccessKind::Fetch : mmu::AccessKind::Load;
  unsigned allowed = tlm::tlm_dmi::DMI_ACCESS_NONE;
  if ((both || !store) && probe.permits(read_kind)) allowed |= tlm::tlm_dmi::DMI_ACCESS_READ;
  if ((both || store) && probe.permits(mmu::AccessKind::Store)) {
    allowed |= tlm::tlm_dmi::DMI_ACCESS_WRITE;
  }
  return static_cast<tlm::tlm_dmi::dmi_access_e>(allowed);
}

bool TlmMmu::get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) {
  mmu::Access access;
  if (read(payload, access) == tlm::TLM_OK_RESPONSE) {
    const mmu::Probe probe(engine_.mmu(), access);
    const Bytes block = probe.page() != nullptr ? probe.lasting() : Bytes(0);
    if (block != Bytes(0)) {
      payload.set_address(probe.page()->translate(access.ea).value());
      const bool granted = initiator_socket->get_direct_mem_ptr(payload, dmi);
      payload.set_address(access.ea.value());
      if (granted && grant(access, probe, block, dmi)) return true;
    }
  }
  // Refused, for this page at least (IEEE 1666-2011, 11.2.5).
  const std::uint64_t page = payload.get_address() & ~(kPageBytes.value() - 1);
  dmi.init();
  dmi.set_start_address(page);
  dmi.set_end_address(page + kPageBytes.value() - 1);
  dmi.allow_read_write();
  return false;
}

/// Turns a grant of memory into one for the block of EAs, as far as it and the page reach.
bool TlmMmu::grant(const mmu::Access& access, const mmu::Probe& probe, Bytes block,
                   tlm::tlm_dmi& dmi) {
  const std::uint64_t ea = access.ea.value();
  const std::uint64_t ra = probe.page()->translate(access.ea).value();
  const std::uint64_t block_ea = ea & ~(block.value() - 1);
  const std::uint64_t block_ra = ra - (ea - block_ea);
  const std::uint64_t first = std::max<std::uint64_t>(dmi.get_start_address(), block_ra);
  const std::uint64_t last =
      std::min<std::uint64_t>(dmi.get_end_address(), block_ra + block.value() - 1);
  const auto wanted = access.kind == mmu::AccessKind::Store ? tlm::tlm_dmi::DMI_ACCESS_WRITE
                                                            : tlm::tlm_dmi::DMI_ACCESS_READ;
  const auto allowed =
      static_cast<tlm::tlm_dmi::dmi_access_e>(permitted(access, probe) & dmi.get_granted_access());
  if (ra < first || ra > last || (allowed & wanted) == 0) return false;
  const std::uint64_t page_ea = ea & ~std::uint64_t{probe.page()->offset_mask};
  const AddressRange granted{block_ea + (first - block_ra), block_ea + (last - block_ra)};
  dmi.set_dmi_ptr(dmi.get_dmi_ptr() + (first - dmi.get_start_address()));
  dmi.set_start_address(granted.first);
  dmi.set_end_address(granted.last);
  dmi.set_granted_access(allowed);
  dmi.set_read_latency(dmi.get_read_latency() + hit_time_);
  dmi.set_write_latency(dmi.get_write_latency() + hit_time_);
  grants_.add({{page_ea, page_ea + probe.page()->offset_mask}, granted, first});
  return true;
}

void TlmMmu::invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) {
  take_back(grants_.withdraw_memory({first, last}));
}

void TlmMmu::take_back(const std::vector<AddressRange>& ranges) {
  for (const AddressRange& range : ranges) {
    target_socket->invalidate_direct_mem_ptr(range.first, range.last);
  }
}

}  // namespace tessera::systemc
