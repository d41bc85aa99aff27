#include "sw/semantics/check.hpp"
#include "sw/semantics/outcome.hpp"

/// Kinds of mappings remap_file_pages is asked to change.
namespace tessera::semantics {

namespace {

vm::Errno remap_first(Process& process) { return process.remap(0, 1, 1); }

std::string private_file(Process& process) {
  process.map_window(vm::kMapPrivate);
  return returned(remap_first(process));
}

std::string anonymous_private(Process& process) {
  process.map_other(vm::kProtReadWrite, vm::kMapPrivate | vm::kMapAnonymous);
  return returned(remap_first(process));
}

vm::Errno remap_shared_anonymous(Process& process) {
  constexpr std::uint32_t kWritten = 77;
  process.map_other(vm::kProtReadWrite, vm::kMapShared | vm::kMapAnonymous);
  process.write_word(1, 0, kWritten);
  return remap_first(process);
}

std::string anonymous_shared(Process& process) { return returned(remap_shared_anonymous(process)); }

std::string anonymous_shared_value(Process& process) {
  remap_shared_anonymous(process);
  return shown(process.read(0));
}

std::string anonymous_shared_vmas(Process& process) {
  remap_shared_anonymous(process);
  process.read(0);
  return vmas_of(process);
}

std::string read_only_descriptor(Process& process) {
  process.map_other(vm::kProtRead, vm::kMapShared, vm::OpenMode::ReadOnly);
  return returned(remap_first(process));
}

vm::Errno remap_with(Process& process, unsigned protection) {
  process.map_other(protection, vm::kMapShared);
  return remap_first(process);
}

std::string readable(Process& process) { return returned(remap_with(process, vm::kProtRead)); }

std::string readable_value(Process& process) {
  remap_with(process, vm::kProtRead);
  return shown(process.read(0));
}

std::string inaccessible(Process& process) { return returned(remap_with(process, vm::kProtNone)); }

std::string inaccessible_value(Process& process) {
  remap_with(process, vm::kProtNone);
  return shown(process.read(0));
}

}  // namespace

Checks mapping_checks() {
  return {
      {"private_file", "a private mapping of the file", private_file},
      {"anon_private", "private anonymous memory", anonymous_private},
      {"anon_shared", "shared anonymous memory", anonymous_shared},
      {"anon_shared_val", "what the page shows: a word written before", anonymous_shared_value},
      {"anon_shared vmas", "VMAs after it", anonymous_shared_vmas},
      {"shared_rdonly_fd", "a shared mapping of a read-only descriptor", read_only_descriptor},
      {"shared_protread_rwfd", "a shared read-only mapping of a writable descriptor", readable},
      {"shared_protread_rwfd val", "what the page shows", readable_value},
      {"shared_protnone", "a shared mapping with PROT_NONE", inaccessible},
      {"shared_protnone val", "touching the page", inaccessible_value},
  };
}

}  // namespace tessera::semantics
