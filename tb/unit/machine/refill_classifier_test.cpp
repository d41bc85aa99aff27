#include "sw/machine/accounting/refill_classifier.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sw/vm/counters.hpp"

namespace tessera::machine {
namespace {

constexpr Pid kOwn{1};
constexpr Pid kOther{2};

mmu::Parameters tlb0_of(unsigned sets, unsigned ways, const std::string& replacement) {
  mmu::Parameters p;
  p.tlb0_sets = sets;
  p.tlb0_ways = ways;
  if (replacement == "lru") p.tlb0_repl = mmu::Tlb0Replacement::Lru;
  if (replacement == "nv_per_set") p.nv_scope = mmu::NvScope::PerSet;
  return p;
}

vm::FlushCause cause_of(const std::string& name) {
  for (std::size_t i = 0; i < vm::kFlushCauses; ++i) {
    if (vm::name(static_cast<vm::FlushCause>(i)) == name) return static_cast<vm::FlushCause>(i);
  }
  throw std::runtime_error("no cause " + name);
}

std::string text_of(const RefillKind& kind) {
  if (kind.refill_class != RefillClass::Flush) return name_of(kind.refill_class);
  return std::string("flush ") + name_of(kind.flush.reach) + " " + vm::name(kind.flush.cause) +
         " " + std::to_string(kind.flush.sequence);
}

/// Plays a golden file, line by line.
class TracePlayer {
 public:
  /// What the line would say after its page, or the flush after its cause.
  std::string play(std::istream& line, const std::string& verb) {
    if (verb == "flush") return flush(line);
    std::uint32_t number = 0;
    line >> number;
    const VirtualPage page(number);
    if (is_there(number)) {
      classifier_.looked_up(kOwn, page);
      return "hit";
    }
    if (verb == "walk") return walk(page);
    classifier_.missed(page);
    if (verb == "fault") return "";
    std::string text = text_of(classifier_.refilled(kOwn, page));
    classifier_.looked_up(kOwn, page);
    return text;
  }

  explicit TracePlayer(const mmu::Parameters& parameters) : classifier_(parameters) {}

  /// "0 - 3 4": what is in TLB0.
  std::string entries() const {
    std::string text;
    for (const PageHistory* page : classifier_.mirror().entries()) {
      text += (text.empty() ? "" : " ") + (page ? std::to_string(page->page) : "-");
    }
    return text;
  }

 private:
  bool is_there(std::uint32_t number) const {
    const auto& all = classifier_.mirror().entries();
    return std::any_of(all.begin(), all.end(),
                       [number](const PageHistory* page) { return page && page->page == number; });
  }

  std::string walk(VirtualPage page) {
    std::string text = text_of(classifier_.refilled_by_walk(kOwn, page));
    classifier_.looked_up(kOwn, page);
    return text;
  }

  std::string flush(std::istream& line) {
    std::string reach;
    std::uint32_t page = 0;
    line >> reach;
    if (reach == "va") line >> page;
    std::string cause;
    line >> cause;
    const vm::FlushCause why = cause_of(cause);
    RefillClassifier::Flushed flushed;
    if (reach == "va") flushed = classifier_.flush_page(kOwn, VirtualPage(page), why);
    if (reach == "pid") flushed = classifier_.flush_pid(kOwn, why);
    if (reach == "other") flushed = classifier_.flush_pid(kOther, why);
    if (reach == "all") flushed = classifier_.flush_all(why);
    return std::to_string(flushed.pages);
  }

  RefillClassifier classifier_;
};

std::string words(std::istream& from, const std::string& stop) {
  std::string text;
  std::string word;
  while (from >> word && word != stop) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// Plays one file; how many lines it checked.
int play_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::unique_ptr<TracePlayer> player;
  int checked = 0;
  std::string text;
  while (std::getline(file, text)) {
    std::istringstream line(text);
    std::string verb;
    line >> verb;
    if (verb.empty() || verb[0] == '#') continue;
    if (verb == "tlb0") {
      unsigned sets = 0;
      unsigned ways = 0;
      std::string replacement;
      line >> sets >> ways >> replacement;
      player = std::make_unique<TracePlayer>(tlb0_of(sets, ways, replacement));
      continue;
    }
    const std::string found = player->play(line, verb);
    EXPECT_EQ(words(line, "#"), found) << path << ": " << text;
    EXPECT_EQ(words(line, "shadow"), player->entries()) << path << ": " << text;
    ++checked;
  }
  return checked;
}

TEST(RefillClassifier, ClassesRefillsAsWorkedOutByHand) {
  int files = 0;
  int lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TESSERA_GOLDEN_REFILLS)) {
    if (entry.path().extension() != ".refills") continue;
    lines += play_file(entry.path());
    ++files;
  }
  EXPECT_EQ(files, 3);
  EXPECT_GE(lines, 55);
}

/// The definitions of docs/accounting.md once more, with lists that are searched and nothing
/// cleverer: pages of one PID, true LRU.
class Definitions {
 public:
  Definitions(unsigned sets, unsigned ways) : sets_(sets), ways_(ways), tlb0_(sets) {}

  bool hit(std::uint32_t page) {
    auto& set = tlb0_[page % sets_];
    const auto at = std::find(set.begin(), set.end(), page);
    if (at == set.end()) return false;
    set.erase(at);
    set.push_front(page);
    use_shadow(page);
    return true;
  }

  std::string refill(std::uint32_t page) {
    const auto last = left_by_.find(page);
    std::string text = "compulsory";
    if (last != left_by_.end()) text = last->second;
    if (text == "evicted") text = shadow_evicted_[page] ? "capacity" : "conflict";
    auto& set = tlb0_[page % sets_];
    set.push_front(page);
    if (set.size() > ways_) {
      left_by_[set.back()] = "evicted";
      set.pop_back();
    }
    use_shadow(page);
    return text;
  }

  void flush(std::uint32_t page, const std::string& text) {
    auto& set = tlb0_[page % sets_];
    const auto at = std::find(set.begin(), set.end(), page);
    if (at != set.end()) {
      set.erase(at);
      left_by_[page] = text;
    }
    const auto in_shadow = std::find(shadow_.begin(), shadow_.end(), page);
    if (in_shadow != shadow_.end()) shadow_.erase(in_shadow);
  }

 private:
  void use_shadow(std::uint32_t page) {
    const auto at = std::find(shadow_.begin(), shadow_.end(), page);
    if (at != shadow_.end()) shadow_.erase(at);
    shadow_.push_front(page);
    shadow_evicted_[page] = false;
    if (shadow_.size() > std::size_t{sets_} * ways_) {
      shadow_evicted_[shadow_.back()] = true;
      shadow_.pop_back();
    }
  }

  unsigned sets_;
  unsigned ways_;
  std::vector<std::deque<std::uint32_t>> tlb0_;
  std::deque<std::uint32_t> shadow_;
  std::map<std::uint32_t, std::string> left_by_;
  std::map<std::uint32_t, bool> shadow_evicted_;
};

/// Random touches and flushes of one shape, on both; how many refills of each class there were.
std::map<std::string, int> compare(unsigned sets, unsigned ways, unsigned seed) {
  constexpr int kSteps = 20000;
  const std::uint32_t pages = sets * ways * 2;
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random() % limit);
  };
  RefillClassifier classifier(tlb0_of(sets, ways, "lru"));
  Definitions definitions(sets, ways);
  std::map<std::string, int> seen;
  std::uint64_t flushes = 0;
  for (int step = 0; step < kSteps; ++step) {
    const std::uint32_t page = below(pages);
    const std::uint32_t what = below(40);
    if (what == 0) {
      const std::string text = "flush pid unmap " + std::to_string(++flushes);
      for (std::uint32_t one = 0; one < pages; ++one) definitions.flush(one, text);
      classifier.flush_pid(kOwn, vm::FlushCause::Unmap);
    } else if (what < 4) {
      definitions.flush(page, "flush va dirty " + std::to_string(++flushes));
      classifier.flush_page(kOwn, VirtualPage(page), vm::FlushCause::Dirty);
    } else if (definitions.hit(page)) {
      classifier.looked_up(kOwn, VirtualPage(page));
    } else {
      classifier.missed(VirtualPage(page));
      const RefillKind kind = classifier.refilled(kOwn, VirtualPage(page));
      const std::string wanted = definitions.refill(page);
      EXPECT_EQ(text_of(kind), wanted) << "seed " << seed << ", step " << step;
      classifier.looked_up(kOwn, VirtualPage(page));
      definitions.hit(page);
      ++seen[name_of(kind.refill_class)];
    }
  }
  return seen;
}

TEST(RefillClassifier, AgreesWithTheDefinitionsOnRandomTouches) {
  const unsigned first = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(first));
  int shapes = 0;
  for (const auto& [sets, ways] : {std::pair{1U, 4U}, {4U, 1U}, {8U, 2U}, {3U, 5U}, {16U, 4U}}) {
    const auto seen = compare(sets, ways, first + static_cast<unsigned>(shapes));
    for (const char* name : {"capacity", "flush"}) EXPECT_GE(seen.at(name), 100) << name;
    EXPECT_EQ(seen.at("compulsory"), static_cast<int>(sets * ways * 2));
    if (sets > 1) {
      EXPECT_GE(seen.at("conflict"), 100);
    }
    ++shapes;
  }
  EXPECT_EQ(shapes, 5);
}

TEST(RefillKind, HasAGroupAndANameForEach) {
  std::map<std::string, int> names;
  for (RefillGroup group = 0; group < kRefillGroups; ++group) ++names[name_of(group)];
  EXPECT_EQ(names.size(), kRefillGroups);
  const RefillKind kind{RefillClass::Flush, {FlushReach::Pid, vm::FlushCause::ContextSteal, 7}};
  EXPECT_EQ(name_of(group_of(kind)), "pid_context_steal");
  EXPECT_EQ(class_of(group_of(kind)), RefillClass::Flush);
  EXPECT_EQ(name_of(group_of({RefillClass::Tlb1, {}})), "tlb1");
}

TEST(RefillAccount, SumsWhatWasAddedBetweenTwoMoments) {
  RefillAccount account;
  account.add({RefillClass::Capacity, {}}, Cycles(90));
  const RefillAccount start = account;
  account.add({RefillClass::Capacity, {}}, Cycles(100));
  account.add({RefillClass::Flush, {FlushReach::Va, vm::FlushCause::Remap, 1}}, Cycles(30));
  account.failed += Cycles(7);
  const RefillAccount result = between(start, account);
  EXPECT_EQ(result.all_refills(), 2U);
  EXPECT_EQ(result.refills_of(RefillClass::Flush), 1U);
  EXPECT_EQ(result.refills_of(RefillClass::Capacity), 1U);
  EXPECT_EQ(result.all_cycles(), Cycles(130));
  EXPECT_EQ(result.failed, Cycles(7));
}

}  // namespace
}  // namespace tessera::machine
