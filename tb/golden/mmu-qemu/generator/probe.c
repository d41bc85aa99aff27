#include "probe.h"

#include <stddef.h>
#include <stdint.h>

#include "console.h"
#include "log.h"
#include "trap.h"

/// Both stubs of a register (stubs.S).
#define DECLARE_PROBE(number) extern const char stub_mfspr_##number[], stub_mtspr_##number[]
DECLARE_PROBE(338);
DECLARE_PROBE(339);
DECLARE_PROBE(341);
DECLARE_PROBE(342);
DECLARE_PROBE(344);
DECLARE_PROBE(345);
DECLARE_PROBE(348);
DECLARE_PROBE(633);
DECLARE_PROBE(947);
DECLARE_PROBE(948);
DECLARE_PROBE(1023);

struct Probe {
  const char* name;
  const char* read;
  const char* write;  ///< NULL: reading is enough
  uint32_t value;     ///< to be written
};

static const struct Probe kProbes[] = {
    {"MAS5", stub_mfspr_339, stub_mtspr_339, 0},
    {"MAS8", stub_mfspr_341, stub_mtspr_341, 0},
    {"LPIDR", stub_mfspr_338, stub_mtspr_338, 1},
    {"PID1", stub_mfspr_633, stub_mtspr_633, 3},
    {"MAS5_MAS6", stub_mfspr_348, NULL, 0},
    {"TLB0PS", stub_mfspr_344, NULL, 0},
    {"TLB1PS", stub_mfspr_345, NULL, 0},
    {"LRATCFG", stub_mfspr_342, NULL, 0},
    {"EPLC", stub_mfspr_947, stub_mtspr_947, 0xFFFFFFFF},
    {"EPSC", stub_mfspr_948, stub_mtspr_948, 0xFFFFFFFF},
    {"SVR", stub_mfspr_1023, NULL, 0},
};

static void print_outcome(const char* key) {
  print_text(key);
  print_text(outcome_name());
  if (!went_well()) print_field("esr", context()->esr);
}

static void probe_read(const struct Probe* probe) {
  run(probe->read, kMsr, 0, 0);
  print_outcome(" mf=");
  if (went_well()) print_field("val", context()->r3);
}

static void probe_write(const struct Probe* probe) {
  run(probe->write, kMsr, probe->value, 0);
  print_outcome(" mt=");
  print_field("wrote", probe->value);
  if (!went_well()) return;
  run(probe->read, kMsr, 0, 0);
  print_field("back", context()->r3);
  run(probe->write, kMsr, 0, 0);
}

void probe_registers(void) {
  for (size_t i = 0; i < sizeof kProbes / sizeof kProbes[0]; ++i) {
    print_text("P ");
    print_text(kProbes[i].name);
    probe_read(&kProbes[i]);
    if (kProbes[i].write != NULL) probe_write(&kProbes[i]);
    print_char('\n');
  }
}
