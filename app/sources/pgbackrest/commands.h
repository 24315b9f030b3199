#pragma once

#include "ports/hostreader.h"

// The commands this source runs. All of them only read, and none writes a log.
namespace tidemark::pgbackrest {

struct Way {
    QString config; // empty: pgBackRest's own default
    [[nodiscard]] HostCommand info(const QString &stanza) const; // empty: all of them
    [[nodiscard]] HostCommand backup(const QString &stanza, qint64 repository, const QString &label) const;
    [[nodiscard]] HostCommand listArchive(const QString &stanza, qint64 repository) const;
    [[nodiscard]] HostCommand listBackups(const QString &stanza, qint64 repository) const;
    [[nodiscard]] HostCommand archived(const QString &stanza, qint64 repository, const QString &path) const;

private:
    [[nodiscard]] HostCommand command(QStringList options, const QStringList &words) const;
    [[nodiscard]] HostCommand inRepository(
        const QString &stanza, qint64 repository, QStringList options, const QStringList &words) const;
};

// Its answer when it ended well; else "pgbackrest.failed" with its own words.
[[nodiscard]] Result<QByteArray> answerOf(const Result<HostOutput> &output);

} // namespace tidemark::pgbackrest
