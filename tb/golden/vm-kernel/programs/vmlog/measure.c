#include "vmlog/measure.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/mark.h"
#include "common/page.h"

static struct rusage usage_before;
static struct rusage usage_after;

static inline __attribute__((always_inline)) void begin_count(void) {
  getrusage(RUSAGE_SELF, &usage_before);
  mark();
}

static inline __attribute__((always_inline)) void end_count(void) {
  mark();
  getrusage(RUSAGE_SELF, &usage_after);
}

long minor_faults(void) { return usage_after.ru_minflt - usage_before.ru_minflt; }

long major_faults(void) { return usage_after.ru_majflt - usage_before.ru_majflt; }

static sigjmp_buf after_access;
static volatile struct access caught;

static void on_signal(int signal, siginfo_t* info, void* context) {
  (void)context;
  caught.signal = signal;
  caught.code = info->si_code;
  caught.address = (unsigned long)info->si_addr;
  siglongjmp(after_access, 1);
}

void catch_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_signal;
  // siglongjmp leaves the handler: the signal must not stay blocked.
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigaction(SIGSEGV, &action, NULL);
  sigaction(SIGBUS, &action, NULL);
}

struct outcome count_call(long number, unsigned long a, unsigned long b, unsigned long c,
                          unsigned long d, unsigned long e) {
  begin_count();
  const long value = syscall(number, a, b, c, d, e);
  const int error = errno;
  end_count();
  return (struct outcome){value, error};
}

struct outcome count_mmap(unsigned long address, unsigned long length, int protection, int flags,
                          int file, off_t offset) {
  begin_count();
  void* const place = mmap((void*)address, length, protection, flags, file, offset);
  const int error = errno;
  end_count();
  return (struct outcome){(long)place, error};
}

struct outcome count_ftruncate(int file, off_t length) {
  begin_count();
  const int value = ftruncate(file, length);
  const int error = errno;
  end_count();
  return (struct outcome){value, error};
}

static void forget_signal(void) {
  caught.signal = 0;
  caught.code = 0;
  caught.address = 0;
  caught.words[0] = 0;
  caught.words[1] = 0;
}

struct access count_read(unsigned long address) {
  const volatile uint32_t* words = (const volatile uint32_t*)address;
  forget_signal();
  begin_count();
  if (sigsetjmp(after_access, 1) == 0) {
    caught.words[0] = words[0];
    caught.words[1] = words[1];
  }
  end_count();
  return caught;
}

struct access count_write(unsigned long address, uint32_t word) {
  volatile uint32_t* words = (volatile uint32_t*)address;
  forget_signal();
  begin_count();
  if (sigsetjmp(after_access, 1) == 0) {
    words[1] = word;
  }
  end_count();
  return caught;
}

static void warm_calls(unsigned long page) {
  static unsigned char resident[1];
  count_call(SYS_msync, page, PAGE_BYTES, MS_ASYNC, 0, 0);
  count_call(SYS_mprotect, page, PAGE_BYTES, PROT_READ, 0, 0);
  count_call(SYS_mlock, page, PAGE_BYTES, 0, 0, 0);
  count_call(SYS_munlock, page, PAGE_BYTES, 0, 0, 0);
  count_call(SYS_madvise, page, PAGE_BYTES, MADV_DONTNEED, 0, 0);
  count_call(SYS_mincore, page, PAGE_BYTES, (unsigned long)resident, 0, 0);
  count_call(SYS_remap_file_pages, page, PAGE_BYTES, 0, 0, 0);
  count_call(SYS_mremap, page, PAGE_BYTES, PAGE_BYTES, 0, 0);
  count_call(SYS_munmap, page, PAGE_BYTES, 0, 0, 0);
}

void warm_measures(unsigned long address, int file, off_t length) {
  for (int i = 0; i < 3; ++i) {
    count_read(address);
    count_write(address, 0);
    count_mmap(address, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0);
    warm_calls(address);
    count_ftruncate(file, length);
  }
}
