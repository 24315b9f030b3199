#include "firstrun/fleetedits.h"
#include "fleetfile/yamlfleetfile.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestFleetEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void whatIsWrittenReadsBackAsTheSame();
    void anExistingFileIsLeftAlone();
};

void TestFleetEdits::addresses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    QTest::newRow("host") << "pbs01.lan"
                          << "https://pbs01.lan:8007";
    QTest::newRow("host and port") << " pbs01.lan:9007 "
                                   << "https://pbs01.lan:9007";
    QTest::newRow("whole") << "https://pbs01.lan:8007/"
                           << "https://pbs01.lan:8007";
    QTest::newRow("IPv6") << "[::1]:8007"
                          << "https://[::1]:8007";
    QTest::newRow("nothing") << ""
                             << "-";
    QTest::newRow("not encrypted") << "http://pbs01.lan"
                                   << "-";
    QTest::newRow("a password in it") << "https://a:b@pbs01.lan"
                                      << "-";
    QTest::newRow("a path") << "pbs01.lan/api2"
                            << "-";
    QTest::newRow("a query") << "pbs01.lan?x=1"
                             << "-";
    QTest::newRow("words") << "my backup server"
                           << "-";
    QTest::newRow("shell") << "$(id)"
                           << "-";
    QTest::newRow("port out of range") << "pbs01.lan:99999"
                                       << "-";
}

void TestFleetEdits::addresses()
{
    QFETCH(QString, typed);
    QTEST(pbsUrl(typed).value_or(u"-"_s), "url");
}

void TestFleetEdits::whatIsWrittenReadsBackAsTheSame()
{
    SetupServer service;
    service.name = u"oltp 'db' $(id)"_s;
    service.environment = Environment::Production;
    service.connect.service = u"oltp 'db' $(id)"_s;
    service.connect.host = u"told-by-the-service"_s;
    service.connect.secret = u"pg/oltp"_s;
    SetupServer host;
    host.name = u"größe: #1"_s;
    host.environment = Environment::Lab;
    host.connect.host = u"/run/postgresql"_s;
    host.connect.port = 6543;
    host.connect.user = u"o'neil"_s;
    host.connect.database = u"yes"_s;
    SetupServer uri;
    uri.name = u"by-uri"_s;
    uri.connect.uri = u"postgresql://u@h.lan:7000/x?sslmode=require"_s;
    Source pbs;
    pbs.name = u"pbs01"_s;
    pbs.kind = SourceKind::Pbs;
    pbs.url = u"https://pbs01.lan:8007"_s;
    pbs.tokenId = u"tidemark@pbs!console"_s;
    pbs.secret = u"pbs/pbs01.lan token"_s;
    pbs.fingerprint
        = u"7a:1e:93:c4:0b:5f:d2:88:61:ae:37:f0:9c:12:44:e9:b3:05:6d:ca:21:8f:70:4e:d9:ab:16:5c:83:fe:02:97"_s;
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"new/fleet.yaml"_s);
    const auto file = makeYamlFleetFile();
    const auto written
        = test::settle(file->edit(path, {}, editsFor(u"yes: no"_s, { service, host, uri }, pbs), {}));
    QCOMPARE(test::wordsOf(written), QByteArray("ok"));
    const auto read = test::settle(file->load(path, {}));
    QCOMPARE(test::wordsOf(read), QByteArray("ok"));
    QCOMPARE((*read)->fleet.name, u"yes: no"_s);
    service.connect.host.clear(); // the service says it
    std::vector<Cluster> expected;
    for (const SetupServer &server : { service, host, uri }) {
        Cluster cluster;
        cluster.name = server.name;
        cluster.environment = server.environment;
        cluster.connect = server.connect;
        expected.push_back(cluster);
    }
    QVERIFY2((*read)->fleet.clusters == expected, (*read)->text.constData());
    QVERIFY2((*read)->fleet.sources == std::vector { pbs }, (*read)->text.constData());
}

void TestFleetEdits::anExistingFileIsLeftAlone()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"fleet.yaml"_s);
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("name: mine\n");
    file.close();
    SetupServer server;
    server.name = u"a"_s;
    server.connect.host = u"h"_s;
    const auto written
        = test::settle(makeYamlFleetFile()->edit(path, {}, editsFor(u"a"_s, { server }, {}), {}));
    QVERIFY(test::wordsOf(written).startsWith("fleet.changed"));
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("name: mine\n"));
}

QTEST_MAIN(TestFleetEdits)
#include "tst_fleetedits.moc"
