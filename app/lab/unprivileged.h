#pragma once

#include <QProcess>
#include <QString>

#include <optional>
#include <sys/types.h>

namespace tidemark::lab {

// PostgreSQL refuses to run as root. As root the lab's servers run as the user "postgres", or "nobody" where
// that one is missing; as anybody else they run as that person.
struct Account {
    uid_t uid = 0;
    gid_t gid = 0;
    QString name;
};

[[nodiscard]] std::optional<Account> accountToDropTo();
// Makes a process start as that account. Does nothing unless we are root.
void dropRights(QProcess &process);
// The same, and the process ends with the thread that started it: a lab that is killed leaves no tool behind.
void prepareTool(QProcess &process);
// Gives a file or folder, and all below it, to that account. Does nothing unless we are root.
[[nodiscard]] bool giveAway(const QString &path);

} // namespace tidemark::lab
