#include "fleet/hostof.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestHostOf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSourceIsOnTheHostItNames();
    void theWalIsWhereServerAndFleetFileSay_data();
    void theWalIsWhereServerAndFleetFileSay();
};

void TestHostOf::aSourceIsOnTheHostItNames()
{
    const Fleet fleet { .hosts = { { .name = u"a"_s, .ssh = u"x"_s }, { .name = u"b"_s, .ssh = u"y"_s } } };
    QCOMPARE(hostOf(Source { .host = u"b"_s }, fleet)->ssh, u"y"_s);
    QCOMPARE(*hostOf(Source {}, fleet), Host {});
    const auto none = hostOf(Source { .name = u"s"_s, .host = u"B"_s }, fleet);
    QVERIFY(!none);
    QCOMPARE(none.error().code, u"fleet.no-host"_s);
}

void TestHostOf::theWalIsWhereServerAndFleetFileSay_data()
{
    QTest::addColumn<Cluster>("cluster");
    QTest::addColumn<QString>("told"); // by the server
    QTest::addColumn<QString>("place");
    const Cluster onHost { .connect = { .service = u"shop"_s }, .host = u"db01"_s };
    QTest::newRow("its host, the folder the server names")
        << onHost << u"/pg/15"_s << u"db01 /pg/15/pg_wal"_s;
    Cluster described = onHost;
    described.dataDirectory = u"/srv/pg"_s;
    QTest::newRow("its host, the folder the fleet file names")
        << described << QString() << u"db01 /srv/pg/pg_wal"_s;
    QTest::newRow("the server knows better") << described << u"/pg/15"_s << u"db01 /pg/15/pg_wal"_s;
    QTest::newRow("no folder") << onHost << QString() << u"-"_s;
    Cluster elsewhere = onHost;
    elsewhere.host = u"db02"_s;
    QTest::newRow("a host the fleet does not have") << elsewhere << u"/pg/15"_s << u"-"_s;
    QTest::newRow("a socket here") << Cluster { .connect = { .host = u"/run/postgresql"_s } } << u"/pg/15"_s
                                   << u"here /pg/15/pg_wal"_s;
    QTest::newRow("a socket behind a tunnel")
        << Cluster { .connect = { .host = u"/run/postgresql"_s, .via = u"db01"_s } } << u"/pg/15"_s << u"-"_s;
    QTest::newRow("an address, which may be a container's")
        << Cluster { .connect = { .host = u"127.0.0.1"_s } } << u"/pg/15"_s << u"-"_s;
    QTest::newRow("a folder of Windows") << onHost << u"C:/pg/15"_s << u"-"_s;
}

void TestHostOf::theWalIsWhereServerAndFleetFileSay()
{
    QFETCH(Cluster, cluster);
    QFETCH(QString, told);
    const Fleet fleet { .hosts = { { .name = u"db01"_s, .ssh = u"db01"_s } } };
    const auto place = walPlace(cluster, fleet, ServerFacts { .dataDirectory = told });
    const QString host = place && !place->host.name.isEmpty() ? place->host.name : u"here"_s;
    QTEST(place ? host + u' ' + place->path : u"-"_s, "place");
}

QTEST_GUILESS_MAIN(TestHostOf)
#include "tst_hostof.moc"
