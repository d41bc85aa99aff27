#pragma once

namespace tessera::cli {

/// From now on Ctrl-C and SIGTERM ask the run to stop, instead of killing the program; a second one
/// kills.
void watch_for_interruption();

/// The run is to stop.
bool interrupted();

}  // namespace tessera::cli
