// The VM layer used alone, without an MMU: a program maps a file, changes which pages it sees,
// touches them and looks at its VMAs. Also meant to be read as an example.

#include <iostream>

#include <gtest/gtest.h>

#include "sw/replay/vm/vma_list.hpp"
#include "sw/vm/plain_memory.hpp"
#include "sw/vm/user_access.hpp"

namespace tessera::vm {
namespace {

std::string vmas_after_remapping(const char* kernel) {
  PlainMemory memory;
  FrameAllocator frames(FrameNumber(1), FrameNumber(0x1000), FrameNumber(0x4000));
  File file("A", PageCount(80), page_index_word, frames, memory, kTmpfs);
  AddressSpace process(*find_kernel(kernel), *pte::find_format("fsl64"), frames, memory, Pid(1));
  UserCode program(process, memory);

  // Pages 0-15 of the file; then the two pages 4 and 5 of the window show pages 40 and 41.
  const EffectiveAddress window(0x2000'0000);
  const EffectiveAddress remapped(0x2000'4000);
  const MmapResult mapped = process.mmap({.address = window,
                                          .length_bytes = 0x1'0000,
                                          .protection = kProtReadWrite,
                                          .flags = kMapShared | kMapFixed,
                                          .file = &file});
  EXPECT_EQ(mapped.error, Errno::Ok);
  EXPECT_EQ(process.remap_file_pages(remapped, 0x2000, 0, 40, 0), Errno::Ok);

  EXPECT_EQ(program.load(remapped).word, 40U);
  EXPECT_EQ(program.store(remapped + Bytes(0x1004), 7).result, FaultResult::Resolved);
  EXPECT_EQ(program.load(EffectiveAddress(0x2001'0000)).result, FaultResult::MapError);
  std::cout << kernel << ": " << program.exceptions() << " page-fault exceptions, "
            << memory.pid_flushes() << " PID flushes\n";
  return replay::show_vmas(process, false);
}

TEST(VmLibrary, MapsRemapsTouchesAndPrintsTheVmaList) {
  EXPECT_EQ(vmas_after_remapping("3.8"), "0-16:rw-:s:A:0:2/0:Sn");
  EXPECT_EQ(vmas_after_remapping("6.1"),
            "0-4:rw-:s:A:0:0/0:S 4-6:rw-:s:A:40:2/0:S 6-16:rw-:s:A:6:0/0:S");
}

}  // namespace
}  // namespace tessera::vm
