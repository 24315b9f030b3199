#include "insight/insight.h"
#include "wal/crc32c.h"

#include <QByteArrayView>
#include <QDataStream>
#include <QIODevice>

#include <bit>
#include <concepts>
#include <cstring>

namespace tidemark {

namespace {

// Raised with every change of what is written. Another version's bytes are made anew from the facts.
constexpr quint16 Version = 6;
constexpr quint32 Magic = 0x54444d49;

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// One list of members for each struct, for writing and for reading. A member that is added to a struct and
// not here does not compile.
void fields(auto &visit, Is<MissingRight> auto &right)
{
    auto &[what, grant] = right;
    visit(what, grant);
}

void fields(auto &visit, Is<Error> auto &error)
{
    auto &[kind, code, detail] = error;
    visit(kind, code, detail);
}

void fields(auto &visit, Is<Acceptance> auto &acceptance)
{
    auto &[key, reason, who, at] = acceptance;
    visit(key, reason, who, at);
}

void fields(auto &visit, Is<Finding> auto &finding)
{
    auto &[code, severity, cluster, source, subject, part, timeline, items, count, since, until, atRisk,
        bytesAtRisk, measured, limit, said, error, missing, accepted]
        = finding;
    visit(code, severity, cluster, source, subject, part, timeline, items, count, since, until, atRisk,
        bytesAtRisk, measured, limit, said, error, missing, accepted);
}

void fields(auto &visit, Is<Window> auto &window)
{
    auto &[from, to, fromLsn, toLsn, timeline, artifact, archive, confidence, open] = window;
    visit(from, to, fromLsn, toLsn, timeline, artifact, archive, confidence, open);
}

void fields(auto &visit, Is<Point> auto &point)
{
    auto &[at, artifact, confidence, partly, kind] = point;
    visit(at, artifact, confidence, partly, kind);
}

void fields(auto &visit, Is<DumpRun> auto &run)
{
    auto &[from, to, confidence, artifacts] = run;
    visit(from, to, confidence, artifacts);
}

void fields(auto &visit, Is<Gap> auto &gap)
{
    auto &[from, to, cause, timeline, first, count, archive, firstName] = gap;
    visit(from, to, cause, timeline, first, count, archive, firstName);
}

void fields(auto &visit, Is<Branch> auto &branch)
{
    auto &[timeline, parent, forkedAt, forkedWhen, reason, current, reachable, stray, historyMissing]
        = branch;
    visit(timeline, parent, forkedAt, forkedWhen, reason, current, reachable, stray, historyMissing);
}

void fields(auto &visit, Is<Recoverability> auto &found)
{
    auto &[windows, points, runs, gaps, covered, branches, oldest, newest, newestLsn, newestTimeline,
        unusable, reasons]
        = found;
    visit(windows, points, runs, gaps, covered, branches, oldest, newest, newestLsn, newestTimeline, unusable,
        reasons);
}

void fields(auto &visit, Is<Risk> auto &risk)
{
    auto &[basis, newest, newestLsn, newestTimeline, repositoryReadAt, serverLsn, serverReadAt, idle, bytes,
        seconds, whenRead, walWaiting, walPerSecond, untilFull]
        = risk;
    visit(basis, newest, newestLsn, newestTimeline, repositoryReadAt, serverLsn, serverReadAt, idle, bytes,
        seconds, whenRead, walWaiting, walPerSecond, untilFull);
}

void fields(auto &visit, Is<ObjectiveStanding> auto &standing)
{
    auto &[kind, state, promise, keep, measured, limit, at] = standing;
    visit(kind, state, promise, keep, measured, limit, at);
}

void fields(auto &visit, Is<Stored> auto &stored)
{
    auto &[total, untold, made, knownDays] = stored;
    visit(total, untold, made, knownDays);
}

void fields(auto &visit, Is<ClusterInsight> auto &cluster)
{
    auto &[name, standing, confidence, provenAt, recoverability, risk, objectives, stored] = cluster;
    visit(name, standing, confidence, provenAt, recoverability, risk, objectives, stored);
}

void fields(auto &visit, Is<FleetVerdict> auto &verdict)
{
    auto &[kind, worst, others, accepted, met, total] = verdict;
    visit(kind, worst, others, accepted, met, total);
}

void fields(auto &visit, Is<Insight> auto &insight)
{
    auto &[at, version, clusters, findings, verdict] = insight;
    visit(at, version, clusters, findings, verdict);
}

// Numbers are little-endian and of their own width, lists and texts begin with their length.
class Writer
{
public:
    explicit Writer(QByteArray &bytes)
        : m_bytes(bytes)
    {
    }
    void operator()(const auto &...members) { (put(members), ...); }

private:
    template <class T>
    void put(const T &value)
    {
        if constexpr (std::is_enum_v<T>)
            put(quint8(value));
        else if constexpr (std::is_arithmetic_v<T>)
            raw(&value, sizeof(value));
        else
            fields(*this, value);
    }
    void put(Instant value) { put(qint64(value.sinceEpoch.count())); }
    void put(std::chrono::seconds value) { put(qint64(value.count())); }
    void put(Bytes value) { put(value.count); }
    void put(Lsn value) { put(value.value); }
    void put(TimelineId value) { put(value.value); }
    void put(SegmentNumber value) { put(value.value); }
    void put(const QString &text)
    {
        put(quint32(text.size()));
        raw(text.constData(), std::size_t(text.size()) * sizeof(QChar));
    }
    void put(const QStringList &list) { putAll(list); }
    template <class T>
    void put(const std::optional<T> &value)
    {
        put(value.has_value());
        if (value)
            put(*value);
    }
    template <class T>
    void put(const std::vector<T> &list)
    {
        putAll(list);
    }
    void putAll(const auto &list)
    {
        put(quint32(list.size()));
        for (const auto &one : list)
            put(one);
    }
    void raw(const void *value, std::size_t count)
    {
        m_bytes.append(static_cast<const char *>(value), qsizetype(count));
    }

    QByteArray &m_bytes;
};

class Reader
{
public:
    explicit Reader(QByteArrayView bytes)
        : m_left(bytes)
    {
    }
    void operator()(auto &...members) { (take(members), ...); }
    [[nodiscard]] bool wentWell() const { return m_good && m_left.isEmpty(); }

private:
    template <class T>
    void take(T &value)
    {
        if constexpr (std::is_enum_v<T>)
            value = T(number<quint8>());
        else if constexpr (std::is_arithmetic_v<T>)
            value = number<T>();
        else
            fields(*this, value);
    }
    template <class T>
    T number()
    {
        T value {};
        raw(&value, sizeof(value));
        return value;
    }
    void take(Instant &value) { value = Instant::fromMicroseconds(number<qint64>()); }
    void take(std::chrono::seconds &value) { value = std::chrono::seconds(number<qint64>()); }
    void take(Bytes &value) { value.count = number<qint64>(); }
    void take(Lsn &value) { take(value.value); }
    void take(TimelineId &value) { take(value.value); }
    void take(SegmentNumber &value) { take(value.value); }
    void take(QString &text)
    {
        const std::size_t count = length(sizeof(QChar));
        text = QString(qsizetype(count), Qt::Uninitialized);
        raw(text.data(), count * sizeof(QChar));
    }
    void take(QStringList &list) { takeAll(list); }
    template <class T>
    void take(std::optional<T> &value)
    {
        if (!number<bool>())
            return;
        T made {};
        take(made);
        value = std::move(made);
    }
    template <class T>
    void take(std::vector<T> &list)
    {
        takeAll(list);
    }
    void takeAll(auto &list)
    {
        const std::size_t count = length(1);
        list.reserve(decltype(list.size())(std::min(count, std::size_t(1) << 20)));
        for (std::size_t at = 0; at < count && m_good; ++at)
            take(list.emplace_back());
    }
    // Of what follows, which cannot be longer than what is left.
    std::size_t length(std::size_t each)
    {
        const std::size_t count = number<quint32>();
        m_good = m_good && count * each <= std::size_t(m_left.size());
        return m_good ? count : 0;
    }
    void raw(void *value, std::size_t count)
    {
        m_good = m_good && count <= std::size_t(m_left.size());
        if (!m_good || count == 0)
            return;
        std::memcpy(value, m_left.data(), count);
        m_left = m_left.sliced(qsizetype(count));
    }

    QByteArrayView m_left;
    bool m_good = true;
};

static_assert(std::endian::native == std::endian::little);

std::uint32_t sumOf(QByteArrayView body)
{
    Crc32c sum;
    sum.add(body.data(), std::size_t(body.size()));
    return sum.value();
}

QByteArray headingFor(QByteArrayView body)
{
    QByteArray heading;
    QDataStream stream(&heading, QIODevice::WriteOnly);
    stream << Magic << Version << quint32(sumOf(body));
    return heading;
}

} // namespace

QByteArray toBytes(const Insight &insight)
{
    QByteArray body;
    Writer writer(body);
    fields(writer, insight);
    return headingFor(body) + body;
}

std::optional<Insight> insightFromBytes(const QByteArray &bytes)
{
    const qsizetype heading = headingFor({}).size();
    if (bytes.size() < heading)
        return {};
    const auto body = QByteArrayView(bytes).sliced(heading);
    if (!bytes.startsWith(headingFor(body)))
        return {};
    Insight insight;
    Reader reader(body);
    fields(reader, insight);
    return reader.wentWell() ? std::optional(std::move(insight)) : std::nullopt;
}

} // namespace tidemark
