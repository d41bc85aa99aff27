#pragma once

#include "vmlog/measure.h"

/// Prints " -> <value>" or " -> -<error>".
void print_outcome(struct outcome outcome);

/// Prints " -> <page>" of the window, " -> OUT" for an address outside of it, or " -> -<error>".
/// What is outside is unmapped again: `length` bytes.
void print_place(struct outcome outcome, unsigned long length);
