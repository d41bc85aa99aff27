#include "tb/unit/vm/dbwin.hpp"

namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kBase = 0x2000'0000;
constexpr unsigned kOtherVmas = 6;

// The generator of the recorded program, seed 1: xorshift64*, upper half, scaled by product.
class Random {
 public:
  Random() {
    next();
    next();
  }
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>((std::uint64_t{next()} * limit) >> 32U);
  }

 private:
  std::uint32_t next() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return static_cast<std::uint32_t>((state_ * 2685821657736338717ULL) >> 32U);
  }
  std::uint64_t state_ = 0x9E3779B97F4A7C15ULL * 2;
};

Errno remap_element(World& world, File& file, const DbwinRow& row, std::uint32_t address,
                    std::uint32_t pgoff) {
  if (row.method == "mmap") return world.map_fixed(address, row.element, &file, pgoff).error;
  if (row.method == "mmap_pop")
    return world.map_fixed(address, row.element, &file, pgoff, kMapShared | kMapPopulate).error;
  if (row.method == "rfp") return world.remap(address, row.element, pgoff);
  if (row.method == "rfp_nb") return world.remap(address, row.element, pgoff, kMapNonblock);
  return Errno::Ok;
}

void touch_element(World& world, const DbwinRow& row, std::uint32_t address, Random& random) {
  if (row.touch == 0) return;
  for (std::uint32_t page = 0; page < row.element; ++page) {
    if (row.touch == 2)
      world.write(ea(address + page * kPage + 4), page);
    else
      world.read(ea(address + page * kPage));
  }
  for (unsigned extra = 0; row.touch >= 3 && extra < row.touch; ++extra)
    world.read(ea(kBase + random.below(row.window) * kPage));
}

void map_process(World& world) {
  for (std::uint32_t vma = 0; vma < kOtherVmas; ++vma)
    world.map_fixed(0x1000'0000 + vma * 0x10'0000, 4, nullptr, 0, kMapPrivate);
}

std::uint64_t vmas_in_window(const AddressSpace& space) {
  std::uint64_t count = 0;
  for (const auto& [start, vma] : space.vmas())
    if (address_of(start).value() >= kBase) ++count;
  return count;
}

}  // namespace

DbwinResult run_dbwin(World& world, File& file, const DbwinRow& row) {
  map_process(world);
  world.map_fixed(kBase, row.window, &file, 0);
  if (row.touch >= 3)
    for (std::uint32_t page = 0; page < row.window; ++page) world.read(ea(kBase + page * kPage));
  DbwinResult result;
  result.before = world.counters();
  Random random;
  for (; result.done < row.operations; ++result.done) {
    const std::uint32_t slot = random.below(row.window / row.element) * row.element;
    const std::uint32_t pgoff = random.below(row.file / row.element) * row.element;
    const std::uint32_t address = kBase + slot * kPage;
    result.error = remap_element(world, file, row, address, pgoff);
    if (result.error != Errno::Ok) break;
    touch_element(world, row, address, random);
  }
  result.after = world.counters();
  result.window_vmas = vmas_in_window(world.space);
  return result;
}

}  // namespace tessera::vm::test
