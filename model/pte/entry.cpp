#include "model/pte/entry.hpp"

namespace tessera::pte {

namespace {

constexpr unsigned kRawBits = 64;

Raw low_bits(Raw value, unsigned bits) {
  return bits >= kRawBits ? value : value & ((Raw{1} << bits) - 1);
}

Raw width_mask(const Format& format) { return low_bits(~Raw{0}, format.width_bytes * 8); }

bool all_set(Raw entry, Raw mask) { return mask != 0 && (entry & mask) == mask; }

}  // namespace

bool is_none(const Format& format, Raw entry) { return (entry & ~format.none_mask) == 0; }

bool is_present(const Format& format, Raw entry) { return (entry & format.present.present) != 0; }

bool is_file(const Format& format, Raw entry) { return (entry & format.file.bits) != 0; }

bool is_swap(const Format& format, Raw entry) {
  return !is_present(format, entry) && !is_none(format, entry) && !is_file(format, entry);
}

bool is_writable(const Format& format, Raw entry) { return (entry & format.present.rw) != 0; }

bool is_user(const Format& format, Raw entry) { return all_set(entry, format.present.user); }

bool is_dirty(const Format& format, Raw entry) { return all_set(entry, format.present.dirty); }

bool is_accessed(const Format& format, Raw entry) {
  return all_set(entry, format.present.accessed);
}

bool is_special(const Format& format, Raw entry) { return all_set(entry, format.present.special); }

Raw pgoff_to_pte(const Format& format, PageOffset offset) {
  const FileForm& file = format.file;
  const Raw narrow = low_bits(offset.value(), file.arithmetic_bits);
  return low_bits(narrow << file.pgoff_shift, file.arithmetic_bits) | file.bits;
}

PageOffset pte_to_pgoff(const Format& format, Raw entry) {
  constexpr unsigned kMisreadBits = 32;
  const FileForm& file = format.file;
  if (file.misread_shift) return PageOffset(low_bits(entry, kMisreadBits) >> *file.misread_shift);
  return PageOffset(low_bits(entry, file.arithmetic_bits) >> file.pgoff_shift);
}

Raw slot_to_pte(const Format& format, std::uint64_t slot) {
  return (slot << format.swap_offset_shift) & width_mask(format);
}

std::uint64_t pte_to_slot(const Format& format, Raw entry) {
  return entry >> format.swap_offset_shift;
}

Raw make_present(const Format& format, FrameNumber frame, Protection protection, bool dirty) {
  const Raw rpn = (frame.value() << format.present.rpn_shift) & width_mask(format);
  const Raw bits = format.present.base | format.protection[protection.index()];
  return rpn | bits | (dirty ? format.present.dirty : 0);
}

FrameNumber frame_of(const Format& format, Raw entry) {
  const Raw from_rpn = (entry & width_mask(format)) >> format.present.rpn_shift;
  return FrameNumber(low_bits(from_rpn, format.present.rpn_bits));
}

Raw with_dirty(const Format& format, Raw entry) {
  return entry | format.present.dirty | format.present.accessed;
}

Raw with_write(const Format& format, Raw entry) { return entry | format.present.rw; }

Raw without_write(const Format& format, Raw entry) { return entry & ~format.present.rw; }

Raw without_dirty(const Format& format, Raw entry) { return entry & ~format.present.dirty; }

Raw with_accessed(const Format& format, Raw entry) { return entry | format.present.accessed; }

Raw without_accessed(const Format& format, Raw entry) { return entry & ~format.present.accessed; }

Raw with_special(const Format& format, Raw entry) { return entry | format.present.special; }

Raw with_protection(const Format& format, Raw entry, Protection protection) {
  Raw rights = 0;
  for (const Raw bits : format.protection) rights |= bits;
  return (entry & ~rights) | format.protection[protection.index()];
}

Raw cleared(const Format& format, Raw entry) { return entry & ~format.clear_mask; }

}  // namespace tessera::pte
