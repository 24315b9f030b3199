#pragma once

#include "backup/artifact.h"
#include "ports/hostreader.h"

#include <QHash>

namespace tidemark {

// When a dump began, in its own words: "2026-11-20 02:31:07 CET" of a plain one, the same without a zone in
// the header of the others. pg_dump notes it before it takes its snapshot: what the dump holds is no older.
struct SaidStart {
    QString wall; // "2026-11-20 02:31:07"
    QString zone; // "CET", "UTC", "+03"; empty: not told

    [[nodiscard]] static std::optional<SaidStart> parse(const QString &words);
    // Where the zone alone says it.
    [[nodiscard]] std::optional<Instant> exactly() const;
};

// What the clock of one machine showed, as its own tools tell for its own zone.
class HostWalls
{
public:
    struct Moment {
        Instant at;
        QString zone;
    };
    [[nodiscard]] static HostCommand question(const QStringList &walls);
    void take(const HostOutput &answer);
    [[nodiscard]] std::optional<Moment> of(const QString &wall) const;

private:
    QHash<QString, Moment> m_moments;
};

// Gives a dump the start its words tell: exactly, else by the clock of the machine it lies on, unless the
// file was written before that, or another zone is named. How it was read is noted.
void setStart(Artifact &dump, const QString &words, const HostWalls &walls);

} // namespace tidemark
