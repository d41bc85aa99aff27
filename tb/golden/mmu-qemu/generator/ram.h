#pragma once

#include <stdbool.h>
#include <stdint.h>

/// The identifying RAM: 256 MB whose contents tell their own real address (../README.md, "State
/// before op 0"), reached through an alias.

/// Fills all of it.
void fill_ram(void);
bool is_in_ram(uint32_t ra_low, uint32_t ra_high);
uint32_t ram_word(uint32_t ra);
/// Makes `bytes` from `ra` on, in the lower half of a page, identify themselves again.
void restore_ram(uint32_t ra, uint32_t bytes);
/// The lowest real address with the page offset of `ea` that holds `word`; 0 when none does.
uint32_t find_in_ram(uint32_t ea, uint32_t word);
