#include "store/packing.h"

#include "wal/crc32c.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace tidemark {

namespace {

constexpr qsizetype SumSize = 4;

quint32 sumOf(const char *bytes, qsizetype count)
{
    Crc32c sum;
    sum.add(bytes, static_cast<std::size_t>(count));
    return sum.value();
}

qsizetype shared(const QString &a, const QString &b)
{
    const qsizetype most = std::min(a.size(), b.size());
    qsizetype same = 0;
    while (same < most && a.at(same) == b.at(same))
        ++same;
    // Half a pair of surrogates cannot be told in UTF-8.
    if (same > 0 && a.at(same - 1).isHighSurrogate())
        --same;
    return same;
}

} // namespace

void Packer::number(quint64 value)
{
    for (; value > 127; value >>= 7)
        m_packed.append(static_cast<char>((value & 127) | 128));
    m_packed.append(static_cast<char>(value));
}

void Packer::change(quint64 value, quint64 expected)
{
    const quint64 difference = value - expected;
    number((difference << 1) ^ (difference >> 63 ? ~quint64 { 0 } : 0));
}

void Packer::text(const QString &value, const QString &like)
{
    const qsizetype same = shared(value, like);
    number(static_cast<quint64>(same));
    bytes(QStringView(value).mid(same).toUtf8());
}

void Packer::bytes(const QByteArray &value)
{
    number(static_cast<quint64>(value.size()));
    m_packed.append(value);
}

quint64 Unpacker::number()
{
    quint64 value = 0;
    for (int shift = 0; m_at != m_end && shift < 64; shift += 7) {
        const auto byte = static_cast<quint64>(static_cast<unsigned char>(*m_at++));
        value |= (byte & 127) << shift;
        if (byte < 128)
            return value;
    }
    m_bad = true;
    return 0;
}

quint64 Unpacker::change(quint64 expected)
{
    const quint64 told = number();
    return expected + ((told >> 1) ^ (told & 1 ? ~quint64 { 0 } : 0));
}

QByteArrayView Unpacker::take(quint64 count)
{
    if (m_bad || count > static_cast<quint64>(m_end - m_at)) {
        m_bad = true;
        return {};
    }
    const QByteArrayView taken(m_at, static_cast<qsizetype>(count));
    m_at += count;
    return taken;
}

void Unpacker::text(QString &value)
{
    const quint64 told = number();
    const QByteArrayView rest = take(number());
    const auto same = static_cast<qsizetype>(told);
    if (m_bad || told > static_cast<quint64>(value.size())) {
        m_bad = true;
        return;
    }
    if (rest.isEmpty() && same == value.size())
        return; // the same text: shared
    QString made(same + rest.size(), Qt::Uninitialized);
    QChar *out = made.data();
    std::copy_n(value.constData(), same, out);
    unsigned char all = 0;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        const auto letter = static_cast<unsigned char>(rest[i]);
        all |= letter;
        out[same + i] = QLatin1Char(static_cast<char>(letter));
    }
    value = all < 128 ? made : value.left(same) + QString::fromUtf8(rest);
}

void Unpacker::skipText()
{
    static_cast<void>(number());
    static_cast<void>(take(number()));
}

QByteArray Unpacker::bytes()
{
    return take(number()).toByteArray();
}

QByteArray sealed(char format, const QByteArray &packed)
{
    QByteArray bytes;
    bytes.reserve(packed.size() + 1 + SumSize);
    bytes.append(format).append(packed);
    const quint32 sum = qToLittleEndian(sumOf(bytes.constData(), bytes.size()));
    return bytes.append(reinterpret_cast<const char *>(&sum), SumSize);
}

std::optional<QByteArrayView> unsealed(char format, const QByteArray &bytes)
{
    const qsizetype inside = bytes.size() - SumSize;
    if (inside < 1 || bytes.front() != format
        || qFromLittleEndian<quint32>(bytes.constData() + inside) != sumOf(bytes.constData(), inside))
        return std::nullopt;
    return QByteArrayView(bytes).sliced(1, inside - 1);
}

} // namespace tidemark
