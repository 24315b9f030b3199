#include "ctlfakes.h"
#include "support/samplefacts.h"
#include "support/settle.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using ctl::Level;

// The commands that tell what can be restored, over sources that answer what is written here.
class tst_Knowing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sourcesAndHowReadingThemWent();
    void aSourceThatFailsIsToldAndTheRestIsThere();
    void artifactsNewestFirst();
    void windowsAndTheirGap();
    void riskByStanding();
    void findingsWorstFirst();
    void checkSpeaksAsAMonitoringPlugin();
    void checkOfACalmClusterIsOk();
    void checkOfNobodyIsUnknown();
    void offlineReadsNothing();
    void offlineNeedsTheStore();
    void onlyWhatConcernsTheClusterIsAsked();
    void hostileNamesStayOnTheirLine();

private:
    [[nodiscard]] ctl::Answer run(const QStringList &arguments) const
    {
        const auto answer = test::settle(ctl::runCommandLine(arguments, m_world->tools(), {}));
        return answer.value_or(ctl::Answer { .error = u"hung"_s });
    }
    [[nodiscard]] QString text(const QStringList &arguments) const
    {
        const ctl::Answer answer = run(arguments);
        return QString::number(static_cast<int>(answer.level)) + u' ' + answer.text + answer.error;
    }

    std::unique_ptr<test::CtlWorld> m_world;
};

void tst_Knowing::init()
{
    m_world = std::make_unique<test::CtlWorld>();
    Fleet &fleet = m_world->file->fleet;
    fleet.name = u"harbour"_s;
    Cluster a { .name = u"a"_s, .environment = Environment::Production };
    a.connect.service = u"a"_s;
    a.objectives.rpo = std::chrono::hours(1);
    fleet.clusters = { a };
    fleet.sources = { { .name = u"one"_s, .kind = SourceKind::WalArchive, .clusters = { u"a"_s } } };
    m_world->scans[u"one"_s] = test::tellingScan();
    ServerFacts facts;
    facts.readAt = Instant::fromSeconds(test::Now);
    facts.versionNumber = 150020;
    facts.systemId = SystemId { 7304873520981635072 };
    facts.timeline = TimelineId { 1 };
    facts.currentLsn = Lsn { (41ULL << 24) + 0x100 };
    facts.walLevel = u"replica"_s;
    facts.archiveMode = u"on"_s;
    facts.archiveCommand = u"cp %p /a/%f"_s;
    facts.walSegmentSize = Bytes { 16 << 20 };
    m_world->servers->byService[u"a"_s] = facts;
}

void tst_Knowing::sourcesAndHowReadingThemWent()
{
    m_world->file->fleet.sources.push_back({ .name = u"tape"_s, .kind = SourceKind::Veeam });
    QCOMPARE(text({ u"sources"_s }),
        u"1 warning: 0 of 2 sources are read and whole\n"
        "SOURCE  KIND         STATUS   READ                  ARTIFACTS  NEWEST\n"
        "one     wal-archive  warning  2026-11-18T11:06:39Z  2          2026-11-18T10:16:40Z\n"
        "tape    veeam        warning  -                     0          -\n"
        "warning: one: part: refused access: permission denied [host.denied]\n"
        "warning: tape: sources of kind veeam cannot be read\n"_s);
    m_world->scans[u"one"_s]->troubles.clear();
    m_world->scans[u"one"_s]->whole = true;
    m_world->file->fleet.sources.pop_back();
    QVERIFY(text({ u"sources"_s }).startsWith(u"0 ok: 1 of 1 sources are read and whole\n"_s));
}

void tst_Knowing::aSourceThatFailsIsToldAndTheRestIsThere()
{
    QVERIFY(!run({ u"sources"_s }).text.isEmpty());
    m_world->scans[u"one"_s] = failure(ErrorKind::Unreachable, u"ssh.refused"_s, u"connection refused"_s);
    const QString told = text({ u"sources"_s, u"a"_s });
    QVERIFY2(told.startsWith(u"2 critical: 0 of 1"_s), qPrintable(told));
    QVERIFY2(told.contains(u"critical: one: cannot be reached: connection refused [ssh.refused]"_s),
        qPrintable(told));
    QVERIFY2(told.contains(u"2026-11-18T11:06:39Z  2 "_s), qPrintable(told));
}

void tst_Knowing::artifactsNewestFirst()
{
    QCOMPARE(text({ u"artifacts"_s, u"--limit"_s, u"1"_s }),
        u"0 ok: 2 artifacts, 1 shown\n"
        "TIME                  CLUSTER  SOURCE  KIND         METHOD  STATE     ASSURANCE  SIZE     ID\n"
        "2026-11-18T10:16:40Z  a        one     base backup  full    complete  listed     4.9 KiB  new\n"_s);
    m_world->scans[u"one"_s]->artifacts.back().state = ArtifactState::Damaged;
    m_world->scans[u"one"_s]->artifacts.back().stamp = u"2"_s;
    QVERIFY(
        text({ u"artifacts"_s }).contains(u"warning: fleet: 1 artifacts are damaged, failed or refuted"_s));
    QCOMPARE(text({ u"artifacts"_s, u"--limit"_s, u"x"_s }), u"3 --limit must be a number"_s);
}

void tst_Knowing::windowsAndTheirGap()
{
    const QString windows = text({ u"windows"_s, u"a"_s });
    QVERIFY2(windows.startsWith(u"0 ok: 2 windows, 0 points\n"_s), qPrintable(windows));
    QVERIFY2(windows.contains(u"a        window  2026-11-18T09:10:00Z  2026-11-18T"_s), qPrintable(windows));
    const ctl::Answer gaps = run({ u"gaps"_s, u"--json"_s });
    QCOMPARE(gaps.level, Level::Warning);
    const QJsonObject gap = gaps.json[u"gaps"_s].toArray().first().toObject();
    QCOMPARE(gap[u"cluster"_s].toString() + u' ' + gap[u"cause"_s].toString() + u' '
            + gap[u"firstSegment"_s].toString(),
        u"a missing-wal 000000010000000000000015"_s);
    QCOMPARE(gap[u"segments"_s].toInt(), 1);
}

void tst_Knowing::riskByStanding()
{
    const ctl::Answer calm = run({ u"risk"_s, u"--json"_s });
    QCOMPARE(calm.level, Level::Ok);
    const QJsonObject cluster = calm.json[u"clusters"_s].toArray().first().toObject();
    QCOMPARE(cluster[u"standing"_s].toString(), u"met"_s);
    QCOMPARE(cluster[u"rpoSeconds"_s].toInt(), 3600);
    QCOMPARE(cluster[u"seconds"_s].toInt(), 120);
    QCOMPARE(cluster[u"bytes"_s].toInt(), 0x100);
    QCOMPARE(cluster[u"rpoHistory"_s][u"withinPercent"_s].toDouble(), 100.0);
    m_world->file->fleet.clusters.front().objectives.rpo = std::chrono::minutes(1);
    const QString late = text({ u"risk"_s });
    QVERIFY2(
        late.startsWith(u"2 critical: 0 of 1 clusters can be restored as they should"_s), qPrintable(late));
}

void tst_Knowing::findingsWorstFirst()
{
    const ctl::Answer answer = run({ u"findings"_s, u"--json"_s });
    QStringList codes;
    for (const QJsonValue &finding : answer.json[u"findings"_s].toArray())
        codes += finding.toObject()[u"code"_s].toString();
    QVERIFY2(codes.contains(u"wal.hole"_s), qPrintable(codes.join(u' ')));
    QVERIFY(answer.level != Level::Ok);
    QCOMPARE(answer.json[u"status"_s].toString(), ctl::levelWord(answer.level));
}

void tst_Knowing::checkSpeaksAsAMonitoringPlugin()
{
    m_world->file->fleet.clusters.front().objectives.rpo = std::chrono::minutes(1);
    const ctl::Answer answer = run({ u"check"_s, u"a"_s });
    QCOMPARE(answer.level, Level::Critical);
    QCOMPARE(answer.text.count(u'\n'), 1);
    QCOMPARE(answer.text.count(u'|'), 1);
    QVERIFY2(answer.text.startsWith(u"TIDEMARK CRITICAL - a would lose 2 min of work, 1 min are allowed"_s),
        qPrintable(answer.text));
    QVERIFY2(answer.text.contains(u" | 'at_risk'=120s;;60;0 'wal_at_risk'=256B;;;0 'reaches_back'=7000s;;;0 "
                                  "'windows'=2;;;0 'points'=0;;;0 'gaps'=1;;;0 'findings'="_s),
        qPrintable(answer.text));
}

void tst_Knowing::checkOfACalmClusterIsOk()
{
    Scan &scan = *m_world->scans[u"one"_s];
    scan.whole = true;
    scan.troubles.clear();
    scan.archives.front().spans = { { TimelineId { 1 }, { 10 }, { 40 },
        Instant::fromSeconds(test::Now - 7000), Instant::fromSeconds(test::Now - 120) } };
    for (Artifact &artifact : scan.artifacts)
        artifact.checks = { { CheckKind::Contents, true, artifact.stop, {} } };
    const ctl::Answer answer = run({ u"check"_s, u"a"_s });
    QVERIFY2(answer.text.startsWith(u"TIDEMARK OK - a: "_s), qPrintable(answer.text));
    QCOMPARE(answer.level, Level::Ok);
}

void tst_Knowing::checkOfNobodyIsUnknown()
{
    const ctl::Answer answer = run({ u"check"_s, u"no|body"_s });
    QCOMPARE(answer.level, Level::Unknown);
    QCOMPARE(answer.text, u"TIDEMARK UNKNOWN - no cluster named no/body [ctl.no-such-cluster]\n"_s);
}

void tst_Knowing::offlineReadsNothing()
{
    m_world->store->kept = true;
    QVERIFY(!run({ u"sources"_s }).text.isEmpty());
    m_world->scans[u"one"_s] = failure(ErrorKind::Internal, u"test.asked"_s, {});
    m_world->servers->byService[u"a"_s] = failure(ErrorKind::Internal, u"test.asked"_s, {});
    const QString told = text({ u"sources"_s, u"--offline"_s });
    QVERIFY2(
        told.contains(u"2026-11-18T11:06:39Z  2 "_s) && !told.contains(u"test.asked"_s), qPrintable(told));
    const QJsonObject cluster
        = run({ u"risk"_s, u"--offline"_s, u"--json"_s }).json[u"clusters"_s].toArray().first().toObject();
    QCOMPARE(cluster[u"serverLsn"_s].toString(), u"0/29000100"_s);
}

void tst_Knowing::offlineNeedsTheStore()
{
    m_world->store->messages = { u"another Tidemark holds it"_s };
    QCOMPARE(text({ u"windows"_s, u"--offline"_s }),
        u"3 --offline needs the store: another Tidemark holds it [ctl.no-store]"_s);
}

void tst_Knowing::onlyWhatConcernsTheClusterIsAsked()
{
    Fleet &fleet = m_world->file->fleet;
    fleet.clusters.push_back({ .name = u"b"_s, .connect = { .service = u"b"_s } });
    fleet.sources.push_back({ .name = u"two"_s, .kind = SourceKind::Dumps, .clusters = { u"b"_s } });
    m_world->scans[u"two"_s] = failure(ErrorKind::Internal, u"test.asked"_s, {});
    const QString told = text({ u"sources"_s, u"a"_s });
    QVERIFY2(told.contains(u"0 of 1 sources"_s) && !told.contains(u"two"_s), qPrintable(told));
}

void tst_Knowing::hostileNamesStayOnTheirLine()
{
    const QString name = u"a\nok: all is well\x1b[1A\u202e | x=1"_s;
    Fleet &fleet = m_world->file->fleet;
    fleet.clusters.front().name = name;
    fleet.sources.front().clusters = { name };
    for (Artifact &artifact : m_world->scans[u"one"_s]->artifacts) {
        artifact.cluster = name;
        artifact.id += name;
    }
    for (const QString &command :
        { u"sources"_s, u"artifacts"_s, u"windows"_s, u"gaps"_s, u"risk"_s, u"findings"_s }) {
        const QString told = run({ command }).text;
        for (const QChar bad : { QChar(0x1b), QChar(u'\r'), QChar(0x202e) })
            QVERIFY2(!told.contains(bad), qPrintable(command));
        QVERIFY2(!told.contains(u"\nok: all"_s), qPrintable(told));
    }
    const QString told = run({ u"check"_s, name }).text;
    QCOMPARE(told.count(u'\n'), 1);
    QCOMPARE(told.count(u'|'), 1);
}

QTEST_GUILESS_MAIN(tst_Knowing)
#include "tst_knowing.moc"
