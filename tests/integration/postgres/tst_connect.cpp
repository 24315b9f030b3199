#include "ports/taskscope.h"
#include "postgres/quote.h"
#include "postgres/verbs.h"
#include "support/authority.h"
#include "support/postgres.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using test::ask;
using test::codeOf;
using test::printed;

namespace {

class NamedSecrets final : public SecretStore
{
public:
    [[nodiscard]] QCoro::Task<Result<Secret>> read(QString name, std::stop_token) override
    {
        if (name != u"pg/scram")
            co_return failure(ErrorKind::NotFound, u"secrets.missing"_s, name);
        co_return Secret("tide's & \"mark\"");
    }
    [[nodiscard]] QCoro::Task<Result<>> write(QString, Secret, std::stop_token) override
    {
        co_return Result<>();
    }
    [[nodiscard]] QCoro::Task<Result<>> remove(QString, std::stop_token) override { co_return Result<>(); }
    [[nodiscard]] QCoro::Task<Result<Secret>> fromCommand(QString command, std::stop_token) override
    {
        if (command != u"print it")
            co_return failure(ErrorKind::Denied, u"secrets.command"_s, command);
        co_return Secret("tide's & \"mark\"");
    }
};

QByteArray password()
{
    return "tide's & \"mark\"";
}

} // namespace

class TestConnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void passwordsComeFromWhereTheyAreNamed_data();
    void passwordsComeFromWhereTheyAreNamed();
    void aPasswordFileServesADirectConnection();
    void aServiceIsFollowedAndPartsOverrideIt();
    void theEnvironmentIsHonoured();
    void refusalsHaveCodes_data();
    void refusalsHaveCodes();
    void aBadUriNeverShowsItsPassword();
    void everyHostOfAUriIsTried();
    void aSilentHostTimesOutAndTheNextIsTried();
    void targetSessionAttributesChooseTheHost();
    void tooManyConnectionsIsToldAsSuch();
    void aStoppedConnectEndsAtOnce();
    void hostileNamesConnect();
    void tlsIsVerifiedInFullUnlessSaidOtherwise_data();
    void tlsIsVerifiedInFullUnlessSaidOtherwise();
    void anUnencryptedServerIsRefusedOverTcp();
    void theLoopLivesWhileConnecting();
    void patienceOutlivesAStoppedServer();

private:
    Result<std::shared_ptr<SqlSession>> connectTo(const ConnectSpec &spec, const SqlOptions &options = {})
    {
        const auto connector = makePostgresConnector(std::make_shared<NamedSecrets>());
        auto session = test::settle(connector->connect(spec, {}, {}, options, {}), 30s);
        return session.value_or(failure(ErrorKind::Internal, u"test.hung"_s, {}));
    }
    QString who(const ConnectSpec &spec)
    {
        const auto session = connectTo(spec);
        if (!session)
            return session.error().code;
        return printed(ask(*session, u"SELECT current_user || '@' || current_database() AS a"_s)).mid(4);
    }
    QString sql(const QString &text) { return m_server.cluster().psql(text).value_or(u"ERROR"_s); }
    ConnectSpec scram() const
    {
        ConnectSpec spec = m_server.byTcp();
        spec.user = u"scram"_s;
        spec.sslMode = u"disable"_s;
        return spec;
    }
    void writeHome(const QString &name, const QString &text)
    {
        QDir().mkpath(QFileInfo(m_home.filePath(name)).path());
        QFile file(m_home.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    void serveWith(const test::Authority::Leaf &leaf)
    {
        sql(u"ALTER SYSTEM SET ssl_cert_file = '%1';\nALTER SYSTEM SET ssl_key_file = '%2';\n"
            "ALTER SYSTEM SET ssl = on;\nSELECT pg_reload_conf()"_s.arg(leaf.certificateFile, leaf.keyFile));
        QTRY_COMPARE(sql(u"SELECT current_setting('ssl') || current_setting('ssl_cert_file')"_s),
            u"on"_s + leaf.certificateFile);
    }

    test::TemporaryFolder m_home;
    test::Server m_server { { .settings
        = { { u"password_encryption"_s, u"scram-sha-256"_s }, { u"max_connections"_s, u"12"_s },
            { u"superuser_reserved_connections"_s, u"3"_s } },
        .hba = { u"local all peered peer"_s, u"host all scram 127.0.0.1/32 scram-sha-256"_s,
            u"host all rejected 127.0.0.1/32 reject"_s, u"hostssl all onlytls 127.0.0.1/32 trust"_s,
            u"host all onlytls 127.0.0.1/32 reject"_s } } };
    std::unique_ptr<test::Authority> m_authority;
};

void TestConnect::initTestCase()
{
    for (const char *name : { "PGHOST", "PGUSER", "PGSERVICE", "PGSSLMODE", "PGPASSWORD" })
        qunsetenv(name);
    qputenv("HOME", m_home.path().toUtf8());
    QCOMPARE(m_server.start(), QByteArray("ok"));
    QCOMPARE(
        sql(u"CREATE ROLE scram LOGIN PASSWORD %1;\nCREATE ROLE peered LOGIN;\nCREATE ROLE rejected LOGIN;\n"
            "CREATE ROLE onlytls LOGIN"_s.arg(*quoteLiteral(QString::fromUtf8(password())))),
        QString());
    m_authority = std::make_unique<test::Authority>(m_server.folder().path(), u"ca"_s);
}

void TestConnect::init()
{
    QDir home(m_home.path());
    for (const QString &file : home.entryList(QDir::Files | QDir::Hidden))
        home.remove(file);
    QDir(home.filePath(u".postgresql"_s)).removeRecursively();
}

void TestConnect::passwordsComeFromWhereTheyAreNamed_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("how");
    QTest::newRow("none") << QString() << QString() << QByteArray() << u"pg.password-missing"_s;
    QTest::newRow("given") << QString() << QString() << password() << u"ok"_s;
    QTest::newRow("given wrong") << QString() << QString() << QByteArray("wrong") << u"pg.password"_s;
    QTest::newRow("given before the store's") << u"pg/none"_s << QString() << password() << u"ok"_s;
    QTest::newRow("the store's") << u"pg/scram"_s << QString() << QByteArray() << u"ok"_s;
    QTest::newRow("not in the store") << u"pg/none"_s << QString() << QByteArray() << u"secrets.missing"_s;
    QTest::newRow("printed by a command") << QString() << u"print it"_s << QByteArray() << u"ok"_s;
    QTest::newRow("a command that fails") << QString() << u"false"_s << QByteArray() << u"secrets.command"_s;
}

void TestConnect::passwordsComeFromWhereTheyAreNamed()
{
    QFETCH(QString, secret);
    QFETCH(QString, command);
    QFETCH(QByteArray, given);
    ConnectSpec spec = scram();
    spec.secret = secret;
    spec.passwordCommand = command;
    const auto connector = makePostgresConnector(std::make_shared<NamedSecrets>());
    const auto password = given.isEmpty() ? std::nullopt : std::optional(Secret(given));
    const auto session = test::settle(connector->connect(spec, {}, password, {}, {}), 30s);
    QVERIFY(session);
    QTEST(codeOf(*session), "how");
    if (!*session)
        QVERIFY(!session->error().detail.contains(QString::fromUtf8(::password())));
}

void TestConnect::aPasswordFileServesADirectConnection()
{
    const QString line = u"127.0.0.1:%1:*:scram:%2\n"_s.arg(
        QString::number(m_server.cluster().port()), QString::fromUtf8(password()));
    writeHome(u".pgpass"_s, u"# comment\nother:*:*:*:no\n"_s + line);
    QCOMPARE(who(scram()), u"scram@postgres"_s);
    QFile::setPermissions(m_home.filePath(u".pgpass"_s), QFile::ReadOwner | QFile::ReadOther);
    QCOMPARE(who(scram()), u"pg.password-missing"_s); // libpq ignores a file that others can read
}

void TestConnect::aServiceIsFollowedAndPartsOverrideIt()
{
    writeHome(u".pg_service.conf"_s,
        u"[other]\nhost=nowhere.invalid\n[sh op]\nhost=%1\nport=%2\nuser=peered\ndbname=template1\n"_s
            .arg(m_server.cluster().socketFolder())
            .arg(m_server.cluster().port()));
    ConnectSpec spec;
    spec.service = u"sh op"_s;
    QCOMPARE(who(spec), u"pg.auth"_s);
    spec.user = u"postgres"_s;
    QCOMPARE(who(spec), u"postgres@template1"_s);
    spec.uri = u"postgresql:///postgres"_s;
    QCOMPARE(who(spec), u"postgres@postgres"_s);
    spec.service = u"none"_s;
    QCOMPARE(who(spec), u"pg.no-service"_s);
}

void TestConnect::theEnvironmentIsHonoured()
{
    qputenv("PGHOST", m_server.cluster().socketFolder().toUtf8());
    qputenv("PGPORT", QByteArray::number(m_server.cluster().port()));
    qputenv("PGUSER", "postgres");
    qputenv("PGDATABASE", "template1");
    QCOMPARE(who({}), u"postgres@template1"_s);
    for (const char *name : { "PGHOST", "PGPORT", "PGUSER", "PGDATABASE" })
        qunsetenv(name);
}

void TestConnect::refusalsHaveCodes_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("code");
    const QString tcp = u"127.0.0.1:%1"_s.arg(m_server.cluster().port());
    QTest::newRow("nobody listens") << u"postgresql://postgres@127.0.0.1:%1/postgres"_s.arg(lab::freePort())
                                    << u"pg.refused"_s;
    QTest::newRow("no such name") << u"postgresql://postgres@no-such-host.invalid/postgres"_s << u"pg.name"_s;
    QTest::newRow("no socket") << u"postgresql:///postgres?host=/nowhere&user=postgres"_s
                               << u"pg.no-socket"_s;
    QTest::newRow("rejected by pg_hba.conf")
        << u"postgresql://rejected@%1/postgres?sslmode=disable"_s.arg(tcp) << u"pg.hba"_s;
    QTest::newRow("peer") << u"postgresql:///postgres?host=%1&port=%2&user=peered"_s
                                 .arg(m_server.cluster().socketFolder())
                                 .arg(m_server.cluster().port())
                          << u"pg.auth"_s;
    QTest::newRow("no such role") << u"postgresql://nobody%27s@%1/postgres?sslmode=disable"_s.replace(
        u"%1"_s, tcp) << u"pg.role"_s;
    QTest::newRow("no such database")
        << u"postgresql://postgres@%1/no%20such?sslmode=disable"_s.replace(u"%1"_s, tcp) << u"pg.3D000"_s;
    QTest::newRow("password missing")
        << u"postgresql://scram@%1/postgres?sslmode=disable"_s.arg(tcp) << u"pg.password-missing"_s;
    QTest::newRow("password wrong") << u"postgresql://scram:x@%1/postgres?sslmode=disable"_s.arg(tcp)
                                    << u"pg.password"_s;
    QTest::newRow("an unknown option") << u"postgresql://%1/postgres?nonsense=1"_s.arg(tcp) << u"pg.uri"_s;
    QTest::newRow("no URI at all") << u"$(rm -rf /)"_s << u"pg.uri"_s;
    QTest::newRow("two hosts, three ports") << u"host=a,b port=1,2,3"_s << u"pg.uri"_s;
}

void TestConnect::refusalsHaveCodes()
{
    QFETCH(QString, uri);
    ConnectSpec spec;
    spec.uri = uri;
    const auto session = connectTo(spec);
    QTEST(codeOf(session), "code");
    QVERIFY(!session.error().detail.contains(u"LOCATION"));
    QVERIFY(!session.error().detail.isEmpty());
}

void TestConnect::aBadUriNeverShowsItsPassword()
{
    for (const QString &uri : { u"postgresql://u:hunter2@h:1:2/x"_s, u"postgresql://u:hunter2%zz@h/x"_s,
             u"user=u password=hunter2 hunter2"_s, u"postgresql://u:hunter2@[::1/x"_s,
             u"password=hunter2 service=none"_s }) {
        ConnectSpec spec;
        spec.uri = uri;
        const auto session = connectTo(spec);
        QVERIFY2(
            !session && !session.error().detail.contains(u"hunter2"), qPrintable(session.error().detail));
    }
}

void TestConnect::everyHostOfAUriIsTried()
{
    const int port = m_server.cluster().port();
    ConnectSpec spec;
    spec.uri
        = u"postgresql://postgres@no-such-host.invalid:%1,127.0.0.1:%2,localhost:%1/postgres?sslmode=disable"_s
              .arg(port)
              .arg(lab::freePort());
    QCOMPARE(who(spec), u"postgres@postgres"_s);
    spec.uri
        = u"host=/nowhere,%1 port=%2 user=postgres dbname=postgres"_s.arg(m_server.cluster().socketFolder())
              .arg(port);
    QCOMPARE(who(spec), u"postgres@postgres"_s);
    // A refusal of the person is no reason to ask elsewhere.
    spec.uri = u"postgresql://rejected@127.0.0.1:%1,localhost:%1/postgres?sslmode=disable"_s.arg(port);
    QCOMPARE(who(spec), u"pg.hba"_s);
}

void TestConnect::aSilentHostTimesOutAndTheNextIsTried()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    SqlOptions options;
    options.connectTimeout = 300ms;
    ConnectSpec spec;
    spec.uri = u"postgresql://postgres@127.0.0.1:%1/postgres?sslmode=disable"_s.arg(silent.serverPort());
    const auto none = connectTo(spec, options);
    QCOMPARE(codeOf(none), u"pg.timeout"_s);
    QCOMPARE(
        none.error().detail, u"no answer from 127.0.0.1 port %1 within 0.3 s"_s.arg(silent.serverPort()));
    spec.uri = u"postgresql://postgres@127.0.0.1:%1,127.0.0.1:%2/postgres?sslmode=disable"_s
                   .arg(silent.serverPort())
                   .arg(m_server.cluster().port());
    QCOMPARE(codeOf(connectTo(spec, options)), u"ok"_s);
}

void TestConnect::targetSessionAttributesChooseTheHost()
{
    ConnectSpec spec = m_server.bySocket();
    spec.uri = u"postgresql:///?target_session_attrs=read-write"_s;
    QCOMPARE(who(spec), u"postgres@postgres"_s);
    spec.uri = u"postgresql:///?target_session_attrs=prefer-standby"_s;
    QCOMPARE(who(spec), u"postgres@postgres"_s);
    spec.uri = u"postgresql:///?target_session_attrs=standby"_s;
    QCOMPARE(who(spec), u"pg.session-attrs"_s);
}

void TestConnect::tooManyConnectionsIsToldAsSuch()
{
    ConnectSpec spec = m_server.byTcp();
    spec.user = u"onlytls"_s;
    spec.host = m_server.cluster().socketFolder();
    std::vector<std::shared_ptr<SqlSession>> held;
    Result<std::shared_ptr<SqlSession>> last = connectTo(spec);
    for (int i = 0; i < 15 && last; ++i) {
        held.push_back(*last);
        last = connectTo(spec);
    }
    QCOMPARE(codeOf(last), u"pg.53300"_s);
    QCOMPARE(last.error().kind, ErrorKind::Unreachable);
    last = connectTo(m_server.bySocket()); // the places kept for superusers
    QCOMPARE(codeOf(last), u"ok"_s);
    held.clear();
    QTRY_COMPARE(codeOf(connectTo(spec)), u"ok"_s);
}

void TestConnect::aStoppedConnectEndsAtOnce()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ConnectSpec spec;
    spec.uri = u"postgresql://postgres@127.0.0.1:%1/postgres?sslmode=disable"_s.arg(silent.serverPort());
    const auto connector = makePostgresConnector(nullptr);
    std::stop_source source;
    QTimer::singleShot(100, [&] { source.request_stop(); });
    const auto session = test::settle(connector->connect(spec, {}, {}, {}, source.get_token()), 5s);
    QVERIFY(session);
    QCOMPARE(session->error().kind, ErrorKind::Cancelled);
}

void TestConnect::hostileNamesConnect()
{
    const QString name = u"o'Brien \"x\" \\ $(id)\n☃ -c"_s;
    const QString quoted = *quoteIdentifier(name);
    QCOMPARE(sql(u"CREATE ROLE %1 LOGIN;\nCREATE DATABASE %1"_s.arg(quoted)), QString());
    QCOMPARE(who(m_server.bySocket(name, name)), name + u'@' + name);
    SqlOptions options;
    options.applicationName = u"tide 'mark\" \\ $(id)"_s;
    const auto session = connectTo(m_server.bySocket(), options);
    QVERIFY(session);
    QCOMPARE(printed(ask(*session, u"SHOW application_name"_s)),
        u"application_name | "_s + options.applicationName);
    QCOMPARE(sql(u"DROP DATABASE %1;\nDROP ROLE %1"_s.arg(quoted)), QString());
}

void TestConnect::tlsIsVerifiedInFullUnlessSaidOtherwise_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<int>("validFor");
    QTest::addColumn<bool>("ours");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("how");
    QTest::newRow("right name, known authority")
        << QByteArray("DNS:localhost") << 3600 << true << QString() << u"ok"_s;
    QTest::newRow("other name") << QByteArray("DNS:db.example") << 3600 << true << QString()
                                << u"pg.tls-name"_s;
    QTest::newRow("other name, authority only")
        << QByteArray("DNS:db.example") << 3600 << true << u"verify-ca"_s << u"ok"_s;
    QTest::newRow("unknown authority")
        << QByteArray("DNS:localhost") << 3600 << false << QString() << u"pg.tls-untrusted"_s;
    QTest::newRow("unknown authority, encryption only")
        << QByteArray("DNS:localhost") << 3600 << false << u"require"_s << u"ok"_s;
    QTest::newRow("expired") << QByteArray("DNS:localhost") << -60 << true << QString()
                             << u"pg.tls-expired"_s;
    QTest::newRow("no TLS though the rule wants it")
        << QByteArray("DNS:localhost") << 3600 << true << u"disable"_s << u"pg.hba"_s;
}

void TestConnect::tlsIsVerifiedInFullUnlessSaidOtherwise()
{
    QFETCH(QByteArray, names);
    QFETCH(int, validFor);
    QFETCH(bool, ours);
    QFETCH(QString, mode);
    test::Authority stranger(m_server.folder().path(), u"stranger"_s);
    serveWith((ours ? *m_authority : stranger)
                  .issue(u"leaf"_s + QString::number(QRandomGenerator::global()->generate()), names,
                      std::chrono::seconds(validFor)));
    ConnectSpec spec = m_server.byTcp(u"localhost"_s);
    spec.user = u"onlytls"_s;
    spec.sslRootCert = mode == u"require" ? QString() : m_authority->certificateFile();
    spec.sslMode = mode;
    const auto session = connectTo(spec);
    QTEST(codeOf(session), "how");
    if (session)
        QCOMPARE((*session)->about().tlsVersion, u"TLSv1.3"_s);
    if (!session || !mode.isEmpty())
        return;
    // The same said by the environment, by a file in the home folder, and by a service that asks for less.
    spec.sslRootCert.clear();
    qputenv("PGSSLROOTCERT", m_authority->certificateFile().toUtf8());
    QCOMPARE(codeOf(connectTo(spec)), u"ok"_s);
    qunsetenv("PGSSLROOTCERT");
    QCOMPARE(codeOf(connectTo(spec)), u"pg.tls-untrusted"_s); // by the system's authorities
    qputenv("PGSSLMODE", "prefer");
    QCOMPARE(codeOf(connectTo(spec)), u"ok"_s);
    qunsetenv("PGSSLMODE");
    writeHome(u".pg_service.conf"_s, u"[lax]\nsslmode=prefer\n[strict]\nport=1\n"_s);
    spec.service = u"lax"_s;
    QCOMPARE(codeOf(connectTo(spec)), u"ok"_s);
    spec.service = u"strict"_s;
    QCOMPARE(codeOf(connectTo(spec)), u"pg.tls-untrusted"_s);
    QDir().mkpath(m_home.filePath(u".postgresql"_s));
    QVERIFY(QFile::copy(m_authority->certificateFile(), m_home.filePath(u".postgresql/root.crt"_s)));
    QCOMPARE(codeOf(connectTo(spec)), u"ok"_s);
}

void TestConnect::anUnencryptedServerIsRefusedOverTcp()
{
    sql(u"ALTER SYSTEM SET ssl = off;\nSELECT pg_reload_conf()"_s);
    QTRY_COMPARE(sql(u"SHOW ssl"_s), u"off"_s);
    QCOMPARE(who(m_server.byTcp()), u"pg.tls-missing"_s);
    QCOMPARE(who(m_server.bySocket()), u"postgres@postgres"_s);
}

void TestConnect::theLoopLivesWhileConnecting()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    SqlOptions options;
    options.connectTimeout = 500ms;
    ConnectSpec spec;
    spec.uri = u"postgresql://postgres@127.0.0.1:%1/postgres"_s.arg(silent.serverPort());
    int beats = 0;
    QTimer heart;
    connect(&heart, &QTimer::timeout, &heart, [&] { ++beats; });
    heart.start(10);
    QCOMPARE(codeOf(connectTo(spec, options)), u"pg.timeout"_s);
    QVERIFY2(beats > 15, qPrintable(QString::number(beats)));
}

void TestConnect::patienceOutlivesAStoppedServer()
{
    QVERIFY(m_server.cluster().stop());
    TaskScope scope;
    std::optional<Result<std::shared_ptr<SqlSession>>> session;
    QStringList told;
    const auto tell = [&](const Error &error, std::chrono::milliseconds wait) {
        told.append(error.code + u' ' + QString::number(wait.count()));
    };
    scope.start(connectPatiently(
                    makePostgresConnector(nullptr), m_server.bySocket(), {}, {}, {}, tell, scope.token()),
        [&](auto result) { session = result; });
    QTRY_COMPARE(told, QStringList { u"pg.no-socket 2000"_s });
    QVERIFY(m_server.cluster().start());
    QTRY_VERIFY_WITH_TIMEOUT(session.has_value(), 15'000);
    QCOMPARE(codeOf(*session), u"ok"_s);
    ConnectSpec wrong = m_server.bySocket(u"nobody"_s);
    const auto refused
        = test::settle(connectPatiently(makePostgresConnector(nullptr), wrong, {}, {}, {}, tell, {}));
    QVERIFY(refused);
    QCOMPARE(codeOf(*refused), u"pg.role"_s);
    QCOMPARE(told.size(), 1);
}

QTEST_GUILESS_MAIN(TestConnect)
#include "tst_connect.moc"
