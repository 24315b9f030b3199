#pragma once

#include "ports/hostreader.h"

#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

// One dump among the files of a source, as far as a listing tells.
struct DumpItem {
    enum class Kind {
        File,
        Folder, // a directory dump
        Headless // data files of a directory dump without its table of contents
    };
    Kind kind = Kind::File;
    QByteArray path; // below the source's folder; of the folder itself: "."
    qint64 size = 0; // of all its files
    Instant modified; // the newest of them
    QHash<QByteArray, qint64> files; // of folders: sizes by name

    bool operator==(const DumpItem &) const = default;
    // Changes when the dump does.
    [[nodiscard]] QString content() const;
};

// Newest first. Hidden files and what is no file are left out.
[[nodiscard]] std::vector<DumpItem> dumpItems(const std::vector<HostEntry> &entries);

// Whether a name promises a dump, so that it is worth telling that the file is none.
[[nodiscard]] bool promisesDump(QByteArrayView path);
// Whether a name says that the file is not finished.
[[nodiscard]] bool saysUnfinished(QByteArrayView path);
// Whether a name says that the file is encrypted.
[[nodiscard]] bool saysEncrypted(QByteArrayView path);

// A date, with a time of day if there is one, that a name carries; by the clock of whoever named it.
struct NamedTime {
    qint64 day = 0; // Julian
    std::optional<int> second; // of the day

    bool operator==(const NamedTime &) const = default;
};
[[nodiscard]] std::optional<NamedTime> namedTime(const QByteArray &name);
// What is left of a file's name without dates and extensions: "orders" of "orders-2026-11-20.sql.gz".
[[nodiscard]] QByteArray namedWhat(const QByteArray &path);

[[nodiscard]] QByteArray folderOf(const QByteArray &path); // empty: the source's own
[[nodiscard]] QByteArray fileOf(const QByteArray &path);

} // namespace tidemark
