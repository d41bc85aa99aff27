#include <fmt/format.h>

#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// Offsets of every size: which bits a PTE of a page that is not present keeps.
namespace tessera::semantics {

namespace {

constexpr unsigned kPowers = 32;
constexpr std::size_t kLongestList = 1300;      // the program stops there, and so do its counts
constexpr std::uint64_t kLargestOnExt2 = 1000;  // of the recording: a small device

/// 2^power, or one less.
struct Offset {
  unsigned power = 0;
  bool one_less = false;

  std::uint64_t value() const { return (std::uint64_t{1} << power) - (one_less ? 1 : 0); }
  std::uint32_t word() const {
    constexpr std::uint32_t kFirst = 0x700'0000;
    return kFirst + 2 * power - (one_less ? 1 : 0);
  }
  std::string text() const { return fmt::format("2^{}{}", power, one_less ? "-1" : "+0"); }
};

class OffsetProbe {
 public:
  explicit OffsetProbe(Process& process) : process_(process) {}

  void probe_all() {
    for (unsigned power = 0; power < kPowers; ++power) {
      if (!probe_written({power, true}) || !probe_written({power, false})) return;
    }
  }

  std::string counts() const {
    return verdict(wrong_ == 0, fmt::format("ok={} wrong={}", right_, wrong_));
  }
  const std::string& list() const { return list_; }

 private:
  // A file of a 32-bit kernel ends below page 2^31 - 1 (MAX_LFS_FILESIZE).
  std::uint64_t largest() const {
    if (process_.file().file_system().name == "ext2") return kLargestOnExt2;
    const vm::Personality& kernel = process_.space().kernel();
    return (std::uint64_t{1} << (kernel.word_bits - 1)) - 2;
  }

  bool probe_written(Offset offset) {
    if (offset.value() > largest()) return true;
    process_.write_file(PageOffset(offset.value()), offset.word());
    return probe(offset, false) && probe(offset, true);
  }

  // False when enough is known to be wrong.
  bool probe(Offset offset, bool nonblock) {
    process_.map_window(vm::kMapShared);
    // The VMA is nonlinear already: an offset that happens to be the linear one is stored too.
    process_.remap(1, 1, 7);
    const vm::Errno error = process_.remap(0, 1, offset.value(), nonblock ? vm::kMapNonblock : 0U);
    if (error != vm::Errno::Ok) {
      note(offset, nonblock, fmt::format("-{}", vm::name(error)));
      return true;
    }
    process_.forget(0, 1);
    compare(offset, nonblock, process_.read(0));
    return list_.size() <= kLongestList;
  }

  void compare(Offset offset, bool nonblock, const vm::UserAccess& access) {
    const bool resolved = access.result == vm::FaultResult::Resolved;
    if (resolved && access.word == offset.word()) {
      ++right_;
      return;
    }
    ++wrong_;
    note(offset, nonblock,
         resolved ? fmt::format("got {:x}", access.word) : "got " + shown(access));
  }

  void note(Offset offset, bool nonblock, const std::string& what) {
    list_ += fmt::format(" [{} nb{} {}]", offset.text(), nonblock ? 1 : 0, what);
  }

  Process& process_;
  std::string list_;
  unsigned right_ = 0;
  unsigned wrong_ = 0;
};

std::string pgoff_bits(Process& process) {
  OffsetProbe probe(process);
  probe.probe_all();
  return probe.counts();
}

std::string pgoff_bits_rejected(Process& process) {
  OffsetProbe probe(process);
  probe.probe_all();
  return "rejected/wrong:" + probe.list();
}

}  // namespace

Checks offset_checks() {
  return {
      {"pgoff_bits", "pages at 2^k and 2^k - 1 show themselves after madvise(DONTNEED)",
       pgoff_bits},
      {"pgoff_bits rejected/wrong", "offsets that were refused, or showed another page",
       pgoff_bits_rejected},
  };
}

}  // namespace tessera::semantics
