#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// Arguments of remap_file_pages that are wrong or strange.
namespace tessera::semantics {

namespace {

constexpr std::uint64_t kPage = kPageBytes.value();
constexpr Bytes kUnaligned{100};
constexpr std::uint64_t kLargest = ~std::uint64_t{0};

vm::Errno call(Process& process, EffectiveAddress start, std::uint64_t size, std::uint64_t pgoff,
               unsigned protection = 0, unsigned flags = 0) {
  return process.space().remap_file_pages(start, size, protection, pgoff, flags);
}

std::string unmapped_start(Process& process) {
  return returned(process.remap(kWindowPages + 2, 1, 0));
}

std::string beyond_vma(Process& process) { return returned(process.remap(kWindowPages - 1, 2, 0)); }

std::string prot_read(Process& process) {
  return returned(call(process, page_address(0), kPage, 1, vm::kProtRead));
}

std::string prot_write(Process& process) {
  return returned(call(process, page_address(0), kPage, 1, vm::kProtWrite));
}

std::string size_0(Process& process) { return returned(process.remap(0, 0, 1)); }

std::string size_sub_page(Process& process) {
  return returned(call(process, page_address(0), kUnaligned.value(), 1));
}

vm::Errno remap_unaligned(Process& process) {
  return call(process, page_address(0) + kUnaligned, kPage, 1);
}

std::string unaligned_start(Process& process) { return returned(remap_unaligned(process)); }

std::string unaligned_start_effect(Process& process) {
  remap_unaligned(process);
  return shown(process.read(0));
}

std::string unaligned_size(Process& process) {
  return returned(call(process, page_address(0), kPage + kUnaligned.value(), 2));
}

std::string pgoff_wrap(Process& process) { return returned(process.remap(0, 2, kLargest)); }

std::string size_wrap(Process& process) {
  return returned(call(process, page_address(1), kLargest - kPage + 1, 0));
}

std::string flag_map_shared(Process& process) {
  return returned(process.remap(0, 1, 1, vm::kMapShared));
}

std::string flag_garbage(Process& process) { return returned(process.remap(0, 1, 3, 0x4)); }

}  // namespace

Checks argument_checks() {
  return {
      {"unmapped_start", "start is not mapped", unmapped_start},
      {"start+size_beyond_vma", "the range ends behind the VMA", beyond_vma},
      {"prot_read", "prot is PROT_READ", prot_read},
      {"prot_write", "prot is PROT_WRITE", prot_write},
      {"size0", "size is 0", size_0},
      {"size_sub_page", "size is less than a page", size_sub_page},
      {"unaligned_start", "start is within a page", unaligned_start},
      {"unaligned_start_effect", "what that page shows then", unaligned_start_effect},
      {"unaligned_size_4196", "size is a page and a bit", unaligned_size},
      {"pgoff_wrap", "two pages from the largest offset", pgoff_wrap},
      {"size_wrap", "start + size wraps to the window", size_wrap},
      {"flag_MAP_SHARED", "flags is MAP_SHARED", flag_map_shared},
      {"flag_garbage", "flags is a bit without meaning", flag_garbage},
  };
}

}  // namespace tessera::semantics
