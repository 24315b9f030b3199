#pragma once

#include "values/error.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace tidemark {

enum class Dialect { Sqlite, PostgreSql };

class Database;

struct Migration {
    int version = 0;
    QString name;
    QStringList statements;
    Result<> (*then)(Database &) = nullptr; // what SQL cannot do, after the statements

    bool operator==(const Migration &) const = default;
};

// The statements of an SQL text, without comments and empty ones. Understands quotes and "--" comments.
[[nodiscard]] QStringList splitStatements(const QString &sql);

// Reads NNN-name.sql (both dialects) and NNN-name.sqlite.sql or NNN-name.postgresql.sql from a folder. The
// versions must run 1, 2, 3 …; a folder where they do not is "store.migrations".
[[nodiscard]] Result<std::vector<Migration>> readMigrations(const QString &folder, Dialect dialect);

// Those built into the program.
[[nodiscard]] Result<std::vector<Migration>> builtInMigrations(Dialect dialect);

} // namespace tidemark
