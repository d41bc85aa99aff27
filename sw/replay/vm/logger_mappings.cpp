#include <fmt/format.h>

#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/vm/logger_process.hpp"
#include "sw/replay/vm/result_text.hpp"

/// The operations that make, change and remove mappings.
namespace tessera::replay {

namespace {

// A bit of prot that no kernel knows.
constexpr unsigned kUnknownProtection = 0x100;
constexpr unsigned kUnknownMremapFlag = 0x40;

unsigned protection_of(const Words& words) {
  return bits_of(words.text("prot"), {{'r', vm::kProtRead},
                                      {'w', vm::kProtWrite},
                                      {'x', vm::kProtExec},
                                      {'?', kUnknownProtection},
                                      {'0', vm::kProtNone}});
}

unsigned type_of(const Words& words) {
  if (is_bad(words, "notype")) return 0;
  if (is_bad(words, "type3")) return vm::kMapShared | vm::kMapPrivate;
  const std::string_view type = words.text("type");
  if (type == "sh") return vm::kMapShared;
  if (type == "pr") return vm::kMapPrivate;
  throw UnusableLine(fmt::format("type '{}' is neither sh nor pr", type));
}

unsigned placing_of(const Words& words) {
  const std::string_view fix = words.text("fix");
  if (fix == "fixed") return vm::kMapFixed;
  if (fix == "noreplace") return vm::kMapFixedNoreplace;
  if (fix == "hint") return 0;
  throw UnusableLine(fmt::format("fix '{}' is none of fixed, noreplace, hint", fix));
}

unsigned mmap_flags(const Words& words) {
  return type_of(words) | placing_of(words) | (words.has("pop") ? vm::kMapPopulate : 0U) |
         (words.has("lock") ? vm::kMapLocked : 0U) | (words.has("nores") ? vm::kMapNoreserve : 0U);
}

}  // namespace

void LoggerProcess::choose_file(const Words& words, vm::MmapRequest& request) {
  const std::string_view file = words.text("file");
  if (file != "A" && file != "B" && file != "R" && file != "-") {
    throw UnusableLine(fmt::format("file '{}' is none of A, B, R, -", file));
  }
  request.description = static_cast<unsigned char>(file.front());
  if (file == "-") request.flags |= vm::kMapAnonymous;
  if (file == "R") request.mode = vm::OpenMode::ReadOnly;
  if (!is_bad(words, "fd")) request.file = file == "B" ? &file_b_ : &file_a_;
}

std::string LoggerProcess::mmap(const Words& words) {
  const ByteRange range = byte_range(words);
  vm::MmapRequest request;
  request.address = range.address();
  request.length_bytes = range.length;
  request.protection = protection_of(words);
  request.flags = mmap_flags(words);
  request.page_offset = words.number("off");
  if (is_bad(words, "off+0x200")) request.offset_remainder = 0x200;
  choose_file(words, request);
  const vm::MmapResult result = space_.mmap(request);
  return result.ok() ? place(result.address, range.length) : result_text(result.error);
}

std::string LoggerProcess::munmap(const Words& words) {
  const ByteRange range = byte_range(words);
  return result_text(space_.munmap(range.address(), range.length));
}

std::string LoggerProcess::mprotect(const Words& words) {
  const ByteRange range = byte_range(words);
  return result_text(space_.mprotect(range.address(), range.length, protection_of(words)));
}

std::string LoggerProcess::mremap(const Words& words) {
  const ByteRange range = byte_range(words);
  vm::MremapRequest request;
  request.old_address = range.address();
  request.old_length = range.length;
  request.new_length = window_bytes(words.number("nn"));
  request.flags = bits_of(words.value_or_empty("fl"), {{'M', vm::kMremapMaymove},
                                                       {'F', vm::kMremapFixed},
                                                       {'D', vm::kMremapDontunmap},
                                                       {'?', kUnknownMremapFlag}});
  if (words.text("q") != "-1") request.new_address = window_address(words.number("q"));
  if (is_bad(words, "newlen0")) request.new_length = 0;
  if (is_bad(words, "lens-1-2")) request.new_length -= 2;
  if (is_bad(words, "naddr+8")) request.new_address += Bytes(8);
  const vm::MmapResult result = space_.mremap(request);
  return result.ok() ? place(result.address, request.new_length) : result_text(result.error);
}

std::string LoggerProcess::remap_file_pages(const Words& words) {
  constexpr std::string_view kFromTheTop = "MAX-";
  const ByteRange range = byte_range(words);
  const std::string_view pgoff = words.text("pgoff");
  const bool wraps = pgoff.substr(0, kFromTheTop.size()) == kFromTheTop;
  const std::uint64_t offset = wraps ? ~decimal(pgoff.substr(kFromTheTop.size())) : decimal(pgoff);
  const unsigned flags = (words.number("nb") != 0 ? vm::kMapNonblock : 0U) |
                         (words.has("flag_shared") ? vm::kMapShared : 0U);
  const unsigned protection = is_bad(words, "prot_r") ? vm::kProtRead : vm::kProtNone;
  return result_text(
      space_.remap_file_pages(range.address(), range.length, protection, offset, flags));
}

}  // namespace tessera::replay
