#include "dbwin/helpers.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/page.h"

enum { most_threads = 16 };

static pthread_t threads[most_threads];
static int processors[most_threads];
static int thread_count;
static atomic_int ready_count;
static atomic_bool stopped;
static unsigned long window_base;
static unsigned long window_pages;

static void stay_on(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET((size_t)processor, &set);
  sched_setaffinity(0, sizeof set, &set);
}

/// xorshift64 (Marsaglia 2003); the order of pages does not matter.
static uint64_t next_number(uint64_t state) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^ state << 17;
}

static void* read_pages(void* processor) {
  const int number = *(const int*)processor;
  uint64_t state = 88172645463325252U + (uint64_t)number;
  uint32_t sum = 0;
  stay_on(number);
  atomic_fetch_add(&ready_count, 1);
  while (!atomic_load(&stopped)) {
    state = next_number(state);
    sum += *(const volatile uint32_t*)(window_base +
                                       (unsigned long)(state % window_pages) * PAGE_BYTES);
  }
  return sum == 0 ? NULL : processor;
}

void start_helpers(const struct window* window) {
  thread_count = window->parameters->threads;
  window_base = window->base;
  window_pages = window->parameters->window_pages;
  if (thread_count <= 1) {
    return;
  }
  if (thread_count > most_threads) {
    fprintf(stderr, "dbwin: at most %d threads\n", most_threads);
    exit(2);
  }
  stay_on(0);
  for (int i = 1; i < thread_count; ++i) {
    processors[i] = i;
    pthread_create(&threads[i], NULL, read_pages, &processors[i]);
  }
  while (atomic_load(&ready_count) < thread_count - 1) {
    sched_yield();
  }
}

void stop_helpers(void) {
  atomic_store(&stopped, true);
  for (int i = 1; i < thread_count; ++i) {
    pthread_join(threads[i], NULL);
  }
}
