#pragma once

#include <filesystem>
#include <memory>

#include "sw/pte_lab/decoder_ports.hpp"
#include "sw/pte_rtl/contract.hpp"

namespace tessera::pte_rtl {

/// A decoder as Verilator and the compiler make it: a library, loaded into this process.
class VerilatedDecoder {
 public:
  /// Makes and loads it, in the folder of the file `contract`, which has contract_text(). Throws
  /// UserError if Verilator or the compiler is missing or fails.
  VerilatedDecoder(const Decoder& decoder, const std::filesystem::path& contract);
  ~VerilatedDecoder();
  VerilatedDecoder(const VerilatedDecoder&) = delete;
  VerilatedDecoder& operator=(const VerilatedDecoder&) = delete;

  /// One instance of the module; of several, each may be used by a thread of its own.
  class Instance {
   public:
    explicit Instance(const VerilatedDecoder& library);

    /// What the decoder says of a word.
    pte_lab::Decoded<pte::Raw> operator()(pte::Raw word) const;

   private:
    using Model = std::unique_ptr<void, void (*)(void*)>;
    Model model_;
    void (*decode_)(void*, std::uint64_t, std::uint64_t*);
  };

  /// A number that changes with what Verilator made of the decoder.
  std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  void* symbol(const char* name) const;

  void* library_ = nullptr;
  std::uint64_t fingerprint_ = 0;
};

}  // namespace tessera::pte_rtl
