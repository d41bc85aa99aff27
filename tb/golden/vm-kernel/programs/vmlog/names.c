#include "vmlog/names.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/mman.h>

#include "vmlog/draw.h"

struct error {
  int number;
  const char* name;
};

static const struct error errors[] = {
    {EINVAL, "EINVAL"}, {ENOMEM, "ENOMEM"},         {EACCES, "EACCES"},
    {EBADF, "EBADF"},   {EFAULT, "EFAULT"},         {EEXIST, "EEXIST"},
    {EBUSY, "EBUSY"},   {EAGAIN, "EAGAIN"},         {EOVERFLOW, "EOVERFLOW"},
    {ENODEV, "ENODEV"}, {EPERM, "EPERM"},           {ENXIO, "ENXIO"},
    {EIO, "EIO"},       {EOPNOTSUPP, "EOPNOTSUPP"}, {ENOSYS, "ENOSYS"},
};

const char* error_name(int error) {
  for (size_t i = 0; i < sizeof errors / sizeof errors[0]; ++i) {
    if (errors[i].number == error) {
      return errors[i].name;
    }
  }
  static char other[16];
  snprintf(other, sizeof other, "E%d", error);
  return other;
}

const char* signal_name(int signal) {
  if (signal == SIGBUS) {
    return "SIGBUS";
  }
  return signal == SIGSEGV ? "SIGSEGV" : "SIG?";
}

const char* protection_letters(int protection) {
  static char letters[5];
  char* end = letters;
  if (protection & PROT_READ) *end++ = 'r';
  if (protection & PROT_WRITE) *end++ = 'w';
  if (protection & PROT_EXEC) *end++ = 'x';
  if (protection & UNKNOWN_PROTECTION) *end++ = '?';
  if (end == letters) *end++ = '0';
  *end = '\0';
  return letters;
}
