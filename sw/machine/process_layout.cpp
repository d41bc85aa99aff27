#include "sw/machine/process_layout.hpp"

#include <stdexcept>

#include "sw/vm/system_calls.hpp"

namespace tessera::machine {
namespace {

using vm::kProtExec;
using vm::kProtRead;
using vm::kProtReadWrite;

constexpr EffectiveAddress ea(std::uint32_t value) { return EffectiveAddress(value); }

}  // namespace

ProcessLayout dbwin_layout(unsigned vmas) {
  ProcessLayout layout{
      .vmas =
          {
              {"vdso", ea(0x00100000), PageCount(2), kProtRead | kProtExec, true},
              {"text", ea(0x10000000), PageCount(0x40), kProtRead | kProtExec, true},
              {"relro", ea(0x1007C000), PageCount(1), kProtRead, true},
              {"data", ea(0x1007E000), PageCount(2), kProtReadWrite, false},
              {"heap", ea(0x10085000), PageCount(33), kProtReadWrite, false},
              {"stack", ea(0xBFFDF000), PageCount(33), kProtReadWrite, false},
              // Only their number is known (linux-vm.md L): they are never touched.
              {"vvar", ea(0x000FE000), PageCount(2), kProtRead, true},
              {"bss", ea(0x10081000), PageCount(1), kProtReadWrite, false},
          },
      .window = ea(0x20000000),
      .main_code = ea(0x1003A000),
      .library_code = ea(0x10000000),
      .stack_data = ea(0xBFFF5000),
      .static_data = ea(0x1007E000),
  };
  if (vmas > layout.vmas.size()) throw std::logic_error("a process with more VMAs than known");
  layout.vmas.resize(vmas);
  return layout;
}

}  // namespace tessera::machine
