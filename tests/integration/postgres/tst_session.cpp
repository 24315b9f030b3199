#include "ports/taskscope.h"
#include "postgres/quote.h"
#include "support/postgres.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using test::ask;
using test::codeOf;
using test::printed;

namespace {

QString bigQuery()
{
    return u"SELECT g, repeat(md5(g::text), 3), NULL::text, g * 1.5 FROM generate_series(1, 200000) g"_s;
}

qint64 cpuTime()
{
    timespec spent {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return spent.tv_sec * 1'000'000'000LL + spent.tv_nsec;
}

// The longest time the event loop was kept from its timers: on the clock, and in work of this thread, which a
// busy machine does not lengthen.
class LoopWatch
{
public:
    LoopWatch()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.start(1);
        m_since.start();
        m_spent = cpuTime();
    }
    void look()
    {
        m_longest = std::max(m_longest, m_since.nsecsElapsed());
        m_hardest = std::max(m_hardest, cpuTime() - m_spent);
        m_since.restart();
        m_spent = cpuTime();
    }
    [[nodiscard]] double longest() const { return static_cast<double>(m_longest) / 1e6; }
    [[nodiscard]] double hardest() const { return static_cast<double>(m_hardest) / 1e6; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_spent = 0;
    qint64 m_longest = 0;
    qint64 m_hardest = 0;
};

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void valuesComeBackAsPrinted();
    void parametersAreNeverText_data();
    void parametersAreNeverText();
    void quotedNamesAndValuesComeBack_data();
    void quotedNamesAndValuesComeBack();
    void aFailingMemberLeavesThePipelineItsOthers();
    void aLongPipelineIsAnsweredInOrder();
    void largeResultsLeaveTheLoopAlive();
    void aStreamHandsOutPortions();
    void cancelDuringAnEndlessResultThenReuse();
    void cancelDuringALargeResultThenReuse();
    void cancelEndsAWholePipeline();
    void askersAreServedInTurn();
    void oneWhoStopsWaitingLeavesTheLine();
    void copyIsRefusedAndTheSessionLives_data();
    void copyIsRefusedAndTheSessionLives();
    void noticesAreKept();
    void theTransactionStatusIsTold();
    void optionsHoldFromTheFirstMoment();
    void aReadOnlySessionCannotWrite();
    void statementAndLockTimeoutsAreErrors();
    void anIdleTransactionIsEnded();
    void terminatedSessionsAreLost();
    void aDroppedSessionIsGoneFromTheServer();

private:
    std::shared_ptr<SqlSession> open(const SqlOptions &options = {})
    {
        auto session = test::open(m_server.bySocket(), options);
        return session ? *session : nullptr;
    }
    test::Server m_server;
};

void TestSession::initTestCase()
{
    QCOMPARE(m_server.start(), QByteArray("ok"));
}

void TestSession::valuesComeBackAsPrinted()
{
    const auto session = open();
    QVERIFY(session);
    const auto answer = ask(session,
        u"SELECT 1 AS one, NULL AS nothing, '' AS empty, 'ä\u2603\U0001F418' AS \"na\nme\", 1.50::numeric AS n, true AS t"_s);
    QCOMPARE(printed(answer), u"one, nothing, empty, na\nme, n, t | 1, NULL, , ä☃\U0001F418, 1.50, t"_s);
    QCOMPARE(answer->types, (std::vector<quint32> { 23, 25, 25, 25, 1700, 16 }));
    QCOMPARE(answer->command, u"SELECT 1"_s);
    QCOMPARE(answer->affected, 1);
    const auto made = ask(session, u"CREATE TEMP TABLE t AS SELECT generate_series(1, 7) AS g"_s);
    QCOMPARE(made ? made->affected : -1, 7);
    QCOMPARE(printed(ask(session, u"SELECT g FROM t WHERE g > 7"_s)), u"g"_s);
    QCOMPARE(printed(ask(session, u""_s)), u""_s);
    QCOMPARE(printed(ask(session, u"SELECT 1; SELECT 2"_s)), u"pg.42601"_s);
    QCOMPARE(printed(ask(session, u"SELECT nonsense"_s)), u"pg.42703"_s);
    QCOMPARE(printed(ask(session, u"SELECT 1/0"_s)), u"pg.22012"_s);
    QCOMPARE(printed(ask(session, u"SELECT g, 6/(3-g) FROM generate_series(1,3) g"_s)), u"pg.22012"_s);
    const SqlAbout about = session->about();
    QCOMPARE(about.user + u' ' + about.database, u"postgres postgres"_s);
    QVERIFY(about.versionNumber >= 130000 && about.backendPid > 0 && !about.tls && !about.tunnelled);
}

static void hostileTexts()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("quotes") << u"o'Brien \"the\" ''\"\""_s;
    QTest::newRow("a statement") << u"x'; DROP TABLE t; --"_s;
    QTest::newRow("backslashes") << u"\\'\\\\ E'\\''"_s;
    QTest::newRow("a shell's") << u"$(touch /tmp/x) `id` ${HOME}"_s;
    QTest::newRow("newlines and tabs") << u"a\nb\tc\r\n"_s;
    QTest::newRow("leading dashes") << u"--help"_s;
    QTest::newRow("Unicode") << u"Grüße ☃ \U0001F418 \u202Eevil"_s;
    QTest::newRow("dollars") << u"$$ $1 $tag$"_s;
    QTest::newRow("spaces") << u"  a  "_s;
}

void TestSession::parametersAreNeverText_data()
{
    hostileTexts();
}

void TestSession::parametersAreNeverText()
{
    QFETCH(QString, text);
    const auto session = open();
    QCOMPARE(printed(ask(session, u"SELECT $1::text AS a, $2::text AS b"_s, { text, std::nullopt })),
        u"a, b | "_s + text + u", NULL"_s);
}

void TestSession::quotedNamesAndValuesComeBack_data()
{
    hostileTexts();
}

void TestSession::quotedNamesAndValuesComeBack()
{
    QFETCH(QString, text);
    const auto session = open();
    const QString name = *quoteIdentifier(text);
    QCOMPARE(
        printed(ask(session, u"SELECT %1 AS %2"_s.arg(*quoteLiteral(text), name))), text + u" | "_s + text);
    QCOMPARE(codeOf(ask(session, u"SET standard_conforming_strings = off"_s)), u"ok"_s);
    QCOMPARE(printed(ask(session, u"SELECT %1 AS a"_s.arg(*quoteLiteral(text)))), u"a | "_s + text);
    QCOMPARE(codeOf(ask(session, u"CREATE ROLE "_s + name)), u"ok"_s);
    QCOMPARE(printed(ask(session, u"SELECT count(*) FROM pg_roles WHERE rolname = $1"_s, { text })),
        u"count | 1"_s);
    QCOMPARE(codeOf(ask(session, u"DROP ROLE "_s + name)), u"ok"_s);
}

void TestSession::aFailingMemberLeavesThePipelineItsOthers()
{
    const auto session = open();
    const std::vector<SqlStatement> statements { { u"SELECT 1 AS a"_s, {} }, { u"SELECT 1/0"_s, {} },
        { u"SELEC"_s, {} }, { u"SELECT $1::int + 1 AS b"_s, { u"2"_s } }, { u""_s, {} },
        { u"SELECT g AS c FROM generate_series(1, 3) g"_s, {} } };
    const auto answers = test::settle(session->pipeline(statements, {}));
    QVERIFY(answers);
    QStringList all;
    for (const auto &answer : *answers)
        all.append(printed(answer));
    QCOMPARE(all,
        (QStringList { u"a | 1"_s, u"pg.22012"_s, u"pg.42601"_s, u"b | 3"_s, u""_s, u"c | 1 | 2 | 3"_s }));
    QCOMPARE(session->status(), SqlStatus::Idle);
    QCOMPARE(printed(ask(session, u"SELECT 2 AS d"_s)), u"d | 2"_s);
}

// More than fits into the buffers of both sides: a client that only sends would wait for ever.
void TestSession::aLongPipelineIsAnsweredInOrder()
{
    const auto session = open();
    std::vector<SqlStatement> statements;
    constexpr int Many = 300;
    statements.reserve(Many);
    const QString bulk(20'000, u'x');
    for (int i = 0; i < Many; ++i)
        statements.push_back({ u"SELECT $1::int AS i, $2::text AS bulk"_s, { QString::number(i), bulk } });
    const auto answers = test::settle(session->pipeline(statements, {}), 30s);
    QVERIFY(answers);
    QCOMPARE(answers->size(), statements.size());
    for (std::size_t i = 0; i < answers->size(); ++i) {
        QVERIFY(answers->at(i).has_value());
        QCOMPARE(answers->at(i)->rows, (std::deque<SqlRow> { { QString::number(i), bulk } }));
    }
}

void TestSession::largeResultsLeaveTheLoopAlive()
{
    const auto session = open();
    double hardest = 1e9; // the best of three: where memory is short the kernel's work counts as ours
    for (int attempt = 0; attempt < 3 && hardest >= 16; ++attempt) {
        QElapsedTimer whole;
        whole.start();
        LoopWatch watch;
        TaskScope scope;
        std::size_t rows = 0;
        SqlValue last;
        scope.start(session->query({ bigQuery(), {} }, {}), [&](const Result<SqlRows> &answer) {
            watch.look();
            rows = answer ? answer->rows.size() : 0;
            last = answer ? answer->rows.back().front() : std::nullopt;
        });
        QTRY_COMPARE_WITH_TIMEOUT(rows, std::size_t { 200'000 }, 30'000);
        QCOMPARE(last, SqlValue(u"200000"_s));
        qInfo("200000 rows in %lld ms, longest gap in the event loop %.1f ms, of work %.1f ms",
            whole.elapsed(), watch.longest(), watch.hardest());
        hardest = std::min(hardest, watch.hardest());
    }
    QVERIFY2(hardest < 16, qPrintable(QString::number(hardest)));
}

void TestSession::aStreamHandsOutPortions()
{
    const auto session = open();
    std::size_t rows = 0;
    int portions = 0;
    QStringList columns;
    const auto portion = [&](const SqlRows &part) {
        rows += part.rows.size();
        columns = part.columns;
        ++portions;
    };
    QElapsedTimer whole;
    whole.start();
    LoopWatch watch;
    const auto answer = test::settle(session->stream({ bigQuery(), {} }, portion, {}), 30s);
    QVERIFY(answer && *answer);
    watch.look();
    qInfo("200000 rows streamed in %lld ms, %d portions, longest gap %.1f ms, of work %.1f ms",
        whole.elapsed(), portions, watch.longest(), watch.hardest());
    QCOMPARE(rows, std::size_t { 200'000 });
    QVERIFY(portions > 10);
    QVERIFY((*answer)->rows.empty());
    QCOMPARE((*answer)->affected, 200'000);
    QCOMPARE(columns, (QStringList { u"g"_s, u"repeat"_s, u"text"_s, u"?column?"_s }));
    QVERIFY2(watch.hardest() < 16, qPrintable(QString::number(watch.hardest())));
}

void TestSession::cancelDuringAnEndlessResultThenReuse()
{
    const auto session = open();
    std::stop_source source;
    int portions = 0;
    const auto portion = [&](const SqlRows &) {
        if (++portions == 3)
            source.request_stop();
    };
    const QString endless = u"SELECT generate_series(1, 9000000000)"_s;
    const auto answer = test::settle(session->stream({ endless, {} }, portion, source.get_token()), 20s);
    QVERIFY(answer);
    QCOMPARE(codeOf(*answer), u"pg.cancelled"_s);
    QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
    QCOMPARE(printed(ask(session, u"SELECT 1 AS a"_s)), u"a | 1"_s);
}

void TestSession::cancelDuringALargeResultThenReuse()
{
    const auto session = open();
    for (int round = 0; round < 5; ++round) {
        std::stop_source source;
        QTimer::singleShot(round * 20, this, [&] { source.request_stop(); });
        const QString sql = bigQuery() + u", (SELECT count(*) FROM generate_series(1, 300000)) x"_s;
        const auto answer = ask(session, sql, {}, source.get_token());
        QVERIFY2(!answer || answer->rows.size() == 200'000, qPrintable(codeOf(answer)));
        if (!answer)
            QCOMPARE(codeOf(answer), u"pg.cancelled"_s);
        QTRY_VERIFY(source.stop_requested());
        QCOMPARE(printed(ask(session, u"SELECT pg_sleep(0.05)::text AS a"_s)), u"a | "_s);
    }
}

void TestSession::cancelEndsAWholePipeline()
{
    const auto session = open();
    std::stop_source source;
    QTimer::singleShot(100, this, [&] { source.request_stop(); });
    const std::vector<SqlStatement> statements { { u"SELECT 1 AS a"_s, {} }, { u"SELECT pg_sleep(60)"_s, {} },
        { u"SELECT pg_sleep(60)"_s, {} }, { u"SELECT pg_sleep(60)"_s, {} } };
    const auto answers = test::settle(session->pipeline(statements, source.get_token()), 20s);
    QVERIFY(answers);
    QStringList codes;
    for (const auto &answer : *answers)
        codes.append(codeOf(answer));
    QCOMPARE(codes, (QStringList { u"ok"_s, u"pg.cancelled"_s, u"pg.cancelled"_s, u"pg.cancelled"_s }));
    QCOMPARE(printed(ask(session, u"SELECT 1 AS a"_s)), u"a | 1"_s);
}

void TestSession::askersAreServedInTurn()
{
    const auto session = open();
    TaskScope scope;
    QStringList told;
    const auto tell = [&](const Result<SqlRows> &answer) { told.append(printed(answer)); };
    scope.start(session->query({ u"SELECT 'first' AS a FROM pg_sleep(0.2)"_s, {} }, {}), tell);
    QCOMPARE(session->status(), SqlStatus::Busy);
    scope.start(session->query({ u"SELECT 'second' AS a"_s, {} }, {}), tell);
    scope.start(session->query({ u"SELECT 'third' AS a"_s, {} }, {}), tell);
    QTRY_COMPARE(told, (QStringList { u"a | first"_s, u"a | second"_s, u"a | third"_s }));
}

void TestSession::oneWhoStopsWaitingLeavesTheLine()
{
    const auto session = open();
    TaskScope scope;
    QStringList told;
    const auto tell = [&](const Result<SqlRows> &answer) { told.append(printed(answer)); };
    std::stop_source source;
    scope.start(session->query({ u"SELECT 'first' AS a FROM pg_sleep(0.2)"_s, {} }, {}), tell);
    scope.start(session->query({ u"SELECT 'second' AS a"_s, {} }, source.get_token()), tell);
    scope.start(session->query({ u"SELECT 'third' AS a"_s, {} }, {}), tell);
    source.request_stop();
    QTRY_COMPARE(told, (QStringList { u"pg.cancelled"_s, u"a | first"_s, u"a | third"_s }));
}

void TestSession::copyIsRefusedAndTheSessionLives_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("out") << u"COPY (SELECT generate_series(1, 100000)) TO STDOUT"_s;
    QTest::newRow("in") << u"COPY pg_temp.t FROM STDIN"_s;
}

void TestSession::copyIsRefusedAndTheSessionLives()
{
    QFETCH(QString, sql);
    const auto session = open();
    QCOMPARE(codeOf(ask(session, u"CREATE TEMP TABLE t (a int)"_s)), u"ok"_s);
    QCOMPARE(codeOf(ask(session, sql)), u"pg.copy"_s);
    QCOMPARE(printed(ask(session, u"SELECT count(*) AS a FROM t"_s)), u"a | 0"_s);
    const auto answers = test::settle(session->pipeline({ { sql, {} }, { u"SELECT 1"_s, {} } }, {}));
    QVERIFY(answers);
    QCOMPARE(codeOf(answers->at(0)), u"pg.copy"_s);
    QCOMPARE(codeOf(answers->at(1)), u"pg.lost"_s);
    QCOMPARE(session->status(), SqlStatus::Lost);
}

void TestSession::noticesAreKept()
{
    const auto session = open();
    QCOMPARE(
        codeOf(ask(session, u"DO $$ BEGIN RAISE NOTICE 'it''s %', 42; RAISE WARNING 'careful'; END $$"_s)),
        u"ok"_s);
    QStringList told;
    for (const SqlNotice &notice : session->takeNotices())
        told.append(notice.severity + u' ' + notice.code + u' ' + notice.message);
    QCOMPARE(told, (QStringList { u"NOTICE 00000 it's 42"_s, u"WARNING 01000 careful"_s }));
    QVERIFY(session->takeNotices().empty());
}

void TestSession::theTransactionStatusIsTold()
{
    const auto session = open();
    QCOMPARE(session->status(), SqlStatus::Idle);
    QCOMPARE(codeOf(ask(session, u"BEGIN"_s)), u"ok"_s);
    QCOMPARE(session->status(), SqlStatus::InTransaction);
    QCOMPARE(codeOf(ask(session, u"SELECT 1/0"_s)), u"pg.22012"_s);
    QCOMPARE(session->status(), SqlStatus::FailedTransaction);
    QCOMPARE(codeOf(ask(session, u"SELECT 1"_s)), u"pg.25P02"_s);
    QCOMPARE(codeOf(ask(session, u"ROLLBACK"_s)), u"ok"_s);
    QCOMPARE(session->status(), SqlStatus::Idle);
}

void TestSession::optionsHoldFromTheFirstMoment()
{
    SqlOptions options;
    options.readOnly = true;
    options.statementTimeout = 1500ms;
    options.lockTimeout = 700ms;
    options.idleInTransactionTimeout = 30s;
    options.idleTimeout = 60s;
    options.searchPath = u"\"a b\\\", pg_catalog"_s;
    const auto session = open(options);
    QVERIFY(session);
    const auto show = [&](const QString &name) {
        return printed(ask(session, u"SELECT current_setting('%1', true) AS s"_s.arg(name))).mid(4);
    };
    QCOMPARE(show(u"default_transaction_read_only"_s), u"on"_s);
    QCOMPARE(show(u"transaction_read_only"_s), u"on"_s);
    QCOMPARE(show(u"statement_timeout"_s), u"1500ms"_s);
    QCOMPARE(show(u"lock_timeout"_s), u"700ms"_s);
    QCOMPARE(show(u"idle_in_transaction_session_timeout"_s), u"30s"_s);
    QCOMPARE(show(u"search_path"_s), u"\"a b\\\", pg_catalog"_s);
    QCOMPARE(show(u"application_name"_s), u"tidemark"_s);
    if (session->about().versionNumber >= 140000)
        QCOMPARE(show(u"idle_session_timeout"_s), u"1min"_s);
}

void TestSession::aReadOnlySessionCannotWrite()
{
    SqlOptions options;
    options.readOnly = true;
    QVERIFY(m_server.cluster().psql(u"CREATE TABLE kept (a int); CREATE SEQUENCE counted"_s));
    const auto session = open(options);
    for (const QString &sql : { u"CREATE TABLE w (a int)"_s, u"CREATE ROLE w"_s, u"DROP DATABASE postgres"_s,
             u"GRANT pg_monitor TO postgres"_s, u"COMMENT ON ROLE postgres IS 'x'"_s,
             u"INSERT INTO kept VALUES (1)"_s, u"SELECT nextval('counted')"_s, u"TRUNCATE kept"_s }) {
        const auto answer = ask(session, sql);
        QCOMPARE(codeOf(answer) + u" "_s + sql, u"pg.25006 "_s + sql);
    }
    QCOMPARE(
        m_server.cluster().psql(u"SELECT count(*) FROM pg_roles WHERE rolname = 'w'"_s).value_or(QString()),
        u"0"_s);
}

void TestSession::statementAndLockTimeoutsAreErrors()
{
    SqlOptions options;
    options.statementTimeout = 300ms;
    options.lockTimeout = 100ms;
    const auto session = open(options);
    const auto slow = ask(session, u"SELECT pg_sleep(30)"_s);
    QCOMPARE(codeOf(slow), u"pg.57014"_s);
    QCOMPARE(slow.error().kind, ErrorKind::Timeout);
    const auto holder = open();
    QCOMPARE(codeOf(ask(holder, u"CREATE TABLE locked (a int)"_s)), u"ok"_s);
    QCOMPARE(codeOf(ask(holder, u"BEGIN"_s)), u"ok"_s);
    QCOMPARE(codeOf(ask(holder, u"LOCK TABLE locked"_s)), u"ok"_s);
    const auto waited = ask(session, u"SELECT * FROM locked"_s);
    QCOMPARE(codeOf(waited), u"pg.55P03"_s);
    QCOMPARE(waited.error().kind, ErrorKind::Conflict);
    QCOMPARE(codeOf(ask(holder, u"ROLLBACK"_s)), u"ok"_s);
    QCOMPARE(printed(ask(session, u"SELECT * FROM locked"_s)), u"a"_s);
    const auto other = open();
    TaskScope scope;
    std::optional<Result<SqlRows>> cancelledByOther;
    scope.start(
        other->query({ u"SELECT pg_sleep(30)"_s, {} }, {}), [&](auto answer) { cancelledByOther = answer; });
    const auto pid = QString::number(other->about().backendPid);
    QTRY_VERIFY(codeOf(ask(holder, u"SELECT pg_cancel_backend($1)"_s, { pid })) == u"ok" && cancelledByOther);
    QCOMPARE(cancelledByOther->error(),
        (Error { ErrorKind::Conflict, u"pg.57014"_s, u"canceling statement due to user request"_s }));
}

void TestSession::anIdleTransactionIsEnded()
{
    SqlOptions options;
    options.idleInTransactionTimeout = 100ms;
    const auto session = open(options);
    QCOMPARE(codeOf(ask(session, u"BEGIN"_s)), u"ok"_s);
    const auto observer = open();
    const auto pid = QString::number(session->about().backendPid);
    QTRY_COMPARE(
        printed(ask(observer, u"SELECT count(*) AS n FROM pg_stat_activity WHERE pid = $1"_s, { pid })),
        u"n | 0"_s);
    QCOMPARE(codeOf(ask(session, u"SELECT 1"_s)), u"pg.25P03"_s);
    QCOMPARE(session->status(), SqlStatus::Lost);
    QCOMPARE(codeOf(ask(session, u"SELECT 1"_s)), u"pg.closed"_s);
}

void TestSession::terminatedSessionsAreLost()
{
    const auto session = open();
    const auto killer = open();
    TaskScope scope;
    std::optional<Result<SqlRows>> ended;
    std::optional<std::vector<Result<SqlRows>>> after;
    scope.start(session->query({ u"SELECT pg_sleep(60)"_s, {} }, {}), [&](auto answer) { ended = answer; });
    scope.start(session->pipeline({ { u"SELECT 1"_s, {} }, { u"SELECT 2"_s, {} } }, {}),
        [&](auto answers) { after = answers; });
    const auto pid = QString::number(session->about().backendPid);
    QCOMPARE(codeOf(ask(killer, u"SELECT pg_terminate_backend($1)"_s, { pid })), u"ok"_s);
    QTRY_VERIFY(ended && after);
    QCOMPARE(codeOf(*ended), u"pg.57P01"_s);
    QCOMPARE(ended->error().kind, ErrorKind::Unreachable);
    QCOMPARE(codeOf(after->at(0)) + codeOf(after->at(1)), u"pg.closedpg.closed"_s);
}

void TestSession::aDroppedSessionIsGoneFromTheServer()
{
    auto session = open();
    const auto observer = open();
    const auto pid = QString::number(session->about().backendPid);
    const auto count = [&] {
        return printed(
            ask(observer, u"SELECT count(*) AS n FROM pg_stat_activity WHERE pid = $1"_s, { pid }));
    };
    QCOMPARE(count(), u"n | 1"_s);
    session.reset();
    QTRY_COMPARE(count(), u"n | 0"_s);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
