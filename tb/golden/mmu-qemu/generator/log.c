#include "log.h"

#include "console.h"
#include "machine.h"
#include "mas.h"
#include "spr.h"
#include "trap.h"

static uint32_t operations;

void print_field(const char* name, uint32_t value) {
  print_char(' ');
  print_text(name);
  print_char('=');
  print_hex(value);
}

const char* outcome_name(void) {
  switch (context()->vector) {
    case kMachineCheck:
      return "MCHK";
    case kDataStorage:
      return "DSI";
    case kInstructionStorage:
      return "ISI";
    case kAlignment:
      return "ALIGN";
    case kProgram:
      return "PROG";
    case kSystemCall:
      return "ok";
    case kDataTlbError:
      return "DTLB";
    case kInstructionTlbError:
      return "ITLB";
    default:
      return "OTHER";
  }
}

void begin_operation(const char* name) {
  print_text("O ");
  print_decimal(operations++);
  print_char(' ');
  print_text(name);
}

void begin_with_entry(const char* name, const struct Mas* mas) {
  write_entry_mas(mas);
  begin_operation(name);
  print_field("m0", mas->mas0);
  print_field("m1", mas->mas1);
  print_field("m2", mas->mas2);
  print_field("m3", mas->mas3);
  print_field("m7", mas->mas7);
}

void begin_with_place(const char* name, const struct Mas* mas) {
  write_mas0(mas->mas0);
  write_mas2(mas->mas2);
  begin_operation(name);
  print_field("m0", mas->mas0);
  print_field("m2", mas->mas2);
}

void print_result(void) {
  const volatile struct Context* const found = context();
  print_text(" => res=");
  print_text(outcome_name());
  if (went_well()) return;
  if (found->vector == kMachineCheck) {
    print_field("mcsr", found->mcsr);
    print_field("srr0", found->mcsrr0);
  } else {
    print_field("srr0", found->srr0);
    print_field("srr1", found->srr1);
  }
  print_field("esr", found->esr);
  print_field("dear", found->dear);
}

void end_operation(void) {
  print_field("pid", read_pid());
  print_field("mas0", read_mas0());
  print_field("mas1", read_mas1());
  print_field("mas2", read_mas2());
  print_field("mas3", read_mas3());
  print_field("mas4", read_mas4());
  print_field("mas6", read_mas6());
  print_field("mas7", read_mas7());
  print_char('\n');
}

void run_and_log(const void* stub, uint32_t msr, uint32_t r3, uint32_t r4) {
  run(stub, msr, r3, r4);
  print_result();
  end_operation();
}

void log_register_write(const char* name, uint32_t value) {
  begin_operation(name);
  print_field("val", value);
  print_text(" => res=ok");
  end_operation();
}

uint32_t operations_done(void) { return operations; }

static void dump_entry(uint32_t tlbsel, uint32_t esel, uint32_t set) {
  const struct Mas mas = read_entry(tlbsel, esel, set * kPageBytes);
  if ((mas.mas1 & kValid) == 0) return;
  print_text("D ");
  print_decimal(operations);
  print_field("tlb", tlbsel);
  if (tlbsel == 0) print_field("set", set);
  print_field(tlbsel == 0 ? "way" : "esel", esel);
  print_field("mas1", mas.mas1);
  print_field("mas2", mas.mas2);
  print_field("mas3", mas.mas3);
  print_field("mas7", mas.mas7);
  print_char('\n');
}

void dump_tlbs(void) {
  const struct Mas before = read_mas();
  for (uint32_t set = 0; set < kTlb0Sets; ++set) {
    for (uint32_t way = 0; way < kTlb0Ways; ++way) dump_entry(0, way, set);
  }
  for (uint32_t esel = 0; esel < kTlb1Entries; ++esel) dump_entry(1, esel, 0);
  print_text("E ");
  print_decimal(operations);
  print_text(" end-of-dump\n");
  write_mas(&before);
}
