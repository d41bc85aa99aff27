// QEMU plugin for the e500 family: counts TLB instructions, exceptions and calls of kernel
// functions, and writes all counts at every mark of common/mark.h and at the end (README.md).

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tlbcount/instruction.h"
#include "tlbcount/plugin_api.h"
#include "tlbcount/symbols.h"

#define EXPORTED __attribute__((visibility("default")))

EXPORTED extern int qemu_plugin_version;
EXPORTED int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info* info, int argc,
                                 char** argv);

int qemu_plugin_version = 1;

/// PAGE_OFFSET of 32-bit Linux: the kernel's addresses begin here.
static const uint64_t kernel_base = 0xc0000000U;

static FILE* output;
static bool brief;
static int marks;
static uint64_t counts[KIND_COUNT];

static void write_all(const char* heading) {
  fprintf(output, "%s %d", heading, marks);
  for (int kind = 0; kind < KIND_COUNT; ++kind) {
    fprintf(output, " %s=%" PRIu64, kind_name((enum kind)kind), counts[kind]);
  }
  for (size_t i = 0; i < symbol_count(); ++i) {
    fprintf(output, " %s=%" PRIu64, symbol_at(i)->name, symbol_at(i)->calls);
  }
  fputc('\n', output);
  fflush(output);
}

/// What vmlog's field t= is made of: PID flushes, VA flushes, TLB writes, the four exceptions.
static void write_brief(void) {
  static const char* const exceptions[] = {"DataTLBError", "InstructionTLBError", "DataStorage",
                                           "InstructionStorage"};
  fprintf(output, "%d %" PRIu64 " %" PRIu64 " %" PRIu64, marks, counts[KIND_TLBILX_1],
          counts[KIND_TLBILX_3], counts[KIND_TLBWE]);
  for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; ++i) {
    const struct symbol* symbol = find_symbol(exceptions[i]);
    if (symbol != NULL) {
      fprintf(output, " %" PRIu64, symbol->calls);
    }
  }
  fputc('\n', output);
}

static void on_mark(unsigned cpu, void* data) {
  (void)cpu;
  (void)data;
  if (brief) {
    write_brief();
  } else {
    write_all("MARK");
  }
  ++marks;
}

static void on_exit(qemu_plugin_id_t id, void* data) {
  (void)id;
  (void)data;
  write_all("EXIT");
  fclose(output);
}

static void count_in(struct qemu_plugin_insn* instruction, uint64_t* counter) {
  qemu_plugin_register_vcpu_insn_exec_inline(instruction, QEMU_PLUGIN_ADD_U64, counter, 1);
}

/// The guest is big-endian.
static uint32_t word_of(const struct qemu_plugin_insn* instruction) {
  const uint8_t* bytes = qemu_plugin_insn_data(instruction);
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void count_kind(struct qemu_plugin_insn* instruction) {
  const uint32_t word = word_of(instruction);
  const enum kind kind = kind_of(word);
  if (is_mark(word)) {
    qemu_plugin_register_vcpu_insn_exec_cb(instruction, on_mark, QEMU_PLUGIN_NO_REGISTERS, NULL);
  }
  if (kind != KIND_OTHER) {
    count_in(instruction, &counts[kind]);
  }
}

static void count_place(struct qemu_plugin_insn* instruction) {
  const uint64_t address = qemu_plugin_insn_vaddr(instruction) & 0xffffffffU;
  if (address < kernel_base) {
    count_in(instruction, &counts[KIND_USER]);
    return;
  }
  count_in(instruction, &counts[KIND_KERNEL]);
  for (size_t i = 0; i < symbol_count(); ++i) {
    if (symbol_at(i)->address == address) {
      count_in(instruction, &symbol_at(i)->calls);
    }
  }
}

static void on_block(qemu_plugin_id_t id, struct qemu_plugin_tb* block) {
  (void)id;
  for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); ++i) {
    struct qemu_plugin_insn* instruction = qemu_plugin_tb_get_insn(block, i);
    count_kind(instruction);
    count_place(instruction);
  }
}

static void read_argument(const char* argument) {
  if (strncmp(argument, "sym=", 4) == 0) {
    read_symbols(argument + 4);
  } else if (strncmp(argument, "brief=", 6) == 0) {
    brief = true;
  } else if (strncmp(argument, "out=", 4) == 0) {
    output = fopen(argument + 4, "w");
  } else {
    fprintf(stderr, "tlbcount: no argument '%s'; sym=FILE, out=FILE, brief=on\n", argument);
  }
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info* info, int argc, char** argv) {
  (void)info;
  output = stderr;
  for (int i = 0; i < argc; ++i) {
    read_argument(argv[i]);
  }
  if (output == NULL) {
    perror("tlbcount: out=");
    return 1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_block);
  qemu_plugin_register_atexit_cb(id, on_exit, NULL);
  return 0;
}
