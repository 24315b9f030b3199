#pragma once

#include "ctl/command.h"

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

struct CtlWorld {
    std::shared_ptr<FakeFleetFile> file = std::make_shared<FakeFleetFile>();
    std::shared_ptr<FakeServers> servers = std::make_shared<FakeServers>();
    std::shared_ptr<FakeLists> lists = std::make_shared<FakeLists>();
    std::shared_ptr<FakeLab> lab = std::make_shared<FakeLab>();

    [[nodiscard]] ctl::Tools tools() const
    {
        ctl::Tools tools;
        tools.fleetFile = file;
        tools.fleetCheck = file;
        tools.servers = servers;
        tools.backupLists = lists;
        tools.lab = lab;
        tools.clock = std::make_shared<FixedClock>();
        tools.defaultFleet = QStringLiteral("/home/x/.config/tidemark/fleet.yaml");
        return tools;
    }
};

} // namespace tidemark::test
