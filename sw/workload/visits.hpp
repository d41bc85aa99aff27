#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/types/archive.hpp"
#include "sw/workload/description.hpp"
#include "sw/workload/element_window.hpp"
#include "sw/workload/random.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::workload {

/// What all workloads are told that visit elements of a file in some order.
struct VisitParameters {
  PageCount window_pages{4096};
  PageCount element_pages{4};
  PageCount file_pages{32768};
  std::uint64_t visits = 50000;
  std::uint64_t touches = 4;         ///< of each visit, pages in turn
  std::uint64_t write_percent = 20;  ///< of the visits
  std::uint64_t seed = 1;
  FileKind file = FileKind::Data;
  bool remapped = true;

  std::uint64_t elements() const { return file_pages.value() / element_pages.value(); }
};

/// These as parameters of a workload, with those that it has by itself before them.
std::vector<Parameter> with_visit_parameters(std::vector<Parameter> own);

/// The values of these. Throws UserError when they do not fit each other.
VisitParameters visit_parameters_of(const Values& values);

/// "NAME: 50,000 visits of 8,192 elements of 16 KiB", and `more` behind it.
std::string visits_title(const std::string& name, const VisitParameters& parameters,
                         const std::string& more = "");

/// One visit: the element is looked up and shown, and its pages are read or written in turn.
class Visitor {
 public:
  explicit Visitor(const VisitParameters& parameters);

  /// Replaces `iteration` by a visit of `element`.
  void visit(Iteration& iteration, std::uint64_t element, Random& random);

  const VisitParameters& parameters() const { return parameters_; }

  /// What visit() changes (decision 13).
  void state(Archive& archive) { archive(window_); }

 private:
  VisitParameters parameters_;
  ElementWindow window_;
};

/// Visits in the order of a Pattern: `std::uint64_t next(Random&)` is the next element,
/// 0 .. elements-1, and `void state(Archive&)` names what that changes.
template <class Pattern>
class Visits final : public Workload {
 public:
  Visits(const VisitParameters& parameters, Pattern pattern)
      : visitor_(parameters), pattern_(std::move(pattern)), random_(parameters.seed) {}

  bool next(Iteration& iteration) override {
    if (done_ == iterations()) return false;
    ++done_;
    visitor_.visit(iteration, pattern_.next(random_), random_);
    return true;
  }
  std::uint64_t iterations() const override { return visitor_.parameters().visits; }
  PageCount window_pages() const override { return visitor_.parameters().window_pages; }
  PageCount file_pages() const override { return visitor_.parameters().file_pages; }
  PageCount element_pages() const override { return visitor_.parameters().element_pages; }
  FileKind file_kind() const override { return visitor_.parameters().file; }
  void state(Archive& archive) override {
    archive.part("visits");
    archive(visitor_, pattern_, random_, done_);
    archive.require(done_ <= iterations(), "there are more visits than asked for");
  }

 private:
  Visitor visitor_;
  Pattern pattern_;
  Random random_;
  std::uint64_t done_ = 0;
};

/// Every element as likely as any other.
struct UniformPattern {
  explicit UniformPattern(const VisitParameters& parameters)
      : elements(static_cast<std::uint32_t>(parameters.elements())) {}

  std::uint64_t next(Random& random) const { return random.below(elements); }
  void state(Archive& /*archive*/) const {}

  std::uint32_t elements;
};

/// The plan of visits in the order of `pattern`, which every run begins anew.
template <class Pattern>
Plan plan_visits(std::string title, const VisitParameters& parameters, const Pattern& pattern) {
  return {std::move(title), [parameters, pattern](bool remapped) {
            VisitParameters mine = parameters;
            mine.remapped = remapped;
            return std::make_unique<Visits<Pattern>>(mine, pattern);
          }};
}

}  // namespace tessera::workload
