#pragma once

#include <memory>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

/// A World of any kernel with a file of 80 pages, each holding its number, and a program that
/// calls remap_file_pages as its kernel wants it.
struct KernelWorld : World {
  explicit KernelWorld(const char* kernel, const FileSystem& file_system = kTmpfs)
      : World(64, 32768, 8192, kernel), file(make_file(80, page_index_word, file_system)) {}

  /// Remaps pages counted from kBase; with the rights of the mapping where the kernel takes them.
  Errno remap_pages(std::uint32_t page, std::uint64_t pages, std::uint64_t pgoff,
                    unsigned flags = 0) {
    const unsigned rights = space.kernel().remap.takes_protection ? kProtReadWrite : kProtNone;
    return space.remap_file_pages(at(page), pages * kPage, rights, pgoff, flags);
  }

  /// Maps the file from its beginning, shared, at kBase.
  void map(std::uint64_t pages = 64) { map_fixed(kBase, pages, file.get(), 0); }

  static EffectiveAddress at(std::uint32_t page) { return ea(kBase + page * kPage); }

  std::unique_ptr<File> file;
};

}  // namespace tessera::vm::test
