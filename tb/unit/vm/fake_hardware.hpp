#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/pte/loader.hpp"
#include "sw/vm/counters.hpp"
#include "sw/vm/hardware.hpp"

namespace tessera::vm::test {

/// Plain memory and an unbounded TLB that forgets only what it is told to: a flush the VM layer
/// omits shows as stale contents.
class FakeHardware : public Hardware {
 public:
  struct Flush {
    FlushKind kind = FlushKind::Page;
    EffectiveAddress address;  // 0 for a whole PID
    FlushCause cause = FlushCause::Remap;
  };

  explicit FakeHardware(std::uint64_t frames) : memory_(frames) {}

  void flush_page(EffectiveAddress ea, Pid pid, FlushCause cause) override;
  void flush_pid(Pid pid, FlushCause cause) override;
  std::uint32_t load_word(RealAddress ra) override;
  void store_word(RealAddress ra, std::uint32_t word) override;
  std::uint32_t peek_word(RealAddress ra) const override;
  void fill_frame(FrameNumber frame, std::uint32_t first_word) override;
  void copy_frame(FrameNumber from, FrameNumber to) override;
  void execute(std::uint64_t instructions) override { instructions_ += instructions; }

  /// Translations the core has loaded; null if the page is not among them.
  const pte::TlbFields* translation(VirtualPage page) const;
  void load_translation(VirtualPage page, const pte::TlbFields& fields);

  const std::unordered_map<VirtualPage::Value, pte::TlbFields>& translations() const {
    return tlb_;
  }

  const std::vector<Flush>& flushes() const { return flushes_; }
  void forget_flushes() { flushes_.clear(); }
  std::uint64_t instructions() const { return instructions_; }
  std::uint64_t words_moved() const { return words_moved_; }

 private:
  using Page = std::array<std::uint32_t, 1024>;
  Page& page(RealAddress ra);

  std::vector<std::unique_ptr<Page>> memory_;
  std::unordered_map<VirtualPage::Value, pte::TlbFields> tlb_;
  std::vector<Flush> flushes_;
  std::uint64_t instructions_ = 0;
  std::uint64_t words_moved_ = 0;
};

}  // namespace tessera::vm::test
