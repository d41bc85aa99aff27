#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tb/storm/ledger.hpp"
#include "tb/storm/stage.hpp"

namespace tessera::storm {

/// Pages of each of the stage's files at the start.
inline constexpr std::uint64_t kFilePages = 80;

/// Any call with any arguments, right or wrong, and touches, in a window of 96 pages that crosses a
/// page-table span: whatever is answered, the state must be sound afterwards. The same seed on
/// the same stage gives the same operations.
class Storm {
 public:
  Storm(Stage& stage, std::uint64_t seed);

  /// One operation.
  void step();

  /// Pages that do not hold what they must, as far as was looked: at what is loaded and stored, and
  /// now and then at any pages.
  const Ledger& ledger() const { return ledger_; }
  std::vector<std::string> complaints() { return ledger_.take_complaints(); }

  /// What the last operation was, with what was drawn for it: addresses, lengths, choices.
  std::string last() const;

  /// Operations so far that were carried out, and that were refused: by an errno or a signal, or
  /// because there was nothing to do.
  std::uint64_t done() const { return done_; }
  std::uint64_t refused() const { return refused_; }

 private:
  void operate();
  void call(const char* name) { name_ = name; }
  void map();
  void change();
  void remap();
  void advise();
  void sync();
  void look();
  void lock();
  void lose_pages();
  void write_back();
  void reclaim();
  void swap_out();
  void leave();
  void look_around();
  void compare_mapped();
  Ledger::Process process() const { return stage_.running().number(); }
  Ledger::IsMapped is_mapped() const;
  void change_process();
  void touch();

  std::uint32_t below(std::uint64_t limit);
  bool one_in(std::uint64_t chances) { return below(chances) == 0; }
  EffectiveAddress page();
  EffectiveAddress place();
  std::uint64_t length();
  void tally(bool done) { ++(done ? done_ : refused_); }
  void tally(vm::Errno error) { tally(error == vm::Errno::Ok); }

  Stage& stage_;
  Ledger ledger_;
  std::mt19937_64 random_;
  std::mt19937_64 looks_;  // where look_around looks: not part of the storm
  std::uint64_t steps_ = 0;
  std::uint32_t next_word_ = 0x5000'0000;
  const char* name_ = "";
  std::vector<std::uint32_t> drawn_;
  std::uint64_t done_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace tessera::storm
