#pragma once

#include "insight/insight.h"
#include "lab/cluster.h"
#include "pbs/pbs.h"
#include "ports/catalogue.h"
#include "ports/clock.h"
#include "ports/hostreader.h"
#include "ports/serverprobe.h"

#include <QDateTime>
#include <QHash>

namespace tidemark::test {

// This machine's clock, and how much is added to it.
class SetClock : public Clock
{
public:
    [[nodiscard]] Instant now() const override
    {
        return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000) + ahead;
    }
    std::chrono::seconds ahead {};
};

// All that stands between the world and the list of findings, as the program has it: adapters, a catalogue,
// probes and rules. Nothing is made up; servers and sources are those of the fleet.
class Onlooker
{
public:
    Onlooker();

    // The codes of all findings, worst first: "wal.gap wal.empty". A catalogue of its own is filled anew.
    [[nodiscard]] QString codes();
    // What was said of them, and of what went wrong on the way.
    [[nodiscard]] const QString &said() const { return m_said; }
    [[nodiscard]] const Insight &insight() const { return m_insight; }

    // Sources that are read again each time; what the others tell is remembered from the first time.
    void readAgain(const QStringList &sources) { m_again = sources; }
    void forget() { m_remembered.clear(); }

    Fleet fleet;
    std::shared_ptr<SetClock> sourcesClock = std::make_shared<SetClock>(); // and the rules'
    std::shared_ptr<SetClock> serversClock = std::make_shared<SetClock>();
    std::shared_ptr<HostReaders> hosts;
    std::shared_ptr<SecretStore> secrets;
    std::unique_ptr<PbsAdapters> pbs;

private:
    [[nodiscard]] FleetState ask();
    void read(const std::shared_ptr<Catalogue> &catalogue, const Source &source);

    std::shared_ptr<ServerProbe> m_servers;
    QHash<QString, Scan> m_remembered;
    QStringList m_again;
    QString m_said;
    Insight m_insight;
};

// A fleet of one cluster in one place.
[[nodiscard]] Fleet fleetOf(const QString &cluster, std::chrono::seconds rpo, Source source);
// How a console of this fleet reaches a cluster of the lab.
[[nodiscard]] ConnectSpec reach(const lab::Cluster &cluster);

} // namespace tidemark::test
