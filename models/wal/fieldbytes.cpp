#include "wal/fieldbytes.h"

#include "wal/crc32c.h"

namespace tidemark {

namespace {

QByteArray headingFor(quint32 magic, quint16 version, QByteArrayView body)
{
    Crc32c sum;
    sum.add(body.data(), std::size_t(body.size()));
    QByteArray heading;
    QDataStream stream(&heading, QIODevice::WriteOnly);
    stream << magic << version << quint32(sum.value());
    return heading;
}

} // namespace

QByteArray withHeading(quint32 magic, quint16 version, const QByteArray &body)
{
    return headingFor(magic, version, body) + body;
}

std::optional<QByteArrayView> bodyOf(quint32 magic, quint16 version, const QByteArray &bytes)
{
    const qsizetype heading = headingFor(magic, version, {}).size();
    if (bytes.size() < heading)
        return {};
    const auto body = QByteArrayView(bytes).sliced(heading);
    return bytes.startsWith(headingFor(magic, version, body)) ? std::optional(body) : std::nullopt;
}

} // namespace tidemark
