#include <algorithm>
#include <bit>
#include <set>

#include "sw/cli/parameter_kinds.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/machine/walkers.hpp"

namespace tessera::cli {
namespace {

constexpr std::uint64_t kHugePages = 1U << 14;  // the largest memory.ram_mib

Parameter core_parameter() {
  Names<const mmu::Core*> names;
  for (const std::string_view name : mmu::core_names()) {
    names.emplace_back(name, mmu::find_core(name));
  }
  return {"core",
          "preset of all mmu and timing",
          ValueKind::Name,
          values_of_names(names),
          [](const Configuration& c) -> nlohmann::json { return c.machine.core; },
          [names](Configuration& c, const std::string& text) {
            const mmu::Core* core = parse_name(names, text);
            c.machine.core = core->name;
            c.machine.mmu = core->parameters;
            c.machine.timing = core->timing;
          }};
}

Parameter kernel_parameter() {
  Names<const vm::Personality*> names;
  for (const std::string_view name : vm::kernel_names()) {
    const vm::Personality* kernel = vm::find_kernel(name);
    if (kernel->has_costs()) names.emplace_back(name, kernel);
  }
  return {
      "kernel",
      "preset of all vm and cost, as in Linux",
      ValueKind::Name,
      values_of_names(names),
      [](const Configuration& c) -> nlohmann::json { return std::string(c.machine.kernel.name); },
      [names](Configuration& c, const std::string& text) {
        c.machine.kernel = *parse_name(names, text);
      }};
}

Parameter fault_around_parameter() {
  constexpr std::uint64_t kMost = 512;  // never beyond a page-table page
  return {"vm.fault_around",
          "pages a read fault maps at most, a power of two; 1 is off",
          ValueKind::WholeNumber,
          range_text(1, kMost),
          [](const Configuration& c) -> nlohmann::json {
            return c.machine.kernel.file_fault.fault_around.value();
          },
          [](Configuration& c, const std::string& text) {
            const std::uint64_t pages = parse_number(text, 1, kMost);
            if (!std::has_single_bit(pages)) {
              throw UserError(fmt::format("'{}' is not a power of two", text));
            }
            c.machine.kernel.file_fault.fault_around = PageCount(pages);
          }};
}

Parameter file_system_parameter() {
  Names<const vm::FileSystem*> names;
  for (const std::string_view name : vm::file_system_names()) {
    names.emplace_back(name, vm::find_file_system(name));
  }
  return {"vm.file_system",
          "preset: where the file is",
          ValueKind::Name,
          values_of_names(names),
          [](const Configuration& c) -> nlohmann::json {
            return std::string(c.machine.file_system.name);
          },
          [names](Configuration& c, const std::string& text) {
            c.machine.file_system = *parse_name(names, text);
          }};
}

/// A core that has a walker of its own has no other.
void refuse_second_walker(const mmu::Core& core, mmu::HardwareWalker walker) {
  const mmu::HardwareWalker own = core.parameters.hardware_walker;
  if (own == mmu::HardwareWalker::Off || own == walker) return;
  throw UserError(fmt::format("core {} has walker {}; '{}' needs another core", core.name,
                              machine::describe(own).name, machine::describe(walker).name));
}

Parameter walker_parameter() {
  Names<mmu::HardwareWalker> names;
  for (const machine::WalkerDescription& walker : machine::walkers()) {
    names.emplace_back(walker.name, walker.walker);
  }
  return {"walker",
          "who walks the page tables",
          ValueKind::Name,
          values_of_names(names),
          [](const Configuration& c) -> nlohmann::json {
            return machine::describe(c.machine.mmu.hardware_walker).name;
          },
          [names](Configuration& c, const std::string& text) {
            const mmu::HardwareWalker walker = parse_name(names, text);
            const mmu::Core& core = *mmu::find_core(c.machine.core);
            refuse_second_walker(core, walker);
            c.machine.mmu.tsize_bits = core.parameters.tsize_bits;
            c.machine.mmu = machine::with_walker(c.machine.mmu, walker);
          }};
}

Parameter pte_parameter() {
  const Names<const pte::Format*> names{{"32", pte::find_format(32U)},
                                        {"64", pte::find_format(64U)}};
  return {
      "pte",
      "width of a page table entry in bits",
      ValueKind::Name,
      values_of_names(names),
      [](const Configuration& c) -> nlohmann::json { return 8 * c.machine.format->width_bytes; },
      [names](Configuration& c, const std::string& text) {
        c.machine.format = parse_name(names, text);
      }};
}

Parameter engine_parameter() {
  Names<machine::EngineFactory> names;
  for (const machine::EngineDescription& engine : machine::engines()) {
    names.emplace_back(engine.name, engine.make);
  }
  return {"engine",
          "what runs the MMU",
          ValueKind::Name,
          values_of_names(names),
          [](const Configuration& c) -> nlohmann::json { return c.machine.engine; },
          [names](Configuration& c, const std::string& text) {
            c.machine.make_engine = parse_name(names, text);
            c.machine.engine = text;
          }};
}

template <class Find>
void add_cache(std::vector<Parameter>& list, const std::string& name, Find find) {
  const std::string key = "memory." + name;
  list.push_back(number(
      key + "_kib", [find](auto& c) -> auto& { return find(c).size; }, 1, 1U << 20,
      "size of the " + name + " cache in KiB", 1024));
  list.push_back(number(
      key + "_ways", [find](auto& c) -> auto& { return find(c).ways; }, 1, 64,
      "ways of the " + name + " cache"));
  list.push_back(number(
      key + "_latency", [find](auto& c) -> auto& { return find(c).latency; }, 1, kCyclesLimit,
      "load-to-use cycles of a hit in the " + name + " cache"));
}

void add_page_cache(std::vector<Parameter>& list) {
  constexpr std::uint64_t kMost = 1U << 20;
  list.push_back(file_system_parameter());
  list.push_back(choice(
      "vm.file_cache", [](auto& c) -> auto& { return c.machine.file_cache; },
      Names<vm::FileCache>{{"warm", vm::FileCache::Warm}, {"cold", vm::FileCache::Cold}},
      "whether the file is in the page cache at the start"));
  list.push_back(number(
      "vm.readahead", [](auto& c) -> auto& { return c.machine.file_system.read_around; }, 0, kMost,
      "pages read around a missing one of the file; 0 is off"));
  list.push_back(number(
      "vm.dirty_threshold",
      [](auto& c) -> auto& { return c.machine.kernel.file_fault.dirty_threshold; }, 0, kMost,
      "dirty pages of the file above which a first write makes the others be written back; 0 is "
      "never"));
}

/// "page_flush" as "page flush".
std::string words_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

void add_costs(std::vector<Parameter>& list) {
  for (std::size_t i = 0; i < vm::kKernelWorks; ++i) {
    const auto work = static_cast<vm::KernelWork>(i);
    list.push_back(number(
        fmt::format("cost.{}", vm::name(work)),
        [work](auto& c) -> decltype(auto) { return c.machine.kernel.costs[work]; }, 0, 1000000,
        fmt::format("kernel instructions for each {}", words_of(vm::name(work)))));
  }
}

}  // namespace

std::vector<Parameter> machine_parameters() {
  std::vector<Parameter> list{core_parameter(), walker_parameter(), kernel_parameter(),
                              pte_parameter(), engine_parameter()};
  list.push_back(number(
      "nr_hugepages", [](auto& c) -> auto& { return c.machine.nr_hugepages; }, 0, kHugePages,
      "huge pages of 4 MB set aside at boot; 0: a kernel without huge pages"));
  list.push_back(number(
      "vm.max_map_count", [](auto& c) -> auto& { return c.machine.kernel.max_map_count; }, 16,
      0x7FFFFFFF, "VMAs a process may have (sysctl vm.max_map_count)"));
  list.push_back(number(
      "vm.vma_bytes", [](auto& c) -> auto& { return c.machine.kernel.vma_bytes; }, 1, 4096,
      "sizeof(struct vm_area_struct)"));
  list.push_back(fault_around_parameter());
  add_page_cache(list);
  add_costs(list);
  list.push_back(number(
      "memory.ram_mib", [](auto& c) -> auto& { return c.machine.memory.ram; }, 1, 1U << 16,
      "RAM in MiB", 256));
  add_cache(
      list, "l1d", [](auto& c) -> auto& { return c.machine.memory.l1d; });
  add_cache(
      list, "l2", [](auto& c) -> auto& { return c.machine.memory.l2; });
  add_cache(
      list, "cpc", [](auto& c) -> auto& { return c.machine.memory.cpc; });
  list.push_back(number(
      "memory.ddr_latency", [](auto& c) -> auto& { return c.machine.memory.ddr; }, 1, kCyclesLimit,
      "load-to-use cycles of memory"));
  list.push_back(choice(
      "memory.walk_loads", [](auto& c) -> auto& { return c.machine.memory.walk_loads; },
      Names<machine::WalkLoadCache>{{"l2", machine::WalkLoadCache::L2},
                                    {"l1d", machine::WalkLoadCache::L1d}},
      "first cache that a hardware walker loads from"));
  return list;
}

unsigned turn_of(const std::string& key) {
  static const std::set<std::string_view> presets{"workload", "core", "kernel", "pte",
                                                  "vm.file_system"};
  if (presets.count(key) != 0) return 0;
  return key == "walker" ? 1 : 2;  // it changes what the core is
}

}  // namespace tessera::cli
