#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "model/clocked/pins.hpp"
#include "model/mmu/core.hpp"
#include "tb/lockstep/entry_list.hpp"
#include "tb/lockstep/register_file.hpp"
#include "tb/lockstep/victim_hint.hpp"
#include "tb/lockstep/walk_rules.hpp"

namespace tessera::lockstep {

/// Where an access or a walk is when something overtakes it (docs/walkers.md W4, W5).
enum class Overtaken : std::uint8_t {
  Lookup,      ///< s..c: it searches again instead of walking
  BeforeWalk,  ///< it waits for the walker, and searches again
  Taken,       ///< g
  Request,     ///< REQ
  Loading,     ///< LOAD
  EndWaiting,  ///< END without the slot
  End,         ///< w
};

/// What a TranslationChecker has looked at.
struct CheckedTranslations {
  std::uint64_t l1_hits = 0;
  std::uint64_t l2_hits = 0;  ///< one L2 entry matched, or the first of several answered
  std::uint64_t tlb_errors = 0;
  std::uint64_t machine_checks = 0;
  std::uint64_t denied = 0;          ///< hits that ended in DSI or ISI
  std::uint64_t ambiguous = 0;       ///< L1 hits for which L1 may hold several answers
  std::uint64_t registers_read = 0;  ///< values of mfspr
  std::uint64_t walks = 0;           ///< ports that the walker took
  std::uint64_t walk_loads = 0;      ///< addresses
  std::uint64_t walk_writes = 0;     ///< entries of TLB0
  std::uint64_t walk_faults = 0;     ///< walks that ended in DSI or ISI
  std::uint64_t walk_errors = 0;     ///< walks that ended in a bus error
  std::uint64_t both_walk = 0;  ///< cycles in which a port waited while the walker had the other
  std::array<std::uint64_t, 7> overtaken{};  ///< by Overtaken

  std::uint64_t all() const {
    return l1_hits + l2_hits + tlb_errors + machine_checks + walk_faults + walk_errors;
  }
};

/// Watches the pins of one device, and derives each response anew from the contract
/// (docs/pins.md, docs/walkers.md) and from a plain list of what was written; it shares no code
/// with the models. The ports, the slots of L2 and the walker are followed to the edge: a response,
/// an access event, a memory request must come in its cycle, and the list as it stood in the cycle
/// of the slot must give this response and no other. Which copies L1 still holds is not followed
/// (that is LRU): whether an access hits L1 is taken from the events, and the hit must be one of
/// the copies that L1 can hold; if those differ it counts as ambiguous. Traps are taken from the
/// pins.
class TranslationChecker {
 public:
  /// Not with MULTIHIT = ASSERT.
  TranslationChecker(const mmu::Parameters& parameters, const mmu::Timing& timing);

  /// One cycle: its inputs, and the outputs that PinDevice::step returned. False at the first
  /// response that breaks the contract; `complaint` then says how. A cycle is looked at
  /// L1TLB_HIT_EXTRA cycles late.
  bool watch(const clocked::InputPins& in, const clocked::OutputPins& out);

  const std::string& complaint() const { return complaint_; }
  const CheckedTranslations& checked() const { return checked_; }

 private:
  enum Port : std::uint8_t { Fetch, Data };

  struct Edge {
    clocked::InputPins in;
    clocked::OutputPins out;
  };

  /// What a search has found.
  struct Latched {
    std::size_t direct = 0;
    std::optional<ListedEntry> entry;  ///< the direct one, or the first of several
    std::size_t indirect = 0;          ///< counted if there is no direct one
    EntryWords indirect_words;         ///< of the first
  };

  /// The pins of a response; both ports have the same ones.
  struct Response {
    bool valid = false;
    std::uint8_t outcome = 0;
    std::uint64_t ra = 0;
    std::uint8_t wimge = 0;
    std::uint32_t fault_ea = 0;
    std::uint32_t esr = 0;

    bool operator==(const Response&) const = default;
  };

  struct Request {
    enum class State : std::uint8_t { Idle, Hold, Wait, Lookup, Walk, Walked };

    State state = State::Idle;
    std::uint64_t accepted = 0;  ///< the edge
    std::uint64_t commit = 0;    ///< the edge, of a lookup
    bool overtaken = false;      ///< since its slot
    Latched latched;
    Response l1_answer;  ///< in HOLD
    SearchContext context;
    bool pr = false;
    bool gs_pin = false;
    bool store = false;
    bool external = false;
  };

  struct Walk {
    enum class State : std::uint8_t { Idle, Req, Load, End };

    State state = State::Idle;
    Port port = Fetch;
    WalkedAccess access;
    WalkStep step;
    unsigned load = 0;  ///< number of the load
    bool overtaken = false;
  };

  struct Instruction {
    std::uint8_t opcode = 0;
    std::uint32_t operand = 0;
    std::uint8_t t = 0;
    mmu::Spr spr = mmu::Spr::Pid0;
    bool gs = false;
  };

  /// A way of TLB0 that a walk writes at this edge.
  struct WalkWrite {
    Port port = Fetch;
    unsigned way = 0;
  };

  using PortState = Request::State;
  using WalkState = Walk::State;

  // translation_checker.cpp
  void look_at(const Edge& edge);
  std::array<std::uint32_t, 3> searched_pids() const;
  void reset();
  void accept(const clocked::InputPins& in);
  void accept_request(Port port, const Request& request);
  Request fetch_of(const clocked::InputPins& in) const;
  Request data_of(const clocked::InputPins& in) const;
  bool reset_is_near() const;
  bool answered_by_l1(Port port) const;
  static Response response_of(Port port, const clocked::OutputPins& out);
  Response l1_answer(Port port, const Response& found);
  void end_l1_hits();
  void check_outputs(const clocked::InputPins& in, const clocked::OutputPins& out);
  Response answer_of(Port port, const ListedEntry& entry) const;
  Response failure(Port port, std::uint8_t outcome) const;
  void compare(Port port, const Response& found, const Response& expected);
  void complain(const std::string& text);

  // checker_lookups.cpp
  void move_ports();
  std::optional<Port> granted() const;
  bool overtakes(Port port) const;
  void search(Port port);
  void commit(Port port);
  void answer_hit(Port port);
  void respond(Port port, const Response& response, std::uint32_t events);
  bool eligible(const Request& request) const;

  // checker_walks.cpp
  void move_walker(const clocked::InputPins& in, bool slot);
  void take_port();
  void take_step(const WalkStep& step);
  void end_walk();
  void write_entry();
  void count_overtaken_walk(bool slot);
  void check_memory_pins(const clocked::OutputPins& out);

  // checker_instructions.cpp
  void tlb_error(const Request& request, Port port);
  void load_miss_defaults(std::uint32_t ea, std::uint32_t tid, bool as, bool valid);
  void execute(const clocked::OutputPins& out);
  void tlbwe();
  void tlbre();
  void tlbsx();
  void tlbilx();
  void tlbivax(std::uint32_t operand, std::uint32_t lpid);
  void mtspr();
  EntryWords words_of_mas(bool tlb1) const;
  void load_words(const EntryWords& words);
  unsigned place(bool tlb1) const;
  void load_nv(bool tlb1, unsigned place);
  bool has_indirect() const;
  bool searches_indirect() const;

  mmu::Parameters parameters_;
  mmu::Timing timing_;
  RegisterFile registers_;
  EntryList entries_;
  VictimHint hint_;

  std::array<Request, 2> requests_;
  Walk walk_;
  std::uint64_t timer_ = 0;  ///< cycles until the L2 port is free
  Instruction instruction_;
  clocked::OutputPins shown_;  ///< outputs of the current cycle
  std::uint64_t cycle_ = 0;    ///< its number, and that of the edge that ends it
  std::deque<Edge> edges_;     ///< the current one first
  bool blind_ = false;         ///< up to a reset that hid whether a request hit L1

  // Of the current edge.
  bool snooped_ = false;
  std::optional<WalkWrite> walk_write_;
  std::array<Response, 2> expected_;
  std::uint32_t events_ = 0;

  CheckedTranslations checked_;
  std::string complaint_;
};

}  // namespace tessera::lockstep
