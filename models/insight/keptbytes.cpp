#include "insight/insight.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

#include <concepts>

namespace tidemark {

namespace {

// Raised with every change of what is written. Another version's bytes are made anew from the facts.
constexpr quint16 Version = 1;
constexpr quint32 Magic = 0x54444d49;
constexpr auto Sum = QCryptographicHash::Sha256;

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

void fields(auto &visit, Is<Finding> auto &finding)
{
    auto &[code, severity, cluster, source, subject, part, timeline, items, count, since, until, atRisk,
        bytesAtRisk, measured, limit, said, error, missing]
        = finding;
    visit(code, severity, cluster, source, subject, part, timeline, items, count, since, until, atRisk,
        bytesAtRisk, measured, limit, said, error, missing);
}

void fields(auto &visit, Is<Window> auto &window)
{
    auto &[from, to, fromLsn, toLsn, timeline, artifact, archive, confidence, open] = window;
    visit(from, to, fromLsn, toLsn, timeline, artifact, archive, confidence, open);
}

void fields(auto &visit, Is<Point> auto &point)
{
    auto &[at, artifact, confidence, partly] = point;
    visit(at, artifact, confidence, partly);
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
    auto &[windows, points, gaps, covered, branches, oldest, newest, newestLsn, newestTimeline, unusable,
        reasons]
        = found;
    visit(windows, points, gaps, covered, branches, oldest, newest, newestLsn, newestTimeline, unusable,
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

void fields(auto &visit, Is<ClusterInsight> auto &cluster)
{
    auto &[name, standing, confidence, provenAt, recoverability, risk, objectives] = cluster;
    visit(name, standing, confidence, provenAt, recoverability, risk, objectives);
}

void fields(auto &visit, Is<FleetVerdict> auto &verdict)
{
    auto &[kind, worst, others, met, total] = verdict;
    visit(kind, worst, others, met, total);
}

void fields(auto &visit, Is<Insight> auto &insight)
{
    auto &[at, version, clusters, findings, verdict] = insight;
    visit(at, version, clusters, findings, verdict);
}

class Writer
{
public:
    explicit Writer(QDataStream &stream)
        : m_stream(stream)
    {
    }
    void operator()(const auto &...members) { (put(members), ...); }

private:
    template <class T>
    void put(const T &value)
    {
        if constexpr (std::is_enum_v<T>)
            m_stream << qint32(value);
        else if constexpr (requires { m_stream << value; })
            m_stream << value;
        else
            fields(*this, value);
    }
    void put(std::uint64_t value) { m_stream << quint64(value); }
    void put(Instant value) { m_stream << qint64(value.sinceEpoch.count()); }
    void put(std::chrono::seconds value) { m_stream << qint64(value.count()); }
    void put(Bytes value) { m_stream << value.count; }
    void put(Lsn value) { m_stream << quint64(value.value); }
    void put(TimelineId value) { m_stream << value.value; }
    void put(SegmentNumber value) { m_stream << quint64(value.value); }
    template <class T>
    void put(const std::optional<T> &value)
    {
        m_stream << value.has_value();
        if (value)
            put(*value);
    }
    template <class T>
    void put(const std::vector<T> &list)
    {
        m_stream << quint32(list.size());
        for (const T &one : list)
            put(one);
    }

    QDataStream &m_stream;
};

class Reader
{
public:
    explicit Reader(QDataStream &stream)
        : m_stream(stream)
    {
    }
    void operator()(auto &...members) { (take(members), ...); }

private:
    template <class T>
    void take(T &value)
    {
        if constexpr (std::is_enum_v<T>)
            value = T(number<qint32>());
        else if constexpr (requires { m_stream >> value; })
            m_stream >> value;
        else
            fields(*this, value);
    }
    template <class T>
    T number()
    {
        T value {};
        m_stream >> value;
        return value;
    }
    void take(std::uint64_t &value) { value = number<quint64>(); }
    void take(Instant &value) { value = Instant::fromMicroseconds(number<qint64>()); }
    void take(std::chrono::seconds &value) { value = std::chrono::seconds(number<qint64>()); }
    void take(Bytes &value) { value.count = number<qint64>(); }
    void take(Lsn &value) { value.value = number<quint64>(); }
    void take(TimelineId &value) { value.value = number<quint32>(); }
    void take(SegmentNumber &value) { value.value = number<quint64>(); }
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
        const quint32 count = number<quint32>();
        for (quint32 at = 0; at < count && m_stream.status() == QDataStream::Ok; ++at)
            take(list.emplace_back());
    }

    QDataStream &m_stream;
};

} // namespace

QByteArray toBytes(const Insight &insight)
{
    QByteArray body;
    QDataStream inner(&body, QIODevice::WriteOnly);
    inner.setVersion(QDataStream::Qt_6_4);
    Writer writer(inner);
    fields(writer, insight);
    QByteArray bytes;
    QDataStream outer(&bytes, QIODevice::WriteOnly);
    outer << Magic << Version << QCryptographicHash::hash(body, Sum) << body;
    return bytes;
}

std::optional<Insight> insightFromBytes(const QByteArray &bytes)
{
    quint32 magic = 0;
    quint16 version = 0;
    QByteArray sum;
    QByteArray body;
    QDataStream outer(bytes);
    outer >> magic >> version;
    if (magic != Magic || version != Version)
        return {};
    outer >> sum >> body;
    if (outer.status() != QDataStream::Ok || !outer.atEnd() || QCryptographicHash::hash(body, Sum) != sum)
        return {};
    QDataStream inner(body);
    inner.setVersion(QDataStream::Qt_6_4);
    Insight insight;
    Reader reader(inner);
    fields(reader, insight);
    if (inner.status() != QDataStream::Ok || !inner.atEnd())
        return {};
    return insight;
}

} // namespace tidemark
