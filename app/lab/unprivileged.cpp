#include "lab/unprivileged.h"

#include <QDirIterator>
#include <QFile>

#include <array>
#include <csignal>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace tidemark::lab {

namespace {

std::optional<Account> findAccount()
{
    if (geteuid() != 0)
        return std::nullopt;
    static constexpr std::array names { "postgres", "nobody" };
    for (const char *name : names) {
        if (const passwd *entry = getpwnam(name)) // NOLINT(concurrency-mt-unsafe): called once
            return Account { entry->pw_uid, entry->pw_gid, QString::fromLatin1(name) };
    }
    return std::nullopt;
}

// Runs in the child between fork and exec.
void become(const Account &account)
{
    if (setgroups(0, nullptr) != 0 || setgid(account.gid) != 0 || setuid(account.uid) != 0)
        _exit(126);
}

} // namespace

std::optional<Account> accountToDropTo()
{
    static const auto account = findAccount();
    return account;
}

void dropRights(QProcess &process)
{
    if (const auto account = accountToDropTo())
        process.setChildProcessModifier([id = *account] { become(id); });
}

void prepareTool(QProcess &process)
{
    process.setChildProcessModifier([account = accountToDropTo()] {
        if (account)
            become(*account);
        prctl(PR_SET_PDEATHSIG, SIGKILL); // after the change of account, which would undo it
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
