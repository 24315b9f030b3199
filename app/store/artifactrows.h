#pragma once

#include "backup/artifact.h"
#include "insight/facts.h"
#include "store/artifactpage.h"
#include "store/database.h"

namespace tidemark {

// Artifacts as rows of the catalogue. What many of one source have in common is a group, written once.
struct ArtifactGroup {
    QString cluster;
    std::optional<SystemId> systemId;
    QString part;
    QString database;
    QString format;
    QString compression;
    bool encrypted = false;
    Quiesced quiesced = Quiesced::Unknown;
    QStringList tablespaces;
    int serverVersion = 0;
    QString toolVersion;
    bool located = false; // locations are this prefix and the artifact's id
    QString prefix;

    bool operator==(const ArtifactGroup &) const = default;
};
[[nodiscard]] ArtifactGroup groupOf(const Artifact &artifact);
[[nodiscard]] QByteArray toJson(const ArtifactGroup &group);
[[nodiscard]] Result<ArtifactGroup> groupFromJson(const QByteArray &json);

[[nodiscard]] size_t qHash(const ArtifactGroup &group, size_t seed = 0);

[[nodiscard]] ArtifactRow rowOf(const Artifact &artifact, int group);
// The other way.
[[nodiscard]] Result<Artifact> artifactOf(
    const ArtifactRow &row, const QString &source, const ArtifactGroup &group);
[[nodiscard]] int groupIn(const PackedFact &packed);
// What insight reads; the group's part of it too.
void readFact(ArtifactFact &fact, const PackedFact &packed, const ArtifactGroup &group);
// When it was made, for a table in the order of time.
[[nodiscard]] Instant timeOf(const PackedFact &packed);

// NULL for what is not there.
template <class T>
[[nodiscard]] QVariant orNull(const std::optional<T> &value);
[[nodiscard]] QVariant bigint(Instant instant);
[[nodiscard]] QVariant bigint(Lsn lsn);
[[nodiscard]] QVariant bigint(SystemId id);
[[nodiscard]] QVariant bigint(TimelineId timeline);
[[nodiscard]] QVariant bigint(Bytes bytes);
[[nodiscard]] std::optional<Instant> instantFrom(const QVariant &value);
[[nodiscard]] std::optional<SystemId> systemIdFrom(const QVariant &value);

// Text that every database takes: no NUL character, no half of a surrogate pair.
[[nodiscard]] QString storable(QString text);

template <class T>
QVariant orNull(const std::optional<T> &value)
{
    return value ? bigint(*value) : QVariant(QMetaType::fromType<qlonglong>());
}

} // namespace tidemark
