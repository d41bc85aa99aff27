#include "model/pte/formats/formats.hpp"

namespace tessera::pte {

namespace {

constexpr Raw kFileBit = 0x2;
constexpr Raw kUpperWord = 0xffff'ffff'0000'0000;

// The offset in the upper word of the entry, the FILE bit in the lower one.
constexpr FileForm kUpperWordForm = {
    .bits = kFileBit, .pgoff_shift = 32, .max_bits = 29, .arithmetic_bits = 64};

Format with_hidden_file_entries(Format format) {
  format.name = "fsl64-none-mask";
  format.file = kUpperWordForm;
  format.none_mask = kUpperWord | kFileBit;
  return format;
}

Format with_misread_offsets(Format format) {
  format.name = "fsl64-pte-to-pgoff";
  const unsigned right_shift = format.file.pgoff_shift;
  format.file = kUpperWordForm;
  format.file.misread_shift = right_shift;
  return format;
}

}  // namespace

// kFsl64 is a constant: it is there before these are made.
const Format kFsl64NoneMask = with_hidden_file_entries(kFsl64);
const Format kFsl64PteToPgoff = with_misread_offsets(kFsl64);

}  // namespace tessera::pte
