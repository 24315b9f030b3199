#include "preferences/settings.h"
#include "support/samplefacts.h"
#include "support/temporaryfolder.h"

#include <QRegularExpression>
#include <QTest>

#include <sys/fsuid.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSetIsThereNextTime();
    void changesAreWrittenAMomentLater();
    void whatOthersWroteMeanwhileStays();
    void aDamagedFileIsKeptAside_data();
    void aDamagedFileIsKeptAside();
    void anUnwritableFileHoldsForTheSession();
    void anUnreadableFileIsLeftAlone();
    void aFolderThatIsAFileHoldsForTheSession();
};

void TestPreferences::whatIsSetIsThereNextTime()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"new/deep/t.ini"_s);
    const QByteArray geometry("\0\xff geometry \n\"", 13);
    {
        const auto opened = makeSettingsPreferences(path);
        QVERIFY(opened.messages.empty());
        for (const QString &name : test::hostileNames())
            opened.preferences->setText(u"name/"_s + name, name);
        opened.preferences->setText(u"empty"_s, u""_s);
        opened.preferences->setBytes(u"window/geometry"_s, geometry);
        QCOMPARE(opened.preferences->text(u"empty"_s, u"x"_s), QString());
    }
    const auto again = makeSettingsPreferences(path);
    QVERIFY(again.messages.empty());
    for (const QString &name : test::hostileNames())
        QCOMPARE(again.preferences->text(u"name/"_s + name), name);
    QCOMPARE(again.preferences->bytes(u"window/geometry"_s), geometry);
    QCOMPARE(again.preferences->text(u"empty"_s, u"x"_s), QString());
    QCOMPARE(again.preferences->text(u"never"_s, u"fallback"_s), u"fallback"_s);
    QCOMPARE(again.preferences->bytes(u"never"_s), QByteArray());
}

void TestPreferences::changesAreWrittenAMomentLater()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"t.ini"_s);
    const auto opened = makeSettingsPreferences(path);
    opened.preferences->setText(u"theme"_s, u"dark"_s);
    QVERIFY(!QFile::exists(path));
    QTRY_COMPARE(bytesOf(path), QByteArray("[General]\ntheme=dark\n"));
}

void TestPreferences::whatOthersWroteMeanwhileStays()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"t.ini"_s);
    {
        const auto opened = makeSettingsPreferences(path);
        put(path, "[General]\nother=1\n");
        opened.preferences->setText(u"theme"_s, u"dark"_s);
    }
    QCOMPARE(bytesOf(path), QByteArray("[General]\nother=1\ntheme=dark\n"));
}

void TestPreferences::aDamagedFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("no equals sign here\n");
    QTest::newRow("binary") << QByteArray(3000, '\x01');
    QTest::newRow("a section that stays open") << QByteArray("[General\ntheme=dark\n");
    QTest::newRow("too large") << QByteArray("[General]\ntheme=") + QByteArray(2 << 20, 'x');
}

void TestPreferences::aDamagedFileIsKeptAside()
{
    QFETCH(QByteArray, bytes);
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"t.ini"_s);
    put(path, bytes);
    {
        const auto opened = makeSettingsPreferences(path);
        QCOMPARE(opened.messages.size(), std::size_t { 1 });
        static const QRegularExpression form(
            u"could not be read; the file was kept as (/.+/t\\.ini\\.damaged-\\d{8}T\\d{6}Z)$"_s);
        const auto match = form.match(opened.messages.front());
        QVERIFY2(match.hasMatch(), qPrintable(opened.messages.front()));
        QVERIFY(bytesOf(match.captured(1)) == bytes);
        QCOMPARE(opened.preferences->text(u"theme"_s, u"system"_s), u"system"_s);
        opened.preferences->setText(u"theme"_s, u"light"_s);
    }
    const auto again = makeSettingsPreferences(path);
    QVERIFY(again.messages.empty());
    QCOMPARE(again.preferences->text(u"theme"_s), u"light"_s);
}

void TestPreferences::anUnwritableFileHoldsForTheSession()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"t.ini"_s);
    put(path, "[General]\ntheme=dark\n");
    const auto enter = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup;
    QVERIFY(QFile::setPermissions(folder.path(), enter));
    setfsuid(geteuid() == 0 ? 65534 : geteuid());
    {
        const auto opened = makeSettingsPreferences(path);
        QCOMPARE(opened.messages,
            std::vector { u"settings hold for this session only: %1 cannot be written"_s.arg(path) });
        QCOMPARE(opened.preferences->text(u"theme"_s), u"dark"_s);
        opened.preferences->setText(u"theme"_s, u"light"_s);
        QCOMPARE(opened.preferences->text(u"theme"_s), u"light"_s);
    }
    setfsuid(geteuid());
    QVERIFY(QFile::setPermissions(folder.path(), enter | QFile::WriteOwner));
    QCOMPARE(bytesOf(path), QByteArray("[General]\ntheme=dark\n"));
}

void TestPreferences::anUnreadableFileIsLeftAlone()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"t.ini"_s);
    put(path, "[General]\ntheme=dark\n");
    QVERIFY(QFile::setPermissions(path, QFile::WriteOwner));
    setfsuid(geteuid() == 0 ? 65534 : geteuid());
    {
        const auto opened = makeSettingsPreferences(path);
        QCOMPARE(opened.messages,
            std::vector { u"settings hold for this session only: %1 cannot be used"_s.arg(path) });
        opened.preferences->setText(u"theme"_s, u"light"_s);
    }
    setfsuid(geteuid());
    QVERIFY(QFile::setPermissions(path, QFile::WriteOwner | QFile::ReadOwner));
    QCOMPARE(bytesOf(path), QByteArray("[General]\ntheme=dark\n"));
}

void TestPreferences::aFolderThatIsAFileHoldsForTheSession()
{
    const test::TemporaryFolder folder;
    put(folder.filePath(u"file"_s), "text");
    const QString path = folder.filePath(u"file/t.ini"_s);
    const auto opened = makeSettingsPreferences(path);
    QCOMPARE(opened.messages,
        std::vector { u"settings hold for this session only: %1 cannot be used"_s.arg(path) });
    opened.preferences->setText(u"theme"_s, u"light"_s);
    QCOMPARE(opened.preferences->text(u"theme"_s), u"light"_s);
    QCOMPARE(bytesOf(folder.filePath(u"file"_s)), "text");
}

QTEST_GUILESS_MAIN(TestPreferences)
#include "tst_preferences.moc"
