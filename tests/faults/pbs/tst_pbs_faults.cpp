#include "pbs/client.h"
#include "pbs/follow.h"
#include "pbs/pbs.h"
#include "pbs/trust.h"
#include "standin/certificate.h"
#include "standin/seedlab.h"
#include "standin/server.h"
#include "support/settle.h"
#include "support/uifakes.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = standin::Fault::Kind;

namespace {

template <class T>
QString codeOf(const std::optional<Result<T>> &result)
{
    return !result ? u"hung"_s : result->has_value() ? u"ok"_s : result->error().code;
}

} // namespace

// The client against the stand-in that fails on purpose: a clear error each time, and working again
// afterwards.
class TestPbsFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyFaultIsSurvived_data();
    void everyFaultIsSurvived();
    void expiredTicketsAreReplaced();
    void aSecondFactorIsAnswered();
    void aChangedCertificateStopsUntilConfirmed();
    void aCertificateThatReturnsIsConfirmedAgain();
    void anOpenConnectionIsStoppedToo();
    void aRestartIsSurvived();
    void aTaskIsReadToItsEnd();
    void protectedSnapshotsSurviveTheirGroup();

private:
    [[nodiscard]] std::shared_ptr<pbs::Client> clientOf(const pbs::Auth &auth) const;

    standin::LabSecrets m_secrets { "4e0e3f4e-5f0a-4a34-9f0c-0123456789ab", "correct horse",
        "JBSWY3DPEHPK3PXP" };
    std::unique_ptr<standin::Server> m_server;
    pbs::Auth m_token = pbs::TokenAuth { standin::LabTokenId, Secret(m_secrets.tokenSecret) };
    pbs::Auth m_admin = pbs::PasswordAuth { u"admin@pbs"_s, Secret(m_secrets.password), std::nullopt };
};

void TestPbsFaults::init()
{
    standin::Server::Options options;
    options.haste = 0;
    options.stepMs = 1;
    m_server = std::make_unique<standin::Server>(options);
    QVERIFY(m_server->start());
    standin::seedLab(m_server->state(), m_secrets, m_server->site().now());
}

std::shared_ptr<pbs::Client> TestPbsFaults::clientOf(const pbs::Auth &auth) const
{
    const pbs::Endpoint endpoint { *pbs::parseBase(m_server->url()), m_server->fingerprint(), auth };
    return std::make_shared<pbs::Client>(std::make_shared<pbs::Connections>(), endpoint);
}

void TestPbsFaults::everyFaultIsSurvived_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("ms");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("limit"); // of the request
    QTest::addColumn<QString>("code");
    const QString ok = u"ok"_s;
    const QString late = u"pbs.timeout"_s;
    QTest::newRow("a late answer") << int(Kind::Delay) << 80 << 0 << 10'000 << ok;
    QTest::newRow("too late an answer") << int(Kind::Delay) << 5'000 << 0 << 150 << late;
    QTest::newRow("a body cut in the middle") << int(Kind::CutBody) << 0 << 0 << 10'000 << u"pbs.truncated"_s;
    QTest::newRow("garbled JSON") << int(Kind::GarbleJson) << 0 << 0 << 10'000 << u"pbs.garbled"_s;
    QTest::newRow("401") << int(Kind::Status) << 0 << 401 << 10'000 << u"pbs.auth-expired"_s;
    QTest::newRow("403") << int(Kind::Status) << 0 << 403 << 10'000 << u"pbs.permission"_s;
    QTest::newRow("500") << int(Kind::Status) << 0 << 500 << 10'000 << u"pbs.server-error"_s;
    QTest::newRow("slow byte by byte") << int(Kind::SlowBytes) << 0 << 0 << 10'000 << ok;
    QTest::newRow("too slow byte by byte") << int(Kind::SlowBytes) << 50 << 0 << 150 << late;
    QTest::newRow("hung up before the head")
        << int(Kind::DropBeforeHeaders) << 0 << 0 << 10'000 << u"pbs.connection-lost"_s;
    QTest::newRow("hung up after the head")
        << int(Kind::DropAfterHeaders) << 0 << 0 << 10'000 << u"pbs.truncated"_s;
    QTest::newRow("a length too short") << int(Kind::ShortLength) << 0 << 0 << 10'000 << u"pbs.garbled"_s;
    QTest::newRow("a length too long") << int(Kind::LongLength) << 0 << 0 << 1'500 << u"pbs.truncated"_s;
    QTest::newRow("no answer ever") << int(Kind::Hang) << 0 << 0 << 150 << late;
    QTest::newRow("a proxy's error page")
        << int(Kind::ProxyError) << 0 << 0 << 10'000 << u"pbs.server-error"_s;
    QTest::newRow("hung up in the handshake") << int(Kind::CutHandshake) << 0 << 0 << 10'000 << QString();
}

void TestPbsFaults::everyFaultIsSurvived()
{
    QFETCH(int, kind);
    QFETCH(int, ms);
    QFETCH(int, status);
    QFETCH(int, limit);
    QFETCH(QString, code);
    const bool handshake = Kind(kind) == Kind::CutHandshake;
    const auto client = clientOf(m_token);
    if (!handshake)
        QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);

    standin::Fault fault {
        .kind = Kind(kind), .path = u"/api2/json/admin/datastore"_s, .ms = ms, .status = status
    };
    if (handshake)
        fault.path.clear();
    m_server->faults().add(fault);
    QString seen;
    if (limit < 10'000) {
        pbs::Call call;
        call.path = QStringList { u"admin"_s, u"datastore"_s };
        call.limit = std::chrono::milliseconds(limit);
        seen = codeOf(settle(client->raw(call, {})));
    } else {
        seen = codeOf(settle(client->datastores({})));
    }
    if (handshake)
        QVERIFY2(seen == u"pbs.tls"_s || seen == u"pbs.unreachable"_s || seen == u"pbs.connection-lost"_s,
            qPrintable(seen));
    else
        QCOMPARE(seen, code);

    m_server->faults().clear();
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
}

void TestPbsFaults::expiredTicketsAreReplaced()
{
    const auto client = clientOf(m_admin);
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
    m_server->expireTickets();
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
    m_server->expireTickets();
    const pbs::Group group { u"vm"_s, u"no such"_s, {} };
    QCOMPARE(codeOf(settle(client->setGroupNotes(u"main"_s, group, u"x"_s, {}))), u"pbs.parameter"_s);
}

void TestPbsFaults::aSecondFactorIsAnswered()
{
    const pbs::PasswordAuth dba { u"dba@pbs"_s, Secret(m_secrets.password), Secret(m_secrets.totpSecret) };
    QCOMPARE(codeOf(settle(clientOf(dba)->datastores({}))), u"ok"_s);
    const pbs::PasswordAuth wrong { u"dba@pbs"_s, Secret("wrong"), Secret(m_secrets.totpSecret) };
    QCOMPARE(codeOf(settle(clientOf(wrong)->datastores({}))), u"pbs.auth-failed"_s);
}

void TestPbsFaults::aChangedCertificateStopsUntilConfirmed()
{
    const auto client = clientOf(m_token);
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
    QVERIFY(m_server->changeCertificate());
    const int served = m_server->requestsServed();
    QCOMPARE(codeOf(settle(client->datastores({}))), u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(codeOf(settle(client->collectGarbage(u"main"_s, {}))), u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(m_server->requestsServed(), served);
    QCOMPARE(codeOf(settle(clientOf(m_token)->datastores({}))), u"ok"_s);
}

// Also when the old certificate is back: a person confirms it again, and another program start does not.
void TestPbsFaults::aCertificateThatReturnsIsConfirmedAgain()
{
    const auto memory = std::make_shared<FakePreferences>();
    const Source source { .name = u"pbs"_s,
        .url = m_server->url(),
        .user = u"admin@pbs"_s,
        .fingerprint = m_server->fingerprint() };
    const auto ask = [&](const PbsAdapters &adapters) {
        const Secret password(m_secrets.password);
        return codeOf(settle(adapters.probe()->probe(source, password, {}))) + u", "_s
            + codeOf(settle(adapters.reader()->tasks(source, password, {}, {})));
    };
    const QString stopped = u"pbs.fingerprint-mismatch, pbs.fingerprint-mismatch"_s;
    auto adapters = std::make_unique<PbsAdapters>(nullptr, memory);
    QCOMPARE(ask(*adapters), u"ok, ok"_s);
    QVERIFY(m_server->changeCertificate());
    const int served = m_server->requestsServed();
    QCOMPARE(ask(*adapters), stopped);
    QVERIFY(m_server->restoreCertificate());
    QCOMPARE(m_server->fingerprint(), source.fingerprint);
    QCOMPARE(ask(*adapters), stopped);
    adapters = std::make_unique<PbsAdapters>(nullptr, memory);
    QCOMPARE(ask(*adapters), stopped);
    adapters->probe()->confirm(u"https://127.0.0.1:1"_s, source.fingerprint); // another server
    adapters->probe()->confirm(
        source.url, QString(source.fingerprint).replace(0, 2, u"zz"_s)); // no fingerprint
    QCOMPARE(ask(*adapters), stopped);
    const auto shown = settle(adapters->probe()->certificate(source.url, {}));
    QCOMPARE(codeOf(shown), u"ok"_s);
    QVERIFY(shown->value().changedBefore);
    QCOMPARE(m_server->requestsServed(), served);
    adapters->probe()->confirm(source.url, source.fingerprint.toUpper());
    QCOMPARE(ask(*adapters), u"ok, ok"_s);
    QVERIFY(!settle(adapters->probe()->certificate(source.url, {}))->value().changedBefore);
    QCOMPARE(ask(PbsAdapters(nullptr, memory)), u"ok, ok"_s);
}

// An open connection was checked once, and is not used any more either.
void TestPbsFaults::anOpenConnectionIsStoppedToo()
{
    const auto connections = std::make_shared<pbs::Connections>();
    const pbs::Endpoint endpoint { *pbs::parseBase(m_server->url()), m_server->fingerprint(), m_token };
    const auto client = std::make_shared<pbs::Client>(connections, endpoint);
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
    const int served = m_server->requestsServed();
    const auto other = standin::makeIdentity(u"other"_s).certificate;
    const Error told = connections->stops()->stop(endpoint.base, endpoint.fingerprint, other);
    QCOMPARE(told.detail,
        u"the server shows %1, confirmed is %2"_s.arg(pbs::fingerprintOf(other), endpoint.fingerprint));
    const auto stopped = settle(client->datastores({}));
    QCOMPARE(codeOf(stopped), u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(stopped->error().detail,
        u"the server showed %1, confirmed is %2; nothing is sent until a fingerprint is confirmed again"_s
            .arg(pbs::fingerprintOf(other), endpoint.fingerprint));
    QCOMPARE(m_server->requestsServed(), served);
    pbs::Endpoint renewed = endpoint;
    renewed.fingerprint = pbs::fingerprintOf(other);
    QCOMPARE(codeOf(settle(std::make_shared<pbs::Client>(connections, renewed)->datastores({}))),
        u"pbs.fingerprint-mismatch"_s);
    connections->stops()->lift(endpoint.base, endpoint.fingerprint);
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
}

void TestPbsFaults::aRestartIsSurvived()
{
    const auto client = clientOf(m_token);
    QCOMPARE(codeOf(settle(client->datastores({}))), u"ok"_s);
    m_server->stop();
    QCOMPARE(codeOf(settle(client->datastores({}))), u"pbs.unreachable"_s);
}

void TestPbsFaults::aTaskIsReadToItsEnd()
{
    const auto client = clientOf(m_admin);
    const auto tasks = settle(client->tasks({}, {}));
    QCOMPARE(wordsOf(tasks), QByteArray("ok"));
    const QString upid = tasks->value().tasks.back().upid;
    QStringList lines;
    const auto tell = [&lines](const pbs::LogLine &line) { lines << line.text; };
    const auto end = settle(pbs::followTask(client, upid, tell, { 5ms, 5 }, {}));
    QCOMPARE(wordsOf(end), QByteArray("ok"));
    QVERIFY2(lines.back().contains(u"TASK "_s), qPrintable(lines.back()));
    const auto whole = settle(pbs::wholeLog(client, upid, {}));
    QCOMPARE(wordsOf(whole), QByteArray("ok"));
    QCOMPARE(whole->value().size(), static_cast<std::size_t>(lines.size()));
}

void TestPbsFaults::protectedSnapshotsSurviveTheirGroup()
{
    const auto client = clientOf(m_admin);
    const auto groups = settle(client->groups(u"main"_s, {}, {}));
    QCOMPARE(wordsOf(groups), QByteArray("ok"));
    const pbs::Group group { groups->value().front().type, groups->value().front().id, {} };
    const auto before = settle(client->snapshots(u"main"_s, {}, group.type, group.id, {}));
    QCOMPARE(wordsOf(before), QByteArray("ok"));
    std::size_t guarded = 0;
    for (const auto &snapshot : before->value())
        guarded += snapshot.isProtected ? 1 : 0;
    const pbs::SnapshotKey key { group, before->value().front().time };
    guarded += before->value().front().isProtected ? 0 : 1;
    QCOMPARE(codeOf(settle(client->protect(u"main"_s, key, true, {}))), u"ok"_s);
    QCOMPARE(codeOf(settle(client->forgetSnapshot(u"main"_s, key, {}))), u"pbs.protected"_s);
    QCOMPARE(codeOf(settle(client->forgetGroup(u"main"_s, group, {}))), u"pbs.partly-deleted"_s);
    const auto after = settle(client->snapshots(u"main"_s, {}, group.type, group.id, {}));
    QCOMPARE(wordsOf(after), QByteArray("ok"));
    QCOMPARE(after->value().size(), guarded);
}

QTEST_GUILESS_MAIN(TestPbsFaults)
#include "tst_pbs_faults.moc"
