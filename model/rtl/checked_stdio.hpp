#pragma once

#include <cstdio>

/// The C library's files, for verilated_fst_c.cpp: GTKWave's FST writer in it asks no call for its
/// result. checked_stdio_macros.hpp puts these in their place.
namespace tessera::rtl {

/// The errno of the first call below that failed since this was last asked; 0: none did. One for
/// all waves of the process.
int take_write_error();

/// As the functions of the same names.
size_t checked_fwrite(const void* data, size_t size, size_t count, std::FILE* file);
int checked_fputc(int character, std::FILE* file);
int checked_fflush(std::FILE* file);
int checked_fseeko(std::FILE* file, off_t offset, int whence);
int checked_fclose(std::FILE* file);

/// A file in memory instead of one in /tmp: the writer maps its scratch files, and to touch a map
/// of a file that a full disk has cut short is fatal.
std::FILE* scratch_file();

/// As fopen; but what the writer keeps beside its file, in NAME.hier, is scratch as well.
std::FILE* checked_fopen(const char* name, const char* mode);

/// As unlink; but an unfinished wave stays, which the writer would clear out of its own way:
/// FstWave has made it, and where it is a link to another place it stays one.
int checked_unlink(const char* name);

}  // namespace tessera::rtl
