#include "wal/histogram.h"

namespace tidemark {

void WalHistogram::ended(const WalEndTold &end)
{
    const auto past = (end.end.at.sinceEpoch % m_width + m_width) % m_width;
    const Instant begin = end.end.at - past;
    if (!m_last || begin != m_begin) {
        m_last = &m_buckets[begin];
        m_begin = begin;
    }
    ++(end.committed ? m_last->commits : m_last->rollbacks);
    if (!end.committed)
        return;
    m_last->inserted += end.inserted;
    m_last->updated += end.updated;
    m_last->deleted += end.deleted;
}

} // namespace tidemark
