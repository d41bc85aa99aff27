#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/workload/visits.hpp"

namespace tessera::workload {
namespace {

FileKind kind_of_driver(const std::string& driver) {
  if (driver == "all") return FileKind::Device;
  if (driver == "fault") return FileKind::FaultingDevice;
  throw UserError(
      fmt::format("driver is '{}': a driver maps 'all' frames at once, or one by a "
                  "'fault'",
                  driver));
}

std::vector<Parameter> device_parameters() {
  std::vector<Parameter> parameters = with_visit_parameters(
      {{"driver", "all: maps all frames in mmap; fault: each when it is touched",
        std::string("all")}});
  // Every page of a device is there from the beginning: 4 GB and no more.
  for (Parameter& parameter : parameters) {
    if (parameter.key == "file_pages") parameter.highest = 1U << 20;
  }
  return parameters;
}

Plan plan_device(const Values& values) {
  VisitParameters p = visit_parameters_of(values);
  const std::string& driver = values.text("driver");
  p.file = kind_of_driver(driver);
  return plan_visits(visits_title("device", p, fmt::format(", driver {}", driver)), p,
                     UniformPattern(p));
}

}  // namespace

Description describe_device() {
  return {
      "device",
      "Memory of a device instead of a file, at random places, by a driver that maps all frames "
      "of a\nmapping when it is made (remap_pfn_range), or one frame when it is touched "
      "(vm_insert_pfn). With large\nelements of which little is used the second one pays. "
      "Kernels with a remap_file_pages of their own\nrefuse it for what a driver mapped; those "
      "that emulate it make mappings.",
      device_parameters(), "--driver fault --element-pages 64 --visits 20000", plan_device};
}

}  // namespace tessera::workload
