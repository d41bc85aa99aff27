#include "sw/vm/errno.hpp"

namespace tessera::vm {

const char* name(Errno error) {
  switch (error) {
    case Errno::Ok:
      return "OK";
    case Errno::Eperm:
      return "EPERM";
    case Errno::Ebadf:
      return "EBADF";
    case Errno::Eagain:
      return "EAGAIN";
    case Errno::Enomem:
      return "ENOMEM";
    case Errno::Eacces:
      return "EACCES";
    case Errno::Efault:
      return "EFAULT";
    case Errno::Ebusy:
      return "EBUSY";
    case Errno::Eexist:
      return "EEXIST";
    case Errno::Enodev:
      return "ENODEV";
    case Errno::Einval:
      return "EINVAL";
    case Errno::Eoverflow:
      return "EOVERFLOW";
    case Errno::Eopnotsupp:
      return "EOPNOTSUPP";
  }
  return "?";
}

}  // namespace tessera::vm
