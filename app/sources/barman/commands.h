#pragma once

#include "ports/hostreader.h"

// The commands this source runs. They have their old names, which every version knows.
namespace tidemark::barman {

struct Way {
    QString config; // empty: Barman's own default
    [[nodiscard]] HostCommand listBackups(const QString &server) const; // empty: all
    [[nodiscard]] HostCommand showBackup(const QString &server, const QString &id) const;
    [[nodiscard]] HostCommand showServer(const QString &server) const;
    [[nodiscard]] HostCommand check(const QString &server) const;

private:
    [[nodiscard]] HostCommand command(const QStringList &words) const;
};

// What it printed. Barman ends with 1 when a check fails, and prints all the same; only without an answer is
// the end an error, "barman.failed" with its own words.
[[nodiscard]] Result<QByteArray> answerOf(const Result<HostOutput> &output);

} // namespace tidemark::barman
