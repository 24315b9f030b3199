#pragma once

#include <QString>

// The names under which the window and the settings keep what one person chose.
namespace tidemark::preference {

inline QString theme()
{
    return QStringLiteral("theme");
} // system | light | dark
inline QString zone()
{
    return QStringLiteral("zone");
} // IANA name, empty: the system's
inline QString clock()
{
    return QStringLiteral("clock");
} // utc | local
inline QString language()
{
    return QStringLiteral("language");
} // empty: the system's
inline QString fleet()
{
    return QStringLiteral("fleet");
} // path of the fleet file last opened
inline QString notify()
{
    return QStringLiteral("notify");
} // off: the desktop tells no new failures
inline QString alarms(const QString &fleetFile)
{
    return QStringLiteral("alarms/")
        + QString::fromLatin1(fleetFile.toUtf8().toBase64(QByteArray::Base64UrlEncoding));
} // what was told of this fleet already
inline QString page()
{
    return QStringLiteral("window/page");
}
inline QString scope()
{
    return QStringLiteral("window/scope");
}
inline QString geometry()
{
    return QStringLiteral("window/geometry");
}
inline QString pageState(const QString &page)
{
    return QStringLiteral("page/") + page;
}
inline QString asTable(const QString &page)
{
    return QStringLiteral("table/") + page;
} // yes | empty

} // namespace tidemark::preference
