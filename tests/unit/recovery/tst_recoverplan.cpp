#include "procedure/procedurescript.h"
#include "recovery/recoverbase.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// Plans as texts to read. TIDEMARK_WRITE_GOLDEN=1 writes them anew; look at the difference before it is kept.
class TestRecoverPlan : public QObject
{
    Q_OBJECT

    static RecoverRequest request()
    {
        RecoverRequest request;
        request.cluster = u"shop"_s;
        request.environment = Environment::Production;
        request.target.kind = WalTarget::Kind::Lsn;
        request.target.lsn = Lsn::parse(u"4C/9A1F3B28"_s).value();
        request.target.inclusive = false;
        request.target.timeline = TimelineId { 3 };
        request.host = { u"db1"_s, u"db1.lan"_s, u"postgres"_s };
        request.directory = u"/srv/it's $(copy)"_s;
        request.port = 54329;
        request.binaries = u"/usr/lib/postgresql/15/bin"_s;
        request.open = true;
        return request;
    }
    static RecoverFacts facts()
    {
        Artifact base;
        base.id = u"base-20261120"_s;
        base.location = u"/backup/shop/base-20261120"_s;
        base.format = u"plain"_s;
        base.startLsn = Lsn::parse(u"4B/14000028"_s);
        base.stopLsn = Lsn::parse(u"4B/14000138"_s);
        RecoverFacts facts;
        facts.chain = { base };
        facts.from.kind = SourceKind::BaseBackups;
        facts.from.host = u"db1"_s;
        facts.walFolder = u"/backup/shop/wal"_s;
        facts.lastSegment = u"000000030000004C0000009A"_s;
        WalPrediction told;
        told.reached = true;
        told.last
            = WalCommit { Lsn::parse(u"4C/9A1F3A00"_s).value(), 7, Instant::fromSeconds(1'795'141'867) };
        told.firstLost
            = WalCommit { Lsn::parse(u"4C/9A1F3B28"_s).value(), 8, Instant::fromSeconds(1'795'141'868) };
        facts.prediction = told;
        return facts;
    }
    static QString golden(const QString &name, const QString &text)
    {
        QFile file(u"" TIDEMARK_TEST_DATA "/plans/"_s + name);
        if (qEnvironmentVariableIsSet("TIDEMARK_WRITE_GOLDEN") && file.open(QIODevice::WriteOnly)) {
            file.write(text.toUtf8());
            file.close();
        }
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    static QString obstacles(const RecoverPlan &plan)
    {
        QStringList words;
        if (!plan)
            for (const Obstacle &one : plan.error())
                words << one.what;
        return words.join(u'|');
    }

private Q_SLOTS:
    void plansAreAsTheyWere_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("plain") << u"plain"_s;
        QTest::newRow("tar") << u"tar"_s;
    }
    void plansAreAsTheyWere()
    {
        QFETCH(QString, format);
        RecoverFacts known = facts();
        known.chain.back().format = format;
        const auto plan = planBeside(request(), known);
        QVERIFY2(plan.has_value(), qPrintable(obstacles(plan)));
        QVERIFY(faultsOf(*plan).isEmpty());
        const QString text = procedureMarkdown(*plan);
        QCOMPARE(text, golden(u"beside-%1.md"_s.arg(format), text));
    }
    void everyScriptIsOne()
    {
        for (const QString &format : { u"plain"_s, u"tar"_s }) {
            RecoverFacts known = facts();
            known.chain.back().format = format;
            const Procedure procedure = planBeside(request(), known).value();
            for (const Step &step : procedure.steps) {
                for (const QString &script : { step.command, step.look, step.undo }) {
                    QProcess shell;
                    shell.start(u"sh"_s, { u"-n"_s });
                    shell.write(script.toUtf8());
                    shell.closeWriteChannel();
                    QVERIFY(shell.waitForFinished());
                    const QByteArray said = shell.readAllStandardError();
                    QVERIFY2(said.isEmpty(), (step.id.toUtf8() + ": " + said).constData());
                }
            }
            QProcess bash;
            bash.start(u"bash"_s, { u"-n"_s });
            const QByteArray whole = procedureScript(procedure);
            bash.write(whole);
            bash.closeWriteChannel();
            QVERIFY(bash.waitForFinished());
            QCOMPARE(bash.readAllStandardError(), QByteArray());
        }
    }
    void whatForbidsIt()
    {
        RecoverFacts known = facts();
        known.chain.clear();
        QCOMPARE(obstacles(planBeside(request(), known)), u"no base backup leads to this moment"_s);
        known = facts();
        known.chain.back().stopLsn = request().target.lsn;
        QCOMPARE(obstacles(planBeside(request(), known)),
            u"4C/9A1F3B28 is before 4C/9A1F3B28, where the backup base-20261120 ends"_s);
        known = facts();
        known.prediction->reached = false;
        QCOMPARE(obstacles(planBeside(request(), known)),
            u"the WAL ends before this target: the server would not open"_s);
        known = facts();
        known.chain.back().tablespaces = QStringList { u"/fast"_s };
        QCOMPARE(obstacles(planBeside(request(), known)), u"base-20261120 has tablespaces"_s);
        known = facts();
        known.from.host = u"db2"_s;
        QCOMPARE(obstacles(planBeside(request(), known)), u"the backup is on db2, not on db1"_s);
        RecoverRequest odd = request();
        odd.directory = u"/"_s;
        QCOMPARE(obstacles(planBeside(odd, facts())), u"\"/\" is no directory to restore to"_s);
        odd.directory = u'/' + QString(100, u'x');
        QVERIFY(obstacles(planBeside(odd, facts())).contains(u"too long for a server's socket"_s));
    }
    void timesBecomePlaces()
    {
        WalTarget time;
        time.kind = WalTarget::Kind::Time;
        time.timeline = TimelineId { 3 };
        time.inclusive = false;
        WalTarget exact = exactTarget(time, facts().prediction);
        QCOMPARE(exact.kind, WalTarget::Kind::Lsn);
        QCOMPARE(exact.lsn.toString(), u"4C/9A1F3B28"_s);
        QVERIFY(!exact.inclusive);
        WalPrediction all = *facts().prediction;
        all.firstLost.reset();
        exact = exactTarget({}, all); // the end
        QCOMPARE(exact.lsn.toString(), u"4C/9A1F3A00"_s);
        QVERIFY(exact.inclusive);
        QCOMPARE(exactTarget(time, {}), time);
    }
    void theNewestThatEndedBefore()
    {
        CatalogueFacts known;
        known.sources = { { .name = u"base"_s }, { .name = u"wal"_s } };
        ClusterFacts cluster;
        cluster.name = u"shop"_s;
        for (const auto &[id, stop] :
            { std::pair(u"old"_s, 0x100), std::pair(u"good"_s, 0x200), std::pair(u"late"_s, 0x300) }) {
            ArtifactFact fact;
            fact.id = id;
            fact.stopLsn = Lsn { static_cast<std::uint64_t>(stop) };
            fact.timeline = TimelineId { 1 };
            cluster.artifacts.push_back(fact);
        }
        WalArchive archive;
        archive.source = u"wal"_s;
        archive.part = u"shop"_s;
        cluster.archives = { archive };
        known.clusters = { cluster };
        Fleet fleet;
        fleet.sources = { { .name = u"base"_s, .kind = SourceKind::BaseBackups, .path = u"/b"_s },
            { .name = u"wal"_s, .kind = SourceKind::WalArchive, .path = u"/w"_s } };
        WalTarget target;
        target.kind = WalTarget::Kind::Lsn;
        target.lsn = Lsn { 0x300 };
        target.timeline = TimelineId { 1 };
        const auto base = recoverBase(known, fleet, u"shop"_s, target);
        QVERIFY(base.has_value());
        QCOMPARE(base->artifact, u"good"_s);
        QCOMPARE(base->walFolder, u"/w/shop"_s);
        target.timeline = TimelineId { 2 };
        QVERIFY(!recoverBase(known, fleet, u"shop"_s, target));
        QCOMPARE(usualBinaries(170004), u"/usr/lib/postgresql/17/bin"_s);
    }
};

QTEST_GUILESS_MAIN(TestRecoverPlan)
#include "tst_recoverplan.moc"
