#include "sw/semantics/outcome.hpp"

#include <fmt/format.h>

namespace tessera::semantics {

std::string verdict(bool passed, std::string_view detail) {
  const std::string_view word = passed ? "PASS" : "FAIL";
  return detail.empty() ? std::string(word) : fmt::format("{} {}", word, detail);
}

std::string returned(vm::Errno error) {
  return error == vm::Errno::Ok ? "ret=0" : fmt::format("ret=-{}", vm::name(error));
}

std::string shown(vm::UserAccess access) {
  switch (access.result) {
    case vm::FaultResult::Resolved:
      break;
    case vm::FaultResult::BusError:
      return "SIGBUS";
    case vm::FaultResult::OutOfMemory:
      return "SIGKILL";
    default:
      return "SIGSEGV";
  }
  return std::to_string(access.word >= kFirstWord ? access.word - kFirstWord : access.word);
}

}  // namespace tessera::semantics
