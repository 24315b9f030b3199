#pragma once

#include "values/error.h"

#include <QByteArray>
#include <QString>

namespace tidemark {

// A descriptor that closes itself, and writes that are on the disk when they return. They block.
class SyncedFile
{
public:
    SyncedFile() = default;
    SyncedFile(SyncedFile &&other) noexcept;
    SyncedFile &operator=(SyncedFile &&other) noexcept;
    SyncedFile(const SyncedFile &) = delete;
    SyncedFile &operator=(const SyncedFile &) = delete;
    ~SyncedFile();

    [[nodiscard]] static Result<SyncedFile> open(const QString &path, int flags);
    [[nodiscard]] bool lock() const; // false: another program, or another handle, holds it
    [[nodiscard]] Result<> append(const QByteArray &bytes) const; // all of it, or nothing is left of it
    [[nodiscard]] Result<> cutTo(qint64 size) const;

private:
    int m_number = -1;
    QString m_path;
};

// Writes a new file, and the name of it in its folder.
[[nodiscard]] Result<> writeSynced(const QString &path, const QByteArray &bytes);
[[nodiscard]] Result<> syncFolder(const QString &path);
[[nodiscard]] Result<QByteArray> readWhole(const QString &path);

} // namespace tidemark
