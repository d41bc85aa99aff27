#include "model/rtl/checked_stdio.hpp"

#include <atomic>
#include <cerrno>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

#include "model/wave/wave_file.hpp"

namespace tessera::rtl {
namespace {

std::atomic<int> g_first_error{0};

void note_error() {
  int none = 0;
  g_first_error.compare_exchange_strong(none, errno);
}

}  // namespace

int take_write_error() { return g_first_error.exchange(0); }

size_t checked_fwrite(const void* data, size_t size, size_t count, std::FILE* file) {
  const size_t written = std::fwrite(data, size, count, file);
  if (written != count && size != 0) {
    note_error();
  }
  return written;
}

int checked_fputc(int character, std::FILE* file) {
  const int result = std::fputc(character, file);
  if (result == EOF) {
    note_error();
  }
  return result;
}

int checked_fflush(std::FILE* file) {
  const int result = std::fflush(file);
  if (result != 0) {
    note_error();
  }
  return result;
}

int checked_fseeko(std::FILE* file, off_t offset, int whence) {
  const int result = fseeko(file, offset, whence);
  if (result != 0) {
    note_error();
  }
  return result;
}

int checked_fclose(std::FILE* file) {
  const int result = std::fclose(file);
  if (result != 0) {
    note_error();
  }
  return result;
}

std::FILE* scratch_file() {
  const int descriptor = memfd_create("wave", MFD_CLOEXEC);
  std::FILE* file = descriptor < 0 ? nullptr : fdopen(descriptor, "w+b");
  if (file == nullptr) {
    note_error();
  }
  return file;
}

std::FILE* checked_fopen(const char* name, const char* mode) {
  const bool writes = mode[0] == 'w';
  if (writes && std::string_view(name).ends_with(".hier")) {
    return scratch_file();
  }
  std::FILE* file = std::fopen(name, mode);
  if (writes && file == nullptr) {
    note_error();
  }
  return file;
}

int checked_unlink(const char* name) {
  return std::string_view(name).ends_with(wave::kUnfinished) ? 0 : unlink(name);
}

}  // namespace tessera::rtl
