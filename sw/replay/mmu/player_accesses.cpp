#include "sw/replay/mmu/identifying_ram.hpp"
#include "sw/replay/mmu/masks.hpp"
#include "sw/replay/mmu/player.hpp"

namespace tessera::replay {

using mmu::Access;
using mmu::AccessKind;
using mmu::Outcome;
using mmu::Spr;
using mmu::Translation;

namespace {

std::string_view result_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::Translated:
      return "ok";
    case Outcome::DataTlbError:
      return "DTLB";
    case Outcome::InstructionTlbError:
      return "ITLB";
    case Outcome::DataStorage:
      return "DSI";
    case Outcome::InstructionStorage:
      return "ISI";
    case Outcome::MachineCheck:
      return "MCHK";
  }
  return "?";
}

}  // namespace

bool Player::play_plain_access(const LogLine& line) {
  const bool external = line.operation == "epld" || line.operation == "epst";
  if (external) {
    write(line.operation == "epld" ? Spr::Eplc : Spr::Epsc, line.operands.number("ep"));
  }
  if (line.operation == "ld" || line.operation == "epld") {
    const Translation translation = access(line, AccessKind::Load, external);
    compare_outcome(line, translation);
    if (line.results.has("val") && is_identified(translation.ra.value())) {
      comparator_.compare("val", line.results.number("val"), word_at(translation.ra.value()));
    }
  } else if (line.operation == "st" || line.operation == "epst") {
    compare_store(line, access(line, AccessKind::Store, external));
  } else if (line.operation == "fetch") {
    const Translation translation = access(line, AccessKind::Fetch);
    const std::uint64_t pa = translation.ra.value();
    const bool ran = translation.outcome == Outcome::Translated;
    if (ran && !is_identified(pa)) return true;
    compare_outcome(line, translation);
    if (!line.results.has("pa")) return true;
    comparator_.compare("val", line.results.number("val"), frame_tag(pa));
    comparator_.compare("pa", line.results.number("pa"), pa);
  } else {
    return false;
  }
  return true;
}

void Player::play_cache_op(const LogLine& line) {
  const std::string_view op = line.operands.text("k");
  if (masks::never_translates(op)) {
    comparator_.omit(Omission::NoTranslation);
    comparator_.compare("res", line.results.text("res"), "ok");
    return;
  }
  if (op == "dcbz") {
    compare_store(line, access(line, AccessKind::Store));
    return;
  }
  const Translation read = access(line, AccessKind::Load);
  const bool translated = read.outcome == Outcome::Translated;
  if (translated && (op == "stwcx" || op == "dcbi")) {  // both need R first, then W
    compare_store(line, access(line, AccessKind::Store));
  } else if (translated && op == "ldcross") {
    play_crossing_load(line, read);
  } else {
    compare_outcome(line, read);
  }
  if (!translated || (op != "lwarx" && op != "lbz")) return;
  const std::uint64_t pa = read.ra.value();
  if (!is_identified(pa)) return;
  if (op == "lwarx") comparator_.compare("val", line.results.number("val"), word_at(pa));
  if (op == "lbz") comparator_.compare("val", line.results.number("val"), byte_at(pa));
}

/// lwz of the last two bytes of a page and the first two of the next one.
void Player::play_crossing_load(const LogLine& line, const Translation& first) {
  Access next;
  next.ea = EffectiveAddress(line.operands.number("ea")) + Bytes{2};
  next.as = line.operands.number("as") != 0;
  next.pr = line.operands.number("pr") != 0;
  const Translation second = engine_.access(next);
  compare_outcome(line, second);
  const std::uint64_t low = first.ra.value();
  const std::uint64_t high = second.ra.value();
  if (second.outcome != Outcome::Translated || !is_identified(low) || !is_identified(high)) return;
  const std::uint32_t value = (word_at(low) << 16) | (word_at(high) >> 16);
  comparator_.compare("val", line.results.number("val"), value);
}

Translation Player::access(const LogLine& line, AccessKind kind, bool external_pid) {
  Access access;
  access.ea = EffectiveAddress(line.operands.number("ea"));
  access.kind = kind;
  if (external_pid) {
    access.external_pid = true;  // MSR[DS] and MSR[PR] are 0: EPLC or EPSC says it all
  } else {
    access.as = line.operands.number("as") != 0;
    access.pr = line.operands.number("pr") != 0;
  }
  return engine_.access(access);
}

void Player::compare_outcome(const LogLine& line, const Translation& translation) {
  const std::string_view result = line.results.text("res");
  comparator_.compare("res", result, result_name(translation.outcome));
  if (translation.outcome != Outcome::Translated && line.results.has("esr")) {
    compare_fault(line, result, translation);
  }
}

void Player::compare_fault(const LogLine& line, std::string_view result,
                           const Translation& translation) {
  comparator_.compare("esr", line.results.number("esr"), translation.esr);
  if (!masks::dear_counts(result)) return;
  const bool cache_op = line.operation == "cop";
  std::vector<OmittedBits> omitted;
  if (cache_op && masks::dear_is_a_line(line.operands.text("k"))) {
    omitted.push_back({masks::kOffsetInLine, Omission::DearInLine});
  }
  comparator_.compare("dear", line.results.number("dear"), translation.fault_ea.value(), omitted);
}

void Player::compare_store(const LogLine& line, const Translation& translation) {
  compare_outcome(line, translation);
  const std::uint64_t pa = translation.ra.value();
  if (!line.results.has("pa") || !is_identified(pa)) return;
  if (line.results.text("pa") == "none") {
    comparator_.compare("pa", "none", "in RAM");
  } else {
    comparator_.compare("pa", line.results.number("pa"), pa);
  }
}

bool Player::is_identified(std::uint64_t pa) {
  if (in_identifying_ram(pa)) return true;
  comparator_.omit(Omission::OutsideRam);
  return false;
}

}  // namespace tessera::replay
