#include "dumps/customwalk.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {
constexpr int DataBlock = 1;
constexpr int LargeObjectBlock = 3;
} // namespace

CustomWalk::CustomWalk(const std::vector<DumpToc::Entry> &entries, int intSize, qint64 blocks)
    : m_intSize(intSize)
    , m_blocks(blocks)
{
    m_tags.reserve(qsizetype(entries.size()));
    for (const auto &entry : entries)
        m_tags.insert(entry.id, entry.tag);
}

void CustomWalk::take(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_damage.isEmpty()) {
        if (m_skip > 0) {
            const qint64 count = std::min<qint64>(m_skip, bytes.size());
            m_skip -= count;
            bytes = bytes.sliced(count);
            continue;
        }
        const qsizetype count = std::min(wanted() - m_piece.size(), bytes.size());
        m_piece.append(bytes.first(count));
        bytes = bytes.sliced(count);
        if (m_piece.size() == wanted()) {
            step();
            m_piece.resize(0);
        }
    }
}

void CustomWalk::step()
{
    const qint64 value = m_awaited == Awaited::Block ? static_cast<unsigned char>(m_piece[0]) : integer();
    if (value < 0) {
        m_damage = u"a length is damaged "_s + where();
        return;
    }
    switch (m_awaited) {
    case Awaited::Block:
        block(int(value));
        break;
    case Awaited::Id:
        id(value);
        break;
    case Awaited::Object:
        m_awaited = value == 0 ? Awaited::Block : Awaited::Length;
        m_seen += value == 0 ? 1 : 0;
        break;
    case Awaited::Length:
        length(value);
        break;
    }
}

void CustomWalk::block(int kind)
{
    if (m_seen >= m_blocks)
        m_damage = u"more data follow than the table of contents has"_s;
    else if (kind != DataBlock && kind != LargeObjectBlock)
        m_damage = u"no data begin where they should, after %1 of %2 parts"_s.arg(m_seen).arg(m_blocks);
    m_large = kind == LargeObjectBlock;
    m_awaited = Awaited::Id;
}

void CustomWalk::id(qint64 id)
{
    const auto entry = m_tags.constFind(id);
    if (entry == m_tags.constEnd())
        m_damage = u"data of an entry %1 that is not in the table of contents"_s.arg(id);
    else
        m_tag = *entry;
    m_awaited = m_large ? Awaited::Object : Awaited::Length;
}

void CustomWalk::length(qint64 length)
{
    m_skip = length;
    if (length > 0)
        return;
    m_awaited = m_large ? Awaited::Object : Awaited::Block;
    m_seen += m_large ? 0 : 1;
}

qint64 CustomWalk::integer() const
{
    quint64 value = 0;
    for (qsizetype i = m_intSize; i > 0; --i)
        value = value << 8 | static_cast<unsigned char>(m_piece[i]);
    return m_piece[0] != 0 || value > std::numeric_limits<int>::max() ? -1 : qint64(value);
}

QString CustomWalk::where() const
{
    return m_tag.isEmpty() ? u"before the first data"_s
                           : u"in the data of \"%1\""_s.arg(QString::fromUtf8(m_tag));
}

QString CustomWalk::ending() const
{
    if (!m_damage.isEmpty())
        return m_damage;
    const bool within = m_awaited != Awaited::Block || m_skip > 0 || !m_piece.isEmpty();
    if (within)
        return u"it ends in the middle "_s + where();
    if (m_seen < m_blocks)
        return u"it ends after %1 of %2 parts with data"_s.arg(m_seen).arg(m_blocks);
    return {};
}

} // namespace tidemark
