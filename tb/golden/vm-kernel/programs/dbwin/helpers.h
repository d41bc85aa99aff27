#pragma once

#include "dbwin/window.h"

/// Starts threads on processors 1, 2, … that read random pages of the window until they are
/// stopped, and keeps the caller on processor 0: a flush of the process then concerns all of them.
/// Nothing happens for one thread.
void start_helpers(const struct window* window);
void stop_helpers(void);
