#include "pbs/client.h"
#include "pbs/pbs.h"
#include "support/pbs/scriptedserver.h"
#include "support/settle.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray VersionBody = R"({"data":{"release":"4","repoid":"x","version":"3.2"}})";

std::shared_ptr<pbs::Client> clientOf(const ScriptedServer &server, const QString &fingerprint,
    std::shared_ptr<pbs::Connections> connections = {})
{
    if (!connections)
        connections = std::make_shared<pbs::Connections>();
    pbs::Endpoint endpoint { *pbs::parseBase(server.url()), fingerprint,
        pbs::TokenAuth { u"console@pbs!console"_s, Secret("4a5e") } };
    return std::make_shared<pbs::Client>(connections, endpoint);
}

template <class T>
QString codeOf(const std::optional<Result<T>> &result)
{
    return !result ? u"hung"_s : result->has_value() ? u"ok"_s : result->error().code;
}

QString other(const QString &fingerprint)
{
    QString changed = fingerprint;
    changed[0] = changed.at(0) == u'a' ? u'b' : u'a';
    return changed;
}

// The system's authorities vouch for this server, as long as this lives.
class SystemTrusts
{
public:
    explicit SystemTrusts(const ScriptedServer &server)
    {
        auto configuration = m_before;
        configuration.addCaCertificate(QSslCertificate(server.certificatePem()));
        QSslConfiguration::setDefaultConfiguration(configuration);
    }
    SystemTrusts(const SystemTrusts &) = delete;
    SystemTrusts &operator=(const SystemTrusts &) = delete;
    ~SystemTrusts() { QSslConfiguration::setDefaultConfiguration(m_before); }

private:
    QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
};

} // namespace

// No credential and no request line leaves before the certificate has been checked.
class TestPbsTrust : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theConfirmedCertificateIsTaken();
    void anotherCertificateStopsBeforeAByteIsSent();
    void anUnknownCertificateWithoutConfirmationStopsToo();
    void aCertificateThatChangesBetweenTwoRequestsStopsTheSecond();
    void anOpenConnectionIsNotLentToAnotherFingerprint();
    void aCertificateTheSystemTrustsIsTaken();
    void andIsRefusedWhereAnotherOneIsConfirmed();
    void showingACertificateSendsNothing();
    void showingNothingThereIsTold();
    void plainHttpIsRefused();
    void theAdaptersAskTheSource();
};

void TestPbsTrust::theConfirmedCertificateIsTaken()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const auto result = settle(clientOf(server, server.fingerprint())->version({}));
    QCOMPARE(wordsOf(result), QByteArray("ok"));
    QCOMPARE(result->value().text(), u"3.2.4"_s);
    QCOMPARE(server.requests().front().headers.value("authorization"),
        QByteArray("PBSAPIToken=console@pbs!console:4a5e"));
}

void TestPbsTrust::anotherCertificateStopsBeforeAByteIsSent()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const auto client = clientOf(server, other(server.fingerprint()));
    const auto result = settle(client->version({}));
    QCOMPARE(codeOf(result), u"pbs.fingerprint-mismatch"_s);
    QVERIFY(result->error().detail.contains(server.fingerprint()));
    QCOMPARE(codeOf(settle(client->ping({}))), u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(server.everyByte(), QByteArray());
}

void TestPbsTrust::anUnknownCertificateWithoutConfirmationStopsToo()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const auto result = settle(clientOf(server, {})->version({}));
    QCOMPARE(codeOf(result), u"pbs.certificate-untrusted"_s);
    QVERIFY(result->error().detail.contains(server.fingerprint()));
    QCOMPARE(server.everyByte(), QByteArray());
}

void TestPbsTrust::aCertificateThatChangesBetweenTwoRequestsStopsTheSecond()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const auto client = clientOf(server, server.fingerprint());
    const auto original = server.fingerprint();
    QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
    QCOMPARE(codeOf(settle(client->version({}))), u"ok"_s);
    QCOMPARE(server.connections(), 1);
    const auto before = server.everyByte();

    server.setCertificate(TestCertificate::make("impostor"));
    server.dropConnections();
    const auto result = settle(client->version({}));
    QCOMPARE(codeOf(result), u"pbs.fingerprint-mismatch"_s);
    QVERIFY(result->error().detail.contains(original));
    QCOMPARE(server.everyByte(), before);
    QCOMPARE(codeOf(settle(client->stopTask(u"x"_s, {}))), u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(server.everyByte(), before);
}

void TestPbsTrust::anOpenConnectionIsNotLentToAnotherFingerprint()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const auto connections = std::make_shared<pbs::Connections>();
    const auto right = clientOf(server, server.fingerprint(), connections);
    const auto wrong = clientOf(server, other(server.fingerprint()), connections);
    const auto unpinned = clientOf(server, {}, connections);
    QCOMPARE(codeOf(settle(right->version({}))), u"ok"_s);
    const auto before = server.everyByte();
    QCOMPARE(codeOf(settle(wrong->version({}))), u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(codeOf(settle(unpinned->version({}))), u"pbs.certificate-untrusted"_s);
    QCOMPARE(server.everyByte(), before);
    QCOMPARE(codeOf(settle(right->version({}))), u"ok"_s);
}

void TestPbsTrust::aCertificateTheSystemTrustsIsTaken()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const SystemTrusts trust(server);
    QCOMPARE(codeOf(settle(clientOf(server, {})->version({}))), u"ok"_s);
    const auto shown = settle(makePbsProbe({})->certificate(server.url(), {}));
    QCOMPARE(shown->value().trustedBySystem, true);
}

// Here the handshake succeeds, and the request waits only for the check.
void TestPbsTrust::andIsRefusedWhereAnotherOneIsConfirmed()
{
    ScriptedServer server;
    server.setScript([](const auto &) { return answer(VersionBody); });
    const SystemTrusts trust(server);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(codeOf(settle(clientOf(server, other(server.fingerprint()))->version({}))),
            u"pbs.fingerprint-mismatch"_s);
    QCOMPARE(server.everyByte(), QByteArray());
}

void TestPbsTrust::showingACertificateSendsNothing()
{
    ScriptedServer server;
    const auto probe = makePbsProbe({});
    const auto shown = settle(probe->certificate(server.url(), {}));
    QCOMPARE(wordsOf(shown), QByteArray("ok"));
    QCOMPARE(shown->value().fingerprint, server.fingerprint());
    QCOMPARE(shown->value().subject, u"scripted.example"_s);
    QCOMPARE(shown->value().trustedBySystem, false);
    QVERIFY(shown->value().validFrom && shown->value().validUntil);
    QCOMPARE(server.everyByte(), QByteArray());
}

void TestPbsTrust::showingNothingThereIsTold()
{
    const auto probe = makePbsProbe({});
    QCOMPARE(codeOf(settle(probe->certificate(u"https://127.0.0.1:1"_s, {}))), u"pbs.unreachable"_s);
    std::stop_source stop;
    auto task = probe->certificate(u"https://127.0.0.1:1"_s, stop.get_token());
    stop.request_stop();
    QCOMPARE(codeOf(settle(std::move(task))), u"pbs.cancelled"_s);
}

void TestPbsTrust::plainHttpIsRefused()
{
    const auto probe = makePbsProbe({});
    QCOMPARE(codeOf(settle(probe->certificate(u"http://127.0.0.1:8007"_s, {}))), u"pbs.url"_s);
}

void TestPbsTrust::theAdaptersAskTheSource()
{
    ScriptedServer server;
    server.setScript([](const HttpRequestSeen &request) {
        if (request.path.endsWith("/access/permissions"))
            return answer(R"({"data":{"/datastore":{"Datastore.Audit":true}}})");
        if (request.path.endsWith("/admin/datastore"))
            return answer(R"({"data":[{"store":"b","comment":null},{"store":"a","maintenance":"offline"}]})");
        if (request.path.endsWith("/datastore-usage"))
            return answer(R"({"data":[{"store":"b","total":3000000000000,"used":1,"avail":2}]})");
        if (request.path.endsWith("/b/status"))
            return answer(
                R"({"data":{"total":9,"used":1,"avail":2,"counts":{"vm":{"groups":2,"snapshots":5}}}})");
        return answer(VersionBody);
    });
    const auto probe = makePbsProbe({});
    Source source { .name = u"pbs"_s,
        .url = server.url(),
        .tokenId = u"console@pbs!console"_s,
        .fingerprint = server.fingerprint().toUpper() };
    QCOMPARE(codeOf(settle(probe->probe(source, {}, {}))), u"pbs.no-credential"_s);
    const auto facts = settle(probe->probe(source, Secret("4a5e"), {}));
    QCOMPARE(wordsOf(facts), QByteArray("ok"));
    QCOMPARE(facts->value().version, u"3.2.4"_s);
    QCOMPARE(facts->value().authId, u"console@pbs!console"_s);
    QCOMPARE(facts->value().missing.size(), std::size_t(0));
    const std::vector<DatastoreFacts> expected {
        { .name = u"a"_s, .maintenance = u"offline"_s },
        { .name = u"b"_s,
            .total = Bytes { 3'000'000'000'000 },
            .used = Bytes { 1 },
            .available = Bytes { 2 },
            .groups = 2,
            .snapshots = 5 },
    };
    QVERIFY(facts->value().datastores == expected);
    source.fingerprint = u"12:34"_s;
    QCOMPARE(codeOf(settle(probe->probe(source, Secret("4a5e"), {}))), u"pbs.fingerprint-form"_s);
}

QTEST_GUILESS_MAIN(TestPbsTrust)
#include "tst_pbs_trust.moc"
