#pragma once

#include "backup/servercopy.h"
#include "ports/sqlsession.h"

namespace tidemark {

// What the answers to a server copy's questions mean; the questions are the files of resources/sql/copy.
void readControl(ServerCopy &copy, const Result<SqlRows> &answer, const QString &role);
void readSettings(ServerCopy &copy, const Result<SqlRows> &answer, const QString &role);
void readCollations(ServerCopy &copy, const Result<SqlRows> &answer);

// Paths of the files to copy: those the settings name, and what they include.
[[nodiscard]] QStringList filePaths(ServerCopy &copy, const Result<SqlRows> &included, const QString &role);
void readFile(ServerCopy &copy, const QString &path, const Result<SqlRows> &answer, const QString &role);

struct DatabaseToCopy {
    quint32 oid = 0;
    QString name;
};
[[nodiscard]] std::vector<DatabaseToCopy> readDatabases(
    ServerCopy &copy, const Result<SqlRows> &answer, const QString &role);
// Shared catalogs are told by every database; the first one's are kept, as database 0.
void readRelations(ServerCopy &copy, const DatabaseToCopy &database, const SqlRows &rows, bool withShared);
void readExtensions(ServerCopy &copy, const DatabaseToCopy &database, const Result<SqlRows> &answer);
void noteUnread(ServerCopy &copy, const DatabaseToCopy &database, const Error &error, const QString &role);

} // namespace tidemark
