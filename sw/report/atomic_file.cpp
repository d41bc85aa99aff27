#include "sw/report/atomic_file.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/report/part_file.hpp"

namespace tessera::report {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
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
}

PartFile::PartFile(std::string path) : path_(std::move(path)), beside_(path_ + ".part") {
  check_writable(path_);
  file_.open(beside_, std::ios::binary | std::ios::trunc);
  insist();
}

PartFile::~PartFile() {
  std::error_code error;
  file_.close();
  fs::remove(beside_, error);
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
  std::error_code error;
  fs::rename(beside_, path_, error);
  if (error) refuse(path_, error.message());
}

void write_file(const std::string& path, std::string_view contents) {
  PartFile file(path);
  file.write(contents);
  file.finish();
}

}  // namespace tessera::report
