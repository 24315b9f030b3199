#pragma once

#include "fleet/fleet.h"
#include "insight/facts.h"
#include "moment/moments.h"

#include <qcorotask.h>

#include <functional>
#include <stop_token>

namespace tidemark {

// Whose WAL is read, and where it may lie.
struct MomentQuestion {
    Fleet fleet;
    QString cluster;
    std::shared_ptr<const CatalogueFacts> facts;
    Instant since; // what is older is not read
    std::optional<TimelineId> serverTimeline {}; // as the server tells it
};

// Reads a cluster's archived WAL and keeps what it told. Errors are "moment.…", "wal.…" and "host.…".
class MomentReader
{
public:
    virtual ~MomentReader() = default;
    // What earlier readings kept; no pieces: none did.
    [[nodiscard]] virtual QCoro::Task<Result<MomentIndex>> kept(MomentQuestion question, std::stop_token stop)
        = 0;
    // Reads what is not kept yet, from the newest segment backwards. `told` is called on the caller's thread
    // after each portion, with all that is known by then. A stop keeps what was read.
    using Told = std::function<void(std::shared_ptr<const MomentIndex>, MomentProgress)>;
    [[nodiscard]] virtual QCoro::Task<Result<MomentIndex>> read(
        MomentQuestion question, Told told, std::stop_token stop)
        = 0;
    // Every commit and rollback in the segment of that record and in those beside it, in the order of the
    // log; read anew.
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<WalEndTold>>> around(
        MomentQuestion question, TimelineId timeline, Lsn lsn, std::stop_token stop)
        = 0;
};

} // namespace tidemark
