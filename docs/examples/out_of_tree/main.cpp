// A program that is not tessera's and uses all of its libraries (docs/library.md).

#include <iostream>

#include "model/mmu/core.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "model/pte/format.hpp"
#include "model/systemc/tlm_memory.hpp"
#include "model/systemc/tlm_mmu.hpp"
#include "model/systemc/traffic_generator.hpp"
#include "sw/vm/address_space.hpp"
#include "sw/vm/plain_memory.hpp"
#include "sw/vm/user_access.hpp"

using namespace tessera;

namespace {

/// tessera::mmu: the fetch of the first instruction after reset.
void fetch() {
  const mmu::Core& core = *mmu::find_core("e500mc");
  mmu::TransactionEngine engine(core.parameters, core.timing);
  mmu::Access access;
  access.ea = EffectiveAddress(0xFFFFFFFC);
  access.kind = mmu::AccessKind::Fetch;
  const mmu::Translation response = engine.access(access);
  std::cout << std::hex << "fetch: RA 0x" << response.ra.value() << std::dec << " in cycle "
            << response.done.value() << '\n';
}

/// tessera::vm: four pages of a file in one window, out of order.
void remap() {
  vm::PlainMemory memory;
  vm::FrameAllocator frames(FrameNumber(1), FrameNumber(0x1000), FrameNumber(0x4000));
  vm::File file("A", PageCount(80), vm::page_index_word, frames, memory, vm::kTmpfs);
  vm::AddressSpace process(*vm::find_kernel("3.8"), *pte::find_format("fsl64"), frames, memory,
                           Pid(1));
  vm::UserCode program(process, memory);
  const EffectiveAddress window(0x20000000);
  vm::MmapRequest request;
  request.address = window;
  request.length_bytes = 0x4000;
  request.protection = vm::kProtRead | vm::kProtWrite;
  request.flags = vm::kMapShared | vm::kMapFixed;
  request.file = &file;
  process.mmap(request);
  process.remap_file_pages(window + Bytes(0x1000), 0x1000, 0, 40, 0);
  std::cout << "remap: page 1 of the window shows page "
            << program.load(window + Bytes(0x1000)).word << " of the file\n";
}

}  // namespace

/// tessera::systemc: an MMU between traffic and memory; nothing is mapped.
int sc_main(int, char*[]) {
  fetch();
  remap();
  const sc_core::sc_time cycle(1, sc_core::SC_NS);
  const mmu::Core& e500mc = *mmu::find_core("e500mc");
  systemc::TrafficGenerator core("core", systemc::Traffic());
  systemc::TlmMmu mmu("mmu", e500mc.parameters, e500mc.timing, cycle);
  systemc::TlmMemory memory("memory", RealAddress(0), Bytes(4096), cycle);
  core.socket.bind(mmu.target_socket);
  mmu.initiator_socket.bind(memory.socket);
  sc_core::sc_start();
  std::cout << "TLM: " << core.result().errors << " TLB errors in " << core.end() << '\n';
  return 0;
}
