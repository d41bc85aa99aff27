#include "console.h"

#include "machine.h"

void print_char(char c) {
  enum { kLineStatus = 5, kTransmitterEmpty = 0x20 };
  volatile unsigned char* const uart = (volatile unsigned char*)kUart;
  while ((uart[kLineStatus] & kTransmitterEmpty) == 0) {
  }
  *uart = (unsigned char)c;
}

void print_text(const char* text) {
  while (*text != '\0') print_char(*text++);
}

static void print_number(uint32_t value, uint32_t base) {
  char digits[10];
  uint32_t count = 0;
  do {
    digits[count++] = "0123456789abcdef"[value % base];
    value /= base;
  } while (value != 0);
  while (count != 0) print_char(digits[--count]);
}

void print_hex(uint32_t value) { print_number(value, 16); }

void print_decimal(uint32_t value) { print_number(value, 10); }
