#include "wal/target.h"

#include "wal/histories.h"

namespace tidemark {

WalTarget WalTarget::before(const WalTransaction &transaction)
{
    WalTarget target;
    target.kind = Kind::Lsn;
    target.lsn = transaction.lsn;
    target.inclusive = false;
    target.timeline = transaction.timeline;
    return target;
}

// The server compares where records begin. Inclusive, it stops behind the first that does not lie before the
// target, whatever record that is.
TargetWatch::Verdict TargetWatch::atLsn(const WalEndTold &end) const
{
    if (end.end.lsn < m_target.lsn)
        return Verdict::GoOn;
    const bool first = end.previousRecord < m_target.lsn;
    return m_target.inclusive && first ? Verdict::StopAfter : Verdict::StopBefore;
}

// Rollbacks are places to stop at, too.
TargetWatch::Verdict TargetWatch::at(const WalEndTold &end) const
{
    switch (m_target.kind) {
    case WalTarget::Kind::Lsn:
        return atLsn(end);
    case WalTarget::Kind::Time: {
        const bool past = m_target.inclusive ? end.end.at > m_target.at : end.end.at >= m_target.at;
        return past ? Verdict::StopBefore : Verdict::GoOn;
    }
    case WalTarget::Kind::Xid:
        if (end.end.xid != m_target.xid)
            return Verdict::GoOn;
        return m_target.inclusive ? Verdict::StopAfter : Verdict::StopBefore;
    case WalTarget::Kind::Latest:
    case WalTarget::Kind::Name:
        return Verdict::GoOn;
    }
    return Verdict::GoOn;
}

void TargetWatch::keep(const WalCommit &commit)
{
    m_prediction.last = commit;
    ++m_prediction.kept;
    m_prediction.newestKept = std::max(m_prediction.newestKept.value_or(commit.at), commit.at);
}

void TargetWatch::lose(const WalCommit &commit)
{
    if (!m_prediction.firstLost)
        m_prediction.firstLost = commit;
    ++m_prediction.lost;
    const bool wanted = m_target.inclusive ? commit.at <= m_target.at : commit.at < m_target.at;
    if (m_target.kind == WalTarget::Kind::Time && wanted)
        ++m_prediction.earlierLost;
}

void TargetWatch::ended(const WalEndTold &end)
{
    if (end.timeline != timelineAt(m_history, end.end.lsn))
        return;
    const Verdict verdict = m_stopped ? Verdict::StopBefore : at(end);
    m_stopped = verdict != Verdict::GoOn;
    if (!end.committed)
        return;
    if (m_target.kind == WalTarget::Kind::Time && end.end.at == m_target.at)
        ++m_prediction.sameInstant;
    if (verdict == Verdict::StopBefore)
        lose(end.end);
    else
        keep(end.end);
}

void TargetWatch::mark(const WalMark &mark)
{
    if (m_target.kind == WalTarget::Kind::Name && mark.kind == WalMark::Kind::RestorePoint
        && mark.name == m_target.name && mark.timeline == timelineAt(m_history, mark.lsn))
        m_stopped = true;
}

WalPrediction TargetWatch::finish(Lsn lastRecord)
{
    const bool behind = m_target.kind == WalTarget::Kind::Lsn && lastRecord >= m_target.lsn;
    m_prediction.reached = m_stopped || behind || m_target.kind == WalTarget::Kind::Latest;
    return m_prediction;
}

} // namespace tidemark
