#include "model/pte/formats/formats.hpp"

namespace tessera::pte {

namespace {

constexpr Raw kFileBit = 0x2;
constexpr Raw kUpperWord = 0xffff'ffff'0000'0000;

// The offset in the upper word of the entry, the FILE bit in the lower one.
constexpr FileForm kUpperWordForm = {
    .bits = kFileBit, .pgoff_shift = 32, .max_bits = 29, .arithmetic_bits = 64};

}  // namespace

Format fsl64_none_mask(Format fsl64) {
  fsl64.name = "fsl64-none-mask";
  fsl64.file = kUpperWordForm;
  fsl64.none_mask = kUpperWord | kFileBit;
  return fsl64;
}

Format fsl64_pte_to_pgoff(Format fsl64) {
  fsl64.name = "fsl64-pte-to-pgoff";
  const unsigned right_shift = fsl64.file.pgoff_shift;
  fsl64.file = kUpperWordForm;
  fsl64.file.misread_shift = right_shift;
  return fsl64;
}

}  // namespace tessera::pte
