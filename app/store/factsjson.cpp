#include "store/factsjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <concepts>
#include <limits>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// One list of keys for each struct, for writing and for reading. A field that is added to a struct and not
// here does not compile.
void fields(auto &visit, Is<DatabaseFacts> auto &facts)
{
    auto &[name, size, allowsConnections] = facts;
    visit("name"_L1, name);
    visit("size"_L1, size);
    visit("allowsConnections"_L1, allowsConnections);
}

void fields(auto &visit, Is<MissingRight> auto &right)
{
    auto &[what, grant] = right;
    visit("what"_L1, what);
    visit("grant"_L1, grant);
}

void fields(auto &visit, Is<ArchiverFacts> auto &facts)
{
    auto &[archivedCount, lastWal, lastAt, failedCount, failedWal, failedAt] = facts;
    visit("archivedCount"_L1, archivedCount);
    visit("lastArchivedWal"_L1, lastWal);
    visit("lastArchivedAt"_L1, lastAt);
    visit("failedCount"_L1, failedCount);
    visit("lastFailedWal"_L1, failedWal);
    visit("lastFailedAt"_L1, failedAt);
}

void fields(auto &visit, Is<SlotFacts> auto &facts)
{
    auto &[name, active, logical, keeps, state] = facts;
    visit("name"_L1, name);
    visit("active"_L1, active);
    visit("logical"_L1, logical);
    visit("keeps"_L1, keeps);
    visit("state"_L1, state);
}

void fields(auto &visit, Is<ServerFacts> auto &facts)
{
    auto &[readAt, versionNumber, version, systemId, timeline, inRecovery, currentLsn, startedAt, role,
        memberOf, superuser, mayReplicate, tls, tlsVersion, dataDirectory, walLevel, archiveMode,
        archiveCommand, archiveLibrary, archiveTimeout, walSegmentSize, archiver, segmentsWaiting, databases,
        missing, slots, walSize, walFree, clockAhead]
        = facts;
    visit("readAt"_L1, readAt);
    visit("versionNumber"_L1, versionNumber);
    visit("version"_L1, version);
    visit("systemId"_L1, systemId);
    visit("timeline"_L1, timeline);
    visit("inRecovery"_L1, inRecovery);
    visit("currentLsn"_L1, currentLsn);
    visit("startedAt"_L1, startedAt);
    visit("role"_L1, role);
    visit("memberOf"_L1, memberOf);
    visit("superuser"_L1, superuser);
    visit("mayReplicate"_L1, mayReplicate);
    visit("tls"_L1, tls);
    visit("tlsVersion"_L1, tlsVersion);
    visit("dataDirectory"_L1, dataDirectory);
    visit("walLevel"_L1, walLevel);
    visit("archiveMode"_L1, archiveMode);
    visit("archiveCommand"_L1, archiveCommand);
    visit("archiveLibrary"_L1, archiveLibrary);
    visit("archiveTimeout"_L1, archiveTimeout);
    visit("walSegmentSize"_L1, walSegmentSize);
    visit("archiver"_L1, archiver);
    visit("segmentsWaiting"_L1, segmentsWaiting);
    visit("databases"_L1, databases);
    visit("missing"_L1, missing);
    visit("slots"_L1, slots);
    visit("walSize"_L1, walSize);
    visit("walFree"_L1, walFree);
    visit("clockAhead"_L1, clockAhead);
}

void fields(auto &visit, Is<DatastoreFacts> auto &facts)
{
    auto &[name, total, used, available, estimatedFull, maintenance, error, groups, snapshots] = facts;
    visit("name"_L1, name);
    visit("total"_L1, total);
    visit("used"_L1, used);
    visit("available"_L1, available);
    visit("estimatedFull"_L1, estimatedFull);
    visit("maintenance"_L1, maintenance);
    visit("error"_L1, error);
    visit("groups"_L1, groups);
    visit("snapshots"_L1, snapshots);
}

void fields(auto &visit, Is<PbsFacts> auto &facts)
{
    auto &[readAt, version, fingerprint, authId, datastores, missing] = facts;
    visit("readAt"_L1, readAt);
    visit("version"_L1, version);
    visit("fingerprint"_L1, fingerprint);
    visit("authId"_L1, authId);
    visit("datastores"_L1, datastores);
    visit("missing"_L1, missing);
}

class Writer
{
public:
    template <class T>
    void operator()(QLatin1StringView key, const T &field)
    {
        const QJsonValue made = value(field);
        if (!made.isUndefined())
            m_object.insert(key, made);
    }
    template <class T>
    [[nodiscard]] static QJsonValue value(const T &facts)
    {
        Writer writer;
        fields(writer, facts);
        return writer.m_object;
    }

private:
    static QJsonValue value(bool flag) { return flag; }
    static QJsonValue value(int number) { return number; }
    static QJsonValue value(qint64 number) { return number; }
    static QJsonValue value(const QString &text) { return text; }
    static QJsonValue value(const QStringList &list) { return QJsonArray::fromStringList(list); }
    static QJsonValue value(Instant instant) { return qint64 { instant.sinceEpoch.count() }; }
    static QJsonValue value(std::chrono::seconds span) { return qint64 { span.count() }; }
    static QJsonValue value(std::chrono::milliseconds span) { return qint64 { span.count() }; }
    static QJsonValue value(Bytes bytes) { return bytes.count; }
    static QJsonValue value(Lsn lsn) { return lsn.toString(); }
    static QJsonValue value(TimelineId timeline) { return qint64 { timeline.value }; }
    // As text: JSON numbers of other readers end at 2^53.
    static QJsonValue value(SystemId id) { return QString::number(id.value); }
    template <class T>
    static QJsonValue value(const std::optional<T> &maybe)
    {
        return maybe ? value(*maybe) : QJsonValue(QJsonValue::Undefined);
    }
    template <class T>
    static QJsonValue value(const std::vector<T> &list)
    {
        QJsonArray array;
        for (const T &one : list)
            array.append(value(one));
        return array;
    }

    QJsonObject m_object;
};

class Reader
{
public:
    Reader(QJsonObject object, QString place, QString *problem)
        : m_object(std::move(object))
        , m_place(std::move(place))
        , m_problem(problem)
    {
    }
    template <class T>
    void operator()(QLatin1StringView key, T &field)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined() && !value.isNull())
            take(value, field, m_place + key);
    }

private:
    void note(const QString &place, const QString &wanted)
    {
        if (m_problem->isEmpty())
            *m_problem = u"%1 is not %2"_s.arg(place, wanted);
    }
    void number(const QJsonValue &value, qint64 least, qint64 most, const QString &place, auto &&use)
    {
        // Two different fallbacks agree only on a whole number that fits.
        const qint64 whole = value.toInteger(0);
        if (!value.isDouble() || whole != value.toInteger(1) || whole < least || whole > most)
            note(place, u"a whole number in range"_s);
        else
            use(whole);
    }
    static constexpr qint64 Least = std::numeric_limits<qint64>::min();
    static constexpr qint64 Most = std::numeric_limits<qint64>::max();

    void take(const QJsonValue &value, bool &field, const QString &place)
    {
        if (value.isBool())
            field = value.toBool();
        else
            note(place, u"true or false"_s);
    }
    void take(const QJsonValue &value, int &field, const QString &place)
    {
        number(value, std::numeric_limits<int>::min(), std::numeric_limits<int>::max(), place,
            [&field](qint64 n) { field = static_cast<int>(n); });
    }
    void take(const QJsonValue &value, qint64 &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = n; });
    }
    void take(const QJsonValue &value, Instant &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = Instant::fromMicroseconds(n); });
    }
    void take(const QJsonValue &value, std::chrono::seconds &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = std::chrono::seconds(n); });
    }
    void take(const QJsonValue &value, std::chrono::milliseconds &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = std::chrono::milliseconds(n); });
    }
    void take(const QJsonValue &value, Bytes &field, const QString &place)
    {
        number(value, Least, Most, place, [&field](qint64 n) { field = Bytes { n }; });
    }
    void take(const QJsonValue &value, TimelineId &field, const QString &place)
    {
        number(value, 0, std::numeric_limits<std::uint32_t>::max(), place,
            [&field](qint64 n) { field = TimelineId { static_cast<std::uint32_t>(n) }; });
    }
    void take(const QJsonValue &value, QString &field, const QString &place)
    {
        if (value.isString())
            field = value.toString();
        else
            note(place, u"text"_s);
    }
    void take(const QJsonValue &value, Lsn &field, const QString &place)
    {
        if (const auto lsn = Lsn::parse(value.toString()))
            field = *lsn;
        else
            note(place, u"a WAL position"_s);
    }
    void take(const QJsonValue &value, SystemId &field, const QString &place)
    {
        bool ok = false;
        const qulonglong id = value.toString().toULongLong(&ok);
        if (ok)
            field = SystemId { id };
        else
            note(place, u"a system identifier"_s);
    }
    void take(const QJsonValue &value, QStringList &field, const QString &place)
    {
        std::vector<QString> list;
        take(value, list, place);
        field = QStringList(list.begin(), list.end());
    }
    template <class T>
    void take(const QJsonValue &value, std::optional<T> &field, const QString &place)
    {
        take(value, field.emplace(), place);
    }
    template <class T>
    void take(const QJsonValue &value, std::vector<T> &field, const QString &place)
    {
        if (!value.isArray())
            note(place, u"a list"_s);
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            take(array.at(i), field.emplace_back(), u"%1[%2]"_s.arg(place).arg(i));
    }
    template <class T>
    void take(const QJsonValue &value, T &facts, const QString &place)
    {
        if (!value.isObject())
            note(place, u"an object"_s);
        Reader inner(value.toObject(), place + u'.', m_problem);
        fields(inner, facts);
    }

    QJsonObject m_object;
    QString m_place;
    QString *m_problem;
};

template <class Facts>
QByteArray written(const Facts &facts)
{
    return QJsonDocument(Writer::value(facts).toObject()).toJson(QJsonDocument::Compact);
}

template <class Facts>
Result<Facts> readBack(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(ErrorKind::Protocol, u"store.facts"_s,
            u"at byte %1: %2"_s.arg(error.offset).arg(error.errorString()));
    if (!document.isObject())
        return failure(ErrorKind::Protocol, u"store.facts"_s, u"facts are not an object"_s);
    QString problem;
    Facts facts;
    Reader reader(document.object(), {}, &problem);
    fields(reader, facts);
    if (!problem.isEmpty())
        return failure(ErrorKind::Protocol, u"store.facts"_s, problem);
    return facts;
}

} // namespace

QByteArray toJson(const ServerFacts &facts)
{
    return written(facts);
}

QByteArray toJson(const PbsFacts &facts)
{
    return written(facts);
}

Result<ServerFacts> serverFactsFromJson(const QByteArray &json)
{
    return readBack<ServerFacts>(json);
}

Result<PbsFacts> pbsFactsFromJson(const QByteArray &json)
{
    return readBack<PbsFacts>(json);
}

ServerFacts standing(ServerFacts facts)
{
    facts.readAt = {};
    facts.currentLsn.reset();
    facts.archiver.reset();
    for (DatabaseFacts &database : facts.databases)
        database.size.reset();
    for (SlotFacts &slot : facts.slots)
        slot.keeps.reset();
    facts.walSize.reset();
    facts.walFree.reset();
    facts.clockAhead.reset();
    return facts;
}

PbsFacts standing(PbsFacts facts)
{
    facts.readAt = {};
    for (DatastoreFacts &store : facts.datastores)
        store = { .name = store.name, .maintenance = store.maintenance, .error = store.error };
    return facts;
}

} // namespace tidemark
