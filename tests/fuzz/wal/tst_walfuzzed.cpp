#include "support/gzip.h"
#include "targets.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark::test;

// What the fuzzers found to be of use, and whatever once brought the reader down, read again.
class tst_WalFuzzed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives_data();
    void survives();
    void survivesNothing();
};

void tst_WalFuzzed::survives_data()
{
    QTest::addColumn<QString>("folder");
    const QDir all(u"" TIDEMARK_TEST_DATA "/fuzz"_s);
    for (const QString &name : all.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(name)) << all.filePath(name);
}

void tst_WalFuzzed::survives()
{
    QFETCH(QString, folder);
    const FuzzTarget target = fuzzTarget(QDir(folder).dirName().toLatin1());
    QVERIFY(target);
    int count = 0;
    for (QDirIterator files(folder, QDir::Files); files.hasNext(); ++count)
        target(unpackedFile(files.next()));
    QVERIFY(count > 0);
}

void tst_WalFuzzed::survivesNothing()
{
    for (const char *name : { "segment", "records", "parts", "history", "name" })
        for (const QByteArray &input : { QByteArray(), QByteArray("\0", 1), QByteArray(100, '\xff') })
            fuzzTarget(name)(input);
}

QTEST_GUILESS_MAIN(tst_WalFuzzed)
#include "tst_walfuzzed.moc"
