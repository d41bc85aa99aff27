#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "model/pte/layout_sections.hpp"
#include "model/pte/overlap.hpp"

namespace tessera::pte {

namespace {

/// Flags may share bits with each other (WRHV: USER is UR and UX), but not with numbers.
void check_present(const TableReader& reader, const PresentLayout& p, const KernelTests& tests) {
  const Raw flags = p.sets | p.fresh | p.protnone | p.user | p.write | p.no_write | p.exec |
                    p.no_exec | p.dirty | p.accessed | p.special;
  const Raw loose = flags & ~p.wimge.mask();
  const std::vector<std::pair<std::string, Raw>> parts{{"flags", loose},
                                                       {"rpn", p.rpn.mask()},
                                                       {"wimge", p.wimge.mask()},
                                                       {"page_size", p.page_size.mask()}};
  std::vector<Occupied> occupied;
  occupied.reserve(parts.size());
  for (const auto& [key, mask] : parts) {
    occupied.push_back({"present." + key, mask});
  }
  const Clash clash = find_clash(occupied);
  if (!clash.words.empty()) {
    reader.fail(parts[clash.later].first, clash.words + "; move one of them");
  }
  if ((p.sets & tests.present) == 0) {
    reader.fail("sets",
                "present.sets has no bit of tests.present, so no entry would be present; "
                "add one");
  }
  if (p.protnone != 0 && (p.protnone & tests.present) == 0) {
    reader.fail("protnone", "present.protnone has no bit of tests.present: add it to that test");
  }
}

/// The table's keys as they stand in the file; a TOML table has lost the order of its lines.
std::vector<std::string> keys_by_line(const toml::table& table) {
  std::vector<std::pair<unsigned, std::string>> lines;
  for (const auto& [key, node] : table) {
    lines.emplace_back(key.source().begin.line, key.str());
  }
  std::sort(lines.begin(), lines.end());
  std::vector<std::string> keys;
  keys.reserve(lines.size());
  for (const auto& [line, key] : lines) {
    keys.push_back(key);
  }
  return keys;
}

}  // namespace

Vocabulary read_bits(const TableReader& file, unsigned width) {
  Vocabulary vocabulary{width, {}};
  const toml::table* table = file.table("bits");
  if (table == nullptr) return vocabulary;
  const std::vector<std::string> keys = keys_by_line(*table);
  const TableReader reader(*table, "bits", file.path(), keys);
  std::vector<Occupied> parts;
  std::vector<NamedBits> bits;
  for (const std::string& key : keys) {
    bits.push_back({key, reader.mask(key, vocabulary)});
    parts.push_back({key, bits.back().mask});
    if (bits.back().mask == 0) reader.fail(key, fmt::format("{} has no bit; give it one", key));
    if (const std::string found = find_clash(parts).words; !found.empty()) {
      reader.fail(key, found + "; a bit has one name: give one of them another, or leave it out");
    }
  }
  std::sort(bits.begin(), bits.end(),
            [](const NamedBits& a, const NamedBits& b) { return a.mask < b.mask; });
  vocabulary.bits = std::move(bits);
  return vocabulary;
}

KernelTests read_tests(const TableReader& file, const Vocabulary& vocabulary) {
  const toml::table* table = file.table("tests");
  if (table == nullptr) {
    file.fail("tests",
              "there is no test for present; add [tests] and in it present = \"…\", "
              "the bits of which any one makes an entry present");
  }
  const TableReader reader(*table, "tests", file.path(),
                           {"present", "none_ignores", "file", "hardware"});
  KernelTests tests;
  tests.present = reader.mask("present", vocabulary);
  tests.none_ignores = reader.mask("none_ignores", vocabulary);
  tests.file = reader.mask("file", vocabulary);
  tests.hardware = reader.mask("hardware", vocabulary);
  if (tests.present == 0) {
    reader.fail("present",
                "there is no test for present; add present = \"…\", the bits of "
                "which any one makes an entry present");
  }
  return tests;
}

PresentLayout read_present(const TableReader& file, const Vocabulary& v, const KernelTests& tests) {
  const toml::table* table = file.table("present");
  if (table == nullptr) {
    file.fail("present", "there is no [present]; add it, with at least rpn and sets");
  }
  const TableReader reader(*table, "present", file.path(),
                           {"rpn", "wimge", "page_size", "page_size_4k", "sets", "fresh",
                            "protnone", "user", "write", "no_write", "exec", "no_exec", "dirty",
                            "accessed", "special", "kernel_read", "kernel_write", "kernel_exec"});
  PresentLayout p;
  p.rpn = reader.field("rpn", v);
  p.wimge = reader.field("wimge", v);
  p.page_size = reader.field("page_size", v);
  if (p.rpn.empty()) reader.fail("rpn", "present.rpn is missing; add rpn = \"31:12\", or the like");
  if (!p.wimge.empty() && p.wimge.bits() != 5) {
    reader.fail("wimge", "present.wimge must be 5 bits: E lowest, then G, M, I, W");
  }
  if (!p.page_size.empty()) {
    p.page_size_4k =
        reader.number("page_size_4k", 0, static_cast<unsigned>(ones(p.page_size.bits())));
  }
  p.sets = reader.mask("sets", v);
  p.fresh = reader.mask("fresh", v);
  p.protnone = reader.mask("protnone", v);
  p.user = reader.mask("user", v);
  p.write = reader.mask("write", v);
  p.no_write = reader.mask("no_write", v);
  p.exec = reader.mask("exec", v);
  p.no_exec = reader.mask("no_exec", v);
  p.dirty = reader.mask("dirty", v);
  p.accessed = reader.mask("accessed", v);
  p.special = reader.mask("special", v);
  p.kernel_read = reader.mask("kernel_read", v);
  p.kernel_write = reader.has("kernel_write") ? reader.mask("kernel_write", v) : p.write;
  p.kernel_exec = reader.has("kernel_exec") ? reader.mask("kernel_exec", v) : p.exec;
  check_present(reader, p, tests);
  return p;
}

std::optional<FileLayout> read_file(const TableReader& file, const Vocabulary& v,
                                    const KernelTests& tests) {
  const toml::table* table = file.table("file");
  if (table == nullptr) return std::nullopt;
  const TableReader reader(
      *table, "file", file.path(),
      {"pgoff", "max_bits", "offset_bits", "arithmetic_bits", "decode_mask", "overlap"});
  if (tests.file == 0) file.fail("tests", "[file] needs tests.file, the bit that tells a file PTE");
  FileLayout f;
  f.pgoff = reader.field("pgoff", v);
  if (f.pgoff.empty()) reader.fail("pgoff", "file.pgoff is missing; add pgoff = \"31:3\"");
  f.offset_bits = reader.number("offset_bits", 1, 64);
  f.arithmetic_bits = reader.number("arithmetic_bits", 1, 64);
  f.max_bits = reader.number("max_bits", 1, 64);
  f.decode_mask = reader.has("decode_mask") ? reader.mask("decode_mask", v) : ones(v.width);
  const unsigned room = std::min(f.pgoff.bits(), f.offset_bits);
  if (f.max_bits > room) {
    reader.fail("max_bits", fmt::format("file.max_bits = {} is too large: there is room for {} "
                                        "bits of offset (pgoff has {}, offset_bits is {}); "
                                        "make it {} or less",
                                        f.max_bits, room, f.pgoff.bits(), f.offset_bits, room));
  }
  refuse_overlap(reader, "pgoff",
                 {{"tests.present", tests.present},
                  {"tests.file", tests.file & ~tests.present},
                  {"file.pgoff", f.pgoff.mask()}});
  return f;
}

std::optional<SwapLayout> read_swap(const TableReader& file, const Vocabulary& v,
                                    const KernelTests& tests) {
  const toml::table* table = file.table("swap");
  if (table == nullptr) return std::nullopt;
  const TableReader reader(*table, "swap", file.path(), {"type", "offset", "types", "overlap"});
  SwapLayout s;
  s.type = reader.field("type", v);
  s.offset = reader.field("offset", v);
  if (s.offset.empty()) reader.fail("offset", "swap.offset is missing; add offset = \"31:8\"");
  if (s.type.empty()) reader.fail("type", "swap.type is missing; add type = \"7:3\"");
  if (s.type.bits() > 16) reader.fail("type", "swap.type has more than 16 bits; Linux uses 5 or 6");
  const unsigned most = 1U << s.type.bits();
  s.types = reader.has("types") ? reader.number("types", 1, most) : most;
  refuse_overlap(reader, "offset",
                 {{"tests.present", tests.present},
                  {"tests.file", tests.file & ~tests.present},
                  {"swap.type", s.type.mask()},
                  {"swap.offset", s.offset.mask()}});
  return s;
}

}  // namespace tessera::pte
