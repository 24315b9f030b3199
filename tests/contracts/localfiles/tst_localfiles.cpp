#include "localfiles/disklocalfiles.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestLocalFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServiceFileIsFoundAsLibpqDoes();
    void reading_data();
    void reading();
    void writingReplacesTheWholeFile();
    void examplesAreCopiedReadOnly();

private:
    [[nodiscard]] DiskLocalFiles::Places places() const
    {
        return { m_folder.filePath(u"home"_s), {}, m_folder.filePath(u"etc"_s),
            m_folder.filePath(u"fleets"_s), m_folder.filePath(u"da ta'$(id)"_s) };
    }
    test::TemporaryFolder m_folder;
};

void TestLocalFiles::theServiceFileIsFoundAsLibpqDoes()
{
    const QString own = m_folder.filePath(u"home/.pg_service.conf"_s);
    const QString system = m_folder.filePath(u"etc/pg_service.conf"_s);
    QCOMPARE(DiskLocalFiles(places()).serviceFilePath(), own);
    write(system, "[a]\n");
    QCOMPARE(DiskLocalFiles(places()).serviceFilePath(), system);
    write(own, "[a]\n");
    QCOMPARE(DiskLocalFiles(places()).serviceFilePath(), own);
    auto named = places();
    named.serviceFile = u"/srv/x"_s;
    QCOMPARE(DiskLocalFiles(named).serviceFilePath(), u"/srv/x"_s);
}

void TestLocalFiles::reading_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("a file") << "o'x $(id)\n.conf" << QByteArray("ok");
    QTest::newRow("missing") << "none" << QByteArray("file.missing: %/none: no such file");
    QTest::newRow("a folder") << "home" << QByteArray("file.unreadable: %/home: not a regular file");
    QTest::newRow("too large") << "large" << QByteArray("file.unreadable: %/large: larger than 4 MiB");
}

void TestLocalFiles::reading()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, words);
    write(m_folder.filePath(u"o'x $(id)\n.conf"_s), "[a]\n");
    write(m_folder.filePath(u"large"_s), QByteArray(4 * 1024 * 1024 + 1, 'x'));
    QDir().mkpath(m_folder.filePath(u"home"_s));
    DiskLocalFiles files(places());
    const auto read = test::settle(files.read(m_folder.filePath(name), {}));
    QCOMPARE(test::wordsOf(read), words.replace("%", m_folder.path().toUtf8()));
    if (words == "ok")
        QCOMPARE(**read, QByteArray("[a]\n"));
}

void TestLocalFiles::writingReplacesTheWholeFile()
{
    DiskLocalFiles files(places());
    const QString path = m_folder.filePath(u"-it's $(id) ü.ics"_s);
    for (const QByteArray &bytes : { QByteArray("a longer one\r\n"), QByteArray("b") }) {
        const auto written = test::settle(files.write(path, bytes, {}));
        QCOMPARE(test::wordsOf(written), QByteArray("ok"));
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), bytes);
    }
    const QString nowhere = m_folder.filePath(u"none/x.ics"_s);
    const auto failed = test::settle(files.write(nowhere, "b", {}));
    QCOMPARE(test::wordsOf(failed), "file.unwritable: " + nowhere.toUtf8() + ": No such file or directory");
}

void TestLocalFiles::examplesAreCopiedReadOnly()
{
    write(m_folder.filePath(u"fleets/b.yaml"_s), "name: b\n");
    write(m_folder.filePath(u"fleets/a.yaml"_s), "name: a\n");
    write(m_folder.filePath(u"fleets/README"_s), "no fleet\n");
    DiskLocalFiles files(places());
    const auto list = test::settle(files.examples({}));
    QCOMPARE(**list,
        (QStringList { m_folder.filePath(u"fleets/a.yaml"_s), m_folder.filePath(u"fleets/b.yaml"_s) }));
    for (int twice = 0; twice < 2; ++twice) {
        const auto copy = test::settle(files.readOnlyCopy((*list)->front(), {}));
        QCOMPARE(test::wordsOf(copy), QByteArray("ok"));
        QFile file(**copy);
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("name: a\n"));
        QVERIFY(!(file.permissions() & (QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther)));
    }
    const auto missing = test::settle(files.readOnlyCopy(u"/none"_s, {}));
    QCOMPARE(test::wordsOf(missing), QByteArray("file.missing: /none: no such file"));
}

QTEST_GUILESS_MAIN(TestLocalFiles)
#include "tst_localfiles.moc"
