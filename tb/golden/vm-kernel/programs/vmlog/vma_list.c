#include "vmlog/vma_list.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "vmlog/output.h"
#include "vmlog/window.h"

/// One VMA as far as its lines of smaps have been read.
struct vma {
  bool in_window;
  char heading[128];
  long resident_pages;
  long anonymous_pages;
};

static int smaps = -1;
static char text[1 << 18];
static char list[1 << 15];
static char printed[1 << 15];
static size_t list_length;
static int list_count;

void open_vma_list(void) {
  smaps = open("/proc/self/smaps", O_RDONLY);
  if (smaps < 0) {
    perror("/proc/self/smaps");
    exit(1);
  }
  memset(text, 1, sizeof text);
  memset(list, 1, sizeof list);
  memset(printed, 1, sizeof printed);
  printed[0] = '\0';
}

static void read_text(void) {
  size_t length = 0;
  lseek(smaps, 0, SEEK_SET);
  // The window is far below everything else that is large: what does not fit is behind it.
  while (length <= sizeof text - 8192) {
    const ssize_t count = read(smaps, text + length, sizeof text - 1 - length);
    if (count <= 0) {
      break;
    }
    length += (size_t)count;
  }
  text[length] = '\0';
}

static char letter_of(unsigned long inode, dev_t device, const char* line,
                      const struct files* files) {
  if (inode == 0) {
    return '-';
  }
  const bool is_a = inode == files->a_status.st_ino;
  const bool is_b = inode == files->b_status.st_ino;
  if (is_a && device == files->a_status.st_dev) return 'A';
  if (is_b && device == files->b_status.st_dev) return 'B';
  // MAP_SHARED | MAP_ANONYMOUS is a file of the kernel's own.
  if (strstr(line, "/dev/zero") != NULL) return 'Z';
  // Stacked file systems show another device in smaps than in stat(2).
  if (is_a) return 'A';
  return is_b ? 'B' : '?';
}

/// Reads the first line of a VMA; false if the line is another one.
static bool read_heading(const char* line, const struct files* files, struct vma* vma,
                         unsigned long* start) {
  unsigned long end;
  unsigned long offset;
  unsigned long inode;
  unsigned major_device;
  unsigned minor_device;
  char rights[8];
  if (sscanf(line, "%lx-%lx %4s %lx %x:%x %lu", start, &end, rights, &offset, &major_device,
             &minor_device, &inode) != 7) {
    return false;
  }
  vma->in_window = end > WINDOW_BASE && *start < WINDOW_END;
  vma->resident_pages = 0;
  vma->anonymous_pages = 0;
  char pgoff[24] = "-";
  if (inode != 0) {
    snprintf(pgoff, sizeof pgoff, "%lu", offset / PAGE_BYTES);
  }
  const long page_bytes = (long)PAGE_BYTES;
  snprintf(vma->heading, sizeof vma->heading, "%ld-%ld:%.3s:%c:%c:%s",
           (long)(*start - WINDOW_BASE) / page_bytes, (long)(end - WINDOW_BASE) / page_bytes,
           rights, rights[3], letter_of(inode, makedev(major_device, minor_device), line, files),
           pgoff);
  return true;
}

static const char* letter_if(const char* flags, const char* flag, const char* letter) {
  return strstr(flags, flag) != NULL ? letter : "";
}

static void add_to_list(const struct vma* vma, const char* flags) {
  list_length += (size_t)snprintf(list + list_length, sizeof list - list_length,
                                  "%s%s:%ld/%ld:%s%s%s%s", list_count == 0 ? "" : " ", vma->heading,
                                  vma->resident_pages, vma->anonymous_pages,
                                  letter_if(flags, " sh", "S"), letter_if(flags, " lo", "l"),
                                  letter_if(flags, " nl", "n"), letter_if(flags, " rr", "r"));
  ++list_count;
}

static long pages_of(const char* kilobytes) {
  return strtol(kilobytes, NULL, 10) / (long)(PAGE_BYTES / 1024);
}

/// Reads another line of a VMA in the window; VmFlags is the last one.
static void read_property(const char* line, struct vma* vma) {
  if (strncmp(line, "Rss:", 4) == 0) {
    vma->resident_pages = pages_of(line + 4);
  } else if (strncmp(line, "Anonymous:", 10) == 0) {
    vma->anonymous_pages = pages_of(line + 10);
  } else if (strncmp(line, "VmFlags:", 8) == 0) {
    add_to_list(vma, line + 8);
    vma->in_window = false;
  }
}

static void read_list(const struct files* files) {
  struct vma vma = {0};
  read_text();
  list[0] = '\0';
  list_length = 0;
  list_count = 0;
  char* line = text;
  for (char* end = strchr(line, '\n'); end != NULL; end = strchr(line, '\n')) {
    *end = '\0';
    unsigned long start = 0;
    if (!read_heading(line, files, &vma, &start)) {
      if (vma.in_window) {
        read_property(line, &vma);
      }
    } else if (start >= WINDOW_END) {
      break;
    }
    line = end + 1;
  }
}

void print_vma_list(const struct files* files) {
  read_list(files);
  if (strcmp(list, printed) == 0) {
    print(" V==");
    return;
  }
  print(" V=%d{%s}", list_count, list);
  memcpy(printed, list, list_length + 1);
}

int count_vmas(const struct files* files) {
  read_list(files);
  printed[0] = '\0';
  return list_count;
}
