#include "sw/vm/hardware.hpp"

namespace tessera::vm {

void Hardware::preload_huge(const HugeTranslation& /*translation*/) {}

bool Hardware::flush_table(EffectiveAddress /*ea*/, Pid /*pid*/) { return false; }

FrameWords Hardware::peek_frame(FrameNumber frame) const {
  FrameWords words{};
  RealAddress at = address_of(frame);
  for (std::uint32_t& word : words) {
    word = peek_word(at);
    at += Bytes(sizeof(word));
  }
  return words;
}

}  // namespace tessera::vm
