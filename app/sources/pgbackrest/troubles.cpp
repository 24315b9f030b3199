#include "pgbackrest/troubles.h"

#include <algorithm>

namespace tidemark::pgbackrest {

using namespace Qt::StringLiterals;

namespace {

Error errorOf(const Status &status)
{
    switch (status.code) {
    case MissingStanzaPath:
        return { ErrorKind::NotFound, u"pgbackrest.missing-stanza"_s, status.message };
    case NoValidBackups:
        return { ErrorKind::NotFound, u"pgbackrest.no-backup"_s, status.message };
    case MissingStanzaData:
        return { ErrorKind::NotFound, u"pgbackrest.missing-data"_s, status.message };
    case DatabaseMismatch:
        return { ErrorKind::Conflict, u"pgbackrest.database-mismatch"_s, status.message };
    default:
        break;
    }
    const bool denied = status.message.contains(u"Permission denied"_s);
    return { denied ? ErrorKind::Denied : ErrorKind::Protocol,
        denied ? u"pgbackrest.denied"_s : u"pgbackrest.stanza"_s, status.message };
}

} // namespace

QString storeOf(const Stanza &stanza, qint64 repository)
{
    return u"%1/repo%2"_s.arg(stanza.name).arg(repository);
}

std::vector<SourceTrouble> troublesOf(const Stanza &stanza, const QString &source, const QString &cluster)
{
    std::vector<SourceTrouble> troubles;
    for (const Repository &repository : stanza.repositories)
        if (repository.status.code != Ok)
            troubles.push_back(
                { source, storeOf(stanza, repository.key), cluster, errorOf(repository.status) });
    if (troubles.empty() && stanza.status.code != Ok)
        troubles.push_back({ source, stanza.name, cluster, errorOf(stanza.status) });
    return troubles;
}

bool isWhole(const Stanza &stanza)
{
    const bool told = stanza.status.code != MissingStanzaPath && stanza.status.code != MissingStanzaData
        && stanza.status.code != Other;
    return (told || !stanza.repositories.empty())
        && std::ranges::all_of(stanza.repositories, &Repository::readable);
}

} // namespace tidemark::pgbackrest
