#pragma once

#include "backup/scan.h"
#include "backup/servercopy.h"
#include "support/samplefacts.h"

namespace tidemark::test {

// An artifact with every field set to something it is not by itself.
inline Artifact sampleArtifact(const QString &id = QStringLiteral("20231114-221320F"))
{
    Artifact artifact;
    artifact.source = QStringLiteral("repo");
    artifact.id = id;
    artifact.stamp = QStringLiteral("s1");
    artifact.cluster = QStringLiteral("shop");
    artifact.systemId = SystemId { 0xfedc'ba98'7654'3210 };
    artifact.kind = ArtifactKind::Dump;
    artifact.method = Method::Incremental;
    artifact.state = ArtifactState::Unfinished;
    artifact.why = QStringLiteral("no \"stop\"");
    artifact.start = Instant::fromMicroseconds(1'700'000'000'123'456);
    artifact.stop = Instant::fromMicroseconds(1'700'000'100'000'001);
    artifact.startLsn = Lsn { 0xffff'ffff'ffff'fff0 };
    artifact.stopLsn = Lsn { 1 };
    artifact.timeline = TimelineId { 0xffff'fffe };
    artifact.size = Bytes { 9'223'372'036'854'775'807 };
    artifact.stored = Bytes { 0 };
    artifact.parent = QStringLiteral("parent 'of' it");
    artifact.needs = { QStringLiteral("a"), QStringLiteral("b c") };
    artifact.part = QStringLiteral("repo1");
    artifact.database = QStringLiteral("ünï 数据库");
    artifact.withGlobals = QStringLiteral("globals");
    artifact.format = QStringLiteral("tar");
    artifact.compression = QStringLiteral("zstd");
    artifact.encrypted = true;
    artifact.hasManifest = false;
    artifact.carriesWal = true;
    artifact.objects = 9'007'199'254'740'993;
    artifact.tablespaces = { QStringLiteral("/srv/t 1") };
    artifact.serverVersion = 150020;
    artifact.toolVersion = QStringLiteral("2.58");
    artifact.quiesced = Quiesced::GuestFrozen;
    artifact.checks = { { CheckKind::Structure, true, Instant::fromSeconds(5), QStringLiteral("ok") },
        { CheckKind::Contents, false, std::nullopt, {} } };
    artifact.holds = { QStringLiteral("protected") };
    artifact.notes = { { QStringLiteral("why"), QStringLiteral("before\nthe move") } };
    artifact.location = QStringLiteral("/srv/backup/") + id + QStringLiteral("/x");
    return artifact;
}

// A plain backup of the shop at a second.
inline Artifact plainArtifact(const QString &id, qint64 second)
{
    Artifact artifact;
    artifact.source = QStringLiteral("repo");
    artifact.id = id;
    artifact.stamp = QStringLiteral("s");
    artifact.start = Instant::fromSeconds(second - 10);
    artifact.stop = Instant::fromSeconds(second);
    artifact.location = QStringLiteral("/srv/backup/") + id;
    return artifact;
}

inline WalArchive sampleArchive()
{
    WalArchive archive;
    archive.source = QStringLiteral("repo");
    archive.part = QStringLiteral("main");
    archive.cluster = QStringLiteral("shop");
    archive.systemId = SystemId { 0xfedc'ba98'7654'3210 };
    archive.segmentSize = 1 << 20;
    archive.listed = false;
    archive.spans = { { TimelineId { 1 }, { 5 }, { 9 }, Instant::fromSeconds(1), Instant::fromSeconds(2) },
        { TimelineId { 1 }, { 11 }, { 11 }, std::nullopt, std::nullopt },
        { TimelineId { 2 }, { 7 }, { 1'000'000'000'000 }, std::nullopt, Instant::fromSeconds(3) } };
    archive.histories
        = { { TimelineId { 2 }, { { TimelineId { 1 }, Lsn { 77 }, QStringLiteral("no recovery target") } },
            Instant::fromSeconds(4) } };
    archive.backupEnds
        = { { TimelineId { 1 }, Lsn { 5 }, Lsn { 6 }, Instant::fromSeconds(6), hostileNames().at(0) } };
    archive.troubles = { { QStringLiteral("00000001000000000000000A"), WalFault::BadChecksum,
        hostileNames().at(1), TimelineId { 1 }, SegmentNumber { 10 }, Instant::fromSeconds(8) } };
    archive.partial = SegmentNumber { 12 };
    archive.files = 9;
    archive.bytes = 1234;
    archive.checked = QStringLiteral("1:5-9");
    return archive;
}

inline Run sampleRun(const QString &id, qint64 second)
{
    return { QStringLiteral("repo"), id, QStringLiteral("full"), QStringLiteral("group"),
        QStringLiteral("shop"), Instant::fromSeconds(second), Instant::fromSeconds(second + 60),
        RunState::Warnings, hostileNames().at(1), QStringLiteral("20231114-221320F"), Bytes { 5 } };
}

inline Job sampleJob()
{
    return { QStringLiteral("repo"), QStringLiteral("v-1"), QStringLiteral("verify"), QStringLiteral("tank"),
        QStringLiteral("daily"), false, Instant::fromSeconds(9), Instant::fromSeconds(8), RunState::Failed,
        hostileNames().at(0), { { QStringLiteral("keep-last"), 3 } } };
}

inline StoreUsage sampleUsage(qint64 second = 1'700'000'000)
{
    return { QStringLiteral("repo"), QStringLiteral("tank"), Bytes { 100'000 }, Bytes { 40'000 },
        Bytes { 60'000 }, Instant::fromSeconds(1'800'000'000), Instant::fromSeconds(second) };
}

inline Scan sampleScan(qint64 second = 1'700'000'000)
{
    Scan scan;
    scan.source = QStringLiteral("repo");
    scan.at = Instant::fromSeconds(second);
    scan.artifacts = { sampleArtifact(), plainArtifact(QStringLiteral("b"), 1'699'000'000) };
    scan.archives = { sampleArchive(), {} };
    scan.archives.back().source = scan.source;
    scan.runs = { sampleRun(QStringLiteral("r1"), 1'699'999'000) };
    scan.jobs = { sampleJob() };
    scan.usage = { sampleUsage(second) };
    scan.troubles = { { QStringLiteral("repo"), QStringLiteral("main"), QStringLiteral("shop"),
        { ErrorKind::Denied, QStringLiteral("source.denied"), hostileNames().at(2) } } };
    scan.cursor = QStringLiteral("c1");
    return scan;
}

inline Fleet shopFleet(const QString &name)
{
    Fleet fleet;
    fleet.name = name;
    fleet.clusters = { { .name = QStringLiteral("shop"), .systemId = SystemId { 0xfedc'ba98'7654'3210 } },
        { .name = QStringLiteral("books"), .systemId = SystemId { 22 } } };
    fleet.sources = { { .name = QStringLiteral("repo"), .clusters = { QStringLiteral("shop") } } };
    return fleet;
}

inline ServerCopy sampleCopy(qint64 second)
{
    ServerCopy copy;
    copy.at = Instant::fromSeconds(second);
    copy.systemId = SystemId { 7 };
    copy.versionNumber = 150020;
    copy.control
        = ControlFacts { 1300, 202209061, true, 8192, 8192, QStringLiteral("replica"), 100, 8, 10, 1, 64 };
    copy.settings = { { QStringLiteral("work_mem"), QStringLiteral("4096"), QStringLiteral("kB"),
        QStringLiteral("default"), QStringLiteral("/etc/x:1") } };
    copy.files = { { QStringLiteral("/etc/pg_hba.conf"), QByteArray("local all \xff\0 x", 14) } };
    copy.relations = { { 5, hostileNames().at(5), 16'384, 1663, 4'000'000'000, QStringLiteral("public"),
        hostileNames().at(0), 'm', 1.5e9, Bytes { 8192 } } };
    copy.extensions = { QStringLiteral("plpgsql 1.0 in shop") };
    copy.collation = QStringLiteral("glibc 2.36");
    copy.missing
        = { { QStringLiteral("pg_ident.conf"), QStringLiteral("GRANT pg_read_server_files TO x;") } };
    return copy;
}

} // namespace tidemark::test
