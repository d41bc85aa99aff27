#include "sw/report/atomic_file.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <unistd.h>

#include "model/types/user_error.hpp"
#include "sw/report/part_file.hpp"

namespace tessera::report {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// A pipe, a device, or what the standard output is just now.
bool is_written_in_place(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const bool of_this_process =
      fs::is_symlink(path, error) &&
      fs::absolute(path).lexically_normal().string().rfind("/dev/", 0) == 0;
  return of_this_process || (fs::exists(status) && !fs::is_regular_file(status));
}

/// Behind the link, if it is one.
fs::path place_of(const fs::path& path) {
  std::error_code error;
  return fs::is_symlink(path, error) ? fs::weakly_canonical(path) : path;
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw UserError(fmt::format("{}: cannot write this file: {}", path, why));
}

}  // namespace

void check_writable(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(folder_of(path), error)) {
    refuse(path, fmt::format("there is no folder {}", folder_of(path).string()));
  }
  if (fs::is_directory(path, error)) {
    refuse(path, "it is a folder; name a file in it");
  }
  const fs::path written = is_written_in_place(path) ? fs::path(path) : folder_of(place_of(path));
  if (access(written.c_str(), W_OK) != 0) {
    refuse(path, std::generic_category().message(errno));
  }
}

PartFile::PartFile(std::string path) : path_(std::move(path)) {
  check_writable(path_);
  const bool in_place = is_written_in_place(path_);
  place_ = in_place ? path_ : place_of(path_).string();
  beside_ = in_place ? place_ : place_ + ".part";
  file_.open(beside_, std::ios::binary | (in_place ? std::ios::app : std::ios::trunc));
  insist();
}

PartFile::~PartFile() {
  std::error_code error;
  file_.close();
  if (beside_ != place_) fs::remove(beside_, error);
}

void PartFile::insist() const {
  if (!file_) refuse(path_, std::generic_category().message(errno));
}

void PartFile::write(std::string_view text) {
  file_.write(text.data(), static_cast<std::streamsize>(text.size()));
  insist();
}

void PartFile::finish() {
  file_.flush();
  insist();
  file_.close();
  insist();
  if (beside_ == place_) return;
  std::error_code error;
  fs::rename(beside_, place_, error);
  if (error) refuse(path_, error.message());
}

void write_file(const std::string& path, std::string_view contents) {
  PartFile file(path);
  file.write(contents);
  file.finish();
}

}  // namespace tessera::report
