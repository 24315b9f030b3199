#pragma once

#include <QByteArrayView>
#include <QtEndian>

#include <cstdint>

namespace tidemark {

// Reads little-endian values one after the other; what lies behind the end reads as zero and is told.
class BytesReader
{
public:
    explicit BytesReader(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }

    template <class T>
    [[nodiscard]] T next()
    {
        if (!has(sizeof(T)))
            return {};
        const T value = qFromLittleEndian<T>(m_rest.data());
        m_rest = m_rest.sliced(qsizetype { sizeof(T) });
        return value;
    }
    [[nodiscard]] QByteArrayView bytes(std::uint64_t count)
    {
        if (!has(count))
            return {};
        const QByteArrayView part = m_rest.first(static_cast<qsizetype>(count));
        m_rest = m_rest.sliced(static_cast<qsizetype>(count));
        return part;
    }
    [[nodiscard]] qsizetype left() const { return m_rest.size(); }
    [[nodiscard]] QByteArrayView rest() const { return m_rest; }
    [[nodiscard]] bool ranOut() const { return m_short; }

private:
    [[nodiscard]] bool has(std::uint64_t count)
    {
        if (std::uint64_t(m_rest.size()) >= count)
            return true;
        m_short = true;
        m_rest = {};
        return false;
    }

    QByteArrayView m_rest;
    bool m_short = false;
};

} // namespace tidemark
