#include "sw/replay/vm/vma_list.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sw/replay/vm/logger_arguments.hpp"

namespace tessera::replay {

namespace {

std::string rights(const vm::Vma& vma) {
  return {vma.protection.read ? 'r' : '-', vma.protection.write ? 'w' : '-',
          vma.protection.exec ? 'x' : '-'};
}

// Any file but A and B is shared anonymous memory; private anonymous memory has none.
std::string_view object_letter(const vm::Vma& vma) {
  if (vma.file == nullptr) return "-";
  const std::string_view name = vma.file->name();
  return name == "A" || name == "B" ? name : "Z";
}

std::string offset(const vm::Vma& vma, bool saturates) {
  constexpr std::uint64_t kLargest = 0xffff'ffffU >> kPageShift;
  if (vma.file == nullptr) return "-";
  const std::uint64_t pages = vma.offset.value();
  return std::to_string(saturates ? std::min(pages, kLargest) : pages);
}

std::string flags(const vm::Vma& vma) {
  std::string letters;
  if (vma.shared) letters += 'S';
  if (vma.locked) letters += 'l';
  if (vma.nonlinear) letters += 'n';
  if (vma.random_read) letters += 'r';
  return letters;
}

std::string show(const vm::AddressSpace& space, const vm::Vma& vma, bool saturates_offsets) {
  const VirtualPage window = page_of(kWindowBase);
  const vm::Residency pages = space.residency(vma);
  return fmt::format("{}-{}:{}:{}:{}:{}:{}/{}:{}", vma.start.value() - window.value(),
                     vma.end.value() - window.value(), rights(vma), vma.may_share ? 's' : 'p',
                     object_letter(vma), offset(vma, saturates_offsets), pages.rss, pages.anon,
                     flags(vma));
}

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> vmas;
  while (!list.empty()) {
    const std::string_view vma = list.substr(0, list.find(' '));
    vmas.push_back(vma);
    list.remove_prefix(std::min(vma.size() + 1, list.size()));
  }
  return vmas;
}

}  // namespace

std::string show_vmas(const vm::AddressSpace& space, bool saturates_offsets) {
  const VirtualPage end = page_of(kWindowBase) + PageCount(kWindowPages);
  std::string list;
  for (auto vma = space.vmas().find(page_of(kWindowBase));
       vma != space.vmas().end() && vma->second.start < end; ++vma) {
    if (!list.empty()) list += ' ';
    list += show(space, vma->second, saturates_offsets);
  }
  return list;
}

VmaDifference difference(const std::string& expected, const std::string& actual) {
  std::vector<std::string_view> left = split(expected);
  std::vector<std::string_view> right = split(actual);
  const auto apart = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  left.erase(left.begin(), apart.first);
  right.erase(right.begin(), apart.second);
  while (!left.empty() && !right.empty() && left.back() == right.back()) {
    left.pop_back();
    right.pop_back();
  }
  return {fmt::format("{{{}}}", fmt::join(left, " ")),
          fmt::format("{{{}}}", fmt::join(right, " "))};
}

}  // namespace tessera::replay
