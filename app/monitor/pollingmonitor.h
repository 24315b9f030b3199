#pragma once

#include "monitor/followeditem.h"
#include "ports/factstore.h"
#include "ports/fleetmonitor.h"
#include "ports/pbsprobe.h"
#include "ports/serverprobe.h"

#include <memory>
#include <vector>

namespace tidemark {

// The FleetMonitor that asks through probes. What the store kept from before is shown as stale until the
// first answer, and each answer is kept there.
class PollingMonitor : public FleetMonitor
{
    Q_OBJECT

public:
    struct Parts {
        std::shared_ptr<ServerProbe> servers;
        std::shared_ptr<PbsProbe> backupServers;
        std::shared_ptr<Clock> clock;
        InFlight inFlight;
        std::chrono::seconds serverInterval { 10 };
        std::chrono::seconds backupServerInterval { 30 };
        std::shared_ptr<FactStore> store; // null: nothing outlives the program
    };
    explicit PollingMonitor(Parts parts, QObject *parent = nullptr);

    // From the next follow() on.
    void keepIn(std::shared_ptr<FactStore> store) { m_parts.store = std::move(store); }

    [[nodiscard]] FleetState state() const override;
    void follow(Fleet fleet) override;
    void refreshNow() override;
    void tryNow(QString name) override;

private:
    void followServer(const Cluster &cluster, const Fleet &fleet);
    void followBackupServer(const Source &source);
    void begin(const FleetState &known);
    template <class Facts>
    void tell(const Followed<Facts> &item);

    Parts m_parts;
    QString m_fleet;
    std::vector<std::unique_ptr<FollowedItem<ServerFacts>>> m_servers;
    std::vector<std::unique_ptr<FollowedItem<PbsFacts>>> m_backupServers;
    TaskScope m_storing;
};

} // namespace tidemark
