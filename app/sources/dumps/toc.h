#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <tl/expected.hpp>
#include <vector>

namespace tidemark {

// The table of contents at the head of a custom dump, and in toc.dat of a directory or tar dump.
struct DumpToc {
    enum class Place { Nowhere, Unknown, Known };
    // An entry with data.
    struct Entry {
        qint64 id = 0;
        QByteArray tag; // the table's name
        QByteArray file; // of directory and tar dumps
        bool largeObjects = false;
        Place place = Place::Nowhere; // of custom dumps: where the data are
        quint64 offset = 0;

        bool operator==(const Entry &) const = default;
    };
    int version = 0; // 11400: 1.14.0
    int intSize = 4;
    bool custom = false; // else of a directory or a tar file
    QString compression; // "gzip", "lz4", "zstd"; empty: none
    QString created; // "2026-11-20 02:31:07" by the clock of the machine that ran pg_dump
    QByteArray database;
    QString server; // "15.20 (Debian 15.20-0+deb12u1)"
    QString tool;
    qint64 count = 0; // of all entries
    bool holdsObjects = false; // more than what the dump of an empty database has
    std::vector<Entry> entries; // those with data
    qint64 size = 0; // bytes it takes, header included

    bool operator==(const DumpToc &) const = default;
};

struct TocFault {
    enum class Kind { NeedMore, NotOne, Newer, Damaged };
    Kind kind = Kind::NotOne;
    QString words;
    DumpToc known; // Newer, and where the header could be read

    bool operator==(const TocFault &) const = default;
};

// Longer ones are taken for damaged: a million objects take less.
inline constexpr qint64 LongestToc = 256LL << 20;

// Reads it from the first bytes of a file; NeedMore when these end before it does.
[[nodiscard]] tl::expected<DumpToc, TocFault> parseToc(QByteArrayView bytes);

// 150020 of "15.20 (Debian …)", 180000 of "18beta1"; 0 when that is no version.
[[nodiscard]] int versionNumber(QStringView text);

} // namespace tidemark
