#include "pbs/version.h"

#include <QStringList>

namespace tidemark::pbs {

Release Version::number() const
{
    const QStringList parts = version.split(u'.');
    const auto part = [&parts](int index) { return index < parts.size() ? parts.at(index).toInt() : 0; };
    const bool patched = parts.size() > 2;
    const int patch = patched ? part(2) : release.toInt();
    return { part(0), part(1), patch };
}

QString Version::text() const
{
    return release.isEmpty() ? version : version + u'.' + release;
}

} // namespace tidemark::pbs
