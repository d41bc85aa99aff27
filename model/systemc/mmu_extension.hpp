#pragma once

#include <tlm>

namespace tessera::systemc {

/// What a core knows of an access besides address and data (mmu::Access).
struct AccessContext {
  bool as = false;            ///< MSR[IS] for a fetch, MSR[DS] for data
  bool pr = false;            ///< MSR[PR]: problem (user) state
  bool gs = false;            ///< MSR[GS]: guest state; cores without E.HV ignore it
  bool external_pid = false;  ///< lwepx, stwepx ...: EPLC or EPSC says the rest; data only
  bool fetch = false;         ///< of an instruction, a TLM_READ_COMMAND; else a load or store
};

/// Carries an AccessContext along with a transaction. Ignorable: a transaction without one has the
/// context that TlmMmu::set_default_context says.
class MmuExtension : public tlm::tlm_extension<MmuExtension> {
 public:
  MmuExtension() = default;
  /// Carries this context.
  explicit MmuExtension(const AccessContext& its_context) : context(its_context) {}

  /// For TLM-2.0: a copy on the heap, which the caller frees.
  tlm::tlm_extension_base* clone() const override { return new MmuExtension(context); }
  /// For TLM-2.0: takes over what `other`, an MmuExtension, carries.
  void copy_from(const tlm::tlm_extension_base& other) override {
    context = static_cast<const MmuExtension&>(other).context;
  }

  AccessContext context;  ///< what it carries
};

}  // namespace tessera::systemc
