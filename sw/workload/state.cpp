// How far the workloads are, for archives (decision 13).

#include <algorithm>

#include "model/types/archive.hpp"
#include "model/types/fingerprint.hpp"
#include "sw/workload/dbwin.hpp"
#include "sw/workload/element_window.hpp"
#include "sw/workload/reverse.hpp"
#include "sw/workload/window.hpp"

namespace tessera::workload {

namespace {

std::uint64_t fingerprint_of(const BlockStream& stream) {
  const auto* const bytes = reinterpret_cast<const char*>(stream.accesses.data());
  return fingerprint({bytes, stream.accesses.size() * sizeof(BlockAccess)});
}

}  // namespace

void Random::state(Archive& archive) { archive(state_); }

void LruSlots::state(Archive& archive) {
  archive.fixed(slots_);
  archive(slot_of_);
  const auto is_slot = [&](std::uint32_t slot) { return slot < slots_.size(); };
  const bool links = std::all_of(slots_.begin(), slots_.end(), [&](const Slot& slot) {
    return is_slot(slot.older) && is_slot(slot.newer);
  });
  // The last one is the guard, which no element is in.
  const bool places = std::all_of(slot_of_.begin(), slot_of_.end(), [&](const auto& place) {
    return place.second < slots_.size() - 1;
  });
  archive.require(links && places, "a slot of the window is not there");
}

void ElementWindow::state(Archive& archive) { archive(slots_); }

void Window::state(Archive& archive) {
  archive.part("window");
  if (stream_fingerprint_ == 0) stream_fingerprint_ = fingerprint_of(stream_);
  std::uint64_t same_stream = stream_fingerprint_;
  archive(same_stream, done_, elements_, random_);
  archive.require(same_stream == stream_fingerprint_, "the stream is another one now");
  archive.require(done_ <= iterations(), "the stream is shorter now");
}

void Dbwin::state(Archive& archive) {
  archive.part("dbwin");
  archive(random_, done_, pre_touched_);
}

void Reverse::state(Archive& archive) {
  archive.part("reverse");
  archive(step_);
}

}  // namespace tessera::workload
