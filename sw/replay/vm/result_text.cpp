#include "sw/replay/vm/result_text.hpp"

namespace tessera::replay {

std::string result_text(vm::Errno error) {
  return error == vm::Errno::Ok ? "0" : std::string("-") + vm::name(error);
}

std::string result_text(vm::FaultResult result) {
  switch (result) {
    case vm::FaultResult::Resolved:
      return "ok";
    case vm::FaultResult::MapError:
      return "SIGSEGV/1";
    case vm::FaultResult::AccessError:
      return "SIGSEGV/2";
    case vm::FaultResult::BusError:
      return "SIGBUS/2";
    case vm::FaultResult::OutOfMemory:
      return "SIGKILL";
  }
  return "?";
}

}  // namespace tessera::replay
