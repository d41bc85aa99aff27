#pragma once

/// "EINVAL" and so on; "E<number>" for one that no log has shown yet.
const char* error_name(int error);

/// "SIGSEGV", "SIGBUS".
const char* signal_name(int signal);

/// PROT_* as letters: "rwx", "0" for PROT_NONE, "?" for a bit no kernel knows. The text lasts until
/// the next call.
const char* protection_letters(int protection);
