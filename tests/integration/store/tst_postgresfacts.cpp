#include "factstorecontract.h"
#include "lab/cluster.h"
#include "store/migrations.h"
#include "support/temporaryfolder.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

const QString team = u"the \"team's\" \\ $(x); drop schema tidemark --"_s;

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

// The newest schema this program knows.
QByteArray newest()
{
    return QByteArray::number(builtInMigrations(Dialect::PostgreSql).value().size());
}

} // namespace

// The same store in a real PostgreSQL, for a team whose group role has a hostile name.
class TestPostgresFacts : public test::FactStoreContract
{
    Q_OBJECT

protected:
    std::shared_ptr<FactStore> open() override
    {
        const auto opened = test::settle(makePostgresStore(target(u"team"_s, u"anna"_s), {}));
        if (!opened || !*opened)
            qWarning("%s", test::wordsOf(opened).constData());
        return opened && *opened ? (*opened)->store : nullptr;
    }

private Q_SLOTS:
    void initTestCase();
    void tablesBelongToTheTeam();
    void anotherMemberSeesTheSame();
    void manyConsolesOpenAnEmptyStoreAtOnce();
    void aSchemaOfAStrangerIsRefused();
    void whoMayNotMakeASchemaIsToldSo();
    void aNewerSchemaIsRefusedUntouched();
    void aWrongPasswordIsDenied();
    void nobodyThereIsUnreachable();
    void aRestartedServerIsFoundAgain();
    void whatIsNotNewIsNotWritten();

private:
    PostgresTarget target(const QString &database, const QString &user)
    {
        return { .host = m_cluster.socketFolder(),
            .port = m_cluster.port(),
            .database = database,
            .user = user,
            .password = Secret("it's a \\ secret") };
    }
    QString sql(const QString &text, const QString &database = u"team"_s)
    {
        const auto answer = m_cluster.psql(text, database);
        return answer ? *answer : answer.error().detail;
    }
    QByteArray opening(const PostgresTarget &target)
    {
        return test::wordsOf(test::settle(makePostgresStore(target, {}), std::chrono::seconds(30)));
    }

    test::TemporaryFolder m_folder;
    lab::Cluster m_cluster { { .folder = m_folder.filePath(u"c"_s),
        .hba = { u"local all postgres trust"_s, u"local all all scram-sha-256"_s } } };
};

void TestPostgresFacts::initTestCase()
{
    const auto made = m_cluster.create();
    QVERIFY2(made, test::wordsOf(std::optional(made)).constData());
    const auto started = m_cluster.start();
    QVERIFY2(started, test::wordsOf(std::optional(started)).constData());
    const QString owner = quoted(team);
    QCOMPARE(sql(u"create role %1; create role anna login password 'it''s a \\ secret' in role %1; "
                 "create role ben login password 'it''s a \\ secret' in role %1; "
                 "create role carl login password 'it''s a \\ secret'"_s.arg(owner),
                 u"postgres"_s),
        QString());
    for (const QString &database : { u"team"_s, u"empty"_s, u"newer"_s, u"bare"_s })
        QCOMPARE(sql(u"create database "_s + database, u"postgres"_s), QString());
    for (const QString &database : { u"team"_s, u"empty"_s, u"newer"_s })
        QCOMPARE(sql(u"create schema tidemark authorization "_s + owner, database), QString());
}

void TestPostgresFacts::tablesBelongToTheTeam()
{
    QCOMPARE(
        sql(u"select string_agg(tablename || ' ' || (tableowner = $team$%1$team$), ', ' order by tablename) "
            "from pg_tables where schemaname = 'tidemark'"_s.arg(team)),
        u"acceptances true, artifact_groups true, artifact_pages true, catalogue_sources true, catalogues "
        "true, conclusions true, meta true, migrations true, moments true, runs true, server_copies true, "
        "server_facts "
        "true, "
        "server_facts_history true, sources true, wal_archives true, wal_spans true"_s);
    QCOMPARE(sql(u"select count(*) from pg_tables where schemaname = 'public'"_s), u"0"_s);
}

void TestPostgresFacts::anotherMemberSeesTheSame()
{
    QVERIFY(kept(u"shared"_s, u"a"_s, test::sampleServer(1000)));
    const auto bens = test::settle(makePostgresStore(target(u"team"_s, u"ben"_s), {}));
    QCOMPARE(test::wordsOf(bens), "ok");
    const auto written
        = test::settle((*bens)->store->keep(u"shared"_s, u"a"_s, test::sampleServer(2000), {}));
    QVERIFY(written && *written && **written);
    QVERIFY(*last(u"shared"_s).state.servers.front().facts == test::sampleServer(2000));
}

void TestPostgresFacts::manyConsolesOpenAnEmptyStoreAtOnce()
{
    std::vector<QCoro::Task<Result<StoreOpened>>> tasks;
    for (int i = 0; i < 6; ++i)
        tasks.push_back(makePostgresStore(target(u"empty"_s, i % 2 == 0 ? u"anna"_s : u"ben"_s), {}));
    for (auto &task : tasks)
        QCOMPARE(test::wordsOf(test::settle(std::move(task), std::chrono::seconds(30))), "ok");
    QCOMPARE(sql(u"select count(*) from tidemark.migrations"_s, u"empty"_s), QString::fromLatin1(newest()));
}

void TestPostgresFacts::aSchemaOfAStrangerIsRefused()
{
    QCOMPARE(opening(target(u"team"_s, u"carl"_s)),
        "store.foreign: schema tidemark belongs to " + team.toUtf8() + ", whose member we are not");
}

void TestPostgresFacts::whoMayNotMakeASchemaIsToldSo()
{
    QCOMPARE(opening(target(u"bare"_s, u"carl"_s)).left(13), "store.denied:");
    QCOMPARE(sql(u"grant create on database bare to carl"_s, u"bare"_s), QString());
    QCOMPARE(opening(target(u"bare"_s, u"carl"_s)), "ok");
}

void TestPostgresFacts::aNewerSchemaIsRefusedUntouched()
{
    QCOMPARE(opening(target(u"newer"_s, u"anna"_s)), "ok");
    QCOMPARE(sql(u"insert into tidemark.migrations values (99, 'x', 0)"_s, u"newer"_s), QString());
    const QString before
        = sql(u"select string_agg(xmin || relname, ' ' order by relname) from pg_class"_s, u"newer"_s);
    QCOMPARE(opening(target(u"newer"_s, u"anna"_s)),
        "store.newer: the store has version 99, this program knows " + newest());
    QCOMPARE(
        sql(u"select string_agg(xmin || relname, ' ' order by relname) from pg_class"_s, u"newer"_s), before);
}

void TestPostgresFacts::aWrongPasswordIsDenied()
{
    PostgresTarget wrong = target(u"team"_s, u"anna"_s);
    wrong.password = Secret("wrong");
    const QByteArray words = opening(wrong);
    QVERIFY2(words.startsWith("store.denied: "), words.constData());
    QVERIFY2(words.contains("password authentication failed"), words.constData());
}

void TestPostgresFacts::nobodyThereIsUnreachable()
{
    PostgresTarget nobody = target(u"team"_s, u"anna"_s);
    nobody.host = m_folder.path();
    QCOMPARE(opening(nobody).left(18), "store.unreachable:");
    nobody.sslRootCert = u"a;b"_s;
    QCOMPARE(opening(nobody), "store.connect-options: sslrootcert holds a semicolon");
}

void TestPostgresFacts::aRestartedServerIsFoundAgain()
{
    QVERIFY(kept(u"restart"_s, u"a"_s, test::sampleServer(1000)));
    QVERIFY(m_cluster.stop());
    QCOMPARE(
        test::wordsOf(test::settle(m_store->lastFacts(u"restart"_s, {}))).left(18), "store.unreachable:");
    QVERIFY(m_cluster.start());
    QVERIFY(*last(u"restart"_s).state.servers.front().facts == test::sampleServer(1000));
    QVERIFY(m_cluster.stop());
    QVERIFY(m_cluster.start());
    QVERIFY(kept(u"restart"_s, u"a"_s, test::sampleServer(2000)));
}

void TestPostgresFacts::whatIsNotNewIsNotWritten()
{
    QVERIFY(kept(u"quiet"_s, u"a"_s, test::sampleServer(1000)));
    const QString look = u"select txid_snapshot_xmax(txid_current_snapshot())"_s;
    const QString before = sql(look);
    for (qint64 second = 990; second <= 1300; second += 10)
        QVERIFY(
            !test::settle(m_store->keep(u"quiet"_s, u"a"_s, test::sampleServer(second), {})).value().value());
    QCOMPARE(sql(look), before);
    QVERIFY(kept(u"quiet"_s, u"a"_s, test::sampleServer(1301)));
    QVERIFY(sql(look) != before);
}

QTEST_GUILESS_MAIN(TestPostgresFacts)
#include "tst_postgresfacts.moc"
