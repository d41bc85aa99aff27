#pragma once

#include <cstdint>

#include "model/types/units.hpp"
#include "sw/workload/operation.hpp"

namespace tessera {
class Archive;
}

namespace tessera::workload {

/// What is behind a workload's window.
enum class FileKind : std::uint8_t {
  Data,            ///< a file of which each page begins with its own number
  Hole,            ///< a file that has no pages until they are written
  Device,          ///< memory of a device, its pages as Data's; the driver maps all at once
  FaultingDevice,  ///< the same, mapped page by page when touched
};

/// Where accesses come from: a deterministic source of iterations. It knows no machine and no
/// kernel; the same parameters and seed give the same operations.
class Workload {
 public:
  Workload() = default;
  Workload(const Workload&) = delete;
  Workload& operator=(const Workload&) = delete;
  virtual ~Workload() = default;

  /// Replaces `iteration` by the next one. Returns false, leaving it unspecified, at the end.
  virtual bool next(Iteration& iteration) = 0;

  /// Measured iterations in all, for progress.
  virtual std::uint64_t iterations() const = 0;

  /// Size of the window and of the file behind it.
  virtual PageCount window_pages() const = 0;
  virtual PageCount file_pages() const = 0;

  /// Pages that one mapping call maps.
  virtual PageCount element_pages() const = 0;

  virtual FileKind file_kind() const { return FileKind::Data; }

  /// How far it is: what next() changes (decision 13). What is read goes on with the same
  /// iterations as what was written.
  virtual void state(Archive& archive) = 0;
};

}  // namespace tessera::workload
