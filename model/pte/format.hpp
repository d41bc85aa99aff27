#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tessera::pte {

/// One page table entry as the kernel's C code sees it; 32-bit formats leave bits 63:32 zero.
using Raw = std::uint64_t;

/// The two levels of a 32-bit page table (linux-vm.md G).
struct Geometry {
  unsigned pgd_shift = 0;       ///< EA bits below this one index inside one PGD entry's span
  unsigned pgd_index_bits = 0;  ///< the PGD has 2^this entries of 4 bytes
  unsigned pte_index_bits = 0;  ///< a PTE page has 2^this entries of Format::width_bytes
};

/// The bits of a present entry (linux-vm.md F2). A member is 0 if the format lacks the bit; it
/// may be several bits (book3e USER = BAP_UR | BAP_SR).
struct PresentForm {
  Raw present = 0;   ///< the entry maps a frame
  Raw user = 0;      ///< a program may use the page
  Raw rw = 0;        ///< it may be written
  Raw dirty = 0;     ///< it has been written to
  Raw exec = 0;      ///< it may be executed
  Raw no_exec = 0;   ///< set where execution is forbidden, in formats that have it so
  Raw accessed = 0;  ///< it has been used
  Raw special = 0;   ///< a page without a struct page
  /// Set in every present entry: PRESENT, ACCESSED, coherence (M), page size.
  Raw base = 0;
  unsigned rpn_shift = 0;    ///< the frame number starts at this bit
  unsigned rpn_bits = 64;    ///< and has at most this many; the entry may end before
  unsigned wimge_shift = 0;  ///< E G M I W, from this bit upwards
};

/// A page's permissions as VMAs have them: any combination of the three.
struct Protection {
  bool read = false;   ///< loads
  bool write = false;  ///< stores
  bool exec = false;   ///< fetches

  /// 0..7: read 1, write 2, exec 4 (Linux PROT_* and VM_* order).
  constexpr unsigned index() const {
    return (read ? 1U : 0U) | (write ? 2U : 0U) | (exec ? 4U : 0U);
  }
  /// The same permissions.
  friend constexpr bool operator==(Protection a, Protection b) { return a.index() == b.index(); }
  /// Not the same.
  friend constexpr bool operator!=(Protection a, Protection b) { return a.index() != b.index(); }
};

/// A not-present entry that remembers a file offset (linux-vm.md F1).
struct FileForm {
  Raw bits = 0;              ///< any of them set in a not-present entry: it is a file PTE
  unsigned pgoff_shift = 0;  ///< the offset starts at this bit
  unsigned max_bits = 0;     ///< PTE_FILE_MAX_BITS: offsets below 2^this are representable
  /// Width of the C arithmetic on the offset before it is widened to the entry: 32 where pgoff
  /// is a 32-bit unsigned long (linux-vm.md F1, below the table).
  unsigned arithmetic_bits = 0;
  /// Where pte_to_pgoff looks for the offset instead, if the kernel's two macros do not fit each
  /// other: the bit it starts at, in an entry cut to 32 bits.
  std::optional<unsigned> misread_shift{};
};

/// The six permission bits of MAS3 by their bit number.
enum class Mas3Permission : std::uint8_t { Sr = 0, Ur = 1, Sw = 2, Uw = 3, Sx = 4, Ux = 5 };
inline constexpr unsigned kMas3Permissions = 6;  ///< how many there are

/// The software TLB-miss handler as data (e500mc-mmu.md 5.3 step 4, 5.4).
struct LoaderRules {
  /// Indexed by Mas3Permission: granted if ALL these bits of the entry are set.
  std::array<Raw, kMas3Permissions> grant{};
  bool writes_mas7 = false;  ///< entries of 64 bits: MAS7 gets the RPN's upper bits
  /// The handler bails out to the page fault if any of these bits is missing.
  Raw required_load = 0;
  Raw required_store = 0;             ///< the same, of a store
  Raw required_fetch_user = 0;        ///< of a user fetch
  Raw required_fetch_supervisor = 0;  ///< of a supervisor fetch
};

/// What a page table entry means. Everything that differs between formats is in here, so that
/// no other code needs to know which format it works on.
struct Format {
  std::string_view name;     ///< as in find_format()
  unsigned width_bytes = 0;  ///< 4 or 8
  Geometry geometry;         ///< how page tables are made of it
  PresentForm present;       ///< bits of present entries
  /// Indexed by Protection::index(): the bits vm_page_prot of a *shared* VMA adds to the base.
  /// A private VMA's vm_page_prot is the same without RW (powerpc __P000..__P111).
  std::array<Raw, 8> protection{};
  FileForm file{};  ///< bits of file PTEs
  /// Where a swap PTE has its slot; the type below it is always 0 here (linux-vm.md F1).
  unsigned swap_offset_shift = 0;
  Raw none_mask = 0;   ///< ignored by the test for "nothing here"
  Raw clear_mask = 0;  ///< zeroed by ptep_get_and_clear; other bits keep their old value
  /// Accesses set ACCESSED and DIRTY themselves; otherwise they fault for want of them.
  bool hardware_sets_accessed_and_dirty = false;
  LoaderRules loader{};  ///< of formats that software loads into a TLB
};

/// The usual protection table: any permission makes the page a user page; write adds RW and
/// exec adds EXEC (powerpc __S000..__S111, 3.6 pte-common.h).
constexpr std::array<Raw, 8> user_protections(Raw user, Raw rw, Raw exec) {
  std::array<Raw, 8> bits{};
  for (unsigned index = 1; index < 8; ++index) {
    bits[index] = user | ((index & 2U) != 0 ? rw : 0) | ((index & 4U) != 0 ? exec : 0);
  }
  return bits;
}

/// The first format whose entries are `bits` wide (32: fsl32, 64: fsl64); null if there is none.
const Format* find_format(unsigned bits);

/// The format of that name; null if there is none.
const Format* find_format(std::string_view name);

/// The names find_format knows.
std::vector<std::string_view> format_names();

}  // namespace tessera::pte
