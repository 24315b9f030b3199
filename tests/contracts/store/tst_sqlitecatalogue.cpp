#include "cataloguecontract.h"
#include "store/sqlitefile.h"
#include "support/temporaryfolder.h"

#include <QCryptographicHash>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestSqliteCatalogue : public test::CatalogueContract
{
    Q_OBJECT

protected:
    std::shared_ptr<Catalogue> open() override
    {
        const auto opened = test::settle(makeSqliteStore(m_folder.path(), {}));
        return opened && *opened ? (*opened)->catalogue : nullptr;
    }
    std::unique_ptr<Database> openOld(std::size_t migrations) override
    {
        auto known = builtInMigrations(Dialect::Sqlite).value();
        known.resize(migrations);
        auto opened = openSqlite(m_old.path(), known);
        return opened ? std::move(opened->database) : nullptr;
    }
    std::shared_ptr<Catalogue> openOldAsNew() override
    {
        return test::settle(makeSqliteStore(m_old.path(), {})).value().value().catalogue;
    }

private Q_SLOTS:
    void whatIsNotNewIsNotWritten();
    void aDamagedPageIsToldAndMadeAnew_data();
    void aDamagedPageIsToldAndMadeAnew();

private:
    QByteArray bytesOfTheFiles() const
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const QString &name : { u"store.db"_s, u"store.db-wal"_s }) {
            QFile file(m_folder.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                hash.addData(&file);
        }
        return hash.result();
    }

    test::TemporaryFolder m_folder;
    test::TemporaryFolder m_old;
};

void TestSqliteCatalogue::whatIsNotNewIsNotWritten()
{
    const QString fleet = u"quiet"_s;
    Scan scan = test::sampleScan(1000);
    for (int i = 0; i < 1000; ++i) // several pages, all of them told again
        scan.artifacts.push_back(test::plainArtifact(QString::number(i), 2000 + i));
    apply(fleet, scan);
    Database beside(Dialect::Sqlite);
    beside.connection().setDatabaseName(m_folder.filePath(u"store.db"_s));
    beside.connection().setConnectOptions(u"QSQLITE_OPEN_READONLY"_s);
    QVERIFY(beside.open());
    // SQLite's own count of what other connections committed.
    const auto committed = [&beside] { return beside.value(u"PRAGMA data_version"_s).value().toInt(); };
    const int version = committed();
    const QByteArray before = bytesOfTheFiles();
    const qint64 size = QFileInfo(m_folder.filePath(u"store.db"_s)).size();
    for (scan.at = Instant::fromSeconds(1060); scan.at <= Instant::fromSeconds(1300);
         scan.at = scan.at + std::chrono::seconds(60)) {
        QVERIFY(!apply(fleet, scan).any());
        QVERIFY(!known(fleet).stamps.isEmpty());
    }
    QCOMPARE(committed(), version);
    QCOMPARE(bytesOfTheFiles(), before);
    QCOMPARE(QFileInfo(m_folder.filePath(u"store.db"_s)).size(), size);
    scan.at = Instant::fromSeconds(1301); // the time of reading, every five minutes
    QVERIFY(!apply(fleet, scan).any());
    QVERIFY(committed() != version);
    QVERIFY(bytesOfTheFiles() != before);
}

void TestSqliteCatalogue::aDamagedPageIsToldAndMadeAnew_data()
{
    QTest::addColumn<QString>("column");
    for (const char *column : { "names", "facts", "own" })
        QTest::newRow(column) << QString::fromLatin1(column);
}

void TestSqliteCatalogue::aDamagedPageIsToldAndMadeAnew()
{
    QFETCH(const QString, column);
    const QString fleet = u"damaged "_s + column;
    Scan scan = test::sampleScan(1000);
    for (int i = 0; i < 600; ++i)
        scan.artifacts.push_back(test::plainArtifact(u"x%1"_s.arg(i, 3, 10, QLatin1Char('0')), 2000 + i));
    apply(fleet, scan);
    m_catalogue.reset();
    {
        auto opened = openSqlite(m_folder.path(), builtInMigrations(Dialect::Sqlite).value()).value();
        const QString found
            = u"SELECT source, page, %1 FROM artifact_pages JOIN catalogue_sources ON id = source "
              "WHERE fleet = ? ORDER BY page"_s.arg(column);
        const QVariantList row = opened.database->rows(found, { fleet }).value().front();
        QByteArray bytes = row.at(2).toByteArray();
        bytes[bytes.size() / 2] = static_cast<char>(bytes.at(bytes.size() / 2) ^ 4);
        const QString damage
            = u"UPDATE artifact_pages SET %1 = ? WHERE source = ? AND page = ?"_s.arg(column);
        QVERIFY(opened.database->exec(damage, { bytes, row.at(0), row.at(1) }));
    }
    m_catalogue = open();
    const SourceFacts source = factsOf(test::shopFleet(fleet)).sources.front();
    if (column != u"own"_s) // insight does without
        QCOMPARE(source.troubles.back().error.code, u"store.damaged"_s);
    const auto one = test::settle(m_catalogue->artifact(fleet, u"repo"_s, test::sampleArtifact().id, {}));
    QVERIFY2(test::wordsOf(one).startsWith("store.damaged"), test::wordsOf(one).constData());
    if (column == u"names"_s)
        QCOMPARE(known(fleet).stamps.size(), 602 - 256);
    QVERIFY(apply(fleet, scan).any());
    QVERIFY(artifact(fleet, test::sampleArtifact().id) == test::sampleArtifact());
    QCOMPARE(known(fleet).stamps.size(), 602);
    QVERIFY(factsOf(test::shopFleet(fleet)).sources.front().troubles == scan.troubles);
}

QTEST_GUILESS_MAIN(TestSqliteCatalogue)
#include "tst_sqlitecatalogue.moc"
