#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/types/user_error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace tessera::sweep {

/// What SQLite says of a file.
class SqliteError : public UserError {
 public:
  SqliteError(const std::string& what, bool meaningless)
      : UserError(what), meaningless_(meaningless) {}

  /// The file holds no database, or not the tables that were asked for; else it may well hold them,
  /// and could not be read or written.
  bool meaningless() const { return meaningless_; }

 private:
  bool meaningless_;
};

/// An SQLite database that is open. All its failures are SqliteErrors that name the file.
class Sqlite {
 public:
  /// Unchanging: to be read, and nobody writes it; SQLite makes no files beside it.
  enum class Open : std::uint8_t { ReadOnly, Unchanging, Create };

  Sqlite(const std::string& path, Open how);
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;
  ~Sqlite();

  const std::string& path() const { return path_; }

  /// Runs statements that return nothing.
  void execute(const std::string& sql);

  /// Rows that the statement run last has changed.
  int changes() const;

  /// The file is no longer where it was when it was opened.
  bool has_moved() const;

 private:
  friend class Statement;
  [[noreturn]] void fail() const;

  std::string path_;
  sqlite3* handle_ = nullptr;
};

/// One prepared statement. Parameters count from 1, columns from 0.
class Statement {
 public:
  Statement(Sqlite& database, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::int64_t number);
  Statement& bind(int parameter, double number);
  Statement& bind_null(int parameter);

  /// True when there is a row to look at, false at the end.
  bool step();

  /// Runs it to its end, and makes it ready to be bound anew.
  void run();

  /// Makes it ready to be bound and stepped anew.
  void reset();

  int columns() const;
  std::string name(int column) const;
  bool is_null(int column) const;
  bool is_integer(int column) const;
  std::string text(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;

 private:
  void check(int code) const;

  Sqlite& database_;
  sqlite3_stmt* handle_ = nullptr;
};

/// All that happens between its birth and commit() happens, or none of it.
class Transaction {
 public:
  /// Exclusive: nobody else reads either, in whatever journal mode.
  enum class Lock : std::uint8_t { Immediate, Exclusive };

  explicit Transaction(Sqlite& database, Lock lock = Lock::Immediate);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  void commit();

 private:
  Sqlite& database_;
  bool open_ = true;
};

}  // namespace tessera::sweep
