#pragma once

#include <stdint.h>

#include "mas.h"

/// The lines of the log (../README.md, "Line format").

/// " name=value"
void print_field(const char* name, uint32_t value);
/// How the last run() ended: ok, DTLB ...
const char* outcome_name(void);

/// "O n name", and counts it.
void begin_operation(const char* name);
/// "name m0= m1= m2= m3= m7=": loads the registers and begins the line of tlbwe or tlbre.
void begin_with_entry(const char* name, const struct Mas* mas);
/// The same with "m0= m2=" alone: what selects an entry.
void begin_with_place(const char* name, const struct Mas* mas);
/// "=> res=...", and on an interrupt its registers.
void print_result(void);
/// The register values that end an O line.
void end_operation(void);
/// begin_operation .. end_operation of an instruction that has printed its operands and is to run.
void run_and_log(const void* stub, uint32_t msr, uint32_t r3, uint32_t r4);
/// The whole line of a register write that cannot fail, after it.
void log_register_write(const char* name, uint32_t value);
/// Operations so far.
uint32_t operations_done(void);

/// All valid entries, and the line that ends them.
void dump_tlbs(void);
