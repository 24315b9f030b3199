#pragma once

#include "monitor/followeditem.h"
#include "ports/fleetmonitor.h"
#include "ports/pbsprobe.h"
#include "ports/serverprobe.h"

#include <memory>
#include <vector>

namespace tidemark {

// The FleetMonitor that asks through probes. What was known before (from the store) is shown as offline until
// the first answer.
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
        std::function<FleetState()> lastKnown;
        std::function<void(const QString &, const ServerFacts &)> keepServer;
        std::function<void(const QString &, const PbsFacts &)> keepBackupServer;
    };
    explicit PollingMonitor(Parts parts, QObject *parent = nullptr);

    [[nodiscard]] FleetState state() const override;
    void follow(Fleet fleet) override;
    void refreshNow() override;
    void tryNow(QString name) override;

private:
    void followServer(const Cluster &cluster, const Fleet &fleet, const FleetState &known);
    void followBackupServer(const Source &source, const FleetState &known);

    Parts m_parts;
    std::vector<std::unique_ptr<FollowedItem<ServerFacts>>> m_servers;
    std::vector<std::unique_ptr<FollowedItem<PbsFacts>>> m_backupServers;
};

} // namespace tidemark
