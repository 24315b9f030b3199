#include "ctlfakes.h"
#include "insight/insight.h"
#include "support/samplefacts.h"
#include "support/settle.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
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
    void windowsAreToldAsStretches();
    void oneIsNoPlural();
    void anInstantThatOnlyAPartIsThereOf();
    void anInstantIsNotOkUnlessItIsAsPromised();
    void checkNamesItsClusterOnce();
    void anInstantAndTheWayBack();
    void anInstantNeedsItsZone();
    void riskByStanding();
    void findingsWorstFirst();
    void checkSpeaksAsAMonitoringPlugin();
    void checkOfACalmClusterIsOk();
    void checkOfNobodyIsUnknown();
    void everyValueHasTheGuidelinesForm();
    void anOldStoreIsUnknown();
    void whatIsAcceptedRaisesNoAlarm();
    void calendarTellsRunsAndConflicts();
    void calendarAsICalendar();
    void calendarRefusesAnImpossibleSpan();
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
        "TIME                  CLUSTER  SOURCE  KIND         METHOD  STATE     ASSURANCE  CONSISTENCY  SIZE  "
        "   "
        "ID\n"
        "2026-11-18T10:16:40Z  a        one     base backup  full    complete  listed     -            4.9 KiB  new\n"_s);
    m_world->scans[u"one"_s]->artifacts.back().state = ArtifactState::Damaged;
    m_world->scans[u"one"_s]->artifacts.back().stamp = u"2"_s;
    QVERIFY(text({ u"artifacts"_s }).contains(u"warning: fleet: 1 artifact is damaged, failed or refuted"_s));
    QCOMPARE(text({ u"artifacts"_s, u"--limit"_s, u"x"_s }), u"3 --limit must be a number"_s);
    Artifact &dump = m_world->scans[u"one"_s]->artifacts.back();
    dump.kind = ArtifactKind::Dump;
    dump.start = *dump.stop - std::chrono::hours(1);
    dump.stamp = u"3"_s;
    QVERIFY(text({ u"artifacts"_s }).contains(dump.start->toIso()));
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

void tst_Knowing::windowsAreToldAsStretches()
{
    Scan &scan = *m_world->scans[u"one"_s];
    for (const int day : { 1, 2, 3 }) {
        Artifact snapshot = scan.artifacts.front();
        snapshot.kind = ArtifactKind::VmSnapshot;
        snapshot.id = snapshot.stamp = u"vm%1"_s.arg(day);
        snapshot.stop = Instant::fromSeconds(test::Now - day * 86'400);
        scan.artifacts.push_back(snapshot);
    }
    QCOMPARE(text({ u"windows"_s }),
        u"0 ok: 2 windows, 3 points\n"
        "CLUSTER  KIND    FROM                  TO                    COUNT  CONFIDENCE  END\n"
        "a        window  2026-11-18T09:10:00Z  2026-11-18T09:43:20Z  1      claimed     -\n"
        "a        window  2026-11-18T10:16:40Z  2026-11-18T11:04:40Z  1      claimed     grows\n"
        "a        point   2026-11-15T11:06:40Z  2026-11-17T11:06:40Z  3      claimed     -\n"_s);
    for (const auto kind : { ArtifactKind::Globals, ArtifactKind::Dump }) {
        Artifact dump = scan.artifacts.back();
        dump.kind = kind;
        dump.start = dump.stop;
        dump.id = dump.stamp = kind == ArtifactKind::Dump ? u"shop"_s : u"globals"_s;
        dump.database = kind == ArtifactKind::Dump ? u"shop"_s : QString();
        dump.withGlobals = kind == ArtifactKind::Dump ? u"globals"_s : QString();
        scan.artifacts.push_back(dump);
    }
    const QString runs = text({ u"windows"_s });
    QVERIFY2(runs.contains(u"a        run     2026-11-15T11:06:40Z  2026-11-15T11:06:40Z  1 "_s),
        qPrintable(runs));
    const QString all = text({ u"windows"_s, u"--all"_s });
    QVERIFY2(all.contains(u" vm1\n"_s) && all.contains(u" vm3\n"_s), qPrintable(all));
    QCOMPARE(run({ u"windows"_s, u"--json"_s }).json[u"windows"_s].toArray().size(), 6);
}

void tst_Knowing::oneIsNoPlural()
{
    QVERIFY2(text({ u"gaps"_s }).startsWith(u"1 warning: 1 gap\n"_s), qPrintable(text({ u"gaps"_s })));
    m_world->scans[u"one"_s]->artifacts.pop_back();
    m_world->scans[u"one"_s]->gone = { u"new"_s };
    const QString artifacts = text({ u"artifacts"_s });
    QVERIFY2(artifacts.startsWith(u"0 ok: 1 artifact, 1 shown\n"_s), qPrintable(artifacts));
    const QString windows = text({ u"windows"_s });
    QVERIFY2(windows.contains(u": 1 window, 0 points\n"_s), qPrintable(windows));
}

// A whole snapshot comes before a newer dump of one database, which is told as what it is.
void tst_Knowing::anInstantThatOnlyAPartIsThereOf()
{
    Fleet &fleet = m_world->file->fleet;
    fleet.clusters.front().objectives = {};
    fleet.sources.front() = { .name = u"one"_s, .kind = SourceKind::Pbs, .clusters = { u"a"_s } };
    fleet.sources.front().url = u"https://pbs.example:8007"_s;
    Scan &scan = *m_world->scans[u"one"_s];
    scan.archives.clear();
    const auto point = [&](ArtifactKind kind, const QString &id, const QString &database, qint64 age) {
        Artifact made { .id = id, .stamp = id, .cluster = u"a"_s, .kind = kind };
        made.stop = Instant::fromSeconds(test::Now - age);
        made.database = database;
        made.location = u"/d/"_s + id;
        if (kind == ArtifactKind::VmSnapshot)
            made.quiesced = Quiesced::CrashConsistent;
        return made;
    };
    const QString id = u"main:prod:vm/2001/2026-11-17T00:00:00Z"_s;
    scan.artifacts = { point(ArtifactKind::VmSnapshot, id, {}, 90'000),
        point(ArtifactKind::Dump, u"shop"_s, u"shop"_s, 3600),
        point(ArtifactKind::Dump, u"wiki"_s, u"wiki"_s, 95'000) };
    const ctl::Answer answer = run({ u"instant"_s, u"--how"_s });
    QCOMPARE(answer.level, Level::Warning);
    QCOMPARE(answer.text.section(u'\n', 0, 0),
        u"warning: 2026-11-18T11:06:40Z (now): 0 of 1 clusters can be brought back whole, to this instant or "
        "within the RPO of it"_s);
    QVERIFY2(answer.text.contains(u"ok: a: a snapshot, crash-consistent, unless the guest agent froze it: "
                                  "the server does not tell\n"_s),
        qPrintable(answer.text));
    QVERIFY2(answer.text.contains(u"ok: a: newer, but partly: only database shop, without roles and "
                                  "tablespaces of 2026-11-18T10:06:40Z\n"_s),
        qPrintable(answer.text));
    QVERIFY2(answer.text.contains(u"\nqmrestore STORAGE:backup/vm/2001/2026-11-17T00:00:00Z NEW_ID "_s),
        qPrintable(answer.text));
    const QJsonObject told = answer.json[u"answers"_s].toArray().first().toObject();
    QCOMPARE(told[u"partly"_s].toBool(), false);
    QCOMPARE(told[u"part"_s][u"database"_s].toString(), u"shop"_s);
    QCOMPARE(told[u"artifacts"_s][0][u"consistency"_s].toString(), u"crash-consistent"_s);
    QCOMPARE(told[u"how"_s][u"commands"_s].toArray().size(), 2);
    const QString artifacts = text({ u"artifacts"_s });
    QVERIFY2(artifacts.contains(u"  crash or better  "_s), qPrintable(artifacts));
    scan.artifacts.erase(scan.artifacts.begin());
    scan.gone = { id };
    const ctl::Answer roleless = run({ u"instant"_s });
    QCOMPARE(roleless.level, Level::Warning);
    QVERIFY2(roleless.text.contains(u"  shop + wiki  "_s), qPrintable(roleless.text));
    QVERIFY2(
        roleless.text.contains(u"warning: a: without roles and tablespaces: "_s), qPrintable(roleless.text));
    QVERIFY(roleless.json[u"answers"_s][0][u"withoutRoles"_s].toBool());
    scan.artifacts.back().state = ArtifactState::Damaged;
    scan.artifacts.back().stamp = u"damaged"_s;
    const ctl::Answer part = run({ u"instant"_s });
    QCOMPARE(part.level, Level::Warning);
    QVERIFY2(part.text.contains(u"warning: a: partly: only database shop, "_s), qPrintable(part.text));
    QVERIFY2(part.text.contains(u"earlier, partly"_s), qPrintable(part.text));
    QVERIFY(part.json[u"answers"_s][0][u"partly"_s].toBool());
}

void tst_Knowing::anInstantIsNotOkUnlessItIsAsPromised()
{
    const ctl::Answer now = run({ u"instant"_s, u"--json"_s });
    QCOMPARE(now.level, Level::Ok); // 2 min of the hour that may be lost
    QVERIFY2(now.json[u"summary"_s].toString().contains(u" (now): 1 of 1 clusters "_s),
        qPrintable(now.json[u"summary"_s].toString()));
    m_world->file->fleet.clusters.front().objectives = {};
    const ctl::Answer unpromised = run({ u"instant"_s, u"--json"_s });
    QCOMPARE(unpromised.json[u"status"_s].toString(), u"warning"_s);
    QVERIFY(unpromised.json[u"summary"_s].toString().contains(u": 0 of 1 clusters "_s));
}

void tst_Knowing::checkNamesItsClusterOnce()
{
    Scan &scan = *m_world->scans[u"one"_s];
    scan.whole = true;
    scan.troubles.clear();
    scan.archives.front().spans = { { TimelineId { 1 }, { 10 }, { 40 },
        Instant::fromSeconds(test::Now - 7000), Instant::fromSeconds(test::Now - 120) } };
    scan.artifacts.back().checks = { { CheckKind::Contents, false, scan.artifacts.back().stop, u"cut"_s } };
    const QString told = run({ u"check"_s, u"a"_s }).text;
    QVERIFY2(
        told.startsWith(u"TIDEMARK CRITICAL - a: a check of base backup new failed | "_s), qPrintable(told));
    const ctl::Answer nobody = run({ u"check"_s, u"nosuch"_s });
    QCOMPARE(nobody.text, u"TIDEMARK UNKNOWN - no cluster named nosuch [ctl.no-such-cluster]\n"_s);
    QCOMPARE(nobody.error, QString());
}

void tst_Knowing::anInstantAndTheWayBack()
{
    const QJsonObject found = run({ u"instant"_s, u"--at"_s, u"2026-11-18T09:15:00Z"_s, u"--json"_s })
                                  .json[u"answers"_s]
                                  .toArray()
                                  .first()
                                  .toObject();
    const QJsonObject wal = found[u"wal"_s].toObject();
    QCOMPARE(QStringList({ found[u"answer"_s].toString(), found[u"at"_s].toString(),
                             found[u"artifacts"_s].toArray().first().toObject()[u"artifact"_s].toString(),
                             wal[u"source"_s].toString(), wal[u"firstSegment"_s].toString(),
                             wal[u"lastSegment"_s].toString(), QString::number(wal[u"segments"_s].toInt()) })
                 .join(u' '),
        u"exact 2026-11-18T09:15:00Z old one 00000001000000000000000A 000000010000000000000014 11"_s);
    const ctl::Answer before = run({ u"instant"_s, u"a"_s, u"--at=2026-11-18 09:00:00+00"_s, u"--json"_s });
    QCOMPARE(before.level, Level::Critical);
    const QJsonObject told = before.json[u"answers"_s].toArray().first().toObject();
    QCOMPARE(
        told[u"answer"_s].toString() + u' ' + told[u"next"_s].toString(), u"nothing 2026-11-18T09:10:00Z"_s);
}

void tst_Knowing::anInstantNeedsItsZone()
{
    QCOMPARE(text({ u"instant"_s, u"--at"_s, u"2026-11-18 09:15"_s }),
        u"3 --at must be a time with its zone: 2026-11-18T16:20:00Z"_s);
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

void tst_Knowing::everyValueHasTheGuidelinesForm()
{
    static const QRegularExpression form(
        u"^TIDEMARK (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+ \\| "
        "('[^'=]+'=(U|-?[0-9.]+(s|B|%|c)?);[0-9.:~@]*;[0-9.:~@]*;[0-9.]*(;[0-9.]*)?( |\n$))+"_s);
    for (const auto rpo : { std::chrono::hours(1), std::chrono::hours(0) }) {
        m_world->file->fleet.clusters.front().objectives.rpo.reset();
        if (rpo.count() > 0)
            m_world->file->fleet.clusters.front().objectives.rpo = rpo;
        const QString told = run({ u"check"_s, u"a"_s }).text;
        QVERIFY2(form.match(told).hasMatch(), qPrintable(told));
    }
    m_world->scans[u"one"_s] = failure(ErrorKind::Unreachable, u"ssh.refused"_s, u"no | way\nout"_s);
    m_world->store = std::make_shared<ctl::StoreForCommands>();
    const QString told = run({ u"check"_s, u"a"_s }).text;
    QVERIFY2(form.match(told).hasMatch(), qPrintable(told));
    QVERIFY2(
        told.contains(u"'at_risk'=U;;3600;0"_s) || told.contains(u"'at_risk'=U;;;0"_s), qPrintable(told));
}

void tst_Knowing::anOldStoreIsUnknown()
{
    m_world->store->kept = true;
    m_world->scans[u"one"_s]->at = Instant::fromSeconds(test::Now - 7200);
    QVERIFY(!run({ u"sources"_s }).text.isEmpty());
    const auto reread = [&](qint64 age) {
        Scan scan = test::tellingScan();
        scan.source = u"one"_s;
        scan.at = Instant::fromSeconds(test::Now - age);
        QVERIFY(test::settle(m_world->store->catalogue->apply(u"harbour"_s, scan, {})).value());
    };
    reread(3'500);
    const ctl::Answer young = run({ u"check"_s, u"a"_s, u"--offline"_s });
    QVERIFY2(young.level != Level::Unknown, qPrintable(young.text));
    const ctl::Answer old = run({ u"check"_s, u"a"_s, u"--offline"_s, u"--max-age"_s, u"30min"_s });
    QCOMPARE(old.level, Level::Unknown);
    QVERIFY2(old.text.startsWith(u"TIDEMARK UNKNOWN - a: its sources were last read 58 min 20 s ago | "_s),
        qPrintable(old.text));
    QCOMPARE(old.json[u"status"_s].toString(), u"unknown"_s);
    const ctl::Answer wrong = run({ u"check"_s, u"a"_s, u"--max-age"_s, u"soon"_s });
    QCOMPARE(wrong.level, Level::Unknown);
    QVERIFY2(wrong.text.startsWith(u"TIDEMARK UNKNOWN - "_s), qPrintable(wrong.text));
}

void tst_Knowing::whatIsAcceptedRaisesNoAlarm()
{
    m_world->scans[u"one"_s]->archives.front().spans.pop_back(); // nothing restorable lately
    m_world->scans[u"one"_s]->artifacts.pop_back();
    m_world->scans[u"one"_s]->whole = true;
    m_world->scans[u"one"_s]->troubles.clear();
    QCOMPARE(run({ u"check"_s, u"a"_s }).level, Level::Critical);
    const auto fleet = m_world->file->fleet;
    const auto accept = [&] {
        const auto facts = test::settle(m_world->store->catalogue->facts(fleet, {})).value().value();
        FleetState state;
        state.servers.push_back({ .name = u"a"_s, .reach = Reach::Live });
        state.servers.back().facts = *m_world->servers->byService[u"a"_s];
        for (const Finding &one : insightOf(facts, fleet, state, Instant::fromSeconds(test::Now)).findings) {
            const Acceptance acceptance { one.occurrence(), u"moving\nhouse"_s, u"kim"_s,
                Instant::fromSeconds(test::Now) };
            QVERIFY(test::settle(m_world->store->catalogue->accept(fleet.name, acceptance, {})).value());
        }
    };
    accept();
    // Work goes on being lost: no alarm, and no all-clear.
    const ctl::Answer calm = run({ u"check"_s, u"a"_s });
    QVERIFY2(calm.level == Level::Warning, qPrintable(calm.text));
    QVERIFY2(calm.text.contains(u"a would lose 1 h 23 min of work, 1 h are allowed (1 accepted) | "_s),
        qPrintable(calm.text));
    QVERIFY2(calm.text.contains(u"'findings'=0;;;0"_s), qPrintable(calm.text));
    const ctl::Answer listed = run({ u"findings"_s });
    QCOMPARE(listed.level, Level::Warning);
    QVERIFY2(listed.text.contains(u"accepted by kim at 2026-11-18T11:06:40Z: moving\\nhouse"_s)
            || listed.text.contains(u"accepted by kim at 2026-11-18T11:06:40Z: moving"_s),
        qPrintable(listed.text));
    const QJsonObject first = listed.json[u"findings"_s].toArray().first().toObject();
    QCOMPARE(first[u"accepted"_s].toObject()[u"who"_s].toString(), u"kim"_s);
}

void tst_Knowing::calendarTellsRunsAndConflicts()
{
    test::planRuns(*m_world);
    const QStringList arguments { u"calendar"_s, u"a"_s, u"--from"_s, u"2026-11-18T08:00Z"_s, u"--to"_s,
        u"2026-11-18T13:00Z"_s, u"--json"_s };
    const ctl::Answer answer = run(arguments);
    QStringList runs;
    for (const QJsonValue &one : answer.json[u"runs"_s].toArray()) {
        const QJsonObject about = one.toObject();
        runs << about[u"due"_s].toString().mid(11, 5) + u' ' + about[u"schedule"_s].toString() + u' '
                + about[u"state"_s].toString();
    }
    QVERIFY2(runs.contains(u"12:15 vacuum | all planned"_s), qPrintable(runs.join(u'\n')));
    QVERIFY2(runs.contains(u"10:15 hourly ok"_s), qPrintable(runs.join(u'\n')));
    QVERIFY2(runs.contains(u"12:15 hourly planned"_s), qPrintable(runs.join(u'\n')));
    const QJsonArray conflicts = answer.json[u"conflicts"_s].toArray();
    QCOMPARE(conflicts.size(), 1);
    const QJsonObject conflict = conflicts.first().toObject();
    QCOMPARE(conflict[u"first"_s].toObject()[u"schedule"_s].toString(), u"hourly"_s);
    QCOMPARE(conflict[u"second"_s].toObject()[u"schedule"_s].toString(), u"vacuum | all"_s);
    QVERIFY(conflict[u"minutes"_s].toInt() > 0);
    QVERIFY(conflict[u"predicted"_s].toBool());
    QVERIFY(conflict[u"accepted"_s].isNull());
    QCOMPARE(answer.json[u"status"_s].toString(), ctl::levelWord(answer.level));
    QVERIFY(answer.level != Level::Ok);
    const QString table = text(arguments.mid(0, 6));
    QVERIFY2(table.contains(u"will work at the same time for "_s), qPrintable(table));
    QVERIFY2(table.contains(u"2026-11-18T10:15:00Z  a "_s), qPrintable(table));
}

void tst_Knowing::calendarAsICalendar()
{
    test::planRuns(*m_world);
    const QString printed = run({ u"calendar"_s, u"--ical"_s, u"-"_s, u"--to"_s, u"2026-11-19"_s }).text;
    QVERIFY2(printed.startsWith(u"BEGIN:VCALENDAR\r\n"_s), qPrintable(printed));
    QVERIFY(printed.endsWith(u"END:VCALENDAR\r\n"_s));
    QVERIFY(printed.contains(u"DTSTART:20261118T121500Z"_s));
    QVERIFY(!printed.contains(u"DTSTART:20261118T101500Z"_s)); // it ran
    QVERIFY(printed.contains(u"SUMMARY:Overlap: "_s));
    const QString table = run({ u"calendar"_s, u"--ical"_s, u"/x/s.ics"_s, u"--to"_s, u"2026-11-19"_s }).text;
    QVERIFY2(table.contains(u"SCHEDULE"_s), qPrintable(table));
    QCOMPARE(m_world->files->files.value(u"/x/s.ics"_s, QByteArray()).value(), printed.toUtf8());
    m_world->files->writing = failure(ErrorKind::Denied, u"file.unwritable"_s, u"/x: read-only"_s);
    QCOMPARE(run({ u"calendar"_s, u"--ical"_s, u"/x/s.ics"_s }).level, Level::Unknown);
    QCOMPARE(run({ u"calendar"_s, u"--ical"_s, u"-"_s, u"--json"_s }).error,
        u"--ical - and --json both write to standard output"_s);
}

void tst_Knowing::calendarRefusesAnImpossibleSpan()
{
    for (const auto &[from, to] :
        { std::pair(u"2026-11-18"_s, u"2026-11-18"_s), std::pair(u"2020-01-01"_s, u"2026-11-18"_s),
            std::pair(u"yesterday"_s, u"2026-11-18"_s), std::pair(u"2026-11-18T02:00"_s, u"2026-11-19"_s) })
        QCOMPARE(run({ u"calendar"_s, u"--from"_s, from, u"--to"_s, to }).level, Level::Unknown);
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
        { u"sources"_s, u"artifacts"_s, u"windows"_s, u"instant"_s, u"gaps"_s, u"risk"_s, u"findings"_s }) {
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
