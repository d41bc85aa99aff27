#include <fmt/core.h>

#include "sw/workload/visits.hpp"
#include "sw/workload/zipf_sampler.hpp"

namespace tessera::workload {
namespace {

/// Points by Zipf's law, and now and then a run of neighbours from a uniform start.
class ScanPattern {
 public:
  ScanPattern(std::uint64_t elements, std::uint64_t percent, std::uint64_t length, double skew)
      : elements_(elements), percent_(percent), length_(length), points_(elements, skew) {}

  std::uint64_t next(Random& random) {
    if (left_ == 0 && scan_begins(random)) {
      left_ = length_;
      at_ = random.below(static_cast<std::uint32_t>(elements_));
    }
    if (left_ == 0) return points_.next(random) - 1;
    --left_;
    const std::uint64_t element = at_;
    at_ = (at_ + 1) % elements_;
    return element;
  }
  void state(Archive& archive) {
    archive(at_, left_);
    archive.require(at_ < elements_ && left_ <= length_, "a scan is not where one can be");
  }

 private:
  // With scans beginning in one of `chances` visits outside of scans, a share f of all visits is
  // in scans of L if 1 / chances = f / (f + L (1 - f)).
  bool scan_begins(Random& random) const {
    const std::uint64_t chances = percent_ + length_ * (100 - percent_);
    return random.below(static_cast<std::uint32_t>(chances)) < percent_;
  }

  std::uint64_t elements_;
  std::uint64_t percent_;
  std::uint64_t length_;
  ZipfSampler points_;
  std::uint64_t at_ = 0;
  std::uint64_t left_ = 0;
};

Plan plan_scan(const Values& values) {
  const VisitParameters p = visit_parameters_of(values);
  const std::uint64_t percent = values.number("scan_percent");
  const std::uint64_t length = values.number("scan_elements");
  return plan_visits(visits_title("scan", p, fmt::format(", {} % in scans of {}", percent, length)),
                     p, ScanPattern(p.elements(), percent, length, values.real("skew")));
}

}  // namespace

Description describe_scan() {
  return {"scan",
          "Point lookups by Zipf's law, disturbed by sequential scans that use each element once "
          "and push\nthe popular ones out of the window: reports that run beside transactions. "
          "Scans wrap at the\nfile's end.",
          with_visit_parameters(
              {{"scan_percent", "share of the visits that belong to scans, in percent",
                std::uint64_t{50}, 0, 100},
               {"scan_elements", "elements of a scan", std::uint64_t{256}, 1, 1U << 20},
               {"skew", "the exponent s of Zipf's law, for the points", 0.99, 0, 10}}),
          "--scan-percent 20 --scan-elements 2000 --visits 20000", plan_scan};
}

}  // namespace tessera::workload
