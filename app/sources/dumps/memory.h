#pragma once

#include "dumps/items.h"

#include <QHash>

namespace tidemark {

// What an earlier scan left in an artifact's stamp. Opaque to everybody else.
struct DumpStamp {
    enum class Kind : char {
        Dump = 'd',
        Globals = 'g',
        Cluster = 'c', // all databases, globals among them
        Waiting = 'w' // has to be looked at again: being written, or not read to its end for lack of time
    };
    Kind kind = Kind::Waiting;
    QString content;
    QString globals; // id

    bool operator==(const DumpStamp &) const = default;
    [[nodiscard]] QString text() const;
    [[nodiscard]] static std::optional<DumpStamp> parse(const QString &text);
};

// Files that are no dumps, so that they are not read again while they stay the same. Kept in the scan's
// cursor.
class NoDumps
{
public:
    explicit NoDumps(const QString &cursor = {});
    [[nodiscard]] bool has(const DumpItem &item) const;
    void add(const DumpItem &item);
    [[nodiscard]] QString cursor() const;

private:
    QHash<QByteArray, QString> m_contents; // by path
};

} // namespace tidemark
