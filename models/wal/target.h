#pragma once

#include "wal/walarchive.h"
#include "wal/walevents.h"

namespace tidemark {

// Where a recovery is to stop, as the server's recovery_target_… settings say it.
struct WalTarget {
    enum class Kind { Latest, Lsn, Time, Xid, Name };
    Kind kind = Kind::Latest;
    Lsn lsn;
    Instant at;
    std::uint32_t xid = 0;
    QString name; // of a restore point
    bool inclusive = true; // false: stop just before
    TimelineId timeline;

    bool operator==(const WalTarget &) const = default;
    // Just before a transaction takes effect.
    [[nodiscard]] static WalTarget before(const WalTransaction &transaction);
};

// How a recovery to a target will end, told from the WAL it will read.
struct WalPrediction {
    bool reached = false; // false: the WAL ends before the target, and the server will not open
    std::optional<WalCommit> last; // kept
    std::uint64_t kept = 0; // commits, since the beginning of what was read
    std::optional<Instant> newestKept; // commit times need not grow with the LSN
    std::optional<WalCommit> firstLost;
    std::uint64_t lost = 0;
    // Of a target in time: commits at that very instant, all kept or all lost; and those that fall on the
    // other side, because recovery stops at the first record past the time.
    std::uint64_t sameInstant = 0;
    std::uint64_t earlierLost = 0;

    bool operator==(const WalPrediction &) const = default;
};

// Watches the WAL go by as the server's recovery will read it, on the way to one timeline.
class TargetWatch : public WalListener
{
public:
    TargetWatch(WalTarget target, TimelineHistory history)
        : m_target(std::move(target))
        , m_history(std::move(history))
    {
    }
    void ended(const WalEndTold &end) override;
    void mark(const WalMark &mark) override;
    // After all was read; the last record on that timeline begins here.
    [[nodiscard]] WalPrediction finish(Lsn lastRecord);

private:
    enum class Verdict { GoOn, StopBefore, StopAfter };
    [[nodiscard]] Verdict at(const WalEndTold &end) const;
    [[nodiscard]] Verdict atLsn(const WalEndTold &end) const;
    void keep(const WalCommit &commit);
    void lose(const WalCommit &commit);

    WalTarget m_target;
    TimelineHistory m_history;
    bool m_stopped = false;
    WalPrediction m_prediction;
};

} // namespace tidemark
