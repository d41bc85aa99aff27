#pragma once

#include <CLI/CLI.hpp>

namespace tessera::cli {

/// Of what the user gave a command, whatever the command is: throws UserError for an option whose
/// value is empty (a variable of a script that was not set), and for a file that is to be written
/// but is also read, or written as something else.
void check_given_options(const CLI::App& command);

}  // namespace tessera::cli
