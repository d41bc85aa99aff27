#include "tb/unit/wave/wave_reader.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>

#include <gtkwave/fstapi.h>

namespace tessera::wave {
namespace {

/// Several paths can be one signal.
struct Declared {
  std::string path;
  unsigned width = 0;
};

class VcdParser {
 public:
  explicit VcdParser(std::istream& in) : in_(in) {}

  Contents parse() {
    for (std::string word; in_ >> word;) {
      if (word[0] == '$') {
        command(word);
      } else if (word[0] == '#') {
        tick(std::stoull(word.substr(1)));
      } else if (word[0] == 'b') {
        std::string code;
        in_ >> code;
        change(code, word.substr(1));
      } else {
        change(word.substr(1), word.substr(0, 1));
      }
    }
    if (!ticked_) throw std::runtime_error("a wave without time");
    for (const auto& [code, paths] : declared_) {
      for (const Declared& d : paths) contents_.signals[d.path] = {d.width, changes_[code]};
    }
    return std::move(contents_);
  }

 private:
  void command(const std::string& word) {
    if (word == "$dumpvars" || word == "$end" || word == "$dumpall") return;
    std::vector<std::string> words;
    for (std::string next; in_ >> next && next != "$end";) words.push_back(next);
    if (word == "$timescale") {
      for (const std::string& part : words) contents_.timescale += part;
    } else if (word == "$scope") {
      scopes_.push_back(words.at(1));
    } else if (word == "$upscope") {
      scopes_.pop_back();
    } else if (word == "$var") {
      declare(words);
    }
  }

  /// wire 32 ! name [31:0]
  void declare(const std::vector<std::string>& words) {
    std::string path;
    for (const std::string& scope : scopes_) path += scope + ".";
    declared_[words.at(2)].push_back(
        {path + words.at(3), static_cast<unsigned>(std::stoul(words.at(1)))});
  }

  void tick(std::uint64_t tick) {
    if (!ticked_) contents_.first_tick = tick;
    ticked_ = true;
    contents_.last_tick = tick;
  }

  void change(const std::string& code, const std::string& bits) {
    if (declared_.find(code) == declared_.end()) {
      throw std::runtime_error("a change of a signal that was not declared: " + code);
    }
    if (bits.size() > 64) return;
    changes_[code][contents_.last_tick] = std::stoull(bits, nullptr, 2);
  }

  std::istream& in_;
  Contents contents_;
  std::vector<std::string> scopes_;
  std::map<std::string, std::vector<Declared>> declared_;
  std::map<std::string, std::map<std::uint64_t, std::uint64_t>> changes_;
  bool ticked_ = false;
};

using FstReader = std::unique_ptr<void, decltype(&fstReaderClose)>;

FstReader open_fst(const std::filesystem::path& file) {
  FstReader reader(fstReaderOpen(file.c_str()), &fstReaderClose);
  if (!reader) throw std::runtime_error("no FST file");
  return reader;
}

}  // namespace

std::uint64_t Signal::at(std::uint64_t tick) const {
  const auto after = changes.upper_bound(tick);
  return after == changes.begin() ? 0 : std::prev(after)->second;
}

Contents read_vcd(const std::filesystem::path& file) {
  std::ifstream in(file);
  return VcdParser(in).parse();
}

Contents read_fst(const std::filesystem::path& file) {
  const FstReader reader = open_fst(file);
  std::filesystem::path vcd = file;
  vcd += ".vcd";
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> out(std::fopen(vcd.c_str(), "wb"),
                                                               &std::fclose);
  fstReaderProcessHier(reader.get(), out.get());
  fstReaderSetFacProcessMaskAll(reader.get());
  fstReaderIterBlocks(reader.get(), nullptr, nullptr, out.get());
  std::fflush(out.get());
  Contents contents = read_vcd(vcd);
  std::filesystem::remove(vcd);
  return contents;
}

Contents read_wave(const std::filesystem::path& file) {
  return file.extension() == ".fst" ? read_fst(file) : read_vcd(file);
}

std::uint64_t last_tick(const std::filesystem::path& file) {
  if (file.extension() == ".fst") return fstReaderGetEndTime(open_fst(file).get());
  std::ifstream in(file);
  in.seekg(-1000, std::ios::end);
  const std::string end{std::istreambuf_iterator<char>(in), {}};
  if (end.empty() || end.back() != '\n') throw std::runtime_error("a line cut off");
  return std::stoull(end.substr(end.rfind("\n#") + 2));
}

}  // namespace tessera::wave
