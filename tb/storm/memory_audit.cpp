#include "tb/storm/memory_audit.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "model/pte/entry.hpp"

namespace tessera::storm {

namespace {

/// What all page tables together say.
class Tally {
 public:
  explicit Tally(const Population& population) : population_(population) {
    files_.insert(population.files.begin(), population.files.end());
    for (const vm::AddressSpace* space : population.spaces) count(*space);
    for (const vm::File* file : files_) {
      for (const auto& [offset, slot] : file->swap_entries()) ++users_[slot];
    }
    for (const auto& [frame, slot] : population.swap->cache()) {
      ++private_[FrameNumber(frame)];
      users_.try_emplace(slot, 0);
    }
  }

  std::vector<std::string> complaints() {
    check_references();
    check_owners();
    check_reverse_maps();
    return texts_;
  }

 private:
  void count(const vm::AddressSpace& space) {
    const unsigned pgd_bytes = 4U << space.format().geometry.pgd_index_bits;
    table_pages_ += std::max(1U, pgd_bytes >> kPageShift) + space.counters().page_table_pages;
    for (const auto& [start, vma] : space.vmas()) {
      if (vma.file != nullptr) {
        files_.insert(vma.file);
        ++mappings_;
      }
      for (VirtualPage page = vma.start; page < vma.end; page += PageCount(1)) {
        count(space, space.lookup(address_of(page)));
      }
    }
  }

  void count(const vm::AddressSpace& space, pte::Raw entry) {
    const pte::Format& format = space.format();
    if (pte::is_present(format, entry)) {
      const FrameNumber frame = pte::frame_of(format, entry);
      if (population_.frames->is_anonymous(frame)) ++private_[frame];
    } else if (!pte::is_none(format, entry) && pte::is_swap(format, entry)) {
      ++users_[pte::pte_to_slot(format, entry)];
    }
  }

  void check_references() {
    for (const auto& [frame, times] : private_) {
      const unsigned references = population_.frames->references(frame);
      if (references != times) {
        texts_.push_back(fmt::format("frame {:#x} has {} references, but {} PTEs and swap cache",
                                     frame.value(), references, times));
      }
    }
    expect("swap slots in use", population_.swap->used().value(), users_.size());
    for (const auto& [slot, users] : users_) {
      if (population_.swap->is_used(slot)) {
        expect("users of a swap slot", population_.swap->users(slot), users);
      }
    }
  }

  void check_owners() {
    std::uint64_t cached = 0;
    for (const vm::File* file : files_) cached += file->cached_pages().value();
    // The zero page is nobody's.
    expect("frames in use", population_.frames->owned().value(),
           1 + table_pages_ + cached + private_.size());
  }

  void check_reverse_maps() {
    std::uint64_t known = 0;
    for (const vm::File* file : files_) known += file->mappings().size();
    expect("VMAs in reverse maps", known, mappings_);
  }

  void expect(const char* what, std::uint64_t found, std::uint64_t expected) {
    if (found != expected) {
      texts_.push_back(fmt::format("{}: {}, but {} are accounted for", what, found, expected));
    }
  }

  const Population& population_;
  std::set<const vm::File*> files_;
  std::map<FrameNumber, unsigned> private_;
  std::map<std::uint64_t, unsigned> users_;  // of swap slots, those of the cache included
  std::uint64_t table_pages_ = 0;
  std::uint64_t mappings_ = 0;
  std::vector<std::string> texts_;
};

}  // namespace

std::vector<std::string> audit_memory(const Population& population) {
  return Tally(population).complaints();
}

}  // namespace tessera::storm
