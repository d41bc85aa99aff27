#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sw/vm/errno.hpp"
#include "sw/vm/file_system.hpp"
#include "sw/vm/personality.hpp"
#include "sw/vm/system_calls.hpp"
#include "tb/storm/reference_file.hpp"

namespace tessera::storm {

/// What every page of every process must hold, from the operations and their results alone: it
/// knows no page tables, frames, caches or slots. Where a refused call may have done part of its
/// work, a page may hold either.
class Ledger {
 public:
  using Process = std::uint32_t;
  /// Whether the process has a VMA there: what a call that failed has unmapped.
  using IsMapped = std::function<bool(VirtualPage)>;

  explicit Ledger(const vm::Personality& kernel) : kernel_(kernel) {}

  /// A file whose pages hold their number, on a file system.
  void add_file(const vm::File* file, std::uint64_t pages, const vm::FileSystem& file_system);

  /// What a process asked for, and what the kernel answered.
  void mapped(Process process, const vm::MmapRequest& request, const vm::MmapResult& result,
              const IsMapped& is_mapped);
  void unmapped(Process process, EffectiveAddress start, std::uint64_t bytes, vm::Errno error,
                const IsMapped& is_mapped);
  void moved(Process process, const vm::MremapRequest& request, const vm::MmapResult& result,
             const IsMapped& is_mapped);
  void remapped(Process process, EffectiveAddress start, std::uint64_t bytes, std::uint64_t pgoff,
                unsigned flags, vm::Errno error, const IsMapped& is_mapped);
  void advised(Process process, EffectiveAddress start, std::uint64_t bytes, vm::Advice advice,
               vm::Errno error);
  /// A call that may fault in what it names (mlock, mprotect), or all there is (mlockall).
  void prefaulted(Process process, EffectiveAddress start, std::uint64_t bytes);
  void prefaulted_all(Process process);
  void locks_future(Process process, bool does) { processes_[process].locks_future = does; }
  void swapped_out(Process process, EffectiveAddress address);
  void forked(Process parent, Process child) { processes_[child] = child_of(processes_[parent]); }
  void exited(Process process) { processes_.erase(process); }

  void truncated(const vm::File* file, std::uint64_t size);
  void punched(const vm::File* file, std::uint64_t first, std::uint64_t end, vm::Errno error);

  /// Whether a store there would be understood: it changes one known page.
  bool may_store(Process process, EffectiveAddress address) const;

  /// Whether every page there is known for what it is.
  bool knows(Process process, EffectiveAddress start, std::uint64_t bytes) const;

  /// The process stored a word, of which it then saw what the page holds; or saw only.
  struct Store {
    unsigned which = 0;  ///< of the words of a PageWords
    std::uint32_t word = 0;
  };
  void seen(Process process, VirtualPage page, const PageWords& words,
            const std::optional<Store>& store, bool by_user);

  /// Compares pages that have VMAs with those that should.
  void compare_mapped(Process process, const std::vector<VirtualPage>& mapped);

  /// A page of the process at or behind `page`; none if it has none.
  std::optional<VirtualPage> page_from(Process process, VirtualPage page) const;

  /// Pages compared; of them, those of which only one value was right.
  std::uint64_t checks() const { return checks_; }
  std::uint64_t exact_checks() const { return exact_; }

  /// What was wrong since the last question.
  std::vector<std::string> take_complaints();

 private:
  enum class Swapped : std::uint8_t { No, Maybe, Yes };

  struct MappedFile {
    ReferenceFile contents;
    bool is_native = false;  // remap_file_pages leaves its VMA as it is
    bool punches_holes = true;
  };

  /// A page of a process.
  struct Cell {
    std::shared_ptr<MappedFile> file;    // null: private anonymous memory
    std::vector<std::uint64_t> offsets;  // pages of the file it may show
    std::uint64_t linear = 0;            // the one in the order of its VMA
    bool shared = false;
    bool live = true;   // may show the file, or the zeros of anonymous memory
    Candidates copies;  // of its own, which it may show instead
    Swapped swapped = Swapped::No;
    bool unchecked = false;  // shows what nobody can know
  };

  struct Memory {
    std::map<VirtualPage, Cell> cells;
    bool locks_future = false;
  };

  const std::map<VirtualPage, Cell>& cells_of(Process process) const;
  static Memory child_of(const Memory& parent);
  static Candidates live_of(const Cell& cell);
  static void snapshot(Cell& cell);
  static void lose_copies(Cell& cell, bool certainly);
  static void settle(Cell& cell, const PageWords& words);
  static Cell linear_cell(const Cell& base, std::uint64_t linear);
  static void store_to(Cell& cell, const PageWords& words);
  void lose_pages(const MappedFile& file, std::uint64_t first, std::uint64_t end, bool certainly);
  static void drop_unmapped(Memory& memory, VirtualPage start, std::uint64_t pages,
                            const IsMapped& is_mapped);
  static void move_cells(Memory& memory, const vm::MremapRequest& request, VirtualPage target,
                         bool gaps_stay);
  static void failed_move(Memory& memory, const vm::MremapRequest& request, bool may_be_partial,
                          const IsMapped& is_mapped);
  void remap_cell(Cell& cell, const std::shared_ptr<MappedFile>& file, std::uint64_t offset,
                  bool certainly) const;
  void remove(Memory& memory, VirtualPage start, std::uint64_t pages, vm::Errno error);
  void complain(Process process, VirtualPage page, const std::string& text);

  const vm::Personality& kernel_;
  std::map<const vm::File*, std::shared_ptr<MappedFile>> files_;
  std::map<Process, Memory> processes_;
  std::uint64_t checks_ = 0;
  std::uint64_t exact_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace tessera::storm
