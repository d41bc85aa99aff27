#include "sw/machine/accounting/refill_classifier.hpp"

namespace tessera::machine {

using InShadow = PageHistory::InShadow;
using InTlb0 = PageHistory::InTlb0;

RefillKind RefillClassifier::kind_of(const PageHistory& page) {
  RefillKind kind;
  if (page.in_tlb0 == InTlb0::Flushed) {
    kind.refill_class = RefillClass::Flush;
    kind.flush = {page.flush_reach, page.flush_cause, page.flush_sequence};
  } else if (page.in_tlb0 != InTlb0::Never) {
    kind.refill_class =
        page.in_shadow == InShadow::Evicted ? RefillClass::Capacity : RefillClass::Conflict;
  }
  return kind;
}

RefillKind RefillClassifier::refilled(Pid pid, VirtualPage page,
                                      void (Tlb0Mirror::*refill)(PageHistory&)) {
  PageHistory& history = pages_.of(pid, page);
  const RefillKind kind = kind_of(history);
  (mirror_.*refill)(history);
  shadow_.use(history);
  return kind;
}

bool RefillClassifier::take(PageHistory& page, const FlushEvent& flush) {
  if (!mirror_.invalidate(page)) return false;
  page.flush_reach = flush.reach;
  page.flush_cause = flush.cause;
  page.flush_sequence = flush.sequence;
  return true;
}

template <class Predicate>
std::uint64_t RefillClassifier::take_if(const FlushEvent& flush, Predicate doomed) {
  std::uint64_t taken = 0;
  for (PageHistory* const page : mirror_.entries()) {
    if (page != nullptr && doomed(*page) && take(*page, flush)) ++taken;
  }
  return taken;
}

RefillClassifier::Flushed RefillClassifier::flush_page(Pid pid, VirtualPage page,
                                                       vm::FlushCause cause) {
  const FlushEvent event{FlushReach::Va, cause, ++flushes_};
  PageHistory& history = pages_.of(pid, page);
  shadow_.invalidate(history);
  return {event, take(history, event) ? 1U : 0U};
}

RefillClassifier::Flushed RefillClassifier::flush_pid(Pid pid, vm::FlushCause cause) {
  const FlushEvent event{FlushReach::Pid, cause, ++flushes_};
  shadow_.invalidate_pid(pid);
  return {event,
          take_if(event, [pid](const PageHistory& page) { return page.pid == pid.value(); })};
}

RefillClassifier::Flushed RefillClassifier::flush_all(vm::FlushCause cause) {
  const FlushEvent event{FlushReach::All, cause, ++flushes_};
  shadow_.invalidate_all();
  return {event, take_if(event, [](const PageHistory&) { return true; })};
}

}  // namespace tessera::machine
