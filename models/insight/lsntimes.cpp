#include "insight/lsntimes.h"

#include <algorithm>

namespace tidemark {

void LsnTimes::settle(Instant now)
{
    const auto order = [](const Seen &a, const Seen &b) { return a.lsn < b.lsn; };
    if (!std::is_sorted(m_seen.begin(), m_seen.end(), order))
        std::stable_sort(m_seen.begin(), m_seen.end(), order);
    Instant bound = now;
    for (auto seen = m_seen.rbegin(); seen != m_seen.rend(); ++seen)
        bound = seen->at = std::min(seen->at, bound);
}

std::optional<Instant> LsnTimes::upTo(Lsn lsn) const
{
    const auto behind = std::upper_bound(
        m_seen.begin(), m_seen.end(), lsn, [](Lsn wanted, const Seen &seen) { return wanted < seen.lsn; });
    return behind == m_seen.begin() ? std::nullopt : std::optional(std::prev(behind)->at);
}

std::optional<Instant> LsnTimes::by(Lsn lsn) const
{
    const auto found = std::lower_bound(
        m_seen.begin(), m_seen.end(), lsn, [](const Seen &seen, Lsn wanted) { return seen.lsn < wanted; });
    return found == m_seen.end() ? std::nullopt : std::optional(found->at);
}

std::optional<Lsn> LsnTimes::reached(Instant at) const
{
    const auto found = std::lower_bound(
        m_seen.begin(), m_seen.end(), at, [](const Seen &seen, Instant wanted) { return seen.at < wanted; });
    return found == m_seen.end() ? std::nullopt : std::optional(found->lsn);
}

} // namespace tidemark
