#include "sw/pte_lab/decoder_ports.hpp"

namespace tessera::pte_lab {

const std::array<DecoderPort, kOutputs>& decoder_ports() {
  static constexpr std::array<DecoderPort, kOutputs> kPorts{
      {{"present_o", 1, "exactly one of these four"},
       {"none_o", 1, ""},
       {"file_o", 1, ""},
       {"swap_o", 1, ""},
       {"pgoff_o", 64, "0 unless file_o"},
       {"swap_type_o", 16, "0 unless swap_o"},
       {"swap_offset_o", 64, "0 unless swap_o"},
       {"rpn_o", 52, "0 unless present_o"},
       {"wimge_o", 5, "0 unless present_o"},
       {"rights_o", 6, "UX SX UW SW UR SR; 0 unless present_o"}}};
  return kPorts;
}

}  // namespace tessera::pte_lab
