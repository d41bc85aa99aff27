#include "model/rtl/fst_wave.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include <verilated.h>
#include <verilated_fst_c.h>

#include "model/rtl/checked_stdio.hpp"

namespace tessera::rtl {

// VerilatedFstC reads the thread's context, which is the one made last, whether it still lives or
// not: so one is made before it.
FstWave::FstWave(const wave::Wave& wave)
    : WaveFile(wave),
      context_(std::make_unique<VerilatedContext>()),
      fst_(std::make_unique<VerilatedFstC>()) {
  if (!std::ofstream(part())) {
    refuse(std::generic_category().message(errno));
  }
  context_->traceEverOn(true);
  fst_->set_time_unit(wave::kTimeUnit);
  fst_->set_time_resolution(wave::kTimeUnit);
}

FstWave::~FstWave() {
  fst_.reset();
  take_write_error();
}

void FstWave::open() {
  fst_->open(part().c_str());
  check();
}

void FstWave::sample(std::uint64_t tick) {
  fst_->dump(tick);
  check();
}

void FstWave::close() {
  fst_->close();
  check();
}

void FstWave::check() const {
  if (const int error = take_write_error()) {
    refuse(std::generic_category().message(error));
  }
}

}  // namespace tessera::rtl
