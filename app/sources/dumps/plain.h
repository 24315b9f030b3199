#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace tidemark {

// What the first lines of a plain dump, or of what pg_dumpall writes, tell.
struct PlainHead {
    bool cluster = false; // pg_dumpall's: roles first
    QString server;
    QString tool;
    QString started; // in its own words, when pg_dump was told to be verbose
    std::optional<QByteArray> database; // only with --create

    bool operator==(const PlainHead &) const = default;
};

// Nothing when the text is no dump's. Some thousand bytes are enough.
[[nodiscard]] std::optional<PlainHead> plainHead(QByteArrayView text);

// How the last lines of such a text end.
enum class PlainEnd { Cut, Dump, Globals, Cluster };
[[nodiscard]] PlainEnd plainEnd(QByteArrayView text);

inline constexpr qsizetype PlainHeadSize = 16 * 1024;
inline constexpr qsizetype PlainTailSize = 4 * 1024;

} // namespace tidemark
