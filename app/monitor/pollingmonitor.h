#pragma once

#include "monitor/followeditem.h"
#include "ports/factstore.h"
#include "ports/fleetmonitor.h"
#include "ports/hostreader.h"
#include "ports/pbsprobe.h"
#include "ports/serverprobe.h"

#include <memory>
#include <vector>

namespace tidemark {

// The FleetMonitor that asks through probes, and a server's machine for the space its WAL has. What the store
// kept from before is shown as stale until the first answer, and each answer is kept there.
class PollingMonitor : public FleetMonitor
{
    Q_OBJECT

public:
    struct Parts {
        std::shared_ptr<ServerProbe> servers;
        std::shared_ptr<PbsProbe> backupServers;
        std::shared_ptr<HostReaders> hosts; // null: what only a server's machine tells is not known
        std::shared_ptr<Clock> clock;
        InFlight inFlight;
        std::chrono::seconds serverInterval { 10 };
        std::chrono::seconds backupServerInterval { 30 };
        std::chrono::seconds diskInterval { 60 };
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
    void tellSoon();
    void followServer(const Cluster &cluster);
    void followBackupServer(const Source &source);
    void toldOfServer(std::size_t index, const Followed<ServerFacts> &server);
    [[nodiscard]] Followed<ServerFacts> serverAt(std::size_t index) const;
    void begin(const FleetState &known);
    template <class Facts>
    void keep(const Followed<Facts> &item);

    Parts m_parts;
    Fleet m_fleet;
    std::vector<std::unique_ptr<FollowedItem<ServerFacts>>> m_servers;
    std::vector<std::unique_ptr<FollowedItem<HostSpace>>> m_disks; // of their WAL, one for each server
    std::vector<std::unique_ptr<FollowedItem<PbsFacts>>> m_backupServers;
    QTimer m_tell;
    TaskScope m_storing;
};

} // namespace tidemark
