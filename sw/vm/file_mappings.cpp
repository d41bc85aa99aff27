#include "sw/vm/file_mappings.hpp"

#include <stdexcept>
#include <tuple>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

namespace {

FileMapping mapping_of(AddressSpace* space, const Vma& vma) {
  const std::uint32_t number = space == nullptr ? 0 : space->number();
  return {space, number, vma.start, vma.offset, vma.linear_offset(vma.end), vma.nonlinear};
}

}  // namespace

bool FileMappings::Order::operator()(const FileMapping& a, const FileMapping& b) const {
  const auto key = [](const FileMapping& mapping) {
    // By number: the order of pointers would differ from run to run.
    return std::tuple(mapping.end.value(), mapping.number, mapping.start.value());
  };
  return key(a) < key(b);
}

void FileMappings::add(AddressSpace& space, const Vma& vma) {
  if (!set_of(vma).insert(mapping_of(&space, vma))) {
    throw std::logic_error("reverse map: the VMA is there already");
  }
  ++vmas_of_[space.number()];
}

void FileMappings::remove(AddressSpace& space, const Vma& vma) {
  if (!set_of(vma).erase(mapping_of(&space, vma))) {
    throw std::logic_error("reverse map: the VMA is not there");
  }
  const auto count = vmas_of_.find(space.number());
  if (--count->second == 0) vmas_of_.erase(count);
}

bool FileMappings::contains(const AddressSpace& space, const Vma& vma) const {
  const Set& set = vma.nonlinear ? nonlinear_ : linear_;
  FileMapping sought = mapping_of(nullptr, vma);
  sought.number = space.number();
  const FileMapping* const found = set.find(sought);
  return found != nullptr && found->space == &space && found->offset == vma.offset;
}

bool FileMappings::has_any_of(const AddressSpace& space) const {
  return vmas_of_.count(space.number()) != 0;
}

std::vector<FileMapping> FileMappings::linear(PageOffset first, PageOffset end) const {
  std::vector<FileMapping> found;
  if (end <= first) return found;
  FileMapping before;  // the least of those that end behind `first`
  before.end = first + PageCount(1);
  linear_.visit(before, ~(end.value() - 1), [&found](const FileMapping& mapping) {
    found.push_back(mapping);
    return true;
  });
  return found;
}

std::vector<FileMapping> FileMappings::nonlinear() const {
  std::vector<FileMapping> found;
  found.reserve(nonlinear_.size());
  nonlinear_.visit({}, 0, [&found](const FileMapping& mapping) {
    found.push_back(mapping);
    return true;
  });
  return found;
}

}  // namespace tessera::vm
