#include "sw/sweep/sqlite.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

namespace tessera::sweep {
namespace {

// Another program may look at the file, or a Slurm task be ending.
constexpr int kPatienceMilliseconds = 20000;

int flags_of(Sqlite::Open how) {
  switch (how) {
    case Sqlite::Open::ReadOnly:
      return SQLITE_OPEN_READONLY;
    case Sqlite::Open::Unchanging:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case Sqlite::Open::Create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return 0;
}

/// https://sqlite.org/uri.html: what would end the path is to be escaped.
std::string unchanging_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    uri += c == '?' || c == '#' || c == '%' ? fmt::format("%{:02x}", static_cast<unsigned>(c))
                                            : std::string(1, c);
  }
  return uri + "?immutable=1";
}

}  // namespace

Sqlite::Sqlite(const std::string& path, Open how) : path_(path) {
  const std::string name = how == Open::Unchanging ? unchanging_uri(path) : path;
  if (sqlite3_open_v2(name.c_str(), &handle_, flags_of(how), nullptr) != SQLITE_OK) {
    const std::string why = handle_ == nullptr ? "no memory" : sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw SqliteError(fmt::format("{}: {}", path, why), false);
  }
  sqlite3_busy_timeout(handle_, kPatienceMilliseconds);
}

Sqlite::~Sqlite() { sqlite3_close(handle_); }

void Sqlite::fail() const {
  const int code = sqlite3_errcode(handle_);
  throw SqliteError(fmt::format("{}: {}", path_, sqlite3_errmsg(handle_)),
                    code == SQLITE_NOTADB || code == SQLITE_ERROR);
}

void Sqlite::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

int Sqlite::changes() const { return sqlite3_changes(handle_); }

bool Sqlite::has_moved() const {
  int moved = 0;
  return sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
         moved != 0;
}

Statement::Statement(Sqlite& database, std::string_view sql) : database_(database) {
  check(sqlite3_prepare_v2(database.handle_, sql.data(), static_cast<int>(sql.size()), &handle_,
                           nullptr));
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::check(int code) const {
  if (code != SQLITE_OK) database_.fail();
}

Statement& Statement::bind(int parameter, std::string_view text) {
  check(sqlite3_bind_text64(handle_, parameter, text.data(), text.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int parameter, std::int64_t number) {
  check(sqlite3_bind_int64(handle_, parameter, number));
  return *this;
}

Statement& Statement::bind(int parameter, double number) {
  check(sqlite3_bind_double(handle_, parameter, number));
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  check(sqlite3_bind_null(handle_, parameter));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail();
  return false;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() {
  check(sqlite3_reset(handle_));
  check(sqlite3_clear_bindings(handle_));
}

int Statement::columns() const { return sqlite3_column_count(handle_); }

std::string Statement::name(int column) const { return sqlite3_column_name(handle_, column); }

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

bool Statement::is_integer(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_INTEGER;
}

std::string Statement::text(int column) const {
  const auto* text = sqlite3_column_text(handle_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
  return text == nullptr ? "" : std::string(reinterpret_cast<const char*>(text), size);
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

Transaction::Transaction(Sqlite& database, Lock lock) : database_(database) {
  database_.execute(lock == Lock::Exclusive ? "BEGIN EXCLUSIVE" : "BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const UserError&) {
    // SQLite has rolled back by itself, as it does when the disk is full.
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace tessera::sweep
