#include "sw/pte_rtl/difference.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sw/pte_lab/words.hpp"

namespace tessera::pte_rtl {

namespace {

using pte::Raw;
using pte_lab::at;
using pte_lab::Kind;
using pte_lab::Output;
using Said = pte_lab::Decoded<Raw>;

/// The first four outputs are the kinds, in the order of Kind.
constexpr std::array<Kind, 4> kKinds{Kind::Present, Kind::None, Kind::File, Kind::Swap};

bool says(const Said& said, Kind kind) { return said[static_cast<std::size_t>(kind)] != 0; }

/// "none", or "present and a swap entry", or "nothing at all".
std::string kinds_of(const Said& said) {
  std::string text;
  for (const Kind kind : kKinds) {
    if (says(said, kind)) text += (text.empty() ? "" : " and ") + name_of(kind);
  }
  return text.empty() ? "nothing at all" : text;
}

bool of_one_kind(const Said& said) {
  return std::count_if(kKinds.begin(), kKinds.end(), [&](Kind kind) { return says(said, kind); }) ==
         1;
}

/// Of an entry whose kind the decoder gets wrong.
std::string wrong_kind(const Difference& d) {
  if (!of_one_kind(d.got)) return "whoever asks such a decoder cannot tell what to do";
  if (says(d.got, Kind::Present)) {
    return fmt::format("frame {:#x} would be mapped for an entry that maps none",
                       at(d.got, Output::Rpn));
  }
  if (says(d.expected, Kind::Present)) {
    return fmt::format("frame {:#x} is mapped, but every access to it would fault again and again",
                       at(d.expected, Output::Rpn));
  }
  if (says(d.expected, Kind::None)) return "a page never seen before would be looked for";
  if (says(d.got, Kind::File)) {
    return fmt::format("page {} of the file would come where something was swapped out",
                       at(d.got, Output::Pgoff));
  }
  if (says(d.expected, Kind::Swap)) return "what was swapped out would be lost";
  return fmt::format("that page {} of the file belongs here would be forgotten",
                     at(d.expected, Output::Pgoff));
}

std::string wrong_rights(Raw expected, Raw got) {
  const Raw more = got & ~expected;
  const Raw bits = more != 0 ? more : expected & ~got;
  std::string names;
  for (unsigned bit = 0; bit < pte::kMas3Permissions; ++bit) {
    if ((bits >> bit & 1) == 0) continue;
    names +=
        (names.empty() ? "" : " ") + pte_lab::right_name(static_cast<pte::Mas3Permission>(bit));
  }
  return more != 0
             ? fmt::format("the TLB would grant {}, which the entry does not hold", names)
             : fmt::format("the TLB would withhold {}: an access that is allowed faults", names);
}

/// Of an entry whose kind is right.
std::string wrong_field(const Difference& d) {
  const auto differs = [&](Output o) { return at(d.expected, o) != at(d.got, o); };
  const auto instead = [&](const char* what, Output o) {
    return fmt::format("{0} {1} ({1:#x}) instead of {2} ({2:#x})", what, at(d.got, o),
                       at(d.expected, o));
  };
  if (differs(Output::Pgoff)) return instead("a touch would map the file's page", Output::Pgoff);
  if (differs(Output::SwapType)) return instead("a touch would read swap space", Output::SwapType);
  if (differs(Output::SwapOffset)) {
    return instead("a touch would read the swap space's page", Output::SwapOffset);
  }
  if (differs(Output::Rpn)) return instead("an access would reach frame", Output::Rpn);
  if (differs(Output::Wimge)) {
    return instead("caching, coherence or byte order would be wrong: WIMGE", Output::Wimge);
  }
  return wrong_rights(at(d.expected, Output::Rights), at(d.got, Output::Rights));
}

}  // namespace

std::vector<std::string> story_of(const pte::Layout& layout, const Difference& d) {
  std::vector<std::string> story{"word " + pte_lab::hex(layout, d.word)};
  for (std::size_t i = 0; i < pte_lab::kOutputs; ++i) {
    if (d.expected[i] == d.got[i]) continue;
    story.push_back(fmt::format("{} is {:#x}, expected {:#x}", pte_lab::decoder_ports()[i].name,
                                d.got[i], d.expected[i]));
  }
  story.push_back(fmt::format("the format takes it for {}; the decoder for {}",
                              pte_lab::taken_for(layout, d.word), kinds_of(d.got)));
  const bool same_kind =
      std::equal(d.got.begin(), d.got.begin() + kKinds.size(), d.expected.begin());
  story.push_back(same_kind ? wrong_field(d) : wrong_kind(d));
  return story;
}

}  // namespace tessera::pte_rtl
