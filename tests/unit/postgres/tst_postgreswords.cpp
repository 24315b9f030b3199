#include "ports/backoff.h"
#include "postgres/conninfo.h"
#include "postgres/errors.h"
#include "postgres/quote.h"
#include "postgres/serverfacts.h"
#include "postgres/sqltext.h"
#include "postgres/tunnel.h"
#include "ssh/sshwords.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;

class TestPostgresWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusalsAreToldApartInAnyLanguage_data();
    void refusalsAreToldApartInAnyLanguage();
    void statesHaveKinds_data();
    void statesHaveKinds();
    void sshIsReadToItsPoint_data();
    void sshIsReadToItsPoint();
    void onlyOurOwnEndMakesATunnelReady();
    void aRefusalAtTheFarEndIsRead_data();
    void aRefusalAtTheFarEndIsRead();
    void zeroCharactersAndEmptyNamesAreNotQuoted();
    void limitsBecomeStartupOptions();
    void quotationsAreLeftOut();
    void targetsAreMerged_data();
    void targetsAreMerged();
    void everyQuestionHasItsFile();
    void anAnswerThatIsMissingIsNoFact();
    void waitsGrowToAMinute();
};

void TestPostgresWords::refusalsAreToldApartInAnyLanguage_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, ConnectStage stage, const QString &words, const QString &code,
                         const QString &detail) {
        QTest::newRow(name) << static_cast<int>(stage) << words << code << detail;
    };
    row("password, German", ConnectStage::Talking,
        u"Verbindung zum Server auf »db« (10.0.0.1), Port 5432 fehlgeschlagen: FATAL:  28P01: Passwort-Authentifizierung für Benutzer »x« fehlgeschlagen\nORT:  auth_failed, auth.c:330\n"_s,
        u"pg.password"_s,
        u"Verbindung zum Server auf »db« (10.0.0.1), Port 5432 fehlgeschlagen: FATAL:  Passwort-Authentifizierung für Benutzer »x« fehlgeschlagen"_s);
    row("pg_hba.conf, French", ConnectStage::Talking,
        u"FATAL:  28000: aucune entrée dans pg_hba.conf\nEMPLACEMENT : ClientAuthentication, auth.c:531"_s,
        u"pg.hba"_s, u"FATAL:  aucune entrée dans pg_hba.conf"_s);
    row("role", ConnectStage::Talking,
        u"FATAL:  28000: role \"x\" does not exist\nLOCATION:  InitializeSessionUserId, miscinit.c:740\n"_s,
        u"pg.role"_s, u"FATAL:  role \"x\" does not exist"_s);
    row("peer", ConnectStage::Talking,
        u"FATAL:  28000: Peer authentication failed\nLOCATION:  auth_failed, auth.c:330"_s, u"pg.auth"_s,
        u"FATAL:  Peer authentication failed"_s);
    row("starting", ConnectStage::Talking,
        u"FATAL:  57P03: the database system is starting up\nLOCATION:  ProcessStartupPacket, postmaster.c:2411"_s,
        u"pg.starting"_s, u"FATAL:  the database system is starting up"_s);
    row("a line of detail stays", ConnectStage::Talking,
        u"FATAL:  57P03: not yet accepting connections\nDETAIL:  Consistent recovery state has not been yet reached.\nLOCATION:  f, a.c:1"_s,
        u"pg.starting"_s,
        u"FATAL:  not yet accepting connections\nDETAIL:  Consistent recovery state has not been yet reached."_s);
    row("hung up", ConnectStage::Talking, u"server closed the connection unexpectedly"_s, u"pg.lost"_s,
        u"server closed the connection unexpectedly"_s);
    row("refused", ConnectStage::Reaching, u"x: Connection refused\n"_s, u"pg.refused"_s,
        u"x: Connection refused"_s);
    row("no route", ConnectStage::Reaching, u"x: No route to host"_s, u"pg.unreachable"_s,
        u"x: No route to host"_s);
    row("anything else on the way", ConnectStage::Reaching, u"x: ?"_s, u"pg.unreachable"_s, u"x: ?"_s);
    row("TLS, in no language we read", ConnectStage::Tls, u"блин"_s, u"pg.tls"_s, u"блин"_s);
    row("wrong kind of server", ConnectStage::Checking, u"server is not in hot standby mode"_s,
        u"pg.session-attrs"_s, u"server is not in hot standby mode"_s);
}

void TestPostgresWords::refusalsAreToldApartInAnyLanguage()
{
    QFETCH(int, stage);
    QFETCH(QString, words);
    const Error error = connectError({ static_cast<ConnectStage>(stage), words, false, false });
    QTEST(error.code, "code");
    QTEST(error.detail, "detail");
}

void TestPostgresWords::statesHaveKinds_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("42501") << ErrorKind::Denied;
    QTest::newRow("25006") << ErrorKind::Denied;
    QTest::newRow("28000") << ErrorKind::Denied;
    QTest::newRow("42P01") << ErrorKind::NotFound;
    QTest::newRow("3D000") << ErrorKind::NotFound;
    QTest::newRow("42601") << ErrorKind::Invalid;
    QTest::newRow("22012") << ErrorKind::Invalid;
    QTest::newRow("23505") << ErrorKind::Conflict;
    QTest::newRow("40P01") << ErrorKind::Conflict;
    QTest::newRow("55P03") << ErrorKind::Conflict;
    QTest::newRow("57P01") << ErrorKind::Unreachable;
    QTest::newRow("53300") << ErrorKind::Unreachable;
    QTest::newRow("08006") << ErrorKind::Unreachable;
    QTest::newRow("53100") << ErrorKind::Internal;
    QTest::newRow("XX000") << ErrorKind::Internal;
}

void TestPostgresWords::statesHaveKinds()
{
    QTEST(kindOfState(QString::fromLatin1(QTest::currentDataTag())), "kind");
}

void TestPostgresWords::sshIsReadToItsPoint_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QString>("code");
    QTest::newRow("changed key") << QByteArray("@@@@\r\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!   "
                                               "  @\r\nHost key verification failed.\r\n")
                                 << u"ssh.host-key-changed"_s;
    QTest::newRow("unknown key") << QByteArray("No ED25519 host key is known for db and you have requested "
                                               "strict checking.\r\nHost key verification failed.\r\n")
                                 << u"ssh.host-key-unknown"_s;
    QTest::newRow("no key") << QByteArray("me@db: Permission denied (publickey).\r\n") << u"ssh.auth"_s;
    QTest::newRow("jump host refuses the key") << QByteArray(
        "me@jump: Permission denied (publickey).\r\nkex_exchange_identification: Connection closed by remote "
        "host\r\n") << u"ssh.auth"_s;
    QTest::newRow("no name") << QByteArray(
        "ssh: Could not resolve hostname db: Name or service not known\r\n")
                             << u"ssh.name"_s;
    QTest::newRow("refused") << QByteArray("ssh: connect to host db port 22: Connection refused\r\n")
                             << u"ssh.refused"_s;
    QTest::newRow("port taken") << QByteArray(
        "bind [127.0.0.1]:4000: Address already in use\r\nchannel_setup_fwd_listener_tcpip: cannot listen to "
        "port: 4000\r\nCould not request local forwarding.\r\n")
                                << u"ssh.forward"_s;
    QTest::newRow("bad configuration")
        << QByteArray("/x/config: line 3: Bad configuration option: frobnicate\r\n") << u"ssh.config"_s;
    QTest::newRow("something new") << QByteArray("the sky fell\r\n") << u"ssh.failed"_s;
    QTest::newRow("only chatter") << QByteArray("debug1: x\r\nOpenSSH_9.2p1\r\n") << u"ssh.failed"_s;
}

void TestPostgresWords::sshIsReadToItsPoint()
{
    QFETCH(QByteArray, words);
    SshWords heard(u"127.0.0.1:4000"_s);
    for (const char byte : words)
        heard.hear(QByteArray(1, byte)); // a pipe cuts where it likes
    QTEST(heard.reason().code, "code");
    QVERIFY(!heard.reason().detail.contains(u"debug1") && !heard.reason().detail.contains(u'\r'));
}

void TestPostgresWords::onlyOurOwnEndMakesATunnelReady()
{
    SshWords heard(u"127.0.0.1:4000"_s);
    heard.hear("debug1: Entering interactive session.\n"); // the jump host's ssh
    QVERIFY(!heard.ready());
    heard.hear("debug1: Local connections to 127.0.0.1:40001 forwarded to remote address db:5432\n"
               "debug1: Entering interactive session.\n");
    QVERIFY(!heard.ready()); // another forward of the person's configuration
    heard.hear("debug1: Local connections to 127.0.0.1:4000 forwarded to remote address db:5432\n");
    QVERIFY(!heard.ready());
    heard.hear("debug1: Entering interactive session.");
    QVERIFY(!heard.ready());
    heard.hear("\r\n");
    QVERIFY(heard.ready());
    QCOMPARE(heard.forPeople(), QString());
}

void TestPostgresWords::aRefusalAtTheFarEndIsRead_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QString>("code");
    QTest::newRow("none") << QByteArray("hello\n") << QString();
    QTest::newRow("forbidden") << QByteArray(
        "channel 2: open failed: administratively prohibited: open failed\r\n")
                               << u"ssh.forbidden"_s;
    QTest::newRow("refused") << QByteArray("channel 3: open failed: connect failed: Connection refused\r\n")
                             << u"pg.refused"_s;
    QTest::newRow("no name") << QByteArray(
        "channel 2: open failed: unknown channel type: could not resolve\r\n")
                             << u"pg.name"_s;
    QTest::newRow("no socket") << QByteArray("channel 2: open failed: connect failed: open failed\r\n")
                               << u"pg.unreachable"_s;
}

void TestPostgresWords::aRefusalAtTheFarEndIsRead()
{
    QFETCH(QByteArray, words);
    SshWords heard(u"/x"_s);
    heard.hear(words);
    const auto refusal = heard.refusal();
    QTEST(refusal ? refusal->code : QString(), "code");
}

void TestPostgresWords::zeroCharactersAndEmptyNamesAreNotQuoted()
{
    const QString zero(QChar(0));
    QCOMPARE(quoteIdentifier(u"a"_s + zero).error().code, u"pg.zero-character"_s);
    QCOMPARE(quoteLiteral(u"a"_s + zero).error().code, u"pg.zero-character"_s);
    QCOMPARE(quoteIdentifier({}).error().code, u"pg.empty-name"_s);
    QCOMPARE(*quoteLiteral({}), u"''"_s);
    QCOMPARE(*quoteIdentifier(u"a\"b"_s), u"\"a\"\"b\""_s);
    QCOMPARE(*quoteLiteral(u"a'b\\c"_s), u"E'a''b\\\\c'"_s);
}

void TestPostgresWords::limitsBecomeStartupOptions()
{
    SqlOptions options;
    QCOMPARE(startupOptions(options), QByteArray());
    options.readOnly = true;
    options.statementTimeout = 10s;
    options.lockTimeout = 0ms;
    options.searchPath = u"\"a b\\\", c"_s;
    QCOMPARE(startupOptions(options),
        QByteArray("-c default_transaction_read_only=on -c statement_timeout=10000 -c lock_timeout=0 "
                   "-c search_path=\"a\\ b\\\\\",\\ c"));
}

void TestPostgresWords::quotationsAreLeftOut()
{
    QCOMPARE(withoutQuotations(u"missing \"=\" after \"hunter2\" in it"_s), u"missing \"…\" in it"_s);
    QCOMPARE(withoutQuotations(u"cut \"off"_s), u"cut \"…\""_s);
    QCOMPARE(withoutQuotations(u"plain"_s), u"plain"_s);
}

void TestPostgresWords::targetsAreMerged_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("printed");
    QTest::newRow("a name") << QString() << u"db"_s << QByteArray("db//5432 verify-full disable tidemark");
    QTest::newRow("a socket") << QString() << u"/run/pg"_s
                              << QByteArray("/run/pg//5432 verify-full disable tidemark");
    QTest::newRow("several hosts, one port")
        << u"postgresql://a,b,c:6000/x"_s << QString()
        << QByteArray("a//5432 b//5432 c//6000 verify-full disable tidemark");
    QTest::newRow("IPv6") << u"postgresql://[::1]:7000/x"_s << QString()
                          << QByteArray("::1//7000 verify-full disable tidemark");
    QTest::newRow("addresses are verified too")
        << u"hostaddr=10.0.0.1,10.0.0.2"_s << QString()
        << QByteArray("10.0.0.1/10.0.0.1/5432 10.0.0.2/10.0.0.2/5432 verify-full disable tidemark");
    QTest::newRow("a host instead of the URI's address")
        << u"host=a hostaddr=10.0.0.1"_s << u"b"_s << QByteArray("b//5432 verify-full disable tidemark");
    QTest::newRow("a mode and a name of one's own")
        << u"postgresql://a/?sslmode=require&application_name=me&gssencmode=require"_s << QString()
        << QByteArray("a//5432 require require me");
    QTest::newRow("prefer, chosen") << u"postgresql://a/?sslmode=prefer"_s << QString()
                                    << QByteArray("a//5432 prefer disable tidemark");
}

void TestPostgresWords::targetsAreMerged()
{
    for (const char *name : { "PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGSSLMODE", "PGAPPNAME" })
        qunsetenv(name);
    QFETCH(QString, uri);
    QFETCH(QString, host);
    ConnectSpec spec;
    spec.uri = uri;
    spec.host = host;
    const auto target = describeTarget(spec, {});
    QVERIFY(target);
    QByteArray printed;
    for (const Endpoint &one : target->endpoints)
        printed += one.host + '/' + one.address + '/' + one.port + ' ';
    for (const char *key : { "sslmode", "gssencmode", "application_name" })
        printed += target->parameters.value(key) + ' ';
    QTEST(printed.trimmed(), "printed");
}

void TestPostgresWords::everyQuestionHasItsFile()
{
    const auto statements = probeStatements();
    QCOMPARE(statements.size(), static_cast<std::size_t>(Question::Wal) + 1);
    for (const SqlStatement &statement : statements)
        QVERIFY(statement.sql.contains(u"SELECT") && !statement.sql.contains(u';'));
}

void TestPostgresWords::anAnswerThatIsMissingIsNoFact()
{
    const auto count = probeStatements().size();
    const SqlAbout about { .versionNumber = 150000, .user = u"me"_s };
    std::vector<Result<SqlRows>> denied(count, failure(ErrorKind::Denied, u"pg.42501"_s, {}));
    const auto nothing = readServerFacts(denied, about, {});
    QVERIFY(nothing);
    QCOMPARE(nothing->missing.size(), count);
    QCOMPARE(nothing->missing.at(3),
        (MissingRight { u"system identifier"_s,
            u"GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO \"me\";"_s }));
    std::vector<Result<SqlRows>> slow(count, failure(ErrorKind::Timeout, u"pg.57014"_s, {}));
    QVERIFY(readServerFacts(slow, about, {})->missing.empty());
    std::vector<Result<SqlRows>> lost(count, failure(ErrorKind::Unreachable, u"pg.lost"_s, {}));
    QCOMPARE(readServerFacts(lost, about, {}).error().code, u"pg.lost"_s);
    QCOMPARE(readServerFacts({}, about, {}).error().code, u"pg.probe"_s);
    std::vector<Result<SqlRows>> empty(count, SqlRows {});
    const auto blank = readServerFacts(empty, about, {});
    QVERIFY(blank && !blank->systemId && !blank->timeline && !blank->currentLsn && blank->databases.empty());
    SqlRows identifier { { u"system_identifier"_s }, { 20 }, { { u"-3"_s } }, {}, 1 };
    empty.at(3) = identifier;
    QCOMPARE(
        readServerFacts(empty, about, {})->systemId, std::optional(SystemId { 18446744073709551613ULL }));
}

void TestPostgresWords::waitsGrowToAMinute()
{
    std::vector<qint64> waits;
    for (const int failed : { -1, 0, 1, 2, 3, 4, 5, 6, 1000 })
        waits.push_back(backoff(failed).count());
    QCOMPARE(waits, (std::vector<qint64> { 2, 2, 2, 5, 15, 30, 60, 60, 60 }));
}

QTEST_GUILESS_MAIN(TestPostgresWords)
#include "tst_postgreswords.moc"
