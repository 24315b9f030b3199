#pragma once

#include "store/database.h"

#include <memory>

namespace tidemark {

// Held as long as a store is open: one console writes to a SQLite store at a time. The kernel gives it up
// with the process, so no stale lock is left by a crash.
class WriterLock
{
public:
    [[nodiscard]] static Result<std::unique_ptr<WriterLock>> take(const QString &path);
    WriterLock(const WriterLock &) = delete;
    WriterLock &operator=(const WriterLock &) = delete;
    ~WriterLock();

private:
    explicit WriterLock(int fd)
        : m_fd(fd)
    {
    }
    int m_fd;
};

struct SqliteOpened {
    std::unique_ptr<WriterLock> lock; // goes after the database
    std::unique_ptr<Database> database;
    std::vector<QString> messages;
};

// A store that lasts as long as the connection.
[[nodiscard]] Result<std::unique_ptr<Database>> openInMemory(const std::vector<Migration> &migrations);

// What `store.db` of a folder holds at this moment, in memory. The file is opened for reading only, and may
// be written by another program meanwhile. Blocks: for the worker.
[[nodiscard]] Result<std::unique_ptr<Database>> copySqlite(
    const QString &folder, const std::vector<Migration> &migrations);

// Opens or makes `store.db` in a folder, checks it, and brings its schema up to date. Blocks: for the worker.
[[nodiscard]] Result<SqliteOpened> openSqlite(
    const QString &folder, const std::vector<Migration> &migrations);

} // namespace tidemark
