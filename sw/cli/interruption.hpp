#pragma once

namespace tessera::cli {

/// From now on Ctrl-C asks the run to stop, instead of killing the program; a second one kills.
void watch_for_interruption();

/// Ctrl-C was pressed.
bool interrupted();

}  // namespace tessera::cli
