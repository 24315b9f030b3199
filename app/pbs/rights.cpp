#include "pbs/rights.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

QString parentOf(const QString &path)
{
    if (path == u"/"_s || path.isEmpty())
        return {};
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash <= 0 ? u"/"_s : path.left(slash);
}

QString quoted(const QString &word)
{
    QString inner = word;
    return u'\'' + inner.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

bool holds(const Permissions &permissions, const QString &path, const QString &privilege)
{
    for (QString at = path; !at.isEmpty(); at = parentOf(at)) {
        const auto entry = permissions.paths.find(at);
        if (entry == permissions.paths.end())
            continue;
        const auto right = entry->second.find(privilege);
        if (right == entry->second.end())
            return false;
        // What does not reach down leaves what comes from further up.
        if (at == path || right->second)
            return true;
    }
    return false;
}

bool holdsBelow(const Permissions &permissions, const QString &path, const QString &privilege)
{
    const auto own = permissions.paths.find(path);
    if (own != permissions.paths.end()) {
        const auto right = own->second.find(privilege);
        if (right == own->second.end() || !right->second)
            return false;
    }
    if (!holds(permissions, path, privilege))
        return false;
    const QString prefix = path + u'/';
    for (const auto &[below, rights] : permissions.paths)
        if (below.startsWith(prefix) && !rights.contains(privilege))
            return false;
    return true;
}

MissingRight missingRight(
    const QString &what, const QString &path, const QString &role, const QString &authId)
{
    return { what,
        u"proxmox-backup-manager acl update %1 %2 --auth-id %3"_s.arg(quoted(path), role, quoted(authId)) };
}

QString datastorePath(const QString &store, const QString &ns)
{
    return u"/datastore/"_s + store + (ns.isEmpty() ? QString() : u'/' + ns);
}

} // namespace tidemark::pbs
