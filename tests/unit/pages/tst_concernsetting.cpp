#include "overview/concernsetting.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

// Which value of the fleet file an entry of "Needs attention" leads to.
class TestConcernSetting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leadsToTheValueConcerned_data()
    {
        QTest::addColumn<bool>("ofSource");
        QTest::addColumn<ConcernKind>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("setting");
        const auto server = [](const char *code, const char *setting) {
            QTest::addRow("server %s", code) << false << ConcernKind::AccessRefused
                                             << QString::fromLatin1(code) << QString::fromLatin1(setting);
        };
        const auto source = [](const char *code, const char *setting) {
            QTest::addRow("source %s", code) << true << ConcernKind::AccessRefused
                                             << QString::fromLatin1(code) << QString::fromLatin1(setting);
        };
        QTest::newRow("environment") << false << ConcernKind::EnvironmentUnset << QString()
                                     << u"clusters|a/b 'x'|environment"_s;
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
        QFETCH(ConcernKind, kind);
        QFETCH(QString, code);
        QFETCH(QString, setting);
        Concern concern;
        concern.kind = kind;
        concern.subject = u"a/b 'x'"_s;
        concern.ofSource = ofSource;
        if (!code.isEmpty())
            concern.error = Error { ErrorKind::Denied, code, {} };
        QCOMPARE(settingOf(concern).join(u'|'), setting);
    }
};

QTEST_GUILESS_MAIN(TestConcernSetting)
#include "tst_concernsetting.moc"
