#include "sw/report/timeline_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/machine/accounting/interval_series.hpp"
#include "sw/report/version.hpp"
#include "sw/vm/counters.hpp"

namespace tessera::report {
namespace {

using machine::Part;
using machine::RefillClass;

constexpr std::size_t kEnough = 1U << 16;  // bytes that are worth a write

/// A track a part, and its slices.
struct Track {
  const char* name;
  const char* slice;
};

const Track& track_of(Part part) {
  static constexpr std::array<Track, machine::kParts> kTracks{{{"core: the program", "program"},
                                                               {"hardware walker", "walk"},
                                                               {"TLB-miss handler", "TLB miss"},
                                                               {"page faults", "page fault"},
                                                               {"mapping calls", "mapping call"},
                                                               {"TLB flushes", "flush"}}};
  return kTracks.at(static_cast<std::size_t>(part));
}

/// A thread's number, from 1 on, is no process's and no other process's thread's: viewers take a
/// thread with the number of a process for its main thread.
unsigned number_of(unsigned process, Part part) {
  constexpr unsigned kThreads = 100;
  return process * kThreads + static_cast<unsigned>(part) + 1;
}

}  // namespace

/// One run: tells slices as they begin and end, those that the window cuts where it cuts them.
class TimelineFile::Run final : public machine::Timeline {
 public:
  Run(TimelineFile& file, unsigned process) : file_(file), process_(process) {}
  ~Run() override = default;

  void name(const std::string& text) {
    meta("process_name", process_, fmt::format(R"("name":"{}")", text));
    for (std::size_t i = 0; i < machine::kParts; ++i) {
      const auto part = static_cast<Part>(i);
      const unsigned thread = number_of(process_, part);
      meta("thread_name", thread, fmt::format(R"("name":"{}")", track_of(part).name));
      meta("thread_sort_index", thread, fmt::format(R"("sort_index":{})", i));
    }
  }

  void begin(Part part, Cycles now) override {
    file_.insist();
    advance(now);
    end_program(now);
    open_.push_back({part, now, ""});
    if (is_shown_) write_begin(open_.back(), now);
  }

  void end(Part /*part*/, Cycles now) override {
    advance(now);
    if (is_shown_) write_end(open_.back(), now);
    open_.pop_back();
    if (open_.empty()) program_ = now;
  }

  void flushed(const machine::FlushEvent& flush, std::uint64_t pages) override {
    if (!is_shown_) return;
    open_.back().args = fmt::format(R"("reach":"{}","cause":"{}","pages":{})",
                                    machine::name_of(flush.reach), vm::name(flush.cause), pages);
    if (pages == 0) return;
    if (!first_flow_) first_flow_ = flush.sequence;
    write_flow('s', flush.sequence);
  }

  void refilled(const machine::RefillKind& kind) override {
    if (!is_shown_) return;
    open_.back().args = fmt::format(R"("class":"{}")", machine::name_of(machine::group_of(kind)));
    const bool by_flush = kind.refill_class == RefillClass::Flush;
    if (by_flush && first_flow_ && kind.flush.sequence >= *first_flow_) {
      write_flow('f', kind.flush.sequence);
    }
  }

  void interval(const machine::IntervalReading& added, Cycles now) override {
    // A viewer draws a value from its event to the next one: at the interval's beginning.
    const Cycles begin = now - added.cycles;
    if (now <= file_.window_.from || begin > file_.window_.to) return;
    const Cycles at = std::max(begin, file_.window_.from);
    std::string classes;
    for (std::size_t i = 0; i < machine::kRefillClasses; ++i) {
      classes += fmt::format(R"({}"{}":{})", i == 0 ? "" : ",",
                             machine::name_of(static_cast<RefillClass>(i)), added.refills[i]);
    }
    const machine::RunCounters& c = added.counters;
    write_counter("TLB refills in an interval", at, classes);
    write_counter(
        "TLB flushes in an interval", at,
        fmt::format(R"("va":{},"pid":{},"all":{})", c.flush_va, c.flush_pid, c.flush_all));
    write_counter("page faults in an interval", at,
                  fmt::format(R"("exceptions":{})", c.page_fault_exceptions));
  }

  void end_run(Cycles now) override {
    advance(now);
    end_program(now);
    file_.run_end_ = now;
  }

 private:
  struct Slice {
    Part part;
    Cycles shown_from;
    std::string args;
  };

  /// Shows what the window begins in, and ends what it ends in.
  void advance(Cycles now) {
    if (!is_shown_ && !is_over_ && now >= file_.window_.from) {
      is_shown_ = true;
      program_ = std::max(program_, file_.window_.from);
      for (Slice& slice : open_) write_begin(slice, file_.window_.from);
    }
    if (is_shown_ && now > file_.window_.to) {
      const Cycles end = file_.window_.to + Cycles(1);
      end_program(end);
      std::for_each(open_.rbegin(), open_.rend(),
                    [&](const Slice& slice) { write_end(slice, end); });
      is_shown_ = false;
      is_over_ = true;
    }
  }

  /// The program's slice up to now, if it is the program that runs and took any time.
  void end_program(Cycles now) {
    if (!open_.empty() || !is_shown_ || now <= program_) return;
    Slice slice{Part::User, program_, ""};
    write_begin(slice, program_);
    write_end(slice, now);
    program_ = now;
  }

  void write_begin(Slice& slice, Cycles at) {
    slice.shown_from = at;
    write(fmt::format(R"("ph":"B","name":"{}")", track_of(slice.part).slice), slice.part, at);
  }

  void write_end(const Slice& slice, Cycles at) {
    const std::string args = slice.args.empty() ? "" : fmt::format(R"(,"args":{{{}}})", slice.args);
    write(fmt::format(R"("ph":"E"{})", args), slice.part, at);
  }

  /// At the beginning of the slice that is open: 's' from a flush, 'f' to a refill.
  void write_flow(char phase, std::uint64_t sequence) {
    constexpr unsigned kSequenceBits = 40;
    const Slice& slice = open_.back();
    write(fmt::format(R"("ph":"{}","name":"flush to refill","cat":"flush","id":{}{})", phase,
                      std::uint64_t{process_} << kSequenceBits | sequence,
                      phase == 'f' ? R"(,"bp":"e")" : ""),
          slice.part, slice.shown_from);
  }

  void write_counter(const char* name, Cycles at, const std::string& args) {
    write(fmt::format(R"("ph":"C","name":"{}","args":{{{}}})", name, args), Part::User, at);
  }

  void write(const std::string& fields, Part part, Cycles at) {
    file_.write_event(fmt::format(R"({},"pid":{},"tid":{},"ts":{})", fields, process_,
                                  number_of(process_, part), at.value()));
  }

  void meta(const char* what, unsigned thread, const std::string& args) {
    file_.write_event(fmt::format(R"("ph":"M","name":"{}","pid":{},"tid":{},"args":{{{}}})", what,
                                  process_, thread, args));
  }

  TimelineFile& file_;
  unsigned process_;
  std::vector<Slice> open_;
  Cycles program_{0};  ///< since when the program runs, if it runs
  bool is_shown_ = false;
  bool is_over_ = false;
  std::optional<std::uint64_t> first_flow_;  ///< the first flush whose arrow has a beginning
};

TimelineFile::TimelineFile(std::string path, const TimelineWindow& window)
    : path_(path), file_(std::move(path)), window_(window) {
  text_ = fmt::format(
      R"({{"displayTimeUnit":"ns","otherData":{{"tessera":"{}","ts":"cycles since reset",)"
      R"("from":{},"to":{}}},"traceEvents":[)",
      kVersion, window.from.value(), window.to.value());
}

TimelineFile::~TimelineFile() = default;

std::unique_ptr<machine::Timeline> TimelineFile::begin_run(const std::string& name) {
  auto run = std::make_unique<Run>(*this, ++runs_);
  run->name(name);
  return run;
}

void TimelineFile::write_event(const std::string& fields) {
  text_ += any_ ? ",\n{" : "\n{";
  text_ += fields;
  text_ += '}';
  any_ = true;
  if (text_.size() >= kEnough) write_out();
}

// Slices end in destructors, which must not throw: what goes wrong is said when the next one
// begins.
void TimelineFile::write_out() {
  try {
    if (failure_.empty()) file_.write(text_);
  } catch (const UserError& error) {
    failure_ = error.what();
  }
  text_.clear();
}

void TimelineFile::insist() const {
  if (!failure_.empty()) throw UserError(failure_);
}

void TimelineFile::insist_on_cycles() const {
  if (run_end_ > window_.from) return;
  throw UserError(
      fmt::format("{}: the run ended at cycle {}, and the timeline was to begin at cycle {}", path_,
                  run_end_.value(), window_.from.value()));
}

void TimelineFile::finish() {
  text_ += "\n]}\n";
  write_out();
  insist();
  file_.finish();
}

}  // namespace tessera::report
