#include "standin/seedlab.h"
#include "standin/server.h"
#include "support/rawhttp.h"
#include "support/temporaryfolder.h"

#include <QJsonArray>
#include <QProcess>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

// The server over real connections: HTTP, TLS, tickets and tokens, and that it keeps what it knows.
class TestStandinServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tokenSeesTheLab_data();
    void tokenSeesTheLab();
    void plainHttpIsRedirected_data();
    void plainHttpIsRedirected();
    void keepsTheConnection();
    void deflatesRaw();
    void chunkedRequestBody();
    void requestInPieces();
    void rubbishEndsTheConnection_data();
    void rubbishEndsTheConnection();
    void ticketAndCsrf();
    void secondFactor();
    void survivesARestart();
    void refusesAForeignState();
    void programRunsAndEnds();

private:
    [[nodiscard]] test::RawAnswer get(const QByteArray &path, const QByteArray &token = {});

    standin::LabSecrets m_secrets { "4e0e3f4e-5f0a-4a34-9f0c-0123456789ab", "correct horse",
        "JBSWY3DPEHPK3PXP" };
    std::unique_ptr<standin::Server> m_server;
};

static std::unique_ptr<standin::Server> serverIn(const QString &folder, int port = 0)
{
    standin::Server::Options options;
    options.folder = folder;
    options.haste = 0;
    options.stepMs = 0;
    options.port = port;
    return std::make_unique<standin::Server>(options);
}

static QPair<QByteArray, QByteArray> tokenHeader(const QByteArray &secret)
{
    return { "Authorization", "PBSAPIToken=tidemark@pbs!console:" + secret };
}

void TestStandinServer::initTestCase()
{
    m_server = serverIn({});
    QVERIFY(m_server->start());
    standin::seedLab(m_server->state(), m_secrets, m_server->site().now());
}

test::RawAnswer TestStandinServer::get(const QByteArray &path, const QByteArray &token)
{
    test::RawHttp http(m_server->port());
    return http.exchange({ .method = "GET",
        .target = "/api2/json/" + path,
        .headers = { tokenHeader(token.isEmpty() ? m_secrets.tokenSecret : token) } });
}

void TestStandinServer::tokenSeesTheLab_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("items"); // -1: not a list
    QTest::newRow("version") << QByteArray("version") << 200 << -1;
    QTest::newRow("stores") << QByteArray("admin/datastore") << 200 << 2;
    QTest::newRow("namespaces") << QByteArray("admin/datastore/main/namespace") << 200 << 4;
    QTest::newRow("groups") << QByteArray("admin/datastore/main/groups") << 200 << 4;
    QTest::newRow("unknown group") << QByteArray("admin/datastore/main/snapshots?backup-type=vm&backup-id=1")
                                   << 200 << 0;
    QTest::newRow("tasks") << QByteArray("nodes/localhost/tasks?limit=3") << 200 << 3;
    QTest::newRow("sees no other people") << QByteArray("access/users/admin@pbs") << 403 << -1;
    QTest::newRow("unknown path") << QByteArray("access/nosuch") << 404 << -1;
}

void TestStandinServer::tokenSeesTheLab()
{
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    QFETCH(int, items);
    const auto answer = get(path);
    QCOMPARE(answer.status, status);
    if (items >= 0)
        QCOMPARE(answer.json()[u"data"_s].toArray().size(), items);
}

void TestStandinServer::plainHttpIsRedirected_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::newRow("GET") << QByteArray("GET") << 301;
    QTest::newRow("POST") << QByteArray("POST") << 308;
}

void TestStandinServer::plainHttpIsRedirected()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    test::RawHttp http(m_server->port(), true);
    const auto answer = http.exchange({ .method = method, .target = "/api2/json/version" });
    QCOMPARE(answer.status, status);
    QCOMPARE(QString::fromLatin1(answer.header("location")), m_server->url());
}

void TestStandinServer::keepsTheConnection()
{
    test::RawHttp http(m_server->port());
    const test::RawRequest version { .target = "/api2/json/version",
        .headers = { tokenHeader(m_secrets.tokenSecret) } };
    QCOMPARE(http.exchange(version).status, 200);
    QCOMPARE(http.exchange({ .target = "/api2/json/version" }).status, 401);
    QCOMPARE(http.exchange(version).status, 200);
    QVERIFY(http.connected());
    QCOMPARE(QString::fromLatin1(http.fingerprint()), m_server->fingerprint());
}

void TestStandinServer::deflatesRaw()
{
    test::RawHttp http(m_server->port());
    test::RawRequest request { .target = "/api2/json/admin/datastore/main/snapshots",
        .headers = { tokenHeader(m_secrets.tokenSecret) } };
    const QByteArray plain = http.exchange(request).body;
    request.headers.emplaceBack("Accept-Encoding", "gzip, deflate");
    const auto squeezed = http.exchange(request);
    QCOMPARE(squeezed.header("content-encoding"), QByteArray("deflate"));
    QVERIFY(plain.size() > 10 * squeezed.body.size());
    QCOMPARE(test::rawInflated(squeezed.body), plain);
}

void TestStandinServer::chunkedRequestBody()
{
    test::RawHttp http(m_server->port());
    const auto answer
        = http.send("POST /api2/json/access/ticket HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                    "12\r\nusername=admin@pbs\r\n1\r\n&\r\n16\r\npassword=correct+horse\r\n0\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"data"_s][u"username"_s].toString(), u"admin@pbs"_s);
}

void TestStandinServer::requestInPieces()
{
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, quint16(m_server->port()));
    QTRY_VERIFY(socket.isEncrypted());
    for (const char c : QByteArray("GET /api2/json/ping HTTP/1.1\r\nHost: x\r\n\r\n")) {
        socket.write(&c, 1);
        socket.flush();
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(socket.bytesAvailable() > 20 && socket.peek(4096).contains("pong"));
}

void TestStandinServer::rubbishEndsTheConnection_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("no HTTP") << QByteArray("hello there\r\n\r\n");
    QTest::newRow("negative length") << QByteArray("GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n");
    QTest::newRow("length is a word") << QByteArray("GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n");
    QTest::newRow("huge length") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n");
    QTest::newRow("bad chunk") << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    QTest::newRow("header without colon") << QByteArray("GET / HTTP/1.1\r\nnonsense\r\n\r\n");
    QTest::newRow("endless head") << QByteArray("GET / HTTP/1.1\r\nX: ") + QByteArray(70'000, 'x');
}

void TestStandinServer::rubbishEndsTheConnection()
{
    QFETCH(QByteArray, wire);
    test::RawHttp http(m_server->port());
    QCOMPARE(http.send(wire).status, 0);
    QVERIFY(!http.connected());
    QCOMPARE(get("version").status, 200);
}

static test::RawRequest form(const QByteArray &method, const QByteArray &target, const QByteArray &body)
{
    return { .method = method,
        .target = target,
        .headers = { { "Content-Type", "application/x-www-form-urlencoded" } },
        .body = body,
        .hasBody = true };
}

void TestStandinServer::ticketAndCsrf()
{
    test::RawHttp http(m_server->port());
    const auto login = http.exchange(
        form("POST", "/api2/json/access/ticket", "username=admin@pbs&password=correct%20horse"));
    QCOMPARE(login.status, 200);
    const auto data = login.json()[u"data"_s].toObject();
    const QByteArray cookie = "PBSAuthCookie=" + data[u"ticket"_s].toString().toLatin1().toPercentEncoding();
    auto put = form("PUT", "/api2/json/admin/datastore/main/group-notes",
        "backup-type=vm&backup-id=2001&notes=by%20ticket");
    put.headers.emplaceBack("Cookie", cookie);
    QCOMPARE(http.exchange(put).body, QByteArray("authentication failed - missing CSRF prevention token"));
    put.headers.emplaceBack("CSRFPreventionToken", data[u"CSRFPreventionToken"_s].toString().toLatin1());
    QCOMPARE(http.exchange(put).status, 200);
    QCOMPARE(m_server->state().stores.at(u"main"_s).group({}, u"vm/2001"_s)->notes, u"by ticket"_s);
    m_server->expireTickets();
    QCOMPARE(http.exchange(put).body, QByteArray("authentication failed - invalid ticket - expired"));
}

void TestStandinServer::secondFactor()
{
    test::RawHttp http(m_server->port());
    const QByteArray target = "/api2/json/access/ticket";
    const auto first = http.exchange(form("POST", target, "username=dba@pbs&password=correct%20horse"));
    const QByteArray challenge = first.json()[u"data"_s][u"ticket"_s].toString().toUtf8();
    QVERIFY(challenge.startsWith("PBS:!tfa!{\"totp\"%3Atrue}:"));
    const auto answerWith = [&](const QByteArray &code) {
        return http.exchange(form("POST", target,
            "username=dba@pbs&password=totp:" + code + "&tfa-challenge=" + challenge.toPercentEncoding()));
    };
    QCOMPARE(answerWith("000000").status, 401);
}

void TestStandinServer::survivesARestart()
{
    const test::TemporaryFolder folder;
    auto first = serverIn(folder.path());
    QVERIFY(first->start());
    standin::seedLab(first->state(), m_secrets, first->site().now());
    const auto state = first->state();
    const QString fingerprint = first->fingerprint();
    first.reset();
    auto second = serverIn(folder.path());
    QVERIFY(second->start());
    QCOMPARE(second->fingerprint(), fingerprint);
    QVERIFY(second->state() == state);
    QVERIFY(second->changeCertificate());
    QVERIFY(second->fingerprint() != fingerprint);
}

void TestStandinServer::refusesAForeignState()
{
    const test::TemporaryFolder folder;
    QFile file(folder.filePath(u"state.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"format\": 99");
    file.close();
    const auto server = serverIn(folder.path());
    const auto started = server->start();
    QVERIFY(!started);
    QCOMPARE(started.error().code, u"standin.state"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("{\"format\": 99"));
}

void TestStandinServer::programRunsAndEnds()
{
    const test::TemporaryFolder folder;
    QProcess program;
    program.start(QStringLiteral(TIDEMARK_BIN_DIR "/tidemark-standin"),
        { u"--folder"_s, folder.filePath(u"state"_s), u"--seed"_s, u"lab"_s, u"--haste"_s, u"0"_s });
    QVERIFY(program.waitForReadyRead(30'000));
    const QList<QByteArray> words = program.readAllStandardOutput().trimmed().split(' ');
    QCOMPARE(words.size(), 3);
    QFile ready(folder.filePath(u"state/ready.json"_s));
    QVERIFY(ready.open(QIODevice::ReadOnly));
    const auto json = QJsonDocument::fromJson(ready.readAll()).object();
    QCOMPARE(json[u"url"_s].toString().toLatin1(), words[1]);
    QCOMPARE(json[u"fingerprint"_s].toString().toLatin1(), words[2]);
    QFile secret(json[u"secretFile"_s].toString());
    QVERIFY(secret.open(QIODevice::ReadOnly));
    test::RawHttp http(QUrl(json[u"url"_s].toString()).port());
    const auto stores = http.exchange(
        { .target = "/api2/json/admin/datastore", .headers = { tokenHeader(secret.readAll()) } });
    QCOMPARE(stores.json()[u"data"_s].toArray().size(), 2);
    program.terminate();
    QVERIFY(program.waitForFinished(10'000));
    QCOMPARE(program.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestStandinServer)
#include "tst_standinserver.moc"
