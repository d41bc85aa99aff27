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
    case Errno::Enodev:
      return "ENODEV";
    case Errno::Einval:
      return "EINVAL";
    case Errno::Eoverflow:
      return "EOVERFLOW";
  }
  return "?";
}

}  // namespace tessera::vm
