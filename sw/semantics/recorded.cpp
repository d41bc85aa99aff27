#include "sw/semantics/recorded.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "sw/semantics/process.hpp"
#include "sw/semantics/recorded_texts.hpp"

namespace tessera::semantics {

namespace {

constexpr std::string_view kNameOnly = "(INFO)";
constexpr std::string_view kReturned = "ret=";

/// A line "<status> <file system> <name> <detail>".
struct Line {
  std::string_view status;
  std::string_view file_system;
  std::string_view name;
  std::string_view detail;
};

std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

Line split(std::string_view text) {
  Line line;
  line.status = take_word(text);
  line.file_system = take_word(text);
  // The program indents what continues the check before.
  const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t name_end = std::min(text.find(' ', indent), text.size());
  line.name = text.substr(0, name_end);
  line.detail = text.substr(std::min(name_end + 1, text.size()));
  return line;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// What an access showed, as a number: a signal is negative; where the program takes the first
// word of the file off, a signal has it taken off too.
std::string shown_number(std::int64_t number) {
  constexpr std::int64_t kBusError = -7;
  constexpr std::int64_t kSegmentationFault = -11;
  constexpr std::int64_t kFirst = kFirstWord;
  if (number == kBusError || number == kBusError - kFirst) return "SIGBUS";
  if (number == kSegmentationFault || number == kSegmentationFault - kFirst) return "SIGSEGV";
  return std::to_string(number >= kFirst ? number - kFirst : number);
}

// Of checks that look at a page the program prints "ret=" all the same.
bool is_access(std::string_view name) {
  return name.find("_touch") != std::string_view::npos || ends_with(name, "val") ||
         ends_with(name, "_effect");
}

std::string outcome_of_access(std::string_view detail) {
  detail.remove_prefix(std::min(kReturned.size(), detail.size()));
  std::int64_t number = 0;
  std::from_chars(detail.data(), detail.data() + detail.size(), number);
  return shown_number(number);
}

// Pages that the file system did not let the program write say nothing of remap_file_pages.
std::string without_unwritten(std::string_view list) {
  std::string kept(list.substr(0, list.find(" [")));
  for (std::size_t at = list.find(" ["); at != std::string_view::npos;) {
    const std::size_t next = list.find(" [", at + 1);
    const std::string_view item =
        list.substr(at, next == std::string_view::npos ? next : next - at);
    if (item.find(" pwrite ") == std::string_view::npos) kept += item;
    at = next;
  }
  return kept;
}

class Reader {
 public:
  void read(const Line& line) {
    if (line.status == "INFO") {
      read_note(line);
    } else if (line.status == "PASS" || line.status == "FAIL") {
      read_check(line);
    }
  }
  Recorded finish() { return std::move(recorded_); }

 private:
  void read_note(const Line& line) {
    if (line.name == "kernel") {
      recorded_.source = line.detail.substr(0, line.detail.rfind(' '));
    } else if (line.detail.substr(0, line.detail.find('=')) == "vmas") {
      recorded_.outcomes.emplace(fmt::format("{} vmas", line.name), line.detail);
    } else {
      recorded_.outcomes.emplace(fmt::format("{} rejected/wrong", line.name),
                                 without_unwritten(line.detail));
    }
  }

  void read_check(const Line& line) {
    std::string name(line.name);
    const bool has_value = ends_with(name, kNameOnly);
    if (has_value) name.resize(name.size() - kNameOnly.size());
    const std::size_t indent = name.find_first_not_of(' ');
    if (indent != 0) {
      name = fmt::format("{} {}", previous_, name.substr(indent));
    } else {
      previous_ = name;
    }
    recorded_.outcomes.emplace(name, outcome(name, has_value, line));
  }

  static std::string outcome(std::string_view name, bool has_value, const Line& line) {
    const std::string_view detail =
        line.detail.substr(std::min(line.detail.find_first_not_of(' '), line.detail.size()));
    if (!has_value) {
      return detail.empty() ? std::string(line.status) : fmt::format("{} {}", line.status, detail);
    }
    return is_access(name) ? outcome_of_access(detail) : std::string(detail);
  }

  Recorded recorded_;
  std::string previous_;
};

}  // namespace

std::string_view usual_format(const vm::Personality& kernel) {
  return kernel.word_bits == 64 ? "x86-64" : "fsl64";
}

Recorded parse_recorded(std::string_view text, std::string_view file_system) {
  Reader reader;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const Line parts = split(line);
    if (parts.file_system == file_system) reader.read(parts);
  }
  return reader.finish();
}

Recorded recorded_for(const Subject& subject) {
  for (const std::string_view format : {subject.format->name, usual_format(subject.kernel)}) {
    const std::string name = fmt::format("{}.{}", subject.kernel.name, format);
    for (const RecordedText& text : recorded_texts()) {
      if (text.name == name) return parse_recorded(text.text, subject.file_system->name);
    }
  }
  return {};
}

}  // namespace tessera::semantics
