#include "sw/pte_rtl/verilated_decoder.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <vector>

#include <dlfcn.h>
#include <fmt/format.h>

#include "model/types/fingerprint.hpp"
#include "model/types/user_error.hpp"
#include "sw/pte_rtl/lint.hpp"
#include "sw/pte_rtl/program.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::pte_rtl {

namespace {

namespace fs = std::filesystem;

/// The side of the library that is called: plain C, so that nothing of Verilator's is in the way.
std::string shim_text() {
  std::string outputs;
  for (std::size_t i = 0; i < pte_lab::kOutputs; ++i) {
    outputs += fmt::format("  said[{}] = decoder->{};\n", i, pte_lab::decoder_ports()[i].name);
  }
  return fmt::format(
      "#include <cstdint>\n#include \"Vdecoder.h\"\n"
      "extern \"C\" void* tessera_new() {{ return new Vdecoder(new VerilatedContext); }}\n"
      "extern \"C\" void tessera_delete(void* model) {{\n"
      "  auto* decoder = static_cast<Vdecoder*>(model);\n"
      "  VerilatedContext* context = decoder->contextp();\n"
      "  decoder->final();\n  delete decoder;\n  delete context;\n}}\n"
      "extern \"C\" void tessera_decode(void* model, std::uint64_t word, std::uint64_t* said) {{\n"
      "  auto* decoder = static_cast<Vdecoder*>(model);\n"
      "  decoder->pte_i = word;\n  decoder->eval();\n{}}}\n",
      outputs);
}

/// Verilator's own -Os would come last; its variables are the way around (OPT_FAST: what runs).
std::vector<std::string> build_command(const Decoder& decoder, const fs::path& contract,
                                       const fs::path& shim) {
  std::vector<std::string> command{"verilator", "--cc", "--exe", "--build", "-O3"};
  const fs::path objects = contract.parent_path() / "obj";
  command.insert(command.end(), {"--prefix", "Vdecoder", "--Mdir", objects.string()});
  command.insert(command.end(), {"-CFLAGS", "-fPIC", "-LDFLAGS", "-shared", "-o", "decoder.so"});
  command.insert(command.end(), {"-MAKEFLAGS", "OPT_FAST=-O2 OPT_GLOBAL=-O1"});
  const std::vector<std::string> sources = verilator_sources(decoder, contract);
  command.insert(command.end(), sources.begin(), sources.end());
  command.push_back(shim.string());
  return command;
}

/// A text without the name of the folder, which is another in each run.
std::string without(std::string text, const std::string& folder) {
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at)) {
    text.erase(at, folder.size());
  }
  return text;
}

/// Of what Verilator wrote, file by file.
std::uint64_t fingerprint_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "obj")) {
    if (entry.path().extension() == ".cpp") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::uint64_t print = kNoFingerprint;
  for (const fs::path& file : files) {
    print = fingerprint(without(workload::read_text(file.string()), folder.string()), print);
  }
  return print;
}

}  // namespace

VerilatedDecoder::VerilatedDecoder(const Decoder& decoder, const fs::path& contract) {
  const fs::path folder = contract.parent_path();
  const fs::path shim = folder / "shim.cpp";
  report::write_file(shim.string(), shim_text());
  const Ended ended = run_program(build_command(decoder, contract, shim), "verilator");
  if (ended.exit_code != 0) {
    const std::size_t error = std::min(ended.output.find("rror"), ended.output.size());
    const std::size_t begin = ended.output.rfind('\n', error) + 1;
    throw UserError(fmt::format(
        "{}: Verilator translates it, but make or the compiler fails: {}", place_of(decoder),
        ended.output.substr(begin, ended.output.find('\n', error) - begin)));
  }
  fingerprint_ = fingerprint_of(folder);
  library_ = dlopen((folder / "obj" / "decoder.so").c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) throw std::runtime_error(dlerror());
}

VerilatedDecoder::~VerilatedDecoder() { dlclose(library_); }

void* VerilatedDecoder::symbol(const char* name) const {
  void* found = dlsym(library_, name);
  if (found == nullptr) throw std::runtime_error(dlerror());
  return found;
}

VerilatedDecoder::Instance::Instance(const VerilatedDecoder& library)
    : model_(std::bit_cast<void* (*)()>(library.symbol("tessera_new"))(),
             std::bit_cast<void (*)(void*)>(library.symbol("tessera_delete"))),
      decode_(std::bit_cast<void (*)(void*, std::uint64_t, std::uint64_t*)>(
          library.symbol("tessera_decode"))) {}

pte_lab::Decoded<pte::Raw> VerilatedDecoder::Instance::operator()(pte::Raw word) const {
  pte_lab::Decoded<pte::Raw> said{};
  decode_(model_.get(), word, said.data());
  return said;
}

}  // namespace tessera::pte_rtl
