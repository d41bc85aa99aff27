// The parameter sets, and that the checker and the comparison notice what they are for.

#include "tb/lockstep/subjects.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "model/clocked/clocked_mmu.hpp"
#include "tb/lockstep/lockstep.hpp"
#include "tb/lockstep/named_parameters.hpp"

namespace tessera::lockstep {
namespace {

TEST(NamedParameters, AreThoseOfE500mcButForWhatTheTextSays) {
  const mmu::Core core = core_with("TLB0_WAYS=3 HAS_EHV=0 NV_SCOPE=1 T_TLBWE=2");
  mmu::Core expected = *mmu::find_core("e500mc");
  expected.parameters.tlb0_ways = 3;
  expected.parameters.has_ehv = false;
  expected.parameters.nv_scope = mmu::NvScope::PerSet;
  expected.timing.tlbwe = Cycles(2);
  EXPECT_EQ(core.parameters, expected.parameters);
  EXPECT_EQ(core.timing, expected.timing);
}

TEST(NamedParameters, ChangeAnyPreset) {
  const mmu::Core core = core_with("HTW=2 TSIZE_BITS=5", *mmu::find_core("e500v2"));
  mmu::Core expected = *mmu::find_core("e500v2");
  expected.parameters.hardware_walker = mmu::HardwareWalker::E6500;
  expected.parameters.tsize_bits = 5;
  EXPECT_EQ(core.parameters, expected.parameters);
}

TEST(NamedParameters, MustBeParametersOfTheRtl) {
  EXPECT_THROW(core_with("TLB0_WAY=3"), std::invalid_argument);
  EXPECT_THROW(core_with("TLB0_WAYS"), std::invalid_argument);
  EXPECT_THROW(core_with("TLB0_WAYS=many"), std::invalid_argument);
}

/// A device whose outputs are falsified from some cycle on: a fault that both sides of a lock step
/// share, which no comparison can see.
class Falsified final : public clocked::PinDevice {
 public:
  using Falsify = void (*)(clocked::OutputPins&);

  Falsified(Falsify falsify, const mmu::Core& core)
      : falsify_(falsify), model_(core.parameters, core.timing) {}

  const clocked::OutputPins& step(const clocked::InputPins& in) override {
    out_ = model_.step(in);
    falsify_(out_);
    return out_;
  }

 private:
  Falsify falsify_;
  clocked::ClockedMmu model_;
  clocked::OutputPins out_;
};

/// What the checker says of two devices with the same fault.
std::string complaint_about(Falsified::Falsify falsify, const std::string& parameters = "") {
  const mmu::Core core = core_with(parameters);
  Falsified one(falsify, core);
  Falsified other(falsify, core);
  TranslationChecker checker(core.parameters, core.timing);
  Lockstep lockstep(one, "one", other, "other");
  lockstep.check_with(checker);
  Stimulus stimulus(core.parameters, 1);
  EXPECT_FALSE(lockstep.run(stimulus, 100000));
  return lockstep.comparison().difference;
}

TEST(TranslationChecker, SeesAWrongRealAddressOfAnL1Hit) {
  const std::string complaint = complaint_about([](clocked::OutputPins& out) {
    if ((out.perf_event & 2) != 0 && out.d_rsp_ra != 0) {
      out.d_rsp_ra ^= 0x1000;
    }
  });
  EXPECT_NE(complaint.find("checker"), std::string::npos) << complaint;
}

TEST(TranslationChecker, SeesATlbErrorOfAPageThatIsThere) {
  const std::string complaint = complaint_about([](clocked::OutputPins& out) {
    if ((out.perf_event & 4) != 0 && out.i_rsp_outcome == 0) {
      out.i_rsp_outcome = 2;
      out.i_rsp_ra = out.i_rsp_wimge = 0;
    }
  });
  EXPECT_NE(complaint.find("fetch of"), std::string::npos) << complaint;
}

TEST(TranslationChecker, SeesAHitOfWhatSoftwareNeverWrote) {
  const std::string complaint = complaint_about([](clocked::OutputPins& out) {
    if (out.d_rsp_outcome == 1) {
      out.d_rsp_outcome = 0;
      out.d_rsp_fault_ea = out.d_rsp_esr = 0;
      out.perf_event = (out.perf_event & ~0x10U) | 8;
    }
  });
  EXPECT_NE(complaint.find("data of"), std::string::npos) << complaint;
}

TEST(TranslationChecker, SeesAForbiddenAccessThatIsLetThrough) {
  const std::string complaint = complaint_about([](clocked::OutputPins& out) {
    if (out.d_rsp_outcome == 3) {
      out.d_rsp_outcome = 0;
      out.d_rsp_fault_ea = out.d_rsp_esr = 0;
    }
  });
  EXPECT_NE(complaint.find("outcome 3"), std::string::npos) << complaint;
}

TEST(TranslationChecker, SeesThatAResponseDoesNotCome) {
  const std::string complaint = complaint_about([](clocked::OutputPins& out) {
    if ((out.perf_event & 8) != 0) {
      out.d_rsp_valid = false;
      out.perf_event &= ~0x308U;
      out.d_rsp_outcome = out.d_rsp_wimge = 0;
      out.d_rsp_ra = out.d_rsp_fault_ea = out.d_rsp_esr = 0;
    }
  });
  EXPECT_NE(complaint.find("data of"), std::string::npos) << complaint;
}

constexpr const char* kTablewalk = "HTW=1";
constexpr const char* kE6500 = "HTW=2 TSIZE_BITS=5";

TEST(TranslationChecker, SeesALoadOfAWrongPte) {
  for (const char* const walker : {kTablewalk, kE6500}) {
    const std::string complaint = complaint_about(
        [](clocked::OutputPins& out) {
          if (out.mem_req_double) {
            out.mem_req_ra ^= 8;
          }
        },
        walker);
    EXPECT_NE(complaint.find("memory request"), std::string::npos) << complaint;
  }
}

TEST(TranslationChecker, SeesAWriteOfAWalkThatASnoopHadOvertaken) {
  for (const char* const walker : {kTablewalk, kE6500}) {
    const std::string complaint = complaint_about(
        [](clocked::OutputPins& out) {
          if ((out.perf_event & (1U << 26)) != 0) {
            out.perf_event ^= 3U << 25;
          }
        },
        walker);
    EXPECT_NE(complaint.find("the events are"), std::string::npos) << complaint;
  }
}

TEST(TranslationChecker, SeesAWrongReasonOfAWalksDsi) {
  for (const char* const walker : {kTablewalk, kE6500}) {
    const std::string complaint = complaint_about(
        [](clocked::OutputPins& out) {
          if ((out.d_rsp_esr & 0x300) != 0) {
            out.d_rsp_esr ^= 0x300;
          }
        },
        walker);
    EXPECT_NE(complaint.find("data of"), std::string::npos) << complaint;
  }
}

TEST(TranslationChecker, SeesAWrongRegister) {
  const std::string complaint = complaint_about([](clocked::OutputPins& out) {
    if (out.instr_value != 0) {
      out.instr_value ^= 0x80;
    }
  });
  EXPECT_NE(complaint.find("mfspr"), std::string::npos) << complaint;
}

}  // namespace
}  // namespace tessera::lockstep
