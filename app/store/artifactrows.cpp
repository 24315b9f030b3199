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

int traitsIn(const PackedFact &packed)
{
    return static_cast<int>(packed.numbers[PackedFact::Traits]);
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

template <class T>
quint64 numberOf(const T &value)
{
    if constexpr (std::is_same_v<T, Instant>)
        return static_cast<quint64>(value.sinceEpoch.count());
    else if constexpr (std::is_same_v<T, Bytes>)
        return static_cast<quint64>(value.count);
    else if constexpr (std::is_integral_v<T>)
        return static_cast<quint64>(value);
    else
        return value.value;
}

template <class T>
T valueOf(quint64 number)
{
    if constexpr (std::is_same_v<T, Instant>)
        return Instant::fromMicroseconds(static_cast<qint64>(number));
    else if constexpr (std::is_same_v<T, TimelineId>)
        return TimelineId { static_cast<std::uint32_t>(number) };
    else if constexpr (std::is_same_v<T, Bytes>)
        return Bytes { static_cast<qint64>(number) };
    else if constexpr (std::is_integral_v<T>)
        return static_cast<T>(number);
    else
        return T { number };
}

template <class T>
void put(PackedFact &packed, PackedFact::Number which, const std::optional<T> &value)
{
    if (value)
        packed.put(which, numberOf(*value));
}

template <class T>
void take(std::optional<T> &value, const PackedFact &packed, PackedFact::Number which)
{
    value.reset();
    if (packed.has(which))
        value = valueOf<T>(packed.numbers[which]);
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

size_t qHash(const ArtifactGroup &group, size_t seed)
{
    const quint64 id = group.systemId ? group.systemId->value : 0;
    return qHashMulti(seed, group.cluster, id, group.part, group.database, group.prefix, group.serverVersion,
        group.toolVersion);
}

ArtifactRow rowOf(const Artifact &artifact, int group)
{
    const ArtifactFact fact = factOf(artifact, 0, {});
    const ArtifactOwn own = ownOf(artifact);
    ArtifactRow row { .id = artifact.id, .stamp = artifact.stamp, .fact = {}, .own = {} };
    PackedFact &packed = row.fact;
    packed.put(PackedFact::Group, numberOf(group));
    packed.put(PackedFact::Traits, numberOf(traitsOf(fact)));
    put(packed, PackedFact::Start, artifact.start);
    put(packed, PackedFact::Stop, artifact.stop);
    put(packed, PackedFact::AssuredAt, fact.assuredAt);
    put(packed, PackedFact::StartLsn, artifact.startLsn);
    put(packed, PackedFact::StopLsn, artifact.stopLsn);
    put(packed, PackedFact::Timeline, artifact.timeline);
    put(packed, PackedFact::Size, artifact.size);
    put(packed, PackedFact::Stored, artifact.stored);
    put(packed, PackedFact::Objects, artifact.objects);
    packed.parent = artifact.parent;
    packed.reason = storable(fact.why);
    if (own != ArtifactOwn {})
        row.own = writtenAsJson(own, true);
    return row;
}

Result<Artifact> artifactOf(const ArtifactRow &row, const QString &source, const ArtifactGroup &group)
{
    ArtifactOwn own;
    if (!row.own.isEmpty()) {
        auto read = readFromJson<ArtifactOwn>(row.own, u"store.facts"_s);
        if (!read)
            return tl::unexpected(std::move(read).error());
        own = *std::move(read);
    }
    const PackedFact &packed = row.fact;
    const int traits = traitsIn(packed);
    Artifact artifact;
    artifact.source = source;
    artifact.id = row.id;
    artifact.stamp = row.stamp;
    artifact.cluster = group.cluster;
    artifact.systemId = group.systemId;
    artifact.kind = part<ArtifactKind>(traits, 0);
    artifact.method = part<Method>(traits, 4);
    artifact.state = part<ArtifactState>(traits, 8);
    artifact.why = own.why;
    take(artifact.start, packed, PackedFact::Start);
    take(artifact.stop, packed, PackedFact::Stop);
    take(artifact.startLsn, packed, PackedFact::StartLsn);
    take(artifact.stopLsn, packed, PackedFact::StopLsn);
    take(artifact.timeline, packed, PackedFact::Timeline);
    take(artifact.size, packed, PackedFact::Size);
    take(artifact.stored, packed, PackedFact::Stored);
    artifact.parent = packed.parent;
    artifact.needs = own.needs;
    artifact.part = group.part;
    artifact.database = group.database;
    artifact.withGlobals = own.withGlobals;
    artifact.format = group.format;
    artifact.compression = group.compression;
    artifact.encrypted = group.encrypted;
    artifact.hasManifest = (traits & HasManifest) != 0;
    artifact.carriesWal = (traits & CarriesWal) != 0;
    take(artifact.objects, packed, PackedFact::Objects);
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

int groupIn(const PackedFact &packed)
{
    return static_cast<int>(packed.numbers[PackedFact::Group]);
}

void readFact(ArtifactFact &fact, const PackedFact &packed, const ArtifactGroup &group)
{
    const int traits = traitsIn(packed);
    fact.kind = part<ArtifactKind>(traits, 0);
    fact.method = part<Method>(traits, 4);
    fact.state = part<ArtifactState>(traits, 8);
    fact.assurance = part<Assurance>(traits, 12);
    fact.carriesWal = (traits & CarriesWal) != 0;
    fact.hasManifest = (traits & HasManifest) != 0;
    fact.withGlobals = (traits & WithGlobals) != 0;
    fact.held = (traits & Held) != 0;
    fact.badPages = (traits & BadPages) != 0;
    take(fact.start, packed, PackedFact::Start);
    take(fact.stop, packed, PackedFact::Stop);
    take(fact.assuredAt, packed, PackedFact::AssuredAt);
    take(fact.startLsn, packed, PackedFact::StartLsn);
    take(fact.stopLsn, packed, PackedFact::StopLsn);
    take(fact.timeline, packed, PackedFact::Timeline);
    take(fact.stored, packed, packed.has(PackedFact::Stored) ? PackedFact::Stored : PackedFact::Size);
    take(fact.objects, packed, PackedFact::Objects);
    fact.parent = packed.parent;
    fact.why = packed.reason;
    fact.quiesced = group.quiesced;
    fact.database = group.database;
    fact.part = group.part;
}

Instant timeOf(const PackedFact &packed)
{
    for (const auto which : { PackedFact::Stop, PackedFact::Start })
        if (packed.has(which))
            return valueOf<Instant>(packed.numbers[which]);
    return {};
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
    return value.isNull() ? std::nullopt : std::optional(Instant::fromMicroseconds(value.toLongLong()));
}

std::optional<SystemId> systemIdFrom(const QVariant &value)
{
    return value.isNull() ? std::nullopt
                          : std::optional(SystemId { static_cast<quint64>(value.toLongLong()) });
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
