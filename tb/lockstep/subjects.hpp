#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "model/clocked/pins.hpp"
#include "model/mmu/core.hpp"

namespace tessera::lockstep {

/// A set of parameters that exists as C++ and as translated RTL.
struct Subject {
  std::string name;
  mmu::Core core;
};

/// Its name: what tests print.
std::ostream& operator<<(std::ostream& out, const Subject& subject);

/// The core presets without a walker and with each, and the sets of tb/lockstep/CMakeLists.txt:
/// `odd` with sizes that no preset has and the other side of every rule that the presets share, and
/// `lru` with TLB0_REPL = LRU and BACKINV_MATCH = NONE, each without a walker and with one.
const std::vector<Subject>& subjects();

/// Its number among the sets of tb/lockstep/CMakeLists.txt, if it is one.
std::optional<std::size_t> own_subject(const std::string& name);

/// Its RTL, not yet reset.
std::unique_ptr<clocked::PinDevice> make_rtl(const Subject& subject);

}  // namespace tessera::lockstep
