#include <algorithm>

#include <fmt/core.h>

#include "model/types/grouped.hpp"
#include "sw/workload/visits.hpp"

namespace tessera::workload {
namespace {

/// Uniform over a first part of the file that grows evenly from visit to visit.
class GrowingPattern {
 public:
  GrowingPattern(std::uint64_t first, std::uint64_t last, std::uint64_t visits)
      : first_(first), last_(last), steps_(std::max<std::uint64_t>(1, visits - 1)) {}

  std::uint64_t next(Random& random) {
    const double grown = static_cast<double>(done_++) / static_cast<double>(steps_);
    const auto more = static_cast<std::uint64_t>(static_cast<double>(last_ - first_) * grown);
    return random.below(static_cast<std::uint32_t>(first_ + more));
  }
  void state(Archive& archive) {
    archive(done_);
    archive.require(done_ <= steps_ + 1, "a working set is larger than the file");
  }

 private:
  std::uint64_t first_;
  std::uint64_t last_;
  std::uint64_t steps_;
  std::uint64_t done_ = 0;
};

Plan plan_growing(const Values& values) {
  const VisitParameters p = visit_parameters_of(values);
  const std::uint64_t first =
      std::clamp<std::uint64_t>(values.number("start_elements"), 1, p.elements());
  return plan_visits(
      visits_title("growing", p, fmt::format(", {} of them at first", grouped(first))), p,
      GrowingPattern(first, p.elements(), p.visits));
}

}  // namespace

Description describe_growing() {
  return {"growing",
          "A working set that grows, evenly over the run, from a few elements to the whole file; "
          "visits are\nuniform within it. It outgrows the TLB first and the window then: from "
          "there on every method\nshows what a miss costs it.",
          with_visit_parameters(
              {{"start_elements", "elements of the working set at first; no more than the file has",
                std::uint64_t{64}, 1, 1ULL << 31}}),
          "--start-elements 16 --visits 20000", plan_growing};
}

}  // namespace tessera::workload
