#include "ports/taskscope.h"
#include "support/authority.h"
#include "support/postgres.h"
#include "support/sshserver.h"

#include <QDir>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using test::ask;
using test::codeOf;
using test::printed;

class TestTunnel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theWayThroughReachesTheServer_data();
    void theWayThroughReachesTheServer();
    void failuresHaveCodes_data();
    void failuresHaveCodes();
    void hostileDestinationsAreRefused_data();
    void hostileDestinationsAreRefused();
    void hostilePlacesAreRefused_data();
    void hostilePlacesAreRefused();
    void theNameIsVerifiedThroughTheTunnel();
    void aPasswordFileServesTheFarEnd();
    void cancelGoesThroughTheTunnel();
    void theTunnelEndsWithItsSession();
    void aKilledSshServerIsTheReasonTold();
    void aSilentSshServerTimesOutAndStopsAtOnce();

private:
    Result<std::shared_ptr<SqlSession>> through(
        const QString &ssh, ConnectSpec spec, const SqlOptions &options = {})
    {
        Host via;
        via.name = u"via"_s;
        via.ssh = ssh;
        return test::open(spec, options, via);
    }
    ConnectSpec plain() const
    {
        ConnectSpec spec = m_server.byTcp();
        spec.sslMode = u"disable"_s;
        return spec;
    }
    QString sql(const QString &text) { return m_server.cluster().psql(text).value_or(u"ERROR"_s); }
    QList<qint64> tunnels() const
    {
        auto all = test::processTree(QCoreApplication::applicationPid());
        QList<qint64> found;
        for (const qint64 one : all) {
            QFile words(u"/proc/%1/cmdline"_s.arg(one));
            if (words.open(QIODevice::ReadOnly) && words.readAll().contains(QByteArray("\0-v\0-N", 6)))
                found.append(one);
        }
        return found;
    }

    test::TemporaryFolder m_folder;
    test::Server m_server { { .settings = { { u"password_encryption"_s, u"scram-sha-256"_s } },
        .hba = { u"host all scram 127.0.0.1/32 scram-sha-256"_s } } };
    std::unique_ptr<test::SshClient> m_client;
    std::unique_ptr<test::SshServer> m_ssh;
    std::unique_ptr<test::SshServer> m_second;
    std::unique_ptr<test::SshServer> m_forbidding;
};

void TestTunnel::initTestCase()
{
    qputenv("HOME", m_folder.filePath(u"home"_s).toUtf8());
    QVERIFY(QDir().mkpath(m_folder.filePath(u"home"_s)));
    QCOMPARE(m_server.start(), QByteArray("ok"));
    m_client = std::make_unique<test::SshClient>(m_folder.filePath(u"client"_s));
    const QString key = m_client->publicKeyFile();
    m_ssh = std::make_unique<test::SshServer>(m_folder.filePath(u"sshd"_s), key);
    m_second = std::make_unique<test::SshServer>(m_folder.filePath(u"sshd2"_s), key);
    m_forbidding = std::make_unique<test::SshServer>(
        m_folder.filePath(u"sshd3"_s), key, QStringList { u"AllowTcpForwarding no"_s });
    QTRY_VERIFY2_WITH_TIMEOUT(m_ssh->answers() && m_second->answers() && m_forbidding->answers(),
        m_ssh->words().constData(), 10'000);
    const auto alias = [](const QString &name) { return QStringList { u"HostKeyAlias "_s + name }; };
    for (const QString &name : { u"gate"_s, u"noisy"_s, u"nokey"_s, u"behind"_s, u"lost"_s })
        m_client->know(name, name == u"behind" ? m_second->publicKey() : m_ssh->publicKey());
    m_client->know(u"forbidding"_s, m_forbidding->publicKey());
    m_client->know(u"changed"_s, m_second->publicKey());
    m_client->addHost(u"gate"_s, m_ssh->port(), alias(u"gate"_s));
    m_client->addHost(u"noisy"_s, m_ssh->port(),
        alias(u"noisy"_s)
            + QStringList { u"RemoteCommand echo hello"_s, u"PermitLocalCommand yes"_s,
                u"LocalCommand touch %1/ran"_s.arg(m_folder.path()), u"RequestTTY force"_s,
                u"ControlMaster auto"_s, u"ControlPath %1/mux"_s.arg(m_folder.path()), u"ForwardAgent yes"_s,
                u"LogLevel DEBUG3"_s });
    m_client->addHost(
        u"behind"_s, m_second->port(), alias(u"behind"_s) + QStringList { u"ProxyJump gate"_s });
    m_client->addHost(
        u"behind-nothing"_s, lab::freePort(), alias(u"behind"_s) + QStringList { u"ProxyJump gate"_s });
    m_client->addHost(u"forbidding"_s, m_forbidding->port(), alias(u"forbidding"_s));
    m_client->addHost(u"stranger"_s, m_ssh->port(),
        alias(u"stranger"_s) + QStringList { u"StrictHostKeyChecking accept-new"_s });
    m_client->addHost(
        u"changed"_s, m_ssh->port(), alias(u"changed"_s) + QStringList { u"StrictHostKeyChecking no"_s });
    m_client->addHost(u"nokey"_s, m_ssh->port(),
        alias(u"nokey"_s) + QStringList { u"IdentityFile /nowhere/id"_s, u"PubkeyAuthentication no"_s });
    m_client->addHost(u"closed"_s, lab::freePort(), alias(u"gate"_s));
    m_client->addHost(
        u"nowhere"_s, 22, alias(u"gate"_s) + QStringList { u"HostName no-such-host.invalid"_s });
    qputenv("TIDEMARK_SSH_CONFIG", m_client->configFile().toUtf8());
}

void TestTunnel::theWayThroughReachesTheServer_data()
{
    QTest::addColumn<QString>("ssh");
    QTest::addColumn<bool>("socket");
    QTest::newRow("TCP") << u"gate"_s << false;
    QTest::newRow("a Unix socket of the far end") << u"gate"_s << true;
    QTest::newRow("behind a jump host") << u"behind"_s << false;
    QTest::newRow("a socket behind a jump host") << u"behind"_s << true;
    QTest::newRow("a configuration meant for shells") << u"noisy"_s << false;
}

void TestTunnel::theWayThroughReachesTheServer()
{
    QFETCH(QString, ssh);
    QFETCH(bool, socket);
    const auto session = through(ssh, socket ? m_server.bySocket() : plain());
    QVERIFY2(session, qPrintable(session ? QString() : session.error().code + session.error().detail));
    QVERIFY((*session)->about().tunnelled);
    QCOMPARE(printed(ask(*session, u"SELECT inet_client_addr() IS NULL AS socket"_s)),
        socket ? u"socket | t"_s : u"socket | f"_s);
    QVERIFY(!QFile::exists(m_folder.filePath(u"ran"_s)) && !QFile::exists(m_folder.filePath(u"mux"_s)));
}

void TestTunnel::failuresHaveCodes_data()
{
    QTest::addColumn<QString>("ssh");
    QTest::addColumn<QString>("code");
    QTest::newRow("an unknown host key") << u"stranger"_s << u"ssh.host-key-unknown"_s;
    QTest::newRow("another host key than before") << u"changed"_s << u"ssh.host-key-changed"_s;
    QTest::newRow("no key of ours") << u"nokey"_s << u"ssh.auth"_s;
    QTest::newRow("nobody listens") << u"closed"_s << u"ssh.refused"_s;
    QTest::newRow("no such name") << u"nowhere"_s << u"ssh.name"_s;
    QTest::newRow("forwarding forbidden") << u"forbidding"_s << u"ssh.forbidden"_s;
    QTest::newRow("nobody behind the jump host") << u"behind-nothing"_s << u"ssh.refused"_s;
}

void TestTunnel::failuresHaveCodes()
{
    QFETCH(QString, ssh);
    const auto session = through(ssh, plain());
    QVERIFY(!session);
    QFETCH(QString, code);
    QVERIFY2(
        session.error().code == code, qPrintable(session.error().code + u": "_s + session.error().detail));
    QVERIFY(!session.error().detail.isEmpty() && !session.error().detail.contains(u"debug1"));
    QTRY_VERIFY(tunnels().isEmpty());
}

void TestTunnel::hostileDestinationsAreRefused_data()
{
    QTest::addColumn<QString>("ssh");
    QTest::newRow("an option") << u"-oProxyCommand=touch /tmp/owned"_s;
    QTest::newRow("an option behind a user") << u"me@-oProxyCommand=x"_s;
    QTest::newRow("a newline") << u"gate\nProxyCommand x"_s;
    QTest::newRow("a space") << u"gate -v"_s;
    QTest::newRow("a shell's") << u"$(touch${IFS}/tmp/owned)"_s;
    QTest::newRow("backquotes") << u"`id`@gate"_s;
}

void TestTunnel::hostileDestinationsAreRefused()
{
    QFETCH(QString, ssh);
    const auto session = through(ssh, plain());
    QVERIFY2(
        codeOf(session) == u"ssh.destination" || codeOf(session) == u"ssh.name", qPrintable(codeOf(session)));
}

void TestTunnel::hostilePlacesAreRefused_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("an expansion") << u"/tmp/${HOME}"_s;
    QTest::newRow("a percent sign") << u"/tmp/%h"_s;
    QTest::newRow("a colon in a path") << u"/tmp/a:b"_s;
    QTest::newRow("a space") << u"db one"_s;
    QTest::newRow("an option") << u"-x"_s;
}

void TestTunnel::hostilePlacesAreRefused()
{
    QFETCH(QString, host);
    ConnectSpec spec = plain();
    spec.host = host;
    QCOMPARE(codeOf(through(u"gate"_s, spec)), u"ssh.forward-target"_s);
}

// The certificate must be the one of the name asked for, not of the tunnel's own end.
void TestTunnel::theNameIsVerifiedThroughTheTunnel()
{
    test::Authority authority(m_server.folder().path(), u"ca"_s);
    const auto leaf = authority.issue(u"leaf"_s, "DNS:localhost");
    sql(u"ALTER SYSTEM SET ssl_cert_file = '%1';\nALTER SYSTEM SET ssl_key_file = '%2';\nALTER SYSTEM SET "
        u"ssl = on;\n"
        "SELECT pg_reload_conf()"_s.arg(leaf.certificateFile, leaf.keyFile));
    QTRY_COMPARE(sql(u"SHOW ssl"_s), u"on"_s);
    ConnectSpec spec = m_server.byTcp(u"localhost"_s);
    spec.sslRootCert = authority.certificateFile();
    const auto session = through(u"gate"_s, spec);
    QVERIFY2(session, qPrintable(session ? QString() : session.error().code + session.error().detail));
    QVERIFY((*session)->about().tls && (*session)->about().tunnelled);
    spec.host = u"127.0.0.1"_s;
    QCOMPARE(codeOf(through(u"gate"_s, spec)), u"pg.tls-name"_s);
}

void TestTunnel::aPasswordFileServesTheFarEnd()
{
    QCOMPARE(sql(u"CREATE ROLE scram LOGIN PASSWORD 'far end'"_s), QString());
    ConnectSpec spec = plain();
    spec.user = u"scram"_s;
    QCOMPARE(codeOf(through(u"gate"_s, spec)), u"pg.password-missing"_s);
    QFile file(m_folder.filePath(u"home/.pgpass"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(u"127.0.0.1:%1:postgres:scram:far end\n"_s.arg(m_server.cluster().port()).toUtf8());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.close();
    QCOMPARE(codeOf(through(u"gate"_s, spec)), u"ok"_s);
}

void TestTunnel::cancelGoesThroughTheTunnel()
{
    for (const bool socket : { false, true }) {
        const auto session = through(u"gate"_s, socket ? m_server.bySocket() : plain());
        QVERIFY(session);
        std::stop_source source;
        QTimer::singleShot(100, [&] { source.request_stop(); });
        QCOMPARE(codeOf(ask(*session, u"SELECT pg_sleep(60)"_s, {}, source.get_token())), u"pg.cancelled"_s);
        QCOMPARE(printed(ask(*session, u"SELECT 1 AS a"_s)), u"a | 1"_s);
    }
}

void TestTunnel::theTunnelEndsWithItsSession()
{
    auto session = through(u"gate"_s, m_server.bySocket());
    QVERIFY(session);
    QCOMPARE(tunnels().size(), 1);
    *session = nullptr;
    QTRY_VERIFY(tunnels().isEmpty());
}

void TestTunnel::aKilledSshServerIsTheReasonTold()
{
    test::SshServer doomed(m_folder.filePath(u"doomed"_s), m_client->publicKeyFile());
    QTRY_VERIFY(doomed.answers());
    m_client->know(u"doomed"_s, doomed.publicKey());
    m_client->addHost(u"doomed"_s, doomed.port(), { u"HostKeyAlias doomed"_s });
    const auto session = through(u"doomed"_s, plain());
    QVERIFY(session);
    TaskScope scope;
    std::optional<Result<SqlRows>> answer;
    scope.start(
        (*session)->query({ u"SELECT pg_sleep(60)"_s, {} }, {}), [&](auto result) { answer = result; });
    QTimer::singleShot(100, [&] { doomed.killWholly(); });
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 15'000);
    QVERIFY2(codeOf(*answer) == u"ssh.lost",
        qPrintable(codeOf(*answer) + (*answer ? QString() : answer->error().detail)));
    QCOMPARE((*session)->status(), SqlStatus::Lost);
    QCOMPARE(codeOf(ask(*session, u"SELECT 1"_s)), u"pg.closed"_s);
    QTRY_VERIFY(tunnels().isEmpty());
}

void TestTunnel::aSilentSshServerTimesOutAndStopsAtOnce()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    m_client->addHost(u"silent"_s, silent.serverPort());
    SqlOptions options;
    options.connectTimeout = 400ms;
    QCOMPARE(codeOf(through(u"silent"_s, plain(), options)), u"ssh.timeout"_s);
    QTRY_VERIFY(tunnels().isEmpty());
    Host via;
    via.ssh = u"silent"_s;
    std::stop_source source;
    QTimer::singleShot(100, [&] { source.request_stop(); });
    const auto stopped
        = test::settle(makePostgresConnector(nullptr)->connect(plain(), via, {}, {}, source.get_token()), 5s);
    QVERIFY(stopped);
    QCOMPARE(stopped->error().kind, ErrorKind::Cancelled);
    QTRY_VERIFY(tunnels().isEmpty());
}

QTEST_GUILESS_MAIN(TestTunnel)
#include "tst_tunnel.moc"
