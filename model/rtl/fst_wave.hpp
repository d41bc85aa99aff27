#pragma once

#include <memory>

#include "model/wave/wave_file.hpp"

class VerilatedContext;
class VerilatedFstC;

namespace tessera::rtl {

/// A wave of all signals of the RTL, in the FST format of GTKWave.
class FstWave final : public wave::WaveFile {
 public:
  /// Creates the file. Throws UserError when that fails.
  explicit FstWave(const wave::Wave& wave);
  ~FstWave() override;

  /// What the model that is shown has to be made with: the wave outlives it.
  VerilatedContext& context() const { return *context_; }

  /// Has the wave show a model that was translated with tracing. Once, before the first sample.
  /// The model's signals are read at each sample; finish() does not need it any more.
  template <class Model>
  void show(Model& model) {
    model.trace(fst_.get(), kAllLevels);
    open();
  }

  /// Shows the signals as they stand, as they are from this many ticks (wave::kTicksACycle) after
  /// time 0 on. Throws UserError when the file cannot be written.
  void sample(std::uint64_t tick);

 private:
  static constexpr int kAllLevels = 99;

  void open();
  void close() override;
  void check() const;

  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<VerilatedFstC> fst_;
};

}  // namespace tessera::rtl
