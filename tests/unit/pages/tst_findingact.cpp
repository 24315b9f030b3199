#include "insight/nextsteps.h"
#include "overview/findingact.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

// Which value of the fleet file an entry of "Needs attention" leads to.
class TestFindingAct : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leadsToTheValueConcerned_data()
    {
        QTest::addColumn<bool>("ofSource");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("setting");
        const auto server = [](const char *code, const char *setting) {
            QTest::addRow("server %s", code) << false << u"server.access-refused"_s
                                             << QString::fromLatin1(code) << QString::fromLatin1(setting);
        };
        const auto source = [](const char *code, const char *setting) {
            QTest::addRow("source %s", code) << true << u"source.access-refused"_s
                                             << QString::fromLatin1(code) << QString::fromLatin1(setting);
        };
        QTest::newRow("environment") << false << u"cluster.environment"_s << QString()
                                     << u"clusters|a/b 'x'|environment"_s;
        QTest::newRow("no source") << false << u"cluster.no-source"_s << QString() << u"clusters|a/b 'x'"_s;
        QTest::newRow("strays") << true << u"source.strays"_s << QString() << u"sources|a/b 'x'"_s;
        QTest::newRow("certificate") << true << u"source.certificate-changed"_s
                                     << u"pbs.fingerprint-mismatch"_s << u"sources|a/b 'x'|fingerprint"_s;
        server("pg.password", "clusters|a/b 'x'|connect|secret");
        server("pg.28P01", "clusters|a/b 'x'|connect|secret");
        server("pg.password-missing", "clusters|a/b 'x'|connect|secret");
        server("pg.password-command", "clusters|a/b 'x'|connect|password_command");
        server("secrets.command-failed", "clusters|a/b 'x'|connect|password_command");
        server("pg.role", "clusters|a/b 'x'|connect|user");
        server("pg.hba", "clusters|a/b 'x'|connect|user");
        server("pg.tls-untrusted", "clusters|a/b 'x'|connect|sslmode");
        server("ssh.auth", "clusters|a/b 'x'|connect|via");
        server("", "clusters|a/b 'x'|connect|user");
        source("pbs.fingerprint-mismatch", "sources|a/b 'x'|fingerprint");
        source("pbs.certificate-untrusted", "sources|a/b 'x'|fingerprint");
        source("pbs.auth-failed", "sources|a/b 'x'|secret");
        source("pbs.no-credential", "sources|a/b 'x'|token_id");
        source("", "sources|a/b 'x'|token_id");
    }
    void leadsToTheValueConcerned()
    {
        QFETCH(bool, ofSource);
        QFETCH(QString, kind);
        QFETCH(QString, code);
        QFETCH(QString, setting);
        Finding finding;
        finding.code = kind;
        (ofSource ? finding.source : finding.cluster) = u"a/b 'x'"_s;
        if (!code.isEmpty())
            finding.error = Error { ErrorKind::Denied, code, {} };
        QCOMPARE(settingOf(finding).join(u'|'), setting);
        QCOMPARE(actOf(finding), (FindingAct { FindingAct::Kind::Settings, settingOf(finding) }));
    }

    void leadsToThePageThatHelps_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("act");
        const auto row = [](const char *code, const char *act) {
            QTest::newRow(code) << QString::fromLatin1(code) << QString::fromLatin1(act);
        };
        row("wal.hole", "timeline db 2026-11-18T11:06:40Z");
        row("rpo.over", "timeline db 2026-11-18T11:06:40Z");
        row("snapshot.damaged", "backup db 2026-11-18T11:06:40Z src id");
        row("schedule.missed", "calendar db 2026-11-18T11:06:40Z");
        row("server.offline", "try server db");
        row("source.stale", "try source db");
        row("server.rights", "grants");
        row("wal.gap", "steps");
        row("slot.lost", "steps");
        row("unheard.of", "steps");
    }
    void leadsToThePageThatHelps()
    {
        QFETCH(QString, code);
        static const QStringList kinds { u"timeline"_s, u"backup"_s, u"calendar"_s, u"settings"_s,
            u"try server"_s, u"try source"_s, u"grants"_s, u"steps"_s };
        Finding finding;
        finding.code = code;
        (code.startsWith(u"source."_s) ? finding.source : finding.cluster) = u"db"_s;
        finding.since = Instant::fromSeconds(1'795'000'000);
        if (code == u"schedule.missed") // the last good one, and the one that did not run
            finding.until = std::exchange(finding.since, Instant::fromSeconds(1'700'000'000));
        if (code == u"snapshot.damaged") {
            finding.source = u"src"_s;
            finding.subject = u"id"_s;
        }
        const FindingAct act = actOf(finding);
        QTEST((QStringList { kinds[int(act.kind)] } + act.item).join(u' '), "act");
    }

    // Each kind either leads to a page or has something to do by hand.
    void noKindIsADeadEnd()
    {
        Fleet fleet;
        Cluster cluster;
        cluster.name = u"db"_s;
        fleet.clusters = { cluster };
        Source source;
        source.name = u"repo"_s;
        source.kind = SourceKind::PgBackRest;
        source.path = u"/dumps"_s;
        source.clusters = { u"db"_s };
        fleet.sources = { source };
        for (const FindingKind &kind : findingKinds()) {
            Finding finding;
            finding.code = QString::fromLatin1(kind.code);
            finding.cluster = u"db"_s;
            finding.source = u"repo"_s;
            finding.subject = u"x"_s;
            finding.limit = 60;
            const bool leads = actOf(finding).kind != FindingAct::Kind::Steps;
            const bool shows = kind.action == FindingAction::ShowSource; // its details
            QVERIFY2(leads || shows || !nextSteps(finding, fleet).isEmpty(), kind.code);
        }
    }
};

QTEST_GUILESS_MAIN(TestFindingAct)
#include "tst_findingact.moc"
