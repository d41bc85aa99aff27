#pragma once

#include <systemc>

namespace tessera::systemc {

/// A SystemC simulation of one's own. The library keeps its simulation in one global pointer and
/// allows no module once that has run; with a context for each device there can be several
/// devices in a process, one after the other or side by side. This is an internal of SystemC
/// 2.3.4 (sc_simcontext); nothing else in the project knows it.
class OwnSimulation {
 public:
  OwnSimulation() : context_(new sc_core::sc_simcontext) {}
  OwnSimulation(const OwnSimulation&) = delete;
  OwnSimulation& operator=(const OwnSimulation&) = delete;
  ~OwnSimulation() { delete context_; }

  /// Makes the simulation the current one for as long as it lives.
  class Entered {
   public:
    /// From now on; `simulation` outlives it.
    explicit Entered(const OwnSimulation& simulation) : before_(sc_core::sc_curr_simcontext) {
      sc_core::sc_curr_simcontext = simulation.context_;
    }
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;
    ~Entered() { sc_core::sc_curr_simcontext = before_; }

   private:
    sc_core::sc_simcontext* before_;
  };

 private:
  sc_core::sc_simcontext* context_;
};

}  // namespace tessera::systemc
