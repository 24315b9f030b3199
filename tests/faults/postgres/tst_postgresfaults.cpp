#include "lab/unprivileged.h"
#include "ports/taskscope.h"
#include "postgres/tunnel.h"
#include "support/postgres.h"
#include "support/sshserver.h"

#include <QDir>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using test::ask;
using test::codeOf;
using test::printed;

namespace {

// Passes bytes between a client and the server until it is told to stop, or cuts after a number of bytes.
class Middleman : public QObject
{
public:
    explicit Middleman(int port)
    {
        m_listener.listen(QHostAddress::LocalHost);
        connect(&m_listener, &QTcpServer::newConnection, this, [this, port] { join(port); });
    }
    [[nodiscard]] int port() const { return m_listener.serverPort(); }
    void cutAfter(qint64 bytes) { m_left = bytes; }
    void swallow() { m_deaf = true; }

private:
    void join(int port)
    {
        QTcpSocket *client = m_listener.nextPendingConnection();
        auto *server = new QTcpSocket(client);
        server->connectToHost(u"127.0.0.1"_s, static_cast<quint16>(port));
        connect(client, &QTcpSocket::readyRead, server, [=] { server->write(client->readAll()); });
        connect(server, &QTcpSocket::readyRead, client, [=, this] {
            const QByteArray bytes = server->readAll();
            if (m_deaf)
                return;
            client->write(bytes.left(m_left));
            m_left -= bytes.size();
            if (m_left <= 0)
                client->abort();
        });
        connect(client, &QTcpSocket::disconnected, server, [server] { server->abort(); });
        connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    }
    QTcpServer m_listener;
    qint64 m_left = std::numeric_limits<qint64>::max() / 2;
    bool m_deaf = false;
};

} // namespace

class TestPostgresFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aStrangeServerIsAClearError_data();
    void aStrangeServerIsAClearError();
    void aConnectionCutInTheMiddleOfAResult();
    void aServerThatGoesDeafCannotHoldAStop();
    void aDroppedOwnerEndsTheWork();
    void aServerKilledInTheMiddleOfAQuery();
    void aServerThatStartsUpIsToldAsSuch();
    void theTunnelDiesWithAKilledProgram();

private:
    test::Server m_server;
};

void TestPostgresFaults::initTestCase()
{
    QCOMPARE(m_server.start(), QByteArray("ok"));
}

void TestPostgresFaults::aStrangeServerIsAClearError_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::newRow("hangs up") << QByteArray();
    QTest::newRow("a web server") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
    QTest::newRow("an endless length") << QByteArray("R\x7f\xff\xff\xff\0\0\0\0", 9);
    QTest::newRow("zeros") << QByteArray(1000, '\0');
    QTest::newRow("an unknown authentication") << QByteArray("R\0\0\0\x08\0\0\0\x63", 9);
}

void TestPostgresFaults::aStrangeServerIsAClearError()
{
    QFETCH(QByteArray, greeting);
    QTcpServer strange;
    QVERIFY(strange.listen(QHostAddress::LocalHost));
    connect(&strange, &QTcpServer::newConnection, &strange, [&] {
        QTcpSocket *client = strange.nextPendingConnection();
        client->write(greeting);
        client->disconnectFromHost();
    });
    for (const QString &mode : { u"disable"_s, QString() }) {
        ConnectSpec spec;
        spec.uri = u"postgresql://u@127.0.0.1:%1/d"_s.arg(strange.serverPort());
        spec.sslMode = mode;
        SqlOptions options;
        options.connectTimeout = 2s;
        const auto session = test::open(spec, options);
        QVERIFY(!session);
        QVERIFY2(!session.error().detail.isEmpty() && session.error().code.startsWith(u"pg."),
            qPrintable(codeOf(session)));
        QVERIFY2(session.error().kind == ErrorKind::Unreachable || session.error().kind == ErrorKind::Denied,
            qPrintable(codeOf(session)));
    }
}

void TestPostgresFaults::aConnectionCutInTheMiddleOfAResult()
{
    Middleman middle(m_server.cluster().port());
    ConnectSpec spec = m_server.byTcp();
    spec.port = middle.port();
    spec.sslMode = u"disable"_s;
    const auto session = test::open(spec);
    QVERIFY(session);
    middle.cutAfter(300'000);
    const auto answer = ask(*session, u"SELECT g, repeat('x', 100) FROM generate_series(1, 200000) g"_s);
    QCOMPARE(codeOf(answer), u"pg.lost"_s);
    QCOMPARE((*session)->status(), SqlStatus::Lost);
    QCOMPARE(codeOf(ask(*session, u"SELECT 1"_s)), u"pg.closed"_s);
}

void TestPostgresFaults::aServerThatGoesDeafCannotHoldAStop()
{
    Middleman middle(m_server.cluster().port());
    ConnectSpec spec = m_server.byTcp();
    spec.port = middle.port();
    spec.sslMode = u"disable"_s;
    const auto session = test::open(spec);
    QVERIFY(session);
    middle.swallow();
    std::stop_source source;
    QTimer::singleShot(50, [&] { source.request_stop(); });
    const auto answer = ask(*session, u"SELECT 1"_s, {}, source.get_token());
    QCOMPARE(codeOf(answer), u"pg.lost"_s);
    QCOMPARE((*session)->status(), SqlStatus::Lost);
}

void TestPostgresFaults::aDroppedOwnerEndsTheWork()
{
    auto opened = test::open(m_server.bySocket());
    QVERIFY(opened);
    const QString pid = QString::number((*opened)->about().backendPid);
    const InFlight inFlight;
    {
        TaskScope scope(inFlight);
        scope.start((*opened)->query({ u"SELECT pg_sleep(60)"_s, {} }, scope.token()), [](const auto &) {});
        *opened = nullptr;
        QTest::qWait(50);
        QCOMPARE(inFlight.count(), 1);
    }
    QTRY_COMPARE(inFlight.count(), 0);
    QTRY_COMPARE(m_server.cluster()
                     .psql(u"SELECT count(*) FROM pg_stat_activity WHERE pid = "_s + pid)
                     .value_or(QString()),
        u"0"_s);
}

void TestPostgresFaults::aServerKilledInTheMiddleOfAQuery()
{
    test::Server doomed;
    QCOMPARE(doomed.start(), QByteArray("ok"));
    const auto session = test::open(doomed.bySocket());
    QVERIFY(session);
    TaskScope scope;
    std::optional<Result<SqlRows>> answer;
    std::optional<std::vector<Result<SqlRows>>> answers;
    scope.start((*session)->query({ u"SELECT generate_series(1, 9000000000)"_s, {} }, {}),
        [&](auto result) { answer = result; });
    QFile pidFile(doomed.cluster().dataDirectory() + u"/postmaster.pid"_s);
    QVERIFY(pidFile.open(QIODevice::ReadOnly));
    const qint64 postmaster = pidFile.readLine().trimmed().toLongLong();
    QVERIFY(postmaster > 1);
    QTimer::singleShot(200, [&] {
        for (const qint64 process : test::processTree(postmaster))
            ::kill(static_cast<pid_t>(process), SIGKILL);
    });
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 15'000);
    QCOMPARE(codeOf(*answer), u"pg.lost"_s);
    QCOMPARE(answer->error().kind, ErrorKind::Unreachable);
    const auto again = test::open(doomed.bySocket());
    QCOMPARE(codeOf(again), u"pg.refused"_s); // the dead server's socket is still there
}

void TestPostgresFaults::aServerThatStartsUpIsToldAsSuch()
{
    test::Server slow;
    QCOMPARE(slow.start(), QByteArray("ok"));
    QVERIFY(slow.cluster().stop());
    QFile signal(slow.cluster().dataDirectory() + u"/recovery.signal"_s);
    QVERIFY(signal.open(QIODevice::WriteOnly));
    signal.close();
    QVERIFY(lab::giveAway(signal.fileName()));
    QFile conf(slow.cluster().dataDirectory() + u"/postgresql.auto.conf"_s);
    QVERIFY(conf.open(QIODevice::Append));
    conf.write("restore_command = 'sleep 3; false'\nhot_standby = off\n");
    conf.close();
    const auto started = lab::run(slow.cluster().binaries() + u"/pg_ctl"_s,
        { u"start"_s, u"-W"_s, u"-s"_s, u"-D"_s, slow.cluster().dataDirectory(), u"-l"_s,
            slow.cluster().logFile() });
    QVERIFY(started);
    const auto words = [&] { return codeOf(test::open(slow.bySocket())); };
    QTRY_COMPARE(words(), u"pg.starting"_s);
    QCOMPARE(test::open(slow.bySocket()).error().kind, ErrorKind::Unreachable);
}

// The program itself again, holding a tunnel; killed without a chance to clean up.
void TestPostgresFaults::theTunnelDiesWithAKilledProgram()
{
    test::TemporaryFolder folder;
    test::SshClient client(folder.filePath(u"client"_s));
    test::SshServer server(folder.filePath(u"sshd"_s), client.publicKeyFile());
    QTRY_VERIFY(server.answers());
    client.know(u"gate"_s, server.publicKey());
    client.addHost(u"gate"_s, server.port(), { u"HostKeyAlias gate"_s });
    QProcess holder;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TIDEMARK_SSH_CONFIG"_s, client.configFile());
    environment.insert(u"XDG_RUNTIME_DIR"_s, folder.path()); // it cannot clean up after itself
    holder.setProcessEnvironment(environment);
    holder.start(QCoreApplication::applicationFilePath(), { u"--hold-a-tunnel"_s });
    QVERIFY(holder.waitForReadyRead(20'000));
    const QByteArray ssh = holder.readLine().trimmed();
    const QString proc = u"/proc/"_s + QString::fromLatin1(ssh);
    QVERIFY2(ssh.toLongLong() > 1 && QFile::exists(proc), ssh.constData());
    ::kill(static_cast<pid_t>(holder.processId()), SIGKILL);
    QVERIFY(holder.waitForFinished());
    QTRY_VERIFY(!QFile::exists(proc));
}

namespace {

int holdATunnel()
{
    Host via;
    via.ssh = u"gate"_s;
    const Endpoint remote { "/tmp", {}, "5432" };
    const auto tunnel = test::settle(Tunnel::open(via, remote, false, 10s, {}), 15s);
    if (!tunnel || !*tunnel) {
        std::printf("%s\n", tunnel ? qPrintable(tunnel->error().code) : "hung");
        return 1;
    }
    std::printf("%lld\n", (**tunnel)->processId());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().contains(u"--hold-a-tunnel"_s))
        return holdATunnel();
    TestPostgresFaults test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_postgresfaults.moc"
