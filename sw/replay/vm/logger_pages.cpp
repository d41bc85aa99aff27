#include <fmt/format.h>

#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/vm/logger_process.hpp"
#include "sw/replay/vm/result_text.hpp"

/// The operations that look at, touch, keep or drop pages of mappings.
namespace tessera::replay {

namespace {

constexpr Bytes kWord{4};

// The letter of the file in the upper byte, the page's index below.
std::string first_word_text(std::uint32_t word) {
  constexpr unsigned kLetterShift = 24;
  constexpr std::uint32_t kIndex = 0x00ff'ffff;
  if (word == 0) return "0";
  const std::uint32_t tag = word >> kLetterShift;
  const char letter = tag == 0xA ? 'A' : tag == 0xB ? 'B' : '?';
  return fmt::format("{}{}", letter, word & kIndex);
}

vm::Advice advice_of(const Words& words) {
  const std::string_view advice = words.text("adv");
  if (advice == "dontneed") return vm::Advice::DontNeed;
  if (advice == "random") return vm::Advice::Random;
  if (advice == "normal") return vm::Advice::Normal;
  throw UnusableLine(fmt::format("adv '{}' is none of dontneed, random, normal", advice));
}

}  // namespace

std::string LoggerProcess::read(const Words& words) {
  const EffectiveAddress address = window_address(words.number("p"));
  const vm::UserAccess first = user_.load(address);
  if (first.result != vm::FaultResult::Resolved) return result_text(first.result);
  const vm::UserAccess second = user_.load(address + kWord);
  if (second.result != vm::FaultResult::Resolved) return result_text(second.result);
  return fmt::format("{},{}", first_word_text(first.word), second.word);
}

std::string LoggerProcess::write(const Words& words) {
  const EffectiveAddress address = window_address(words.number("p"));
  const auto value = static_cast<std::uint32_t>(words.number("v"));
  return result_text(user_.store(address + kWord, value).result);
}

std::string LoggerProcess::madvise(const Words& words) {
  const ByteRange range = byte_range(words);
  return result_text(space_.madvise(range.address(), range.length, advice_of(words)));
}

std::string LoggerProcess::mlock(const Words& words) {
  const ByteRange range = byte_range(words);
  return result_text(space_.mlock(range.address(), range.length));
}

std::string LoggerProcess::munlock(const Words& words) {
  const ByteRange range = byte_range(words);
  return result_text(space_.munlock(range.address(), range.length));
}

std::string LoggerProcess::msync(const Words& words) {
  const ByteRange range = byte_range(words);
  const unsigned flags = bits_of(
      words.text("fl"), {{'S', vm::kMsSync}, {'A', vm::kMsAsync}, {'I', vm::kMsInvalidate}});
  return result_text(space_.msync(range.address(), range.length, flags));
}

std::string LoggerProcess::mincore(const Words& words) {
  const ByteRange range = byte_range(words);
  const vm::MincoreResult result = space_.mincore(range.address(), range.length);
  if (result.error == vm::Errno::Ok) {
    for (const bool resident : result.resident) residency_ += resident ? '1' : '0';
  }
  return result_text(result.error);
}

std::string LoggerProcess::ftruncate(const Words& words) {
  if (words.text("file") != "B") throw UnusableLine("ftruncate: file= is always B");
  return result_text(file_b_.truncate(PageCount(words.number("n"))));
}

}  // namespace tessera::replay
