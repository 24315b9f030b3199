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
    // Whether it was still being written when it was read.
    [[nodiscard]] bool isOpen(const QString &id) const { return m_links.value(id).open; }
    // The backup it builds on; "missing 0/2000028" when none that begins there is known; empty: none is
    // needed.
    [[nodiscard]] QString parentOf(const QString &id) const;
    // That of the files, and the parent.
    [[nodiscard]] QString stampOf(const QString &id, const QString &files) const
    {
        return files + u'|' + parentOf(id);
    }

private:
    struct Link {
        Lsn start;
        std::optional<Lsn> from;
        std::uint64_t system = 0; // 0: not known
        bool open = false;
    };
    QMap<QString, Link> m_links;
};

} // namespace tidemark
