#pragma once

/// How an element is put into the window.
enum method {
  METHOD_NONE,      ///< not at all
  METHOD_MMAP,      ///< mmap MAP_FIXED
  METHOD_MMAP_POP,  ///< the same, populated
  METHOD_RFP,       ///< remap_file_pages
  METHOD_RFP_NB,    ///< remap_file_pages with MAP_NONBLOCK
};

/// What a run was asked to do; sizes in pages.
struct parameters {
  const char* path;         ///< of the file; "memfd" for one without a name
  const char* file_system;  ///< what the row shows
  unsigned long file_pages;
  unsigned long window_pages;
  unsigned long element_pages;
  unsigned long rounds;
  const char* method_name;
  enum method method;
  int seed;
  /// 0: nothing; 1: each page of the element is read; 2: each is written; n > 2: each is read, and
  /// then n random pages of the window, which was read once before counting began.
  int touch;
  int threads;  ///< others read the window on other processors meanwhile
};

/// From the command line, of eight to ten arguments. Ends the program if they are wrong.
struct parameters read_parameters(int argc, char** argv);
