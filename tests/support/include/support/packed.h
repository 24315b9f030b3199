#pragma once

#include "support/gzip.h"
#include "unpack/unpacker.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <zstd.h>

namespace tidemark::test {

[[nodiscard]] inline QByteArray zstdPacked(const QByteArray &plain)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(std::size_t(plain.size()))), '\0');
    packed.resize(qsizetype(ZSTD_compress(
        packed.data(), std::size_t(packed.size()), plain.constData(), std::size_t(plain.size()), 3)));
    return packed;
}

[[nodiscard]] inline QByteArray lz4Packed(const QByteArray &plain)
{
    QByteArray packed(qsizetype(LZ4F_compressFrameBound(std::size_t(plain.size()), nullptr)), '\0');
    packed.resize(qsizetype(LZ4F_compressFrame(
        packed.data(), std::size_t(packed.size()), plain.constData(), std::size_t(plain.size()), nullptr)));
    return packed;
}

[[nodiscard]] inline QByteArray bzip2Packed(QByteArray plain)
{
    auto size = unsigned(plain.size() + plain.size() / 100 + 600);
    QByteArray packed(qsizetype(size), '\0');
    if (BZ2_bzBuffToBuffCompress(packed.data(), &size, plain.data(), unsigned(plain.size()), 9, 0, 0)
        != BZ_OK)
        return {};
    packed.resize(qsizetype(size));
    return packed;
}

// Link ZLIB::ZLIB BZip2::BZip2 PkgConfig::LZ4 PkgConfig::ZSTD.
[[nodiscard]] inline QByteArray packedWith(Packing packing, const QByteArray &plain)
{
    switch (packing) {
    case Packing::Gzip:
        return gzipped(plain);
    case Packing::Zstd:
        return zstdPacked(plain);
    case Packing::Lz4:
        return lz4Packed(plain);
    case Packing::Bzip2:
        return bzip2Packed(plain);
    case Packing::None:
        break;
    }
    return plain;
}

} // namespace tidemark::test
