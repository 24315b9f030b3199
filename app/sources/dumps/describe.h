#pragma once

#include "backup/artifact.h"
#include "dumps/inspector.h"
#include "dumps/items.h"
#include "fleet/fleet.h"

namespace tidemark {

// What the fleet file says of the place the dumps lie in.
struct DumpPlace {
    QString source;
    QByteArray folder; // absolute
    std::vector<Cluster> clusters; // whose dumps may be here

    [[nodiscard]] static DumpPlace of(const Source &source, const Fleet &fleet);
    // The only cluster, or the one that a path or a database names; empty: not known.
    [[nodiscard]] QString clusterOf(const QByteArray &path, const QString &database) const;
    [[nodiscard]] QByteArray absolute(const QByteArray &path) const;
};

[[nodiscard]] QString idOf(const DumpItem &item);
// Without stamp and globals.
[[nodiscard]] Artifact describe(
    const DumpItem &item, const DumpFacts &facts, const DumpPlace &place, Instant now);

} // namespace tidemark
