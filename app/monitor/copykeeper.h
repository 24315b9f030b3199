#pragma once

#include "ports/catalogue.h"
#include "ports/clock.h"
#include "ports/fleetmonitor.h"
#include "ports/servercopier.h"
#include "ports/taskscope.h"

#include <memory>

namespace tidemark {

// Has a copy made of each server that answers: once a day, and again when the server itself is another one
// than at the last copy (its identity, version, timeline, role, archiving). One server at a time; one that
// refuses is asked again after an hour.
class CopyKeeper : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        std::shared_ptr<FleetMonitor> servers;
        std::shared_ptr<ServerCopier> copier;
        std::shared_ptr<Catalogue> catalogue; // null: nothing is copied
        std::shared_ptr<Clock> clock;
        InFlight inFlight;
    };
    explicit CopyKeeper(Parts parts, QObject *parent = nullptr);

    // From the next follow() on.
    void keepIn(std::shared_ptr<Catalogue> catalogue) { m_parts.catalogue = std::move(catalogue); }
    void follow(Fleet fleet);

private:
    struct Kept {
        std::optional<Instant> at;
        std::optional<Instant> notBefore; // after a failure
        std::optional<ServerFacts> then; // of the server at the last copy of this run
    };

    void lookAround();
    [[nodiscard]] bool isDue(const Followed<ServerFacts> &server) const;
    void copy(const Cluster &cluster, const ServerFacts &facts);
    void copied(const QString &cluster, const ServerFacts &facts, const Result<> &kept);

    Parts m_parts;
    Fleet m_fleet;
    QMap<QString, Kept> m_kept;
    bool m_ready = false; // the times of kept copies are known
    bool m_busy = false;
    TaskScope m_tasks;
};

} // namespace tidemark
