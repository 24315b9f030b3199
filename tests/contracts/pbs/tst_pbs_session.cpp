#include "pbs/client.h"
#include "pbs/follow.h"
#include "support/pbs/scriptedserver.h"
#include "support/settle.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <atomic>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray VersionBody = R"({"data":{"release":"4","repoid":"x","version":"3.2"}})";

QByteArray ticketBody(const QByteArray &ticket)
{
    return R"({"data":{"username":"dba@pbs","CSRFPreventionToken":"csrf-of-)" + ticket + R"(","ticket":")"
        + ticket + R"("}})";
}

std::shared_ptr<pbs::Client> clientOf(
    const ScriptedServer &server, const pbs::Auth &auth, pbs::SessionLimits limits = {})
{
    const pbs::Endpoint endpoint { *pbs::parseBase(server.url()), server.fingerprint(), auth };
    return std::make_shared<pbs::Client>(std::make_shared<pbs::Connections>(), endpoint, limits);
}

const pbs::Auth Token = pbs::TokenAuth { u"dba@pbs!console"_s, Secret("s3") };
const pbs::Auth Password = pbs::PasswordAuth { u"dba@pbs"_s, Secret("pass word&=%"), std::nullopt };

template <class T>
QString codeOf(const std::optional<Result<T>> &result)
{
    return !result ? u"hung"_s : result->has_value() ? u"ok"_s : result->error().code;
}

int countOf(const ScriptedServer &server, const QByteArray &path, const QByteArray &method = {})
{
    int count = 0;
    for (const auto &request : server.requests())
        count += request.path.endsWith(path) && (method.isEmpty() || request.method == method) ? 1 : 0;
    return count;
}

// Several calls at once, and how each ended.
QStringList together(const std::shared_ptr<pbs::Client> &client, int count)
{
    std::vector<QCoro::Task<Result<pbs::Version>>> tasks;
    for (int i = 0; i < count; ++i)
        tasks.push_back(client->version({}));
    QStringList ends;
    for (auto &task : tasks)
        ends << codeOf(settle(std::move(task)));
    return ends;
}

} // namespace

// Who we are at a server, over time.
class TestPbsSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyCallersLogInOnce();
    void manyCallersAskAWrongTokenOnce();
    void aStoppedLoginIsTakenUpByTheNext();
    void aTicketIsRenewedWithItself();
    void aRefusedTicketIsReplacedOnceAndTheActRepeated();
    void aTicketRefusedForEverEndsInAnError();
    void aSecondFactorIsAnsweredWithTheServersTime();
    void aGetIsRepeatedOnceAfterADrop();
    void anActIsNeverRepeatedAfterADrop_data();
    void anActIsNeverRepeatedAfterADrop();
    void aServerThatRestartsIsFoundAgain();
    void stoppingAndTimeAreToldApart();
    void aTaskIsFollowedThroughAnOutage();
    void hostileTextArrivesAsItIs();
    void hostileTextInAQueryToo();
    void pathsCannotBeLeft();
    void ipv6AndABasePathWork();
    void noCookieOfTheServerIsKept();
};

void TestPbsSession::manyCallersLogInOnce()
{
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        if (request.path.endsWith("/access/ticket"))
            return answer(ticketBody("PBS:dba@pbs:1::a+b/c="));
        return answer(VersionBody);
    });
    const auto client = clientOf(server, Password);
    QCOMPARE(together(client, 12), QStringList(QList<QString>(12, u"ok"_s)));
    QCOMPARE(countOf(server, "/access/ticket"), 1);
    QCOMPARE(countOf(server, "/version"), 13);
    const auto requests = server.requests();
    QCOMPARE(requests.front().body, QByteArray("username=dba%40pbs&password=pass%20word%26%3D%25"));
    QCOMPARE(requests.back().headers.value("cookie"),
        QByteArray("PBSAuthCookie=PBS%3Adba%40pbs%3A1%3A%3Aa%2Bb%2Fc%3D"));
    QVERIFY(!requests.back().headers.contains("csrfpreventiontoken"));
    QVERIFY(!requests.back().headers.contains("authorization"));
}

void TestPbsSession::manyCallersAskAWrongTokenOnce()
{
    ScriptedServer server;
    server.setScript([](const auto &) {
        Act act = answer("authentication failed - invalid credentials", 401, "Unauthorized", "");
        act.delay = 100ms;
        return act;
    });
    const auto client = clientOf(server, Token);
    QCOMPARE(together(client, 8), QStringList(QList<QString>(8, u"pbs.auth-failed"_s)));
    QCOMPARE(server.requests().size(), std::size_t(1));
}

void TestPbsSession::aStoppedLoginIsTakenUpByTheNext()
{
    ScriptedServer server;
    server.setScript([count = std::make_shared<int>(0)](const HttpRequestSeen &request) {
        if (!request.path.endsWith("/access/ticket"))
            return answer(VersionBody);
        return ++*count == 1 ? silence() : answer(ticketBody("t"));
    });
    const auto client = clientOf(server, Password);
    std::stop_source impatient;
    auto first = client->version(impatient.get_token());
    auto second = client->version({});
    QTRY_COMPARE(countOf(server, "/access/ticket"), 1);
    impatient.request_stop();
    QCOMPARE(codeOf(settle(std::move(first))), u"pbs.cancelled"_s);
    QCOMPARE(codeOf(settle(std::move(second))), u"ok"_s);
}

void TestPbsSession::aTicketIsRenewedWithItself()
{
    ScriptedServer server;
    server.setScript([count = std::make_shared<int>(0)](const HttpRequestSeen &request) {
        if (request.path.endsWith("/access/ticket"))
            return answer(ticketBody("ticket-" + QByteArray::number(++*count)));
        return answer(VersionBody);
    });
    pbs::SessionLimits limits;
    limits.renewAfter = 0ms;
    const auto client = clientOf(server, Password, limits);
    QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
    QCOMPARE(codeOf(settle(client->stopTask(u"x"_s, {}))), u"ok"_s);
    QByteArrayList bodies;
    for (const auto &request : server.requests())
        if (request.path.endsWith("/access/ticket"))
            bodies << request.body;
    QCOMPARE(bodies,
        (QByteArrayList {
            "username=dba%40pbs&password=pass%20word%26%3D%25", "username=dba%40pbs&password=ticket-1" }));
    const auto last = server.requests().back();
    QCOMPARE(last.headers.value("cookie"), QByteArray("PBSAuthCookie=ticket-2"));
    QCOMPARE(last.headers.value("csrfpreventiontoken"), QByteArray("csrf-of-ticket-2"));
}

void TestPbsSession::aRefusedTicketIsReplacedOnceAndTheActRepeated()
{
    ScriptedServer server;
    server.setScript([count = std::make_shared<int>(0)](const HttpRequestSeen &request) {
        if (request.path.endsWith("/access/ticket"))
            return answer(ticketBody("ticket-" + QByteArray::number(++*count)));
        if (request.method == "DELETE" && request.headers.value("cookie").endsWith("ticket-1"))
            return answer("authentication failed - invalid ticket - expired", 401, "Unauthorized", "");
        return request.method == "DELETE" ? answer(R"({"data":null})") : answer(VersionBody);
    });
    const auto client = clientOf(server, Password);
    QCOMPARE(codeOf(settle(client->stopTask(u"x"_s, {}))), u"ok"_s);
    QCOMPARE(countOf(server, "/access/ticket"), 2);
    QCOMPARE(countOf(server, "/tasks/x", "DELETE"), 2);
}

void TestPbsSession::aTicketRefusedForEverEndsInAnError()
{
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        if (request.path.endsWith("/access/ticket"))
            return answer(ticketBody("t"));
        if (request.path.endsWith("/version"))
            return answer(VersionBody);
        return answer("authentication failed - invalid ticket - expired", 401, "Unauthorized", "");
    });
    const auto client = clientOf(server, Password);
    QCOMPARE(codeOf(settle(client->stopTask(u"x"_s, {}))), u"pbs.auth-expired"_s);
    QCOMPARE(countOf(server, "/tasks/x"), 2);
}

void TestPbsSession::aSecondFactorIsAnsweredWithTheServersTime()
{
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        const QByteArray partial = R"(PBS:!tfa!{\"totp\"%3Atrue}:6B00335E::S)";
        if (!request.path.endsWith("/access/ticket"))
            return answer(VersionBody);
        if (request.body.contains("tfa-challenge"))
            return answer(ticketBody("whole"));
        return answer(R"({"data":{"username":"dba@pbs","CSRFPreventionToken":"invalid","ticket":")" + partial
                + R"("}})",
            200, "OK", "Date: Thu, 01 Jan 1970 00:00:59 GMT\r\n");
    });
    pbs::PasswordAuth auth { u"dba@pbs"_s, Secret("pw"), Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") };
    QCOMPARE(codeOf(settle(clientOf(server, auth)->version({}))), u"ok"_s);
    const auto second = server.requests().at(1).body;
    // A second may pass between the two steps.
    QVERIFY2(second.contains("password=totp%3A287082&") || second.contains("password=totp%3A359152&"),
        second.constData());
    QVERIFY2(second.endsWith("tfa-challenge=PBS%3A%21tfa%21%7B%22totp%22%253Atrue%7D%3A6B00335E%3A%3AS"),
        second.constData());
    auth.totpSeed.reset();
    const auto without = settle(clientOf(server, auth)->version({}));
    QCOMPARE(codeOf(without), u"pbs.second-factor"_s);
    QVERIFY(without->error().detail.endsWith(u"totp"_s));
}

void TestPbsSession::aGetIsRepeatedOnceAfterADrop()
{
    ScriptedServer server;
    const auto drops = std::make_shared<std::atomic<int>>(1);
    server.setScript([drops](const HttpRequestSeen &request) {
        if (request.path.endsWith("/admin/datastore"))
            return drops->fetch_sub(1) > 0 ? hangUp() : answer(R"({"data":[{"store":"a"}]})");
        return answer(VersionBody);
    });
    const auto client = clientOf(server, Token);
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
    QCOMPARE(countOf(server, "/admin/datastore"), 2);
    *drops = 1000;
    QCOMPARE(codeOf(settle(client->datastores({}))), u"pbs.connection-lost"_s);
    QCOMPARE(countOf(server, "/admin/datastore"), 4);
}

void TestPbsSession::anActIsNeverRepeatedAfterADrop_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("POST with a body") << 0;
    QTest::newRow("POST without one") << 1;
    QTest::newRow("PUT") << 2;
    QTest::newRow("DELETE") << 3;
}

void TestPbsSession::anActIsNeverRepeatedAfterADrop()
{
    QFETCH(int, which);
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        return request.method == "GET" ? answer(VersionBody) : hangUp();
    });
    const auto client = clientOf(server, Token);
    const pbs::Group group { u"vm"_s, u"1"_s, {} };
    const auto act = [&]() -> QString {
        if (which == 0)
            return codeOf(settle(client->pruneGroup(u"s"_s, group, {}, false, {})));
        if (which == 1)
            return codeOf(settle(client->collectGarbage(u"s"_s, {})));
        if (which == 2)
            return codeOf(settle(client->setGroupNotes(u"s"_s, group, u"x"_s, {})));
        return codeOf(settle(client->forgetGroup(u"s"_s, group, {})));
    };
    QCOMPARE(act(), u"pbs.connection-lost"_s);
    QCOMPARE(server.requests().size(), std::size_t(2));
}

void TestPbsSession::aServerThatRestartsIsFoundAgain()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const auto client = clientOf(server, Token);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
        server.dropConnections();
    }
}

void TestPbsSession::stoppingAndTimeAreToldApart()
{
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        return request.path.endsWith("/version") ? answer(VersionBody) : silence();
    });
    const auto client = clientOf(server, Token);
    pbs::Call call;
    call.path = QStringList { u"slow"_s };
    call.limit = 50ms;
    QCOMPARE(codeOf(settle(client->raw(call, {}))), u"pbs.timeout"_s);
    call.limit = 10s;
    std::stop_source stop;
    auto task = client->raw(call, stop.get_token());
    QTRY_COMPARE(countOf(server, "/slow"), 2);
    stop.request_stop();
    const auto ended = settle(std::move(task));
    QCOMPARE(codeOf(ended), u"pbs.cancelled"_s);
    QCOMPARE(ended->error().kind, ErrorKind::Cancelled);
    QCOMPARE(codeOf(settle(client->version(stop.get_token()))), u"pbs.cancelled"_s);
    QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
}

void TestPbsSession::aTaskIsFollowedThroughAnOutage()
{
    const QString upid = uR"(UPID:vm:00000648:00043B16:0000018D:6B003250:prune:pbs01\x3a:root@pam:)"_s;
    ScriptedServer server;
    server.setScript([count = std::make_shared<int>(0)](const HttpRequestSeen &request) {
        const QByteArray id
            = R"("upid":"U","node":"vm","pid":1,"pstart":1,"starttime":1,"type":"prune","user":"u@pbs")";
        if (request.path.endsWith("/status")) {
            if (++*count == 2 || *count == 3)
                return hangUp();
            const bool over = *count > 4;
            return answer("{\"data\":{" + id
                + (over ? R"(,"status":"stopped","exitstatus":"WARNINGS: 2"}})"
                        : R"(,"status":"running"}})"));
        }
        if (request.path.endsWith("/log")) {
            const int start = request.query.mid(6, request.query.indexOf('&') - 6).toInt();
            QByteArrayList lines;
            for (int n = std::max(1, start); n <= std::min(*count, 4) && n < start + 500; ++n)
                lines << "{\"n\":" + QByteArray::number(n) + ",\"t\":\"line " + QByteArray::number(n) + "\"}";
            return answer("{\"data\":[" + lines.join(',') + "],\"total\":9,\"success\":1}");
        }
        return answer(VersionBody);
    });
    QStringList told;
    const auto tell = [&told](const pbs::LogLine &line) { told << line.text; };
    const auto end = settle(pbs::followTask(clientOf(server, Token), upid, tell, { 1ms, 5 }, {}));
    QCOMPARE(wordsOf(end), QByteArray("ok"));
    QCOMPARE(pbs::words(end->value()), u"WARNINGS: 2"_s);
    QCOMPARE(told, (QStringList { u"line 1"_s, u"line 2"_s, u"line 3"_s, u"line 4"_s }));
    QVERIFY(server.requests().back().path.contains("%5Cx3a"));
}

void TestPbsSession::hostileTextArrivesAsItIs()
{
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        return request.method == "GET" ? answer(VersionBody) : answer(R"({"data":null})");
    });
    const QString notes = u"a&b=c d+e%41\nzweite 'Zeile' \"$(rm -rf /)\" \\ Prüfsumme \U0001F40B"_s;
    const pbs::SnapshotKey key { { u"host"_s, u"-rf $(id)"_s, u"a b/ü"_s }, Instant::fromSeconds(1) };
    QCOMPARE(codeOf(settle(clientOf(server, Token)->setNotes(u"a/../b c"_s, key, notes, {}))), u"ok"_s);
    const auto last = server.requests().back();
    QCOMPARE(last.path, QByteArray("/api2/json/admin/datastore/a%2F..%2Fb%20c/notes"));
    const auto value = last.body.mid(last.body.indexOf("notes=") + 6);
    QCOMPARE(QString::fromUtf8(QByteArray::fromPercentEncoding(value)), notes);
    QVERIFY(last.body.startsWith(
        "backup-type=host&backup-id=-rf%20%24%28id%29&ns=a%20b%2F%C3%BC&backup-time=1&"));
}

void TestPbsSession::hostileTextInAQueryToo()
{
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        return request.path.endsWith("/version") ? answer(VersionBody) : answer(R"({"data":[]})");
    });
    const QString id = u"a&b=c#d+e%41/f?g;h \n\"'ü"_s;
    QCOMPARE(codeOf(settle(clientOf(server, Token)->snapshots(u"s"_s, {}, u"vm"_s, id, {}))), u"ok"_s);
    const auto query = server.requests().back().query;
    QVERIFY(query.startsWith("backup-type=vm&backup-id="));
    const auto value = query.mid(query.indexOf("backup-id=") + 10);
    QVERIFY(!value.contains('&') && !value.contains('#') && !value.contains('+') && !value.contains(' '));
    QCOMPARE(QString::fromUtf8(QByteArray::fromPercentEncoding(value)), id);
}

void TestPbsSession::pathsCannotBeLeft()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const auto client = clientOf(server, Token);
    for (const QString &store : { QString(), u"."_s, u".."_s })
        QCOMPARE(codeOf(settle(client->collectGarbage(store, {}))), u"pbs.parameter"_s);
    QCOMPARE(countOf(server, "/gc"), 0);
}

void TestPbsSession::ipv6AndABasePathWork()
{
    ScriptedServer server(TestCertificate::make(), u"::1"_s);
    server.setScript([](const auto &) { return answer(VersionBody); });
    const pbs::Endpoint endpoint { *pbs::parseBase(server.url(u"/pre fix"_s.replace(u' ', u"%20"_s) + u'/')),
        server.fingerprint(), Token };
    const auto client = std::make_shared<pbs::Client>(std::make_shared<pbs::Connections>(), endpoint);
    QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
    QCOMPARE(server.requests().back().path, QByteArray("/pre%20fix/api2/json/version"));
    QVERIFY(server.requests().back().headers.value("host").startsWith("[::1]:"));
}

void TestPbsSession::noCookieOfTheServerIsKept()
{
    ScriptedServer server;
    server.setScript([](const auto &) {
        return answer(VersionBody, 200, "OK", "Set-Cookie: PBSAuthCookie=evil; Path=/\r\n");
    });
    const auto client = clientOf(server, Token);
    QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
    QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
    for (const auto &request : server.requests())
        QVERIFY(!request.headers.contains("cookie"));
}

QTEST_GUILESS_MAIN(TestPbsSession)
#include "tst_pbs_session.moc"
