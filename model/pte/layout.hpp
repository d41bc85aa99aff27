#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/pte/format.hpp"

namespace tessera::pte {

/// Bits low .. low + bits - 1 of an entry.
struct Piece {
  unsigned low = 0;
  unsigned bits = 0;
};

/// A number that an entry holds, possibly scattered: the first piece has its lowest bits.
struct Field {
  std::vector<Piece> pieces;

  /// How many bits the number has.
  unsigned bits() const;

  /// Every bit of the entry that belongs to it.
  Raw mask() const;

  bool empty() const { return pieces.empty(); }
};

/// A bit, or several, under the name the kernel's header or the core's manual gives it.
struct NamedBits {
  std::string name;
  Raw mask = 0;
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
  Field rpn;
  Field wimge;  ///< E G M I W, E lowest
  Field page_size;
  Raw page_size_4k = 0;  ///< what the field page_size holds for 4 KB
  Raw sets = 0;          ///< in every present entry
  Raw fresh = 0;         ///< in a new one as well: accessed, coherence
  Raw protnone = 0;      ///< in a PROT_NONE entry instead of `sets`
  Raw user = 0;
  Raw write = 0;
  Raw no_write = 0;  ///< set where the right to write is missing
  Raw exec = 0;
  Raw no_exec = 0;
  Raw kernel_read = 0;  ///< the same rights, of a kernel page
  Raw kernel_write = 0;
  Raw kernel_exec = 0;
  Raw dirty = 0;
  Raw accessed = 0;
  Raw special = 0;
};

/// A file PTE: it remembers which page of the file belongs here.
struct FileLayout {
  Field pgoff;
  unsigned max_bits = 0;     ///< PTE_FILE_MAX_BITS, as the kernel's header has it
  unsigned offset_bits = 0;  ///< of the C type that offsets have
  /// Bits of the C arithmetic that shifts the offset, before it is widened to the entry.
  unsigned arithmetic_bits = 0;
  Raw decode_mask = 0;  ///< what is left of the entry before the offset is taken out of it
};

/// A swap entry.
struct SwapLayout {
  Field type;
  Field offset;
  unsigned types = 0;  ///< types 0 .. this - 1 are in use
};

/// Where the TLB-miss handler, or the walker, puts an entry's bits. Written down apart from
/// PresentLayout, because it is another party's view of the same word.
struct LoaderLayout {
  std::array<Raw, kMas3Permissions> grant{};  ///< as LoaderRules::grant
  Field mas3_rpn;
  Field mas7_rpn;  ///< empty: MAS7 is not written
  Field mas2_wimge;
  Raw requires_load = 0;
  Raw requires_store = 0;
  Raw requires_fetch_user = 0;
  Raw requires_fetch_supervisor = 0;
};

/// A property that is known not to hold, and why people live with it.
struct KnownFlaw {
  std::string property;
  std::string reason;
};

/// A PTE format as its file describes it (docs/pte-formats.md): what every tool reads. The
/// simulator's hot paths use a Format made from it.
struct Layout {
  std::string name;
  std::string title;
  std::string kernels;
  std::vector<std::string> sources;
  std::string vectors;  ///< its name in tb/golden/pte/pte_vectors.csv; may be empty
  std::string broken;   ///< why it is wrong, for a format that is kept as an example; else empty
  std::string repaired_by;  ///< the shipped format that is the right one; may be empty
  unsigned width = 0;       ///< 32 or 64
  Raw clears = 0;           ///< what emptying an entry zeroes; other bits keep their old value
  std::vector<NamedBits> bits;
  KernelTests tests;
  PresentLayout present;
  std::optional<FileLayout> file;
  std::optional<SwapLayout> swap;
  std::optional<Geometry> geometry;
  std::optional<LoaderLayout> loader;
  std::vector<KnownFlaw> known;
};

/// The lowest `bits` bits set; 64 or more: all.
Raw ones(unsigned bits);

/// All bits that an entry of the format has.
Raw word_mask(const Layout& layout);

}  // namespace tessera::pte
