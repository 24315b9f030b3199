#pragma once

#include "values/bytes.h"
#include "values/instant.h"
#include "wal/segment.h"

#include <QByteArrayView>
#include <QDataStream>
#include <QIODevice>
#include <QStringList>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstring>
#include <vector>

namespace tidemark {

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// Numbers are little-endian and of their own width, lists and texts begin with their length.
// Fields::of(visitor, value) visits the members of each struct.
template <class Fields>
class FieldWriter
{
public:
    explicit FieldWriter(QByteArray &bytes)
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
            Fields::of(*this, value);
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
    template <class A, class B>
    void put(const std::pair<A, B> &both)
    {
        put(both.first);
        put(both.second);
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

// The other way. What does not fit the bytes makes it bad.
template <class Fields>
class FieldReader
{
public:
    explicit FieldReader(QByteArrayView bytes)
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
            Fields::of(*this, value);
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
    template <class A, class B>
    void take(std::pair<A, B> &both)
    {
        take(both.first);
        take(both.second);
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

// Bytes with what they are and a checksum before them; opening refuses (nothing) others, and any that are not
// as they were written.
[[nodiscard]] QByteArray withHeading(quint32 magic, quint16 version, const QByteArray &body);
[[nodiscard]] std::optional<QByteArrayView> bodyOf(quint32 magic, quint16 version, const QByteArray &bytes);

template <class Fields>
[[nodiscard]] QByteArray fieldBytes(quint32 magic, quint16 version, const auto &value)
{
    QByteArray body;
    FieldWriter<Fields> writer(body);
    writer(value);
    return withHeading(magic, version, body);
}

template <class Fields, class T>
[[nodiscard]] std::optional<T> fromFieldBytes(quint32 magic, quint16 version, const QByteArray &bytes)
{
    const auto body = bodyOf(magic, version, bytes);
    if (!body)
        return {};
    T value;
    FieldReader<Fields> reader(*body);
    reader(value);
    return reader.wentWell() ? std::optional(std::move(value)) : std::nullopt;
}

} // namespace tidemark
