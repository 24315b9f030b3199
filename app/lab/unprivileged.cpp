#include "lab/unprivileged.h"

#include <QDirIterator>
#include <QFile>

#include <array>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace tidemark::lab {

std::optional<Account> accountToDropTo()
{
    if (geteuid() != 0)
        return std::nullopt;
    static constexpr std::array names { "postgres", "nobody" };
    for (const char *name : names) {
        if (const passwd *entry = getpwnam(name)) // NOLINT(concurrency-mt-unsafe): before any thread starts
            return Account { entry->pw_uid, entry->pw_gid, QString::fromLatin1(name) };
    }
    return std::nullopt;
}

void dropRights(QProcess &process)
{
    const auto account = accountToDropTo();
    if (!account)
        return;
    process.setChildProcessModifier([id = *account] {
        if (setgroups(0, nullptr) != 0 || setgid(id.gid) != 0 || setuid(id.uid) != 0)
            _exit(126);
    });
}

bool giveAway(const QString &path)
{
    const auto account = accountToDropTo();
    if (!account)
        return true;
    const auto give = [&](const QString &one) {
        return lchown(QFile::encodeName(one).constData(), account->uid, account->gid) == 0;
    };
    if (!give(path))
        return false;
    QDirIterator below(path, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (below.hasNext()) {
        if (!give(below.next()))
            return false;
    }
    return true;
}

} // namespace tidemark::lab
