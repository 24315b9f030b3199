#pragma once

#include "dumps/toc.h"

#include <QHash>

namespace tidemark {

// Follows the data blocks behind the table of contents of a custom dump by their length prefixes.
class CustomWalk
{
public:
    CustomWalk() = default;
    // So many blocks have to come, each of one of the entries.
    CustomWalk(const std::vector<DumpToc::Entry> &entries, int intSize, qint64 blocks);
    void take(QByteArrayView bytes);
    // Next bytes that are data and need not be seen.
    [[nodiscard]] qint64 skippable() const { return m_skip; }
    void skip(qint64 count) { m_skip -= count; }
    [[nodiscard]] bool damaged() const { return !m_damage.isEmpty(); }
    // After the last byte: what is wrong, empty: all is there.
    [[nodiscard]] QString ending() const;

private:
    enum class Awaited { Block, Id, Object, Length };
    void step();
    void block(int kind);
    void id(qint64 id);
    void length(qint64 length);
    [[nodiscard]] qsizetype wanted() const { return m_awaited == Awaited::Block ? 1 : 1 + m_intSize; }
    [[nodiscard]] qint64 integer() const;
    [[nodiscard]] QString where() const;

    QHash<qint64, QByteArray> m_tags; // by entry
    int m_intSize = 4;
    qint64 m_blocks = 0;
    qint64 m_seen = 0; // whole blocks
    Awaited m_awaited = Awaited::Block;
    bool m_large = false; // the block holds large objects
    qint64 m_skip = 0;
    QByteArray m_piece; // of what is awaited
    QByteArray m_tag;
    QString m_damage;
};

} // namespace tidemark
