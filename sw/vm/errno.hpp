#pragma once

namespace tessera::vm {

/// What a system call returns, 0 or the positive Linux error number (powerpc values).
enum class Errno : int {
  Ok = 0,
  Eperm = 1,
  Ebadf = 9,
  Eagain = 11,
  Enomem = 12,
  Eacces = 13,
  Efault = 14,
  Ebusy = 16,
  Eexist = 17,
  Enodev = 19,
  Einval = 22,
  Eoverflow = 75,
  Eopnotsupp = 95,
};

/// "ENOMEM" and so on; "OK" for success.
const char* name(Errno error);

}  // namespace tessera::vm
