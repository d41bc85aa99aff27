#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "model/clocked/pins.hpp"
#include "model/mmu/core.hpp"
#include "tb/lockstep/entry_list.hpp"
#include "tb/lockstep/register_file.hpp"
#include "tb/lockstep/victim_hint.hpp"

namespace tessera::lockstep {

/// What a TranslationChecker has looked at.
struct CheckedTranslations {
  std::uint64_t l1_hits = 0;
  std::uint64_t l2_hits = 0;  ///< one L2 entry matched, or the first of several answered
  std::uint64_t tlb_errors = 0;
  std::uint64_t machine_checks = 0;
  std::uint64_t denied = 0;          ///< hits that ended in DSI or ISI
  std::uint64_t ambiguous = 0;       ///< L1 hits for which L1 may hold several answers
  std::uint64_t registers_read = 0;  ///< values of mfspr

  std::uint64_t all() const { return l1_hits + l2_hits + tlb_errors + machine_checks; }
};

/// Watches the pins of one device, and derives each response anew from the contract
/// (docs/pins.md) and from a plain list of what software has written; it shares no code with the
/// models. An L2 search is checked to the edge: the list as it stood in the cycle of its slot must
/// give this response and no other. Which copies L1 still holds is not followed (that is LRU): an
/// L1 hit must be one of the copies that it can hold, and if those differ it counts as ambiguous.
/// Traps are taken from the pins.
class TranslationChecker {
 public:
  /// Not with MULTIHIT = ASSERT.
  TranslationChecker(const mmu::Parameters& parameters, const mmu::Timing& timing);

  /// One cycle: its inputs, and the outputs that PinDevice::step returned. False at the first
  /// response that breaks the contract; `complaint` then says how.
  bool watch(const clocked::InputPins& in, const clocked::OutputPins& out);

  const std::string& complaint() const { return complaint_; }
  const CheckedTranslations& checked() const { return checked_; }

 private:
  enum Port : std::uint8_t { Fetch, Data };

  struct Request {
    std::uint64_t accepted = 0;  ///< the edge
    SearchContext context;
    bool pr = false;
    bool gs_pin = false;
    bool store = false;
    bool external = false;
    bool open = false;
  };

  struct Instruction {
    std::uint8_t opcode = 0;
    std::uint32_t operand = 0;
    std::uint8_t t = 0;
    mmu::Spr spr = mmu::Spr::Pid0;
    bool gs = false;
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

  std::array<std::uint32_t, 3> searched_pids() const;
  void reset();
  void accept(const clocked::InputPins& in);
  void accept_fetch(const clocked::InputPins& in);
  void accept_data(const clocked::InputPins& in);
  void check_port(Port port, const Response& found, std::uint32_t events);
  void check_l1(Port port, const Request& request, const Response& found);
  void check_l2(Port port, const Request& request, const Response& found, bool cancelled);
  Response answer_of(Port port, const Request& request, const ListedEntry& entry) const;
  Response failure(Port port, const Request& request, std::uint8_t outcome) const;
  void compare(Port port, const Response& found, const Response& expected);
  void complain(const std::string& text);

  void tlb_error(const Request& request, Port port);
  void load_miss_defaults(std::uint32_t ea, std::uint32_t tid, bool as, bool valid);
  void settle_hint();
  void settle_hint_before(std::uint64_t search);
  void put_hint(unsigned way);
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

  mmu::Parameters parameters_;
  mmu::Timing timing_;
  RegisterFile registers_;
  EntryList entries_;
  VictimHint hint_;
  /// With TLB0_REPL = LRU the way of a TLB error's hint waits until all earlier uses are known,
  /// since a search is seen at its response only.
  struct WaitingHint {
    std::uint32_t ea = 0;
    std::uint64_t cycle = 0;
  };
  std::optional<WaitingHint> waiting_hint_;

  std::array<Request, 2> requests_;
  Instruction instruction_;
  std::optional<std::uint64_t> last_snoop_;
  clocked::OutputPins shown_;  ///< outputs of the current cycle
  std::uint64_t cycle_ = 0;    ///< its number, and that of the edge that ends it
  CheckedTranslations checked_;
  std::string complaint_;
};

}  // namespace tessera::lockstep
