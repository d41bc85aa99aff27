#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#define FILE_A_PAGES 80
#define FILE_B_PAGES 24

/// The files that are mapped, open.
struct files {
  int a;            ///< read and write
  int b;            ///< read and write; the operation ftruncate changes its size
  int a_read_only;  ///< the same inode as `a`, another open file description
  struct stat a_status;
  struct stat b_status;
};

/// Creates or empties both files and fills their pages: word 0 is the file's letter and the page's
/// number, all else zero. `synchronise` writes them to the device, so that no page
/// is dirty when logging begins. Ends the program if anything fails.
struct files open_files(const char* path_a, const char* path_b, bool synchronise);
