#pragma once

#include "backup/artifact.h"

#include <QMap>

#include <vector>

namespace tidemark {

// Where each backup of a source begins and what it builds on: what the source remembers from scan to scan, to
// find the parents of increments without reading everything again.
class BackupChain
{
public:
    [[nodiscard]] static BackupChain parse(const QString &text);
    [[nodiscard]] QString toString() const;

    void tell(const Artifact &artifact, std::optional<Lsn> from);
    void forget(const QString &id) { m_links.remove(id); }
    // Its contents are still to be compared, the first so many files aside; tell() forgets it.
    void pause(const QString &id, std::size_t compared) { m_links[id].compared = qint64(compared); }
    void compared(const QString &id)
    {
        if (const auto link = m_links.find(id); link != m_links.end())
            link->compared = -1;
    }
    [[nodiscard]] std::optional<std::size_t> pausedAt(const QString &id) const
    {
        const qint64 compared = m_links.value(id).compared;
        return compared < 0 ? std::nullopt : std::optional(std::size_t(compared));
    }
    // Whether it was still being written when it was read.
    [[nodiscard]] bool isOpen(const QString &id) const { return m_links.value(id).open; }
    // The backup it builds on; "missing 0/2000028" when none that begins there is known; empty: none is
    // needed.
    [[nodiscard]] QString parentOf(const QString &id) const;
    // That of the files, whether their contents were compared, and the parent.
    [[nodiscard]] QString stampOf(const QString &id, const QString &files) const
    {
        const QString mark = pausedAt(id) ? QStringLiteral("…|") : QStringLiteral("|");
        return files + u'|' + mark + parentOf(id);
    }

private:
    struct Link {
        Lsn start;
        std::optional<Lsn> from;
        std::uint64_t system = 0; // 0: not known
        bool open = false;
        qint64 compared = -1; // files, of a pass that has not ended; -1: none is to be made
    };
    QMap<QString, Link> m_links;
};

} // namespace tidemark
