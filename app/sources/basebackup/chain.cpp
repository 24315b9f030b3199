#include "basebackup/chain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace tidemark {

BackupChain BackupChain::parse(const QString &text)
{
    BackupChain chain;
    const QJsonObject all = QJsonDocument::fromJson(text.toUtf8()).object();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QJsonArray words = it->toArray();
        Link link;
        link.start = Lsn::parse(words.at(0).toString()).value_or(Lsn {});
        link.from = Lsn::parse(words.at(1).toString());
        link.system = words.at(2).toString().toULongLong();
        link.open = words.at(3).toBool();
        link.compared = words.at(4).toInteger(-1);
        chain.m_links.insert(it.key(), link);
    }
    return chain;
}

QString BackupChain::toString() const
{
    QJsonObject all;
    for (auto it = m_links.begin(); it != m_links.end(); ++it)
        all.insert(it.key(),
            QJsonArray { it->start.toString(), it->from ? it->from->toString() : QString(),
                QString::number(it->system), it->open, it->compared });
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

void BackupChain::tell(const Artifact &artifact, std::optional<Lsn> from)
{
    m_links.insert(artifact.id,
        { artifact.startLsn.value_or(Lsn {}), from, artifact.systemId ? artifact.systemId->value : 0,
            artifact.state == ArtifactState::Running, -1 });
}

QString BackupChain::parentOf(const QString &id) const
{
    const Link link = m_links.value(id);
    if (!link.from)
        return {};
    for (auto it = m_links.begin(); it != m_links.end(); ++it) {
        const bool sameCluster = it->system == 0 || link.system == 0 || it->system == link.system;
        if (it.key() != id && it->start == *link.from && sameCluster)
            return it.key();
    }
    return u"missing "_s + link.from->toString();
}

} // namespace tidemark
