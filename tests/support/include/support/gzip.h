#pragma once

#include <QByteArray>
#include <QFile>

#include <zlib.h>

namespace tidemark::test {

// One gzip member unpacked; nothing when it is none. Link ZLIB::ZLIB.
[[nodiscard]] inline QByteArray gunzip(QByteArray packed)
{
    z_stream stream {};
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    QByteArray plain;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        plain.append(piece.constData(), piece.size() - static_cast<qsizetype>(stream.avail_out));
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? plain : QByteArray();
}

[[nodiscard]] inline QByteArray gzipped(QByteArray plain)
{
    z_stream stream {};
    if (deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(plain.data());
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int state = ::deflate(&stream, Z_FINISH);
    packed.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return state == Z_STREAM_END ? packed : QByteArray();
}

// A file that may be compressed with gzip, by its name.
[[nodiscard]] inline QByteArray unpackedFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    return path.endsWith(QStringLiteral(".gz")) ? gunzip(bytes) : bytes;
}

} // namespace tidemark::test
