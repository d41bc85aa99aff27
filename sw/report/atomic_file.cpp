#include "sw/report/atomic_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/core.h>

#include "model/types/user_error.hpp"

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

void write_file(const std::string& path, std::string_view contents) {
  check_writable(path);
  const std::string beside = path + ".part";
  std::error_code error;
  {
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file.write(contents.data(), static_cast<std::streamsize>(contents.size()));
    file.flush();
    if (!file) {
      const std::string why = std::generic_category().message(errno);
      fs::remove(beside, error);
      refuse(path, why);
    }
  }
  fs::rename(beside, path, error);
  if (error) {
    const std::string why = error.message();
    fs::remove(beside, error);
    refuse(path, why);
  }
}

}  // namespace tessera::report
