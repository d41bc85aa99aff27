#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/pte/format.hpp"

namespace tessera::pte {

/// Bits low .. low + bits - 1 of an entry.
struct Piece {
  unsigned low = 0;   ///< its lowest bit, 0 the entry's lowest
  unsigned bits = 0;  ///< how many
};

/// A number that an entry holds, possibly scattered: the first piece has its lowest bits.
struct Field {
  std::vector<Piece> pieces;  ///< the lowest bits first

  /// How many bits the number has.
  unsigned bits() const;

  /// Every bit of the entry that belongs to it.
  Raw mask() const;

  /// The format has no such number.
  bool empty() const { return pieces.empty(); }
};

/// A bit, or several, under the name the kernel's header or the core's manual gives it.
struct NamedBits {
  std::string name;  ///< as the header or manual writes it
  Raw mask = 0;      ///< its bits, in place
};

/// The kernel's questions to an entry, in the order present, none, file; what is left is swap.
struct KernelTests {
  Raw present = 0;       ///< any of them set: the entry maps a frame
  Raw none_ignores = 0;  ///< no bit outside these set: nothing here
  Raw file = 0;          ///< any of them set: a file PTE; 0: the format has none
  Raw hardware = 0;      ///< all of them set: hardware may load it; 0: not known
};

/// A present entry. A mask of 0 means that the format lacks it.
struct PresentLayout {
  Field rpn;             ///< the frame number
  Field wimge;           ///< E G M I W, E lowest
  Field page_size;       ///< the page's size, as the hardware writes it
  Raw page_size_4k = 0;  ///< what the field page_size holds for 4 KB
  Raw sets = 0;          ///< in every present entry
  Raw fresh = 0;         ///< in a new one as well: accessed, coherence
  Raw protnone = 0;      ///< in a PROT_NONE entry instead of `sets`
  Raw user = 0;          ///< a program may use the page
  Raw write = 0;         ///< it may be written
  Raw no_write = 0;      ///< set where the right to write is missing
  Raw exec = 0;          ///< it may be executed
  Raw no_exec = 0;       ///< set where the right to execute is missing
  Raw kernel_read = 0;   ///< the same rights, of a kernel page
  Raw kernel_write = 0;  ///< to be written
  Raw kernel_exec = 0;   ///< to be executed
  Raw dirty = 0;         ///< it has been written to
  Raw accessed = 0;      ///< it has been used
  Raw special = 0;       ///< a page without a struct page
};

/// A file PTE: it remembers which page of the file belongs here.
struct FileLayout {
  Field pgoff;               ///< the page of the file
  unsigned max_bits = 0;     ///< PTE_FILE_MAX_BITS, as the kernel's header has it
  unsigned offset_bits = 0;  ///< of the C type that offsets have
  /// Bits of the C arithmetic that shifts the offset, before it is widened to the entry.
  unsigned arithmetic_bits = 0;
  Raw decode_mask = 0;  ///< what is left of the entry before the offset is taken out of it
};

/// A swap entry.
struct SwapLayout {
  Field type;          ///< which swap space
  Field offset;        ///< the page of it; 0 is never used
  unsigned types = 0;  ///< types 0 .. this - 1 are in use
};

/// Where the TLB-miss handler, or the walker, puts an entry's bits. Written down apart from
/// PresentLayout, because it is another party's view of the same word.
struct LoaderLayout {
  std::array<Raw, kMas3Permissions> grant{};  ///< as LoaderRules::grant
  Field mas3_rpn;                             ///< MAS3[RPN]: its lower bits
  Field mas7_rpn;                             ///< empty: MAS7 is not written
  Field mas2_wimge;                           ///< MAS2[WIMGE]
  Raw requires_load = 0;              ///< all of them set, or a load bails out to the page fault
  Raw requires_store = 0;             ///< the same of a store
  Raw requires_fetch_user = 0;        ///< of a user fetch
  Raw requires_fetch_supervisor = 0;  ///< of a supervisor fetch
};

/// A property that is known not to hold, and why people live with it.
struct KnownFlaw {
  std::string property;  ///< as `tessera pte check` names it
  std::string reason;    ///< one sentence
};

/// A PTE format as its file describes it (docs/pte-formats.md): what every tool reads. The
/// simulator's hot paths use a Format made from it.
struct Layout {
  std::string name;                  ///< its file's, without .toml
  std::string title;                 ///< one line for people
  std::string kernels;               ///< which kernels have it
  std::vector<std::string> sources;  ///< where it was read
  std::string vectors;               ///< its name in tb/golden/pte/pte_vectors.csv; may be empty
  std::string broken;  ///< why it is wrong, for a format that is kept as an example; else empty
  std::string repaired_by;      ///< the shipped format that is the right one; may be empty
  unsigned width = 0;           ///< 32 or 64
  Raw clears = 0;               ///< what emptying an entry zeroes; other bits keep their old value
  std::vector<NamedBits> bits;  ///< every bit that has a name
  KernelTests tests;            ///< how the kernel tells kinds of entries apart
  PresentLayout present;        ///< present entries
  std::optional<FileLayout> file;    ///< file PTEs; none where the format lacks them
  std::optional<SwapLayout> swap;    ///< swap entries; none where they are not described
  std::optional<Geometry> geometry;  ///< the page tables; none where they are not of two levels
  /// What the TLB-miss handler does; none where nothing loads a TLB.
  std::optional<LoaderLayout> loader;
  std::vector<KnownFlaw> known;  ///< what is wrong and stays so
};

/// The lowest `bits` bits set; 64 or more: all.
Raw ones(unsigned bits);

/// All bits that an entry of the format has.
Raw word_mask(const Layout& layout);

}  // namespace tessera::pte
