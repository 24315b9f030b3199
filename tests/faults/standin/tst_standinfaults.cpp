#include "pbs/client.h"
#include "standin/seedlab.h"
#include "standin/server.h"
#include "support/settle.h"

#include <QJsonDocument>
#include <QTest>

using namespace tidemark;
using namespace tidemark::standin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// The real client against each fault: a typed error while it lasts, and the next call works.
class TestStandinFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_server->faults().clear(); }
    void survives_data();
    void survives();
    void slowButWhole();
    void expiredTicketsAreRenewed();
    void aChangedCertificateStopsUntilConfirmed();
    void theDaemonIsDown();
    void theListOfFaultsIsTold();

private:
    [[nodiscard]] std::shared_ptr<pbs::Client> client(const pbs::Auth &auth) const;
    [[nodiscard]] std::shared_ptr<pbs::Client> byToken() const
    {
        return client(pbs::TokenAuth { LabTokenId, Secret("token") });
    }

    std::unique_ptr<Server> m_server;
};

using Groups = std::vector<pbs::GroupItem>;

template <class T>
static QString codeOf(const std::optional<Result<T>> &result)
{
    return !result ? u"hung"_s : result->has_value() ? u"ok"_s : result->error().code;
}

static QString groupsCode(const std::shared_ptr<pbs::Client> &client)
{
    return codeOf(test::settle(client->groups(u"main"_s, {}, {}), 60s));
}

// The same list, waited for 400 ms only.
static QString impatientCode(const std::shared_ptr<pbs::Client> &client)
{
    pbs::Call call;
    call.path = { u"admin"_s, u"datastore"_s, u"main"_s, u"groups"_s };
    call.limit = 400ms;
    return codeOf(test::settle(client->raw(call, {}), 60s));
}

void TestStandinFaults::initTestCase()
{
    Server::Options options;
    options.haste = 0;
    options.stepMs = 0;
    m_server = std::make_unique<Server>(options);
    QVERIFY(m_server->start());
    seedLab(m_server->state(), { "token", "correct horse", "JBSWY3DPEHPK3PXP" }, m_server->site().now());
}

std::shared_ptr<pbs::Client> TestStandinFaults::client(const pbs::Auth &auth) const
{
    const auto base = pbs::parseBase(m_server->url());
    return std::make_shared<pbs::Client>(
        std::make_shared<pbs::Connections>(), pbs::Endpoint { *base, m_server->fingerprint(), auth });
}

void TestStandinFaults::survives_data()
{
    using Kind = Fault::Kind;
    QTest::addColumn<QString>("fault"); // as the control endpoint takes it
    QTest::addColumn<int>("number"); // status or milliseconds
    QTest::addColumn<QString>("lasting"); // the code while the fault lasts
    QTest::addColumn<QString>("once"); // the code when it strikes a single time
    QTest::newRow("late") << wordFor(Kind::Delay) << 3000 << u"pbs.timeout"_s << u"pbs.timeout"_s;
    QTest::newRow("cut in the body") << wordFor(Kind::CutBody) << 0 << u"pbs.truncated"_s << u"ok"_s;
    QTest::newRow("garbled") << wordFor(Kind::GarbleJson) << 0 << u"pbs.garbled"_s << u"pbs.garbled"_s;
    QTest::newRow("400") << wordFor(Kind::Status) << 400 << u"pbs.not-found"_s << u"pbs.not-found"_s;
    QTest::newRow("401") << wordFor(Kind::Status) << 401 << u"pbs.auth-expired"_s << u"pbs.auth-expired"_s;
    QTest::newRow("403") << wordFor(Kind::Status) << 403 << u"pbs.permission"_s << u"pbs.permission"_s;
    QTest::newRow("500") << wordFor(Kind::Status) << 500 << u"pbs.server-error"_s << u"pbs.server-error"_s;
    QTest::newRow("a byte a time") << wordFor(Kind::SlowBytes) << 50 << u"pbs.timeout"_s << u"pbs.timeout"_s;
    QTest::newRow("dropped before the head")
        << wordFor(Kind::DropBeforeHeaders) << 0 << u"pbs.connection-lost"_s << u"ok"_s;
    QTest::newRow("dropped after the head")
        << wordFor(Kind::DropAfterHeaders) << 0 << u"pbs.truncated"_s << u"ok"_s;
    QTest::newRow("length too short")
        << wordFor(Kind::ShortLength) << 0 << u"pbs.garbled"_s << u"pbs.garbled"_s;
    QTest::newRow("length too long") << wordFor(Kind::LongLength) << 0 << u"pbs.truncated"_s << u"ok"_s;
    QTest::newRow("handshake cut") << wordFor(Kind::CutHandshake) << 0 << u"pbs.connection-lost"_s << u"ok"_s;
    QTest::newRow("never an answer") << wordFor(Kind::Hang) << 0 << u"pbs.timeout"_s << u"pbs.timeout"_s;
    QTest::newRow("502 of a proxy") << wordFor(Kind::ProxyError) << 0 << u"pbs.server-error"_s
                                    << u"pbs.server-error"_s;
}

void TestStandinFaults::survives()
{
    QFETCH(QString, fault);
    QFETCH(int, number);
    QFETCH(QString, lasting);
    QFETCH(QString, once);
    const bool impatient = lasting == u"pbs.timeout";
    const auto ask
        = [&](const std::shared_ptr<pbs::Client> &c) { return impatient ? impatientCode(c) : groupsCode(c); };
    const auto strike = [&](int times) {
        m_server->faults().add(*faultFromJson(
            { { u"kind"_s, fault }, { u"times"_s, times }, { u"ms"_s, number }, { u"status"_s, number } }));
    };
    auto client = byToken();
    if (fault != u"cut-handshake") // that one needs a connection yet to be made
        QCOMPARE(groupsCode(client), u"ok"_s);
    strike(-1);
    QCOMPARE(ask(client), lasting);
    m_server->faults().clear();
    QCOMPARE(groupsCode(client), u"ok"_s);

    if (fault == u"cut-handshake")
        client = byToken();
    strike(1);
    QCOMPARE(ask(client), once);
    m_server->faults().clear();
    QCOMPARE(groupsCode(client), u"ok"_s);
}

void TestStandinFaults::slowButWhole()
{
    const auto client = byToken();
    m_server->faults().add(
        { .kind = Fault::Kind::SlowBytes, .path = u"/api2/json/admin"_s, .times = 1, .ms = 0 });
    const auto groups = test::settle(client->groups(u"main"_s, {}, {}), 60s);
    QCOMPARE(codeOf(groups), u"ok"_s);
    QCOMPARE((*groups)->size(), 4U);
    m_server->faults().clear();
}

void TestStandinFaults::expiredTicketsAreRenewed()
{
    const auto c = client(pbs::PasswordAuth { u"admin@pbs"_s, Secret("correct horse"), {} });
    QCOMPARE(groupsCode(c), u"ok"_s);
    m_server->expireTickets();
    QCOMPARE(groupsCode(c), u"ok"_s);
}

void TestStandinFaults::aChangedCertificateStopsUntilConfirmed()
{
    const auto before = byToken();
    QCOMPARE(groupsCode(before), u"ok"_s);
    QVERIFY(m_server->changeCertificate());
    const int served = m_server->requestsServed();
    QCOMPARE(groupsCode(before), u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(m_server->requestsServed(), served); // nothing was sent
    QCOMPARE(groupsCode(byToken()), u"ok"_s); // confirmed again
}

void TestStandinFaults::theDaemonIsDown()
{
    const auto c = client(pbs::PasswordAuth { u"admin@pbs"_s, Secret("correct horse"), {} });
    QCOMPARE(groupsCode(c), u"ok"_s);
    m_server->site().apiDaemonDown = true;
    pbs::PruneJobChange job;
    job.id = u"extra"_s;
    job.store = u"main"_s;
    job.schedule = u"daily"_s;
    QCOMPARE(codeOf(test::settle(c->createPruneJob(job, {}), 60s)), u"pbs.daemon-down"_s);
    QCOMPARE(groupsCode(c), u"ok"_s); // reads go on
    m_server->site().apiDaemonDown = false;
    QCOMPARE(codeOf(test::settle(c->createPruneJob(job, {}), 60s)), u"ok"_s);
}

void TestStandinFaults::theListOfFaultsIsTold()
{
    m_server->faults().add({ .kind = Fault::Kind::Delay, .path = u"/api2"_s, .times = 2, .ms = 5 });
    QCOMPARE(QJsonDocument(m_server->faults().list()).toJson(QJsonDocument::Compact),
        QByteArray(R"([{"kind":"delay","ms":5,"path":"/api2","status":500,"times":2}])"));
    m_server->faults().clear();
    QVERIFY(!faultFromJson({ { u"kind"_s, u"no such fault"_s } }));
}

QTEST_GUILESS_MAIN(TestStandinFaults)
#include "tst_standinfaults.moc"
