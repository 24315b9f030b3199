#pragma once

#include "fleet/fleetstate.h"

namespace tidemark::test {

// Names a careless program trips over.
inline QStringList hostileNames()
{
    return {
        QStringLiteral("it's \"quoted\" \\back\\slashed"),
        QStringLiteral("two\nlines\r\tand more"),
        QStringLiteral("$(touch /tmp/x) `id` ; drop table meta; --"),
        QStringLiteral("--option"),
        QStringLiteral("%1 %n ? :name $1 {0}"),
        QStringLiteral("ünï/cödé 数据库 \U0001F418"),
        QStringLiteral(" "),
    };
}

// Facts with every field set to something it is not by itself.
inline ServerFacts sampleServer(qint64 second = 1'700'000'000)
{
    ServerFacts facts;
    facts.readAt = Instant::fromMicroseconds(second * 1'000'000 + 123'457);
    facts.versionNumber = 150020;
    facts.version = QStringLiteral("15.20 (Debian 15.20-0+deb12u1)");
    facts.systemId = SystemId { 0xfedc'ba98'7654'3210 };
    facts.timeline = TimelineId { 0xffff'fffe };
    facts.inRecovery = true;
    facts.currentLsn = Lsn { 0xffff'ffff'ffff'fff0 };
    facts.startedAt = Instant::fromMicroseconds(-1);
    facts.role = QStringLiteral("backup \"op\"");
    facts.memberOf = { QStringLiteral("pg_monitor"), QString(QStringLiteral("")) };
    facts.superuser = true;
    facts.mayReplicate = true;
    facts.tls = true;
    facts.tlsVersion = QStringLiteral("TLSv1.3");
    facts.dataDirectory = QStringLiteral("/srv/pg data/15");
    facts.walLevel = QStringLiteral("replica");
    facts.archiveMode = QStringLiteral("on");
    facts.archiveCommand = QStringLiteral("test ! -f '/a b/%f' && cp %p '/a b/%f'");
    facts.archiveTimeout = std::chrono::seconds(300);
    facts.walSegmentSize = Bytes { 16 << 20 };
    facts.archiver = ArchiverFacts { 9'007'199'254'740'993, QStringLiteral("0000000100000000000000A1"),
        Instant::fromSeconds(1), 2, QStringLiteral("0000000100000000000000A0"), Instant::fromSeconds(2) };
    facts.databases = { { hostileNames().at(0), Bytes { 9'223'372'036'854'775'807 }, false },
        { hostileNames().at(1), std::nullopt, true } };
    facts.missing = { { QStringLiteral("size of \"x\""), QStringLiteral("GRANT pg_monitor TO \"a\"\"b\"") } };
    facts.slots = { { hostileNames().at(2), true, true, Bytes { 4 }, QStringLiteral("extended"),
                        hostileNames().at(5), true, Lsn { 7 }, Bytes { 5 } },
        {} };
    facts.walSize = Bytes { 1'234'567'890'123 };
    facts.walFree = Bytes { 1 };
    facts.clockAhead = std::chrono::milliseconds(-5);
    facts.maxSlotWalKeepSize = Bytes { 10 << 20 };
    facts.maxWalSize = Bytes { 1 << 30 };
    facts.standbys = { { hostileNames().at(3), QStringLiteral("repl"), QStringLiteral("::1"),
                           QStringLiteral("streaming"), QStringLiteral("quorum"), hostileNames().at(2),
                           Lsn { 8 }, Lsn { 9 }, std::chrono::milliseconds(1) },
        {} };
    return facts;
}

inline PbsFacts samplePbs(qint64 second = 1'700'000'000)
{
    PbsFacts facts;
    facts.readAt = Instant::fromSeconds(second);
    facts.version = QStringLiteral("3.2.4");
    facts.fingerprint = QStringLiteral("ab:cd");
    facts.authId = QStringLiteral("audit@pbs!console");
    facts.datastores = {
        { QStringLiteral("tank"), Bytes { 100 }, Bytes { 40 }, Bytes { 60 }, Instant::fromSeconds(9),
            QStringLiteral("read-only"), QStringLiteral("unable to open"), 7, 20'000 },
        { .name = QStringLiteral("empty") },
    };
    facts.missing = { { QStringLiteral("usage of tank"), QStringLiteral("Datastore.Audit") } };
    return facts;
}

} // namespace tidemark::test
