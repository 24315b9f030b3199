#include "cataloguecontract.h"
#include "lab/cluster.h"
#include "store/postgresopen.h"
#include "support/temporaryfolder.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The same catalogue in a real PostgreSQL.
class TestPostgresCatalogue : public test::CatalogueContract
{
    Q_OBJECT

protected:
    std::shared_ptr<Catalogue> open() override { return openIn(u"postgres"_s); }
    std::unique_ptr<Database> openOld(std::size_t migrations) override
    {
        if (!sql(u"create database old"_s).isEmpty())
            return nullptr;
        auto known = builtInMigrations(Dialect::PostgreSql).value();
        known.resize(migrations);
        return openPostgres(target(u"old"_s), known).value();
    }
    std::shared_ptr<Catalogue> openOldAsNew() override { return openIn(u"old"_s); }

private Q_SLOTS:
    void initTestCase();
    void whatIsNotNewIsNotWritten();
    void twoConsolesTellDifferentSourcesAtOnce();

private:
    PostgresTarget target(const QString &database)
    {
        return { .host = m_cluster.socketFolder(),
            .port = m_cluster.port(),
            .database = database,
            .user = u"postgres"_s };
    }
    std::shared_ptr<Catalogue> openIn(const QString &database)
    {
        const auto opened = test::settle(makePostgresStore(target(database), {}));
        if (!opened || !*opened)
            qWarning("%s", test::wordsOf(opened).constData());
        return opened && *opened ? (*opened)->catalogue : nullptr;
    }
    QString sql(const QString &text)
    {
        const auto answer = m_cluster.psql(text, u"postgres"_s);
        return answer ? *answer : answer.error().detail;
    }

    test::TemporaryFolder m_folder;
    lab::Cluster m_cluster { { .folder = m_folder.filePath(u"c"_s) } };
};

void TestPostgresCatalogue::initTestCase()
{
    const auto made = m_cluster.create();
    QVERIFY2(made, test::wordsOf(std::optional(made)).constData());
    const auto started = m_cluster.start();
    QVERIFY2(started, test::wordsOf(std::optional(started)).constData());
}

void TestPostgresCatalogue::whatIsNotNewIsNotWritten()
{
    const QString fleet = u"quiet"_s;
    apply(fleet, test::sampleScan(1000));
    const QString look = u"select txid_snapshot_xmax(txid_current_snapshot())"_s;
    const QString before = sql(look);
    for (qint64 second = 1060; second <= 1300; second += 60)
        QVERIFY(!apply(fleet, test::sampleScan(second)).any());
    QCOMPARE(sql(look), before);
    QVERIFY(!apply(fleet, test::sampleScan(1301)).any());
    QVERIFY(sql(look) != before);
}

void TestPostgresCatalogue::twoConsolesTellDifferentSourcesAtOnce()
{
    const auto other = open();
    std::vector<QCoro::Task<Result<Changes>>> tasks;
    for (int i = 0; i < 20; ++i) {
        Scan scan = test::sampleScan(1000);
        scan.source = u"s%1"_s.arg(i);
        tasks.push_back((i % 2 == 0 ? other : m_catalogue)->apply(u"both"_s, scan, {}));
    }
    for (auto &task : tasks)
        QCOMPARE(test::wordsOf(test::settle(std::move(task))), "ok");
    QCOMPARE(version(u"both"_s), 20);
}

QTEST_GUILESS_MAIN(TestPostgresCatalogue)
#include "tst_postgrescatalogue.moc"
