#include "insight/nextsteps.h"
#include "insight/stored.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const Instant Now = Instant::fromSeconds(1'795'000'000);

Fleet fleetWith(SourceKind kind, const QString &path = u"/backup"_s)
{
    Fleet fleet;
    Cluster cluster;
    cluster.name = u"shop"_s;
    cluster.connect.host = u"db1"_s;
    cluster.connect.port = 5433;
    cluster.connect.user = u"o'hara"_s;
    fleet.clusters = { cluster };
    Host host;
    host.name = u"store"_s;
    host.ssh = u"backup@store"_s;
    fleet.hosts = { host };
    Source source;
    source.name = u"repo"_s;
    source.kind = kind;
    source.clusters = { u"shop"_s };
    source.path = path;
    source.stanza = u"main"_s;
    source.datastore = u"tank"_s;
    source.host = u"store"_s;
    fleet.sources = { source };
    return fleet;
}

Finding finding(const char *code)
{
    Finding made;
    made.code = QString::fromLatin1(code);
    made.cluster = u"shop"_s;
    made.subject = u"x"_s;
    return made;
}

ArtifactFact artifact(std::chrono::seconds ago, std::optional<qint64> size)
{
    ArtifactFact made;
    made.stop = Now - ago;
    if (size)
        made.stored = Bytes { *size };
    return made;
}

} // namespace

class TestNextSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBaseBackupIsTakenWithTheToolThatKeepsIt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("first");
        QTest::newRow("pgBackRest")
            << int(SourceKind::PgBackRest)
            << "# repo, on backup@store\npgbackrest --stanza=main --type=full backup\n";
        QTest::newRow("Barman") << int(SourceKind::Barman)
                                << "# repo, on backup@store\nbarman backup main --wait\n";
        QTest::newRow("folder") << int(SourceKind::BaseBackups)
                                << "# repo, on backup@store\npg_basebackup '--dbname=host='\\''db1'\\'' "
                                   "port='\\''5433'\\'' user='\\''o\\'\\''hara'\\''' --checkpoint=fast "
                                   "--wal-method=stream --progress "
                                   "--pgdata=/backup/shop-$(date -u +%Y%m%dT%H%M%SZ)\n";
        QTest::newRow("dumps only") << int(SourceKind::Dumps)
                                    << "# The fleet file names no place for base backups of this cluster; "
                                       "choose one.\npg_basebackup ";
    }
    void aBaseBackupIsTakenWithTheToolThatKeepsIt()
    {
        QFETCH(int, kind);
        QFETCH(QString, first);
        const QString steps = nextSteps(finding("wal.gap"), fleetWith(SourceKind(kind)));
        QVERIFY2(steps.startsWith(first), qPrintable(steps));
        QVERIFY(steps.endsWith(u"\ntidemarkctl windows shop"_s));
    }

    void hostileNamesStayWords()
    {
        Finding slot = finding("slot.lost");
        slot.subject = u"x'; DROP TABLE t; --"_s;
        const QString steps = nextSteps(slot, fleetWith(SourceKind::PgBackRest));
        QVERIFY2(steps.contains(u"'--set=slot=x'\\''; DROP TABLE t; --' <<'SQL'"_s), qPrintable(steps));
        QVERIFY(steps.contains(u"pg_drop_replication_slot(:'slot')"_s));
        Finding stray = finding("wal.stray-timeline");
        stray.source = u"repo"_s;
        stray.items = { u"$(reboot)"_s, u"-rf"_s };
        const QString moves = nextSteps(stray, fleetWith(SourceKind::WalArchive, u"/a b"_s));
        QVERIFY2(
            moves.contains(u"mv --no-clobber -- '/a b/$(reboot)' '/a b/set-aside/'\n"_s), qPrintable(moves));
        Fleet named = fleetWith(SourceKind::PgBackRest);
        named.sources[0].name = u"repo\nrm -rf /"_s;
        const QString base = nextSteps(finding("wal.gap"), named);
        QVERIFY2(base.startsWith(u"# repo rm -rf /, on backup@store\npgbackrest "_s), qPrintable(base));
    }

    void whatIsStored()
    {
        ClusterFacts facts;
        facts.artifacts = { artifact(40 * 24h, 100), artifact(3 * 24h + 1h, 30), artifact(1h, 12),
            artifact(2h, std::nullopt) };
        facts.archives.resize(1);
        facts.archives[0].bytes = 1000;
        const Stored stored = storedOf(facts, Now);
        QCOMPARE(stored.total, std::optional(Bytes { 1142 }));
        QCOMPARE(stored.untold, 1);
        QCOMPARE(stored.made[29], Bytes { 12 });
        QCOMPARE(stored.made[26], Bytes { 30 });
        QCOMPARE(stored.perDay(), std::optional(Bytes { 42 / 30 }));
    }

    void growthIsNotInvented()
    {
        ClusterFacts facts;
        QCOMPARE(storedOf(facts, Now).total, std::nullopt);
        facts.artifacts = { artifact(1h, 12) };
        QCOMPARE(storedOf(facts, Now).perDay(), std::nullopt);
        facts.artifacts = { artifact(-1h, 12) }; // from the future: of no day
        QCOMPARE(storedOf(facts, Now).total, std::optional(Bytes { 12 }));
        QCOMPARE(storedOf(facts, Now).perDay(), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestNextSteps)
#include "tst_nextsteps.moc"
