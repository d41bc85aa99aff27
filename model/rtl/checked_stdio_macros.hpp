#pragma once

// The compiler is told to read this file before verilated_fst_c.cpp, and before no other.

#include <unistd.h>

#include "model/rtl/checked_stdio.hpp"

// NOLINTBEGIN(cppcoreguidelines-macro-usage)
#define fwrite ::tessera::rtl::checked_fwrite
#define fputc ::tessera::rtl::checked_fputc
#define fflush ::tessera::rtl::checked_fflush
#define fseeko ::tessera::rtl::checked_fseeko
#define fclose ::tessera::rtl::checked_fclose
#define fopen ::tessera::rtl::checked_fopen
#define tmpfile ::tessera::rtl::scratch_file
#define unlink ::tessera::rtl::checked_unlink
// NOLINTEND(cppcoreguidelines-macro-usage)
