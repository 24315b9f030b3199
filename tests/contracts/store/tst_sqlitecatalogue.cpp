#include "cataloguecontract.h"
#include "support/temporaryfolder.h"

#include <QCryptographicHash>

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

private Q_SLOTS:
    void whatIsNotNewIsNotWritten();

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
};

void TestSqliteCatalogue::whatIsNotNewIsNotWritten()
{
    const QString fleet = u"quiet"_s;
    apply(fleet, test::sampleScan(1000));
    const QByteArray before = bytesOfTheFiles();
    for (qint64 second = 1060; second <= 1300; second += 60)
        QVERIFY(!apply(fleet, test::sampleScan(second)).any());
    QCOMPARE(bytesOfTheFiles(), before);
    QVERIFY(!apply(fleet, test::sampleScan(1301)).any());
    QVERIFY(bytesOfTheFiles() != before);
}

QTEST_GUILESS_MAIN(TestSqliteCatalogue)
#include "tst_sqlitecatalogue.moc"
