#pragma once

#include "ctl/command.h"
#include "store/store.h"
#include "support/fakelocalfiles.h"
#include "support/memoryjournal.h"

#include <QHash>

namespace tidemark::test {

// Ports that answer what the test wrote down; every name has its answer.
struct FakeFleetFile : FleetFile, FleetCheck {
    Fleet fleet;
    std::optional<Error> error;
    FleetRemarks remarks;
    QString asked;

    QCoro::Task<Result<LoadedFleet>> load(QString path, std::stop_token) override
    {
        asked = path;
        if (error)
            co_return tl::unexpected(*error);
        co_return LoadedFleet { fleet, {}, {} };
    }
    QCoro::Task<Result<QByteArray>> preview(QByteArray, std::vector<FleetEdit>, std::stop_token) override
    {
        co_return failure(ErrorKind::Internal, QStringLiteral("not asked for"), {});
    }
    QCoro::Task<Result<LoadedFleet>> edit(
        QString, QByteArray, std::vector<FleetEdit>, std::stop_token) override
    {
        co_return failure(ErrorKind::Internal, QStringLiteral("not asked for"), {});
    }
    QCoro::Task<Result<FleetRemarks>> check(QString path, std::stop_token) override
    {
        asked = path;
        if (error)
            co_return tl::unexpected(*error);
        co_return remarks;
    }
};

struct FakeServers : ServerProbe {
    QHash<QString, Result<ServerFacts>> byService;
    QStringList via;

    QCoro::Task<Result<ServerFacts>> probe(
        ConnectSpec spec, std::optional<Host> host, std::optional<Secret>, std::stop_token) override
    {
        if (host)
            via << host->name;
        co_return byService.value(spec.service, Result<ServerFacts>(ServerFacts()));
    }
};

struct FakeLists : PbsReader {
    QHash<QString, Result<PbsListing<DatastoreFacts>>> stores;
    QHash<QString, Result<PbsListing<PbsSnapshotFacts>>> backups;
    QHash<QString, Result<PbsListing<PbsTaskFacts>>> work;
    PbsTaskFilter filter;

    QCoro::Task<Result<PbsListing<DatastoreFacts>>> datastores(
        Source source, std::optional<Secret>, std::stop_token) override
    {
        co_return stores.value(source.name, Result<PbsListing<DatastoreFacts>>(PbsListing<DatastoreFacts>()));
    }
    QCoro::Task<Result<PbsListing<PbsSnapshotFacts>>> snapshots(
        Source source, std::optional<Secret>, std::stop_token) override
    {
        co_return backups.value(
            source.name, Result<PbsListing<PbsSnapshotFacts>>(PbsListing<PbsSnapshotFacts>()));
    }
    QCoro::Task<Result<PbsListing<PbsTaskFacts>>> tasks(
        Source source, std::optional<Secret>, PbsTaskFilter asked, std::stop_token) override
    {
        filter = asked;
        co_return work.value(source.name, Result<PbsListing<PbsTaskFacts>>(PbsListing<PbsTaskFacts>()));
    }
    QCoro::Task<Result<PbsListing<PbsJobFacts>>> jobs(Source, std::optional<Secret>, std::stop_token) override
    {
        co_return PbsListing<PbsJobFacts>();
    }
    QCoro::Task<Result<PbsListing<DatastoreFacts>>> usage(
        Source source, std::optional<Secret> secret, std::stop_token stop) override
    {
        return datastores(std::move(source), std::move(secret), std::move(stop));
    }
};

// Tells what the test wrote down.
struct ToldSource : BackupSource {
    QString called;
    Result<Scan> told = Scan {};

    [[nodiscard]] QString name() const override { return called; }
    [[nodiscard]] Capabilities capabilities() const override { return {}; }
    QCoro::Task<Result<Scan>> scan(Known, std::stop_token) override
    {
        Result<Scan> answer = told;
        if (answer)
            answer->source = called;
        co_return answer;
    }
};

struct FakeLab : ctl::LabProgram {
    ctl::ProgramEnd end;
    QStringList asked;

    QCoro::Task<Result<ctl::ProgramEnd>> run(
        QStringList arguments, std::function<void(QString)> line, std::stop_token) override
    {
        asked = arguments;
        if (line)
            line(end.output.section(u'\n', 0, 0));
        co_return end;
    }
};

struct FixedClock : Clock {
    [[nodiscard]] Instant now() const override { return Instant::fromSeconds(1'795'000'000); }
};

inline constexpr qint64 Now = 1'795'000'000;

// Two base backups of one cluster, WAL with a segment missing between them, and a part that may not be read.
inline Scan tellingScan()
{
    const auto base = [](const QString &id, qint64 age, std::uint64_t segment) {
        Artifact made;
        made.id = id;
        made.stamp = id;
        made.cluster = QStringLiteral("a");
        made.systemId = SystemId { 7304873520981635072 };
        made.start = Instant::fromSeconds(Now - age - 60);
        made.stop = Instant::fromSeconds(Now - age);
        made.startLsn = Lsn { segment << 24 };
        made.stopLsn = Lsn { (segment << 24) + 0x200 };
        made.timeline = TimelineId { 1 };
        made.stored = Bytes { 5000 };
        made.location = QStringLiteral("/b/") + id;
        return made;
    };
    WalArchive archive;
    archive.cluster = QStringLiteral("a");
    archive.systemId = SystemId { 7304873520981635072 };
    archive.spans = { { TimelineId { 1 }, { 10 }, { 20 }, Instant::fromSeconds(Now - 7000),
                          Instant::fromSeconds(Now - 5000) },
        { TimelineId { 1 }, { 22 }, { 40 }, Instant::fromSeconds(Now - 4000),
            Instant::fromSeconds(Now - 120) } };
    Scan scan;
    scan.at = Instant::fromSeconds(Now - 1);
    scan.whole = false;
    scan.artifacts = { base(QStringLiteral("old"), 7000, 10), base(QStringLiteral("new"), 3000, 30) };
    scan.archives = { archive };
    scan.troubles = { { {}, QStringLiteral("part"), {},
        { ErrorKind::Denied, QStringLiteral("host.denied"), QStringLiteral("permission denied") } } };
    return scan;
}

struct CtlWorld {
    std::shared_ptr<FakeFleetFile> file = std::make_shared<FakeFleetFile>();
    std::shared_ptr<FakeServers> servers = std::make_shared<FakeServers>();
    std::shared_ptr<FakeLists> lists = std::make_shared<FakeLists>();
    std::shared_ptr<FakeLab> lab = std::make_shared<FakeLab>();
    std::shared_ptr<FakeLocalFiles> files = std::make_shared<FakeLocalFiles>();
    std::shared_ptr<MemoryJournal> journal = std::make_shared<MemoryJournal>();
    std::shared_ptr<HostReaders> hosts; // null: no machine is read
    QHash<QString, Result<Scan>> scans; // by source; one that is not here is of a kind nobody reads
    std::shared_ptr<ctl::StoreForCommands> store = std::make_shared<ctl::StoreForCommands>();

    // In memory, and the same for all commands of one world.
    static QCoro::Task<Result<ctl::StoreForCommands>> openStore(
        std::shared_ptr<ctl::StoreForCommands> store, std::stop_token stop)
    {
        if (!store->catalogue) {
            auto opened = co_await makeMemoryStore(stop);
            if (!opened)
                co_return tl::unexpected(opened.error());
            store->catalogue = opened->catalogue;
            store->facts = opened->store;
        }
        ctl::StoreForCommands answer = *store;
        co_return answer;
    }
    [[nodiscard]] std::shared_ptr<BackupSource> makeSource(const Source &source) const
    {
        if (!scans.contains(source.name))
            return nullptr;
        auto made = std::make_shared<ToldSource>();
        made->called = source.name;
        made->told = *scans.constFind(source.name);
        return made;
    }

    [[nodiscard]] ctl::Tools tools() const
    {
        ctl::Tools tools;
        tools.fleetFile = file;
        tools.fleetCheck = file;
        tools.servers = servers;
        tools.backupLists = lists;
        tools.lab = lab;
        tools.files = files;
        tools.hosts = hosts;
        tools.journal = journal;
        tools.hand = std::make_shared<EndingHand>();
        tools.who = QStringLiteral("anna@desk");
        tools.openStore = [kept = store](std::stop_token stop) { return openStore(kept, std::move(stop)); };
        tools.makeSource = [this](const Source &source, const Fleet &) { return makeSource(source); };
        tools.clock = std::make_shared<FixedClock>();
        tools.defaultFleet = QStringLiteral("/home/x/.config/tidemark/fleet.yaml");
        return tools;
    }
};

// An hourly full of cluster "a" that its artifacts answer for, and a window into which it runs at 12:15 UTC.
inline void planRuns(CtlWorld &world)
{
    Schedule hourly { .name = QStringLiteral("hourly"),
        .kind = QStringLiteral("full"),
        .when = QStringLiteral("15 * * * *"),
        .form = QStringLiteral("cron") };
    hourly.source = QStringLiteral("one");
    hourly.clusters = QStringList { QStringLiteral("a") };
    world.file->fleet.schedules = { hourly };
    MaintenanceWindow window { .name = QStringLiteral("vacuum | all"), .clusters = { QStringLiteral("a") } };
    window.when = QStringLiteral("15 12 * * *");
    window.form = QStringLiteral("cron");
    window.duration = std::chrono::minutes(30);
    world.file->fleet.windows = { window };
}

} // namespace tidemark::test
