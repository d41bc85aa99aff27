#include "model/wave/wave_engine.hpp"

#include <algorithm>

#include "model/clocked/pin_engine.hpp"
#include "model/types/user_error.hpp"

namespace tessera::wave {
namespace {

std::unique_ptr<mmu::MmuEngine> reset_unseen(std::unique_ptr<clocked::PinDevice> device,
                                             WaveFile& wave, const mmu::Parameters& parameters,
                                             const mmu::Timing& timing, mmu::WalkMemory* memory) {
  wave.pause();
  return std::make_unique<clocked::PinEngine>(std::move(device), parameters, timing, memory);
}

}  // namespace

WaveEngine::WaveEngine(std::unique_ptr<clocked::PinDevice> device, std::shared_ptr<WaveFile> wave,
                       const mmu::Parameters& parameters, const mmu::Timing& timing,
                       mmu::WalkMemory* memory)
    : device_(*device),
      wave_(std::move(wave)),
      engine_(reset_unseen(std::move(device), *wave_, parameters, timing, memory)) {}

WaveEngine::~WaveEngine() {
  try {
    show_present();
  } catch (const UserError&) {
    // What cannot be written now cannot be finished either, and finish() says so.
  }
}

void WaveEngine::advance(Cycles duration) {
  wave_->set_cycle(now());
  engine_->advance(duration);
  show_skipped();
}

mmu::Translation WaveEngine::access(const mmu::Access& access) {
  wave_->set_cycle(now());
  return engine_->access(access);
}

std::pair<mmu::Translation, mmu::Translation> WaveEngine::access_pair(const mmu::Access& fetch,
                                                                      const mmu::Access& data) {
  wave_->set_cycle(now());
  return engine_->access_pair(fetch, data);
}

mmu::Completion WaveEngine::execute(const mmu::Instruction& instruction) {
  wave_->set_cycle(now());
  return engine_->execute(instruction);
}

std::vector<mmu::TlbEntry> WaveEngine::valid_entries() const {
  show_present();
  wave_->pause();
  return engine_->valid_entries();
}

// The last answer is on the pins in the present cycle, which no call has stepped yet.
void WaveEngine::show_present() const {
  wave_->set_cycle(now());
  if (wave_->would_show()) {
    device_.step({});
  }
}

// Nothing moves in the cycles that the engine has skipped, so that they can be stepped afterwards.
void WaveEngine::show_skipped() {
  const Cycles first = std::max(wave_->cycle(), wave_->wave().from);
  if (first >= now()) {
    return;
  }
  wave_->set_cycle(first);
  while (wave_->cycle() < now() && wave_->would_show()) {
    device_.step({});
  }
}

}  // namespace tessera::wave
