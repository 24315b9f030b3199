#include "fleet/fingerprint.h"
#include "fleet/servicefile.h"
#include "fleet/setup.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QString print(const Services &services)
{
    QStringList lines;
    for (const Service &service : services.list)
        lines.append(u"%1@%2=%3/%4/%5"_s.arg(service.name)
                         .arg(service.line)
                         .arg(whereOf(service.connect), service.connect.database, service.connect.user));
    for (const ServiceProblem &problem : services.problems)
        lines.append(u"%1! %2"_s.arg(problem.line).arg(problem.text));
    return lines.join(u'\n');
}

QString print(const SetupTally &t)
{
    return u"chosen %1 untested %2 testing %3 refused %4 failed %5 environment %6 grant %7 ready %8 open %9"_s
        .arg(t.chosen)
        .arg(t.untested)
        .arg(t.testing)
        .arg(t.refused)
        .arg(t.failed)
        .arg(t.needEnvironment)
        .arg(t.needGrant)
        .arg(t.ready)
        .arg(t.openable());
}

const QString Shown
    = u"7a:1e:93:c4:0b:5f:d2:88:61:ae:37:f0:9c:12:44:e9:b3:05:6d:ca:21:8f:70:4e:d9:ab:16:5c:83:fe:02:97"_s;

} // namespace

class TestSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serviceFiles_data();
    void serviceFiles();
    void rubbishIsSurvived();
    void statesAreCounted();
    void places_data();
    void places();
    void namesAreUnique();
    void fingerprints_data();
    void fingerprints();
    void pairs();
};

void TestSetup::serviceFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("read");
    QTest::newRow("empty") << QByteArray() << "";
    QTest::newRow("one") << QByteArray(
        "# mine\n[oltp-db]\nhost=oltp-db-1.lan\nport=5433\ndbname=shop\nuser=tm\n")
                         << "oltp-db@2=oltp-db-1.lan:5433/shop/tm";
    QTest::newRow("windows line ends") << QByteArray("[a]\r\nhost=h\r\n") << "a@1=h:5432//";
    QTest::newRow("two, no host") << QByteArray("[a]\n\n[b]\nuser=x") << "a@1=a//\nb@3=b//x";
    QTest::newRow("hostile") << QByteArray("[a b\"'$(id)<b>]\nhost=/tmp/x y\nuser=o'x=y\n")
                             << "a b\"'$(id)<b>@1=/tmp/x y:5432//o'x=y";
    QTest::newRow("not closed") << QByteArray("[a\nhost=h\n[b]\n")
                                << "b@3=b//\n1! section is not closed by \"]\"";
    QTest::newRow("no name") << QByteArray("[]\n") << "1! section has no name";
    QTest::newRow("twice") << QByteArray("[a]\nhost=x\n[a]\nhost=y\n")
                           << "a@1=x:5432//\n3! service \"a\" is defined twice; libpq uses the first";
    QTest::newRow("no equals sign") << QByteArray("[a]\nhost\n") << "a@1=a//\n2! expected key=value";
    QTest::newRow("bad port") << QByteArray("[a]\nport=70000\n") << "a@1=a//\n2! \"70000\" is not a port";
    QTest::newRow("nested") << QByteArray("[a]\nservice=b\n")
                            << "a@1=a//\n2! a service cannot name another service";
    QTest::newRow("hostaddr only when no host")
        << QByteArray("[a]\nhost=n\nhostaddr=::1\n[b]\nhostaddr=::1\n") << "a@1=n:5432//\nb@4=[::1]:5432//";
}

void TestSetup::serviceFiles()
{
    QFETCH(QByteArray, text);
    QTEST(print(parseServices(text)), "read");
}

void TestSetup::rubbishIsSurvived()
{
    QByteArray bytes;
    for (int at = 0; at < 4096; ++at)
        bytes.append(char((at * 7919) % 256));
    QVERIFY(!parseServices(bytes).problems.empty());
}

void TestSetup::statesAreCounted()
{
    const auto make = [](const char *name, Environment environment, bool facts, bool missing) {
        SetupServer server;
        server.name = QString::fromLatin1(name);
        server.environment = environment;
        if (facts)
            server.facts = ServerFacts {};
        if (missing)
            server.facts->missing = { { u"x"_s, u"y"_s } };
        return server;
    };
    std::vector<SetupServer> servers { make("ready", Environment::Production, true, false),
        make("grant", Environment::Test, true, true), make("environment", Environment::Unset, true, true),
        make("untested", Environment::Production, false, false),
        make("testing", Environment::Lab, true, false), make("refused", Environment::Lab, false, false),
        make("failed", Environment::Lab, false, false), make("left out", Environment::Lab, true, false) };
    servers[4].testing = true;
    servers[5].error = Error { ErrorKind::Denied, u"pg.28P01"_s, {} };
    servers[6].error = Error { ErrorKind::Unreachable, u"pg.unreachable"_s, {} };
    servers[7].chosen = false;
    QCOMPARE(print(tally(servers)),
        u"chosen 7 untested 1 testing 1 refused 1 failed 1 environment 1 grant 1 ready 1 open 2"_s);
    QVERIFY(openable(servers[1]));
    QVERIFY(!openable(servers[2]));
    QVERIFY(!openable(servers[7]));
}

void TestSetup::places_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("where");
    QTest::newRow("host") << "db.lan" << 0 << ""
                          << "db.lan:5432";
    QTest::newRow("port") << "db.lan" << 5433 << ""
                          << "db.lan:5433";
    QTest::newRow("IPv6") << "::1" << 5433 << ""
                          << "[::1]:5433";
    QTest::newRow("socket") << "/run/postgresql" << 0 << ""
                            << "/run/postgresql:5432";
    QTest::newRow("uri") << "" << 0 << "postgresql://u@h.lan:6000/x?sslmode=require"
                         << "h.lan:6000";
    QTest::newRow("nothing") << "" << 0 << ""
                             << "";
}

void TestSetup::places()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QString, uri);
    ConnectSpec spec;
    spec.host = host;
    spec.port = port;
    spec.uri = uri;
    QTEST(whereOf(spec), "where");
}

void TestSetup::namesAreUnique()
{
    ConnectSpec spec;
    spec.host = u"db.lan"_s;
    SetupServer first;
    first.name = nameFor(spec, {});
    QCOMPARE(first.name, u"db"_s);
    QCOMPARE(nameFor(spec, { first }), u"db-2"_s);
    spec.host = u"10.0.0.7"_s;
    QCOMPARE(nameFor(spec, {}), u"10.0.0.7"_s);
    spec.host = u"/run/postgresql"_s;
    QCOMPARE(nameFor(spec, {}), u"local"_s);
    QCOMPARE(nameFor(ConnectSpec {}, {}), u"server"_s);
}

void TestSetup::fingerprints_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<int>("match");
    QTest::newRow("nothing") << "  " << int(FingerprintMatch::Empty);
    QTest::newRow("same") << Shown << int(FingerprintMatch::Same);
    QTest::newRow("upper case") << Shown.toUpper() << int(FingerprintMatch::Same);
    QTest::newRow("no colons") << QString(Shown).remove(u':') << int(FingerprintMatch::Same);
    QTest::newRow("as openssl prints it")
        << u"SHA256 Fingerprint="_s + Shown.toUpper() + u'\n' << int(FingerprintMatch::Same);
    QTest::newRow("first half") << Shown.left(47) << int(FingerprintMatch::Incomplete);
    QTest::newRow("last pair differs") << Shown.chopped(2) + u"98"_s << int(FingerprintMatch::Different);
    QTest::newRow("first pair differs") << u"7b"_s << int(FingerprintMatch::Different);
    QTest::newRow("last half") << Shown.right(47) << int(FingerprintMatch::Different);
    QTest::newRow("too long") << Shown + u":00"_s << int(FingerprintMatch::NotAFingerprint);
    QTest::newRow("words") << u"trust me"_s << int(FingerprintMatch::NotAFingerprint);
}

void TestSetup::fingerprints()
{
    QFETCH(QString, pasted);
    QFETCH(int, match);
    QCOMPARE(int(compareFingerprint(pasted, Shown)), match);
}

void TestSetup::pairs()
{
    QCOMPARE(fingerprintPairs(Shown).size(), 32);
    QCOMPARE(fingerprintPairs(Shown).join(u':').toLower(), Shown);
    QVERIFY(fingerprintPairs(u"7a:1e"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestSetup)
#include "tst_setup.moc"
