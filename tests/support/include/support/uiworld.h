#pragma once

#include "shell/page.h"
#include "support/uicatalogue.h"
#include "support/uifakes.h"

namespace tidemark::test {

// The six clusters of the design's pictures.
[[nodiscard]] inline Fleet exampleFleet()
{
    const auto cluster = [](const char *name, Environment environment) {
        Cluster made;
        made.name = QString::fromLatin1(name);
        made.environment = environment;
        made.connect.service = made.name;
        made.objectives.rpo = std::chrono::minutes(15);
        made.objectives.rto = std::chrono::minutes(15);
        made.objectives.proofAge = std::chrono::days(35);
        return made;
    };
    Fleet fleet;
    for (const char *name : { "oltp-db", "queue-db", "content-db", "olap-db", "proj-pg01" })
        fleet.clusters.push_back(cluster(name, Environment::Production));
    fleet.clusters.push_back(cluster("restore-lab01", Environment::Test));
    Source pbs;
    pbs.name = QStringLiteral("pbs01");
    pbs.kind = SourceKind::Pbs;
    pbs.url = QStringLiteral("https://pbs01.lan:8007");
    pbs.clusters = { QStringLiteral("proj-pg01") };
    fleet.sources.push_back(pbs);
    return fleet;
}

[[nodiscard]] inline ServerFacts exampleFacts(const QString &name, Instant readAt)
{
    ServerFacts facts;
    facts.readAt = readAt;
    const bool newer = name == QStringLiteral("olap-db") || name == QStringLiteral("proj-pg01");
    facts.versionNumber = newer ? 160004 : 150008;
    facts.version = newer ? QStringLiteral("16.4") : QStringLiteral("15.8");
    facts.role = QStringLiteral("tidemark_op");
    facts.memberOf = { QStringLiteral("pg_monitor") };
    facts.tls = true;
    return facts;
}

// Everything answers, `age` ago.
[[nodiscard]] inline FleetState exampleState(
    const Fleet &fleet, Instant now, std::chrono::seconds age = std::chrono::seconds(4))
{
    FleetState state;
    for (const Cluster &cluster : fleet.clusters) {
        Followed<ServerFacts> followed { cluster.name, Reach::Live };
        followed.facts = exampleFacts(cluster.name, now - age);
        state.servers.push_back(std::move(followed));
    }
    for (const Source &source : fleet.sources) {
        Followed<PbsFacts> followed { source.name, Reach::Live };
        followed.facts = PbsFacts { now - std::chrono::seconds(12), QStringLiteral("3.2.4") };
        state.backupServers.push_back(std::move(followed));
    }
    state.newestAnswer = now - age;
    return state;
}

// The same with one source that has not answered for 34 minutes; the next try is in 22 s.
[[nodiscard]] inline FleetState offlineState(const Fleet &fleet, Instant now, const QString &name)
{
    FleetState state = exampleState(fleet, now);
    const auto fail = [&](auto &followed) {
        if (followed.name != name)
            return;
        followed.reach = Reach::Offline;
        followed.offlineSince = now - std::chrono::seconds(34 * 60 + 6);
        followed.facts->readAt = *followed.offlineSince;
        followed.nextTry = now + std::chrono::seconds(22);
        followed.error = Error { ErrorKind::Unreachable, QStringLiteral("net.refused"),
            QStringLiteral("connection refused") };
    };
    for (auto &server : state.servers)
        fail(server);
    for (auto &server : state.backupServers)
        fail(server);
    return state;
}

// All ports, and the context made of them. Keeps them reachable for scripting.
struct UiWorld {
    std::shared_ptr<FakeFleetMonitor> monitor = std::make_shared<FakeFleetMonitor>();
    std::shared_ptr<FakeServerProbe> servers = std::make_shared<FakeServerProbe>();
    std::shared_ptr<FakePbsProbe> backupServers = std::make_shared<FakePbsProbe>();
    std::shared_ptr<FakeFleetFile> fleetFile = std::make_shared<FakeFleetFile>();
    std::shared_ptr<FakeSecretStore> secrets = std::make_shared<FakeSecretStore>();
    std::shared_ptr<FakePracticeLab> lab = std::make_shared<FakePracticeLab>();
    std::shared_ptr<FakePreferences> preferences = std::make_shared<FakePreferences>();
    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    std::shared_ptr<OpenFleet> fleet = std::make_shared<OpenFleet>();
    std::shared_ptr<Clocks> clocks = std::make_shared<Clocks>();
    std::shared_ptr<FakeCatalogueWatch> catalogue = std::make_shared<FakeCatalogueWatch>();
    std::shared_ptr<MomentReader> moments; // null: nothing reads WAL
    std::shared_ptr<FakeSessionBoard> sessions = std::make_shared<FakeSessionBoard>();
    InFlight inFlight;

    [[nodiscard]] PageContext context(Theme &theme) const
    {
        return { monitor, servers, backupServers, fleetFile, secrets, lab, preferences, clock, fleet, clocks,
            inFlight, &theme, {}, {}, catalogue, {}, moments, sessions };
    }
    void openExample()
    {
        clocks->setLocalZone(QStringLiteral("Europe/Berlin"));
        fleet->open(QStringLiteral("/home/mkeller/fleet.yaml"), LoadedFleet { exampleFleet(), {}, {} });
        monitor->setState(exampleState(fleet->fleet(), clock->now()));
        catalogue->know(exampleCatalogue(clock->now()), fleet->fleet(), monitor->state(), clock->now());
    }
};

} // namespace tidemark::test
