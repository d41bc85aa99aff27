#pragma once

/// P lines: which registers there are, and which bits of them stay.
void probe_registers(void);
