#include <fmt/format.h>

#include "model/pte/entry.hpp"
#include "sw/semantics/outcome.hpp"

namespace tessera::semantics {

namespace {

std::string rights(const vm::Vma& vma) {
  return {vma.protection.read ? 'r' : '-', vma.protection.write ? 'w' : '-',
          vma.protection.exec ? 'x' : '-', vma.may_share ? 's' : 'p'};
}

// The page of the file an entry stands for. A file PTE counts even if the none mask hides it:
// smaps does not ask pte_none (3.8 fs/proc/task_mmu.c smaps_pte_entry).
bool is_elsewhere(const pte::Format& format, pte::Raw entry, const vm::Vma& vma,
                  PageOffset linear) {
  if (pte::is_present(format, entry)) {
    return vma.file->index_of(pte::frame_of(format, entry)) != linear;
  }
  return pte::is_file(format, entry) && pte::pte_to_pgoff(format, entry) != linear;
}

std::uint64_t nonlinear_pages(const vm::AddressSpace& space, const vm::Vma& vma) {
  std::uint64_t pages = 0;
  for (VirtualPage page = vma.start; page < vma.end; page += PageCount(1)) {
    const pte::Raw entry = space.lookup(address_of(page));
    if (is_elsewhere(space.format(), entry, vma, vma.linear_offset(page))) ++pages;
  }
  return pages;
}

std::string text_of(const vm::AddressSpace& space, const vm::Vma& vma) {
  const VirtualPage base = page_of(kWindowBase);
  std::string text = fmt::format("{}-{}:{}:off{}:rss{}", vma.start.value() - base.value(),
                                 vma.end.value() - base.value(), rights(vma), vma.offset.value(),
                                 space.residency(vma).rss);
  if (vma.nonlinear) text += fmt::format(":nonlin{}:nl", nonlinear_pages(space, vma));
  return text;
}

}  // namespace

std::string vmas_of(Process& process) {
  const vm::AddressSpace& space = process.space();
  const VirtualPage end = page_of(page_address(2 * kWindowPages));
  std::string list;
  unsigned count = 0;
  for (auto vma = space.vmas().find(page_of(kWindowBase));
       vma != space.vmas().end() && vma->second.start < end; ++vma) {
    list += ' ' + text_of(space, vma->second);
    ++count;
  }
  return fmt::format("vmas={}{}", count, list);
}

}  // namespace tessera::semantics
