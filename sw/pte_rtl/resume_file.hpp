#pragma once

#include <cstdint>
#include <string>

namespace tessera::pte_rtl {

/// How far a run of one decoder on one sequence of words came, in a file.
class ResumeFile {
 public:
  /// `fingerprint` tells apart runs of which one cannot go on where the other stopped. An empty
  /// path is no file: nothing is read or written.
  ResumeFile(std::string path, std::uint64_t fingerprint);

  /// How many words are done, from the sequence's first; 0 if there is no such file. Throws
  /// UserError if it is of another run, or no such file at all.
  std::uint64_t words_done() const;

  /// Puts the number into the file.
  void save(std::uint64_t words) const;

  /// Takes the file away: the run is complete.
  void remove() const;

 private:
  std::string path_;
  std::uint64_t fingerprint_;
};

}  // namespace tessera::pte_rtl
