#include "store/artifactrows.h"

#include "store/cataloguefields.h"

namespace tidemark {

// What only one artifact has, beside the columns.
struct ArtifactOwn {
    QString why;
    QStringList needs;
    QString withGlobals;
    std::vector<Check> checks;
    QStringList holds;
    QMap<QString, QString> notes;
    QString location; // empty: the group's prefix and the id

    bool operator==(const ArtifactOwn &) const = default;
};

void fields(auto &visit, Is<ArtifactOwn> auto &own)
{
    auto &[why, needs, withGlobals, checks, holds, notes, location] = own;
    visit("why"_L1, why);
    visit("needs"_L1, needs);
    visit("withGlobals"_L1, withGlobals);
    visit("checks"_L1, checks);
    visit("holds"_L1, holds);
    visit("notes"_L1, notes);
    visit("location"_L1, location);
}

void fields(auto &visit, Is<ArtifactGroup> auto &group)
{
    auto &[cluster, systemId, part, database, format, compression, encrypted, quiesced, tablespaces,
        serverVersion, toolVersion, located, prefix]
        = group;
    visit("cluster"_L1, cluster);
    visit("systemId"_L1, systemId);
    visit("part"_L1, part);
    visit("database"_L1, database);
    visit("format"_L1, format);
    visit("compression"_L1, compression);
    visit("encrypted"_L1, encrypted);
    visit("quiesced"_L1, quiesced);
    visit("tablespaces"_L1, tablespaces);
    visit("serverVersion"_L1, serverVersion);
    visit("toolVersion"_L1, toolVersion);
    visit("located"_L1, located);
    visit("prefix"_L1, prefix);
}

namespace {

enum Trait {
    CarriesWal = 1 << 16,
    HasManifest = 1 << 17,
    WithGlobals = 1 << 18,
    Held = 1 << 19,
    BadPages = 1 << 20
};

int traitsOf(const ArtifactFact &fact)
{
    int traits = static_cast<int>(fact.kind) | static_cast<int>(fact.method) << 4
        | static_cast<int>(fact.state) << 8 | static_cast<int>(fact.assurance) << 12;
    traits |= fact.carriesWal ? CarriesWal : 0;
    traits |= fact.hasManifest ? HasManifest : 0;
    traits |= fact.withGlobals ? WithGlobals : 0;
    traits |= fact.held ? Held : 0;
    traits |= fact.badPages ? BadPages : 0;
    return traits;
}

template <class T>
T part(int traits, int shift)
{
    return static_cast<T>((traits >> shift) & 15);
}

bool endsWithId(const Artifact &artifact)
{
    return !artifact.id.isEmpty() && artifact.location.endsWith(artifact.id);
}

ArtifactOwn ownOf(const Artifact &artifact)
{
    return { .why = artifact.why,
        .needs = artifact.needs,
        .withGlobals = artifact.withGlobals,
        .checks = artifact.checks,
        .holds = artifact.holds,
        .notes = artifact.notes,
        .location = endsWithId(artifact) ? QString() : artifact.location };
}

QVariant textOrNull(const QString &text)
{
    return text.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : QVariant(text);
}

template <class T>
std::optional<T> maybe(const QVariant &value)
{
    if (value.isNull())
        return std::nullopt;
    if constexpr (std::is_same_v<T, Instant>)
        return Instant::fromMicroseconds(value.toLongLong());
    else if constexpr (std::is_same_v<T, Bytes>)
        return Bytes { value.toLongLong() };
    else if constexpr (std::is_same_v<T, TimelineId>)
        return TimelineId { static_cast<std::uint32_t>(value.toLongLong()) };
    else
        return T { static_cast<std::uint64_t>(value.toLongLong()) };
}

std::optional<qint64> count(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional<qint64>(value.toLongLong());
}

} // namespace

ArtifactGroup groupOf(const Artifact &artifact)
{
    return { .cluster = artifact.cluster,
        .systemId = artifact.systemId,
        .part = artifact.part,
        .database = artifact.database,
        .format = artifact.format,
        .compression = artifact.compression,
        .encrypted = artifact.encrypted,
        .quiesced = artifact.quiesced,
        .tablespaces = artifact.tablespaces,
        .serverVersion = artifact.serverVersion,
        .toolVersion = artifact.toolVersion,
        .located = endsWithId(artifact),
        .prefix = endsWithId(artifact) ? artifact.location.chopped(artifact.id.size()) : QString() };
}

QByteArray toJson(const ArtifactGroup &group)
{
    return writtenAsJson(group, true);
}

Result<ArtifactGroup> groupFromJson(const QByteArray &json)
{
    return readFromJson<ArtifactGroup>(json, u"store.facts"_s);
}

const QString &artifactColumns()
{
    static const QString columns
        = u"id, stamp, in_group, traits, start_at, stop_at, assured_at, start_lsn, stop_lsn, timeline, "
          "size, stored, parent, own, objects, reason"_s;
    return columns;
}

QVariantList artifactRow(const Artifact &artifact, int group)
{
    const ArtifactFact fact = factOf(artifact, 0, {});
    const ArtifactOwn own = ownOf(artifact);
    const QString text = own == ArtifactOwn {} ? QString() : QString::fromUtf8(writtenAsJson(own, true));
    const QVariant objects = artifact.objects ? QVariant(qlonglong { *artifact.objects })
                                              : QVariant(QMetaType::fromType<qlonglong>());
    return { artifact.id, artifact.stamp.isNull() ? u""_s : artifact.stamp, group, traitsOf(fact),
        orNull(artifact.start), orNull(artifact.stop), orNull(fact.assuredAt), orNull(artifact.startLsn),
        orNull(artifact.stopLsn), orNull(artifact.timeline), orNull(artifact.size), orNull(artifact.stored),
        textOrNull(artifact.parent), textOrNull(text), objects, textOrNull(storable(fact.why)) };
}

Result<Artifact> artifactFrom(
    const QVariantList &row, qsizetype at, const QString &source, const ArtifactGroup &group)
{
    ArtifactOwn own;
    if (const QVariant &text = row.at(at + 13); !text.isNull()) {
        auto read = readFromJson<ArtifactOwn>(text.toString().toUtf8(), u"store.facts"_s);
        if (!read)
            return tl::unexpected(std::move(read).error());
        own = *std::move(read);
    }
    const int traits = row.at(at + 3).toInt();
    Artifact artifact;
    artifact.source = source;
    artifact.id = row.at(at).toString();
    artifact.stamp = row.at(at + 1).toString();
    artifact.cluster = group.cluster;
    artifact.systemId = group.systemId;
    artifact.kind = part<ArtifactKind>(traits, 0);
    artifact.method = part<Method>(traits, 4);
    artifact.state = part<ArtifactState>(traits, 8);
    artifact.why = own.why;
    artifact.start = maybe<Instant>(row.at(at + 4));
    artifact.stop = maybe<Instant>(row.at(at + 5));
    artifact.startLsn = maybe<Lsn>(row.at(at + 7));
    artifact.stopLsn = maybe<Lsn>(row.at(at + 8));
    artifact.timeline = maybe<TimelineId>(row.at(at + 9));
    artifact.size = maybe<Bytes>(row.at(at + 10));
    artifact.stored = maybe<Bytes>(row.at(at + 11));
    artifact.parent = row.at(at + 12).toString();
    artifact.needs = own.needs;
    artifact.part = group.part;
    artifact.database = group.database;
    artifact.withGlobals = own.withGlobals;
    artifact.format = group.format;
    artifact.compression = group.compression;
    artifact.encrypted = group.encrypted;
    artifact.hasManifest = (traits & HasManifest) != 0;
    artifact.carriesWal = (traits & CarriesWal) != 0;
    artifact.objects = count(row.at(at + 14));
    artifact.tablespaces = group.tablespaces;
    artifact.serverVersion = group.serverVersion;
    artifact.toolVersion = group.toolVersion;
    artifact.quiesced = group.quiesced;
    artifact.checks = std::move(own.checks);
    artifact.holds = own.holds;
    artifact.notes = own.notes;
    artifact.location = group.located ? group.prefix + artifact.id : own.location;
    return artifact;
}

const QString &factColumns()
{
    static const QString columns = u"in_group, traits, start_at, stop_at, assured_at, start_lsn, stop_lsn, "
                                   "timeline, coalesce(stored, size), id, parent, objects, reason"_s;
    return columns;
}

int groupIn(const QSqlQuery &row)
{
    return row.value(0).toInt();
}

void readFact(ArtifactFact &fact, const QSqlQuery &row, const ArtifactGroup &group)
{
    const int traits = row.value(1).toInt();
    fact.kind = part<ArtifactKind>(traits, 0);
    fact.method = part<Method>(traits, 4);
    fact.state = part<ArtifactState>(traits, 8);
    fact.assurance = part<Assurance>(traits, 12);
    fact.carriesWal = (traits & CarriesWal) != 0;
    fact.hasManifest = (traits & HasManifest) != 0;
    fact.withGlobals = (traits & WithGlobals) != 0;
    fact.held = (traits & Held) != 0;
    fact.badPages = (traits & BadPages) != 0;
    fact.start = maybe<Instant>(row.value(2));
    fact.stop = maybe<Instant>(row.value(3));
    fact.assuredAt = maybe<Instant>(row.value(4));
    fact.startLsn = maybe<Lsn>(row.value(5));
    fact.stopLsn = maybe<Lsn>(row.value(6));
    fact.timeline = maybe<TimelineId>(row.value(7));
    fact.stored = maybe<Bytes>(row.value(8));
    fact.id = row.value(9).toString();
    fact.parent = row.value(10).toString();
    fact.objects = count(row.value(11));
    fact.why = row.value(12).toString();
    fact.database = group.database;
    fact.part = group.part;
}

QVariant bigint(Instant instant)
{
    return static_cast<qlonglong>(instant.sinceEpoch.count());
}

QVariant bigint(Lsn lsn)
{
    return static_cast<qlonglong>(lsn.value);
}

QVariant bigint(SystemId id)
{
    return static_cast<qlonglong>(id.value);
}

QVariant bigint(TimelineId timeline)
{
    return static_cast<qlonglong>(timeline.value);
}

QVariant bigint(Bytes bytes)
{
    return static_cast<qlonglong>(bytes.count);
}

std::optional<Instant> instantFrom(const QVariant &value)
{
    return maybe<Instant>(value);
}

std::optional<SystemId> systemIdFrom(const QVariant &value)
{
    return maybe<SystemId>(value);
}

QString storable(QString text)
{
    const auto isHalf = [&](qsizetype i) {
        const QChar c = text.at(i);
        const bool led = i > 0 && text.at(i - 1).isHighSurrogate();
        const bool followed = i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        return (c.isHighSurrogate() && !followed) || (c.isLowSurrogate() && !led);
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i).isNull() || (text.at(i).isSurrogate() && isHalf(i)))
            text[i] = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

} // namespace tidemark
