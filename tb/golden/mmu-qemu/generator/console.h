#pragma once

#include <stdint.h>

/// The serial port, where the log goes.

void print_char(char c);
void print_text(const char* text);
/// Without leading zeros.
void print_hex(uint32_t value);
void print_decimal(uint32_t value);
