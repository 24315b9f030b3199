#pragma once

#include "backup/artifact.h"
#include "insight/facts.h"
#include "store/database.h"

#include <QSqlQuery>

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

// The columns of table artifacts after `source`, in the order of ArtifactColumns.
[[nodiscard]] const QString &artifactColumns();
[[nodiscard]] QVariantList artifactRow(const Artifact &artifact, int group);
// The other way; `at` is where `id` stands in the row.
[[nodiscard]] Result<Artifact> artifactFrom(
    const QVariantList &row, qsizetype at, const QString &source, const ArtifactGroup &group);

// The columns insight reads, and the fact they make.
[[nodiscard]] const QString &factColumns();
[[nodiscard]] int groupIn(const QSqlQuery &row);
void readFact(ArtifactFact &fact, const QSqlQuery &row, const ArtifactGroup &group);

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
