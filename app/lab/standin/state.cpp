#include "standin/state.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

bool Snapshot::finished() const
{
    return std::any_of(
        files.begin(), files.end(), [](const FileEntry &f) { return f.name == u"index.json.blob"; });
}

QString Snapshot::timeText() const
{
    return isoTime(time);
}

Group *Datastore::group(const QString &ns, const QString &path)
{
    const auto space = namespaces.find(ns);
    if (space == namespaces.end())
        return nullptr;
    const auto found = space->second.find(path);
    return found == space->second.end() ? nullptr : &found->second;
}

QString Datastore::folder(const QString &ns, const QString &below) const
{
    QString result = path();
    if (!ns.isEmpty())
        for (const QString &part : ns.split(u'/'))
            result += u"/ns/"_s + part;
    return result + u'/' + below;
}

TaskRecord *State::task(const QString &upid)
{
    const auto found
        = std::find_if(tasks.rbegin(), tasks.rend(), [&](const TaskRecord &t) { return t.upid == upid; });
    return found == tasks.rend() ? nullptr : &*found;
}

QByteArray hashSecret(const QByteArray &secret)
{
    return QCryptographicHash::hash("tidemark-standin:" + secret, QCryptographicHash::Sha256).toHex();
}

QString digestOf(const Section &section)
{
    QByteArray text;
    for (const auto &[id, properties] : section)
        text += id.toUtf8() + QJsonDocument(properties).toJson(QJsonDocument::Compact) + '\n';
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

QString firstLine(const QString &notes)
{
    return notes.section(u'\n', 0, 0);
}

QString isoTime(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ssZ"_s);
}

} // namespace tidemark::standin
