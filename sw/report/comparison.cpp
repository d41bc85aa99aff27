#include "sw/report/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "sw/report/flush_price.hpp"
#include "sw/report/report.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::report {
namespace {

using machine::Method;
using machine::Part;
using machine::RunResult;

std::string name_of(const RunResult& result) {
  return std::string(machine::describe(result.method).name);
}

std::string millions(Cycles cycles) {
  return fmt::format("{:.1f}", static_cast<double>(cycles.value()) / 1e6);
}

/// A run that did the whole job: `none` maps nothing anew, an early end leaves work undone.
bool did_all(const RunResult& result) { return is_rival(result.method) && ending(result).empty(); }

/// And has accesses to share its cycles among.
bool competes(const RunResult& result) { return did_all(result) && result.counters.accesses != 0; }

std::vector<const RunResult*> ranking(const std::vector<RunResult>& results) {
  std::vector<const RunResult*> ranked;
  for (const RunResult& result : results) {
    if (competes(result)) {
      ranked.push_back(&result);
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const RunResult* a, const RunResult* b) {
    return cycles_per_access(*a) < cycles_per_access(*b);
  });
  return ranked;
}

std::string times_best(const RunResult& result, const std::vector<const RunResult*>& ranked) {
  if (!competes(result)) {
    return "-";
  }
  return fmt::format("{:.2f}", cycles_per_access(result) / cycles_per_access(*ranked.front()));
}

std::string per_access(const RunResult& result, double value) {
  return result.counters.accesses == 0 ? "-" : fmt::format("{:.1f}", value);
}

double part_per_access(const RunResult& result, Part part) {
  const std::uint64_t accesses = result.counters.accesses;
  return accesses == 0
             ? 0.0
             : static_cast<double>(result.of(part).value()) / static_cast<double>(accesses);
}

/// Where an access of `worse` takes more cycles than one of `better`, or less, the largest part
/// first.
std::string difference(const RunResult& better, const RunResult& worse) {
  constexpr double kWorthSaying = 0.5;
  std::vector<std::pair<double, Part>> parts;
  for (std::size_t i = 0; i < machine::kParts; ++i) {
    const Part part = static_cast<Part>(i);
    parts.emplace_back(part_per_access(worse, part) - part_per_access(better, part), part);
  }
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  for (const auto& [more, part] : parts) {
    if (std::abs(more) >= kWorthSaying) {
      text += fmt::format("{}{} {:+.1f}", text.empty() ? "" : ", ", words_for(part), more);
    }
  }
  return text;
}

std::string plural(std::uint64_t count, const char* one, const char* many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

/// What a method did to the address space and the TLBs, in one clause.
std::string deeds(const RunResult& result) {
  const machine::RunCounters& c = result.counters;
  std::string text = fmt::format("{}: {}", name_of(result), plural(c.vmas, "VMA", "VMAs"));
  const auto add = [&](std::uint64_t count, const char* one, const char* many) {
    if (count != 0) {
      text += ", " + plural(count, one, many);
    }
  };
  add(c.flush_pid, "flush of the whole PID", "flushes of the whole PID");
  add(c.flush_all, "flush of the whole TLB", "flushes of the whole TLB");
  add(c.flush_va, "flush of one page", "flushes of one page");
  add(c.tlb_refills, "TLB refill", "TLB refills");
  add(c.walks, "hardware walk", "hardware walks");
  add(c.page_fault_exceptions, "page-fault exception", "page-fault exceptions");
  return text;
}

std::vector<std::string> columns(bool walked) {
  std::vector<std::string> all{"method",          "VMAs",         "mapping\ncalls",
                               "faults\nmin+maj", "flushes\nVA",  "flushes\nPID",
                               "flushes\nall",    "TLB\nrefills", "user\nMcycles"};
  if (walked) all.insert(all.end(), {"hardware\nwalks", "walk\nMcycles"});
  all.insert(all.end(), {"kernel\nMcycles", "cycles/\naccess", "x best"});
  return all;
}

std::vector<std::string> cells_of(const RunResult& result, const std::string& rank, bool walked) {
  const machine::RunCounters& c = result.counters;
  std::vector<std::string> all{name_of(result),
                               grouped(c.vmas),
                               grouped(c.mapping_calls),
                               grouped(c.faults_minor + c.faults_major),
                               grouped(c.flush_va),
                               grouped(c.flush_pid),
                               grouped(c.flush_all),
                               grouped(c.tlb_refills),
                               millions(result.of(Part::User))};
  if (walked) all.insert(all.end(), {grouped(c.walks), millions(result.of(Part::Walk))});
  all.insert(all.end(),
             {millions(result.kernel()), per_access(result, cycles_per_access(result)), rank});
  return all;
}

/// The parts that took any cycle in any run.
std::vector<Part> parts_taken(const std::vector<RunResult>& results) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < machine::kParts; ++i) {
    const Part part = static_cast<Part>(i);
    if (std::any_of(results.begin(), results.end(),
                    [part](const RunResult& result) { return result.of(part) != Cycles(0); })) {
      parts.push_back(part);
    }
  }
  return parts;
}

std::string unfinished(const std::vector<RunResult>& results) {
  std::string text;
  for (const RunResult& result : results) {
    const std::string end = ending(result);
    if (!end.empty()) {
      text += fmt::format("{} ended with {} after {}.\n", name_of(result), end,
                          plural(result.counters.remaps_done, "remap", "remaps"));
    }
  }
  return text;
}

/// Who wins by how much, and why the last one does not.
std::string race(const std::vector<const RunResult*>& ranked) {
  const RunResult& best = *ranked.front();
  std::string text =
      fmt::format("{} wins with {:.1f} cycles an access", name_of(best), cycles_per_access(best));
  for (std::size_t i = 1; i < ranked.size(); ++i) {
    text += fmt::format("{} {} takes {:.2f}x", i == 1 ? ";" : ",", name_of(*ranked[i]),
                        cycles_per_access(*ranked[i]) / cycles_per_access(best));
  }
  text += ".\n";
  if (ranked.size() == 1) return text;
  const RunResult& worst = *ranked.back();
  const std::string parts = difference(best, worst);
  text += fmt::format("Why: {};\n     {}.\n", deeds(best), deeds(worst));
  text += fmt::format("An access by {} costs {:.1f} cycles more than by {}{}{}.\n", name_of(worst),
                      cycles_per_access(worst) - cycles_per_access(best), name_of(best),
                      parts.empty() ? "" : ": ", parts);
  return text + price_of_flushes(worst) + price_of_flushes(best);
}

/// Of runs that did everything and accessed nothing, what they took in all, the least first.
std::string totals_without_accesses(const std::vector<RunResult>& results) {
  std::vector<const RunResult*> idle;
  for (const RunResult& result : results) {
    if (did_all(result) && result.counters.accesses == 0) idle.push_back(&result);
  }
  if (idle.empty()) return {};
  std::stable_sort(idle.begin(), idle.end(),
                   [](const RunResult* a, const RunResult* b) { return a->total() < b->total(); });
  std::string text = "There were no accesses to share the cycles among; in all,";
  for (const RunResult* result : idle) {
    text += fmt::format("{} {} takes {}", result == idle.front() ? "" : ",", name_of(*result),
                        plural(result->total().value(), "cycle", "cycles"));
  }
  return text + ".\n";
}

}  // namespace

const char* words_for(Part part) {
  switch (part) {
    case Part::User:
      return "the program itself";
    case Part::Walk:
      return "hardware walks";
    case Part::TlbMiss:
      return "TLB-miss handling";
    case Part::PageFault:
      return "page faults";
    case Part::MappingCall:
      return "mapping calls";
    case Part::Flush:
      return "TLB flushes";
  }
  return "";
}

bool is_rival(Method method) { return method != Method::None; }

TextTable comparison(const std::vector<RunResult>& results) {
  const bool walked = std::any_of(results.begin(), results.end(), [](const RunResult& result) {
    return result.counters.walks != 0;
  });
  TextTable table(columns(walked));
  const auto ranked = ranking(results);
  for (const RunResult& result : results) {
    table.add_row(cells_of(result, times_best(result, ranked), walked));
  }
  return table;
}

std::string comparison_table(const std::vector<RunResult>& results) {
  return comparison(results).text();
}

TextTable cycle_table(const std::vector<RunResult>& results) {
  const std::vector<Part> parts = parts_taken(results);
  std::vector<std::string> headings{"cycles/\naccess"};
  for (const Part part : parts) {
    headings.emplace_back(words_for(part));
  }
  headings.emplace_back("sum");
  TextTable table(headings);
  for (const RunResult& result : results) {
    std::vector<std::string> cells{name_of(result)};
    for (const Part part : parts) {
      cells.push_back(per_access(result, part_per_access(result, part)));
    }
    cells.push_back(per_access(result, cycles_per_access(result)));
    table.add_row(cells);
  }
  return table;
}

std::vector<std::string> ranked_methods(const std::vector<RunResult>& results) {
  std::vector<std::string> names;
  for (const RunResult* result : ranking(results)) {
    names.push_back(name_of(*result));
  }
  return names;
}

std::string verdict(const std::vector<RunResult>& results) {
  const auto ranked = ranking(results);
  std::string text;
  if (ranked.size() > 1 &&
      cycles_per_access(*ranked.front()) == cycles_per_access(*ranked.back())) {
    text += fmt::format("All take the same, {:.1f} cycles an access.\n",
                        cycles_per_access(*ranked.front()));
  } else if (!ranked.empty()) {
    text += race(ranked);
  }
  text += totals_without_accesses(results);
  const bool baseline = std::any_of(results.begin(), results.end(), [](const RunResult& result) {
    return result.method == Method::None;
  });
  if (baseline) {
    text += "none maps nothing anew: it is the floor, not a rival.\n";
  }
  return text + unfinished(results);
}

}  // namespace tessera::report
