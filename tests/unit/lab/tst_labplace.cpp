#include "lab/cluster.h"
#include "lab/clusterservice.h"
#include "lab/command.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"
#include "values/settingvalue.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::lab;

// Which folders become a lab, what is read of it, and what is told.
class TestLabPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldersThatCannotBeALabAreRefused_data();
    void foldersThatCannotBeALabAreRefused();
    void aFolderWithSomethingInItIsRefused();
    void whatAKilledWriterLeftDoesNotCount();
    void whoMadeTheFolderIsKnownEvenAfterAKill_data();
    void whoMadeTheFolderIsKnownEvenAfterAKill();
    void aFolderMadeInVainGoesAgain();
    void plainShortNamesServeAsTheyAre_data();
    void plainShortNamesServeAsTheyAre();
    void rubbishInTheMarkerIsNotALab_data();
    void rubbishInTheMarkerIsNotALab();
    void aMarkerComesBackAsWritten();
    void settingsAreQuoted_data();
    void settingsAreQuoted();
    void theLockIsForOne();
    void statusNamesTheWorst();
    void statusIsPrintedWhole();
};

void TestLabPlace::foldersThatCannotBeALabAreRefused_data()
{
    QTest::addColumn<QString>("argument");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a file") << u"/etc/passwd"_s;
    QTest::newRow("a name of 300 bytes") << u"/tmp/"_s + QString(300, u'x');
    QTest::newRow("a zero byte") << u"/tmp/a"_s + QChar(u'\0') + u"b"_s;
    QTest::newRow("not text") << u"/tmp/a"_s + QChar(QChar::ReplacementCharacter);
}

void TestLabPlace::foldersThatCannotBeALabAreRefused()
{
    QFETCH(QString, argument);
    const auto folder = folderNamed(argument);
    QVERIFY(!folder);
    QCOMPARE(folder.error().code, u"lab.folder"_s);
}

void TestLabPlace::aFolderWithSomethingInItIsRefused()
{
    const test::TemporaryFolder folder;
    QVERIFY(QFile(folder.filePath(u"thesis.tex"_s)).open(QIODevice::WriteOnly));
    const auto place = makePlace(folder.path(), {});
    QVERIFY(!place);
    QCOMPARE(place.error().detail,
        folder.path() + u" is neither empty nor a practice lab (it holds \"thesis.tex\")"_s);
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList { u"thesis.tex"_s });
}

void TestLabPlace::whatAKilledWriterLeftDoesNotCount()
{
    const test::TemporaryFolder folder;
    QVERIFY(QFile(folder.filePath(u"lab.json.XaBcDe"_s)).open(QIODevice::WriteOnly));
    const auto place = makePlace(folder.path(), u"/pg/bin"_s);
    QVERIFY2(place, test::wordsOf(std::optional(place)).constData());
    const auto again = openPlace(folder.path());
    QVERIFY(again);
    QCOMPARE(again->marker, place->marker);
}

void TestLabPlace::whoMadeTheFolderIsKnownEvenAfterAKill_data()
{
    QTest::addColumn<bool>("wasThere");
    QTest::newRow("a person") << true;
    QTest::newRow("a run that was killed then") << false;
}

void TestLabPlace::whoMadeTheFolderIsKnownEvenAfterAKill()
{
    QFETCH(bool, wasThere);
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"lab"_s);
    QVERIFY(!wasThere || QDir().mkpath(path));
    QVERIFY(makeNotedFolder(path)); // the run that is killed
    QVERIFY(makeNotedFolder(path)); // the next
    const auto place = makePlace(path, {});
    QVERIFY2(place, test::wordsOf(std::optional(place)).constData());
    QCOMPARE(place->marker.madeFolder, !wasThere);
    QCOMPARE(QDir(path).entryList(QDir::Files | QDir::Hidden), QStringList { u"lab.json"_s });
}

void TestLabPlace::aFolderMadeInVainGoesAgain()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"lab"_s);
    QVERIFY(makeNotedFolder(path));
    QVERIFY(writeWhole(path + u"/lab.json"_s, "rubbish"));
    QVERIFY(!makePlace(path, {}));
    QVERIFY(QFile::remove(path + u"/lab.json"_s) && QDir().rmdir(path));
    QVERIFY(makeNotedFolder(path));
    QVERIFY(QDir().mkdir(path + u"/theirs"_s));
    QVERIFY(!makePlace(path, {}));
    QCOMPARE(QDir(path).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList { u"theirs"_s });
}

void TestLabPlace::plainShortNamesServeAsTheyAre_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("serves");
    QTest::newRow("plain") << u"lab-1.x_y+z"_s << true;
    QTest::newRow("a space") << u"my lab"_s << false;
    QTest::newRow("a quote") << u"it's"_s << false;
    QTest::newRow("a percent sign") << u"100%p"_s << false;
    QTest::newRow("a comma") << u"a,b"_s << false;
    QTest::newRow("a newline") << u"a\nb"_s << false;
    QTest::newRow("a command") << u"$(id)"_s << false;
    QTest::newRow("a letter outside ASCII") << u"Übung"_s << false;
    QTest::newRow("too long for a socket") << QString(90, u'x') << false;
}

void TestLabPlace::plainShortNamesServeAsTheyAre()
{
    QFETCH(QString, name);
    QFETCH(bool, serves);
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(name);
    QVERIFY(QDir().mkpath(path));
    const auto place = makePlace(path, {});
    QVERIFY2(place, test::wordsOf(std::optional(place)).constData());
    QCOMPARE(place->base == path, serves);
    QCOMPARE(QFileInfo(place->base).canonicalFilePath(), path);
    QVERIFY(isPlain(place->base) && QFile::encodeName(place->sockets).size() < 80);
    QFile::remove(place->marker.runtime + u"/lab"_s);
    if (!serves)
        QVERIFY(QDir(place->marker.runtime).removeRecursively());
}

void TestLabPlace::rubbishInTheMarkerIsNotALab_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{\"format\": 1,");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("a newer format") << QByteArray(
        R"({"format": 2, "id": "0123456789abcdef0123456789abcdef"})");
    QTest::newRow("a short id") << QByteArray(R"({"format": 1, "id": "abc"})");
    QTest::newRow("a folder that is not ours to remove")
        << QByteArray(R"({"format": 1, "id": "0123456789abcdef0123456789abcdef", "runtime": "/home"})");
}

void TestLabPlace::rubbishInTheMarkerIsNotALab()
{
    QFETCH(QByteArray, text);
    const test::TemporaryFolder folder;
    QVERIFY(writeWhole(folder.filePath(u"lab.json"_s), text));
    const auto place = openPlace(folder.path());
    QVERIFY(!place);
    QCOMPARE(place.error().code, u"lab.not-a-lab"_s);
}

void TestLabPlace::aMarkerComesBackAsWritten()
{
    const QString id = u"0123456789abcdef0123456789abcdef"_s;
    const Marker marker { id, u"/tmp/tidemark-lab-0123456789ab"_s, true, 101, u"/pg/15/bin"_s, u"abc"_s };
    const auto back = markerFrom(QJsonDocument(toJson(marker)).toJson());
    QVERIFY(back);
    QCOMPARE(*back, marker);
}

void TestLabPlace::settingsAreQuoted_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("quoted");
    QTest::newRow("plain") << u"on"_s << u"'on'"_s;
    QTest::newRow("quote") << u"it's"_s << u"'it''s'"_s;
    QTest::newRow("backslash and newline") << u"a\\b\nc"_s << u"'a\\\\b\\nc'"_s;
}

void TestLabPlace::settingsAreQuoted()
{
    QFETCH(QString, value);
    QTEST(settingValue(value), "quoted");
}

void TestLabPlace::theLockIsForOne()
{
    const test::TemporaryFolder folder;
    FolderLock other;
    {
        FolderLock one;
        QVERIFY(!FolderLock::isTaken(folder.path()));
        QVERIFY(one.take(folder.path(), 0));
        QVERIFY(FolderLock::isTaken(folder.path()));
        const auto refused = other.take(folder.path(), 0);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"lab.busy"_s);
    }
    QVERIFY(other.take(folder.path(), 0));
}

void TestLabPlace::statusNamesTheWorst()
{
    const auto with = [](const std::vector<State> &states) {
        LabStatus all;
        for (const State state : states)
            all.services.push_back({ u"x"_s, u"postgresql"_s, state, 1, {}, 0, std::nullopt, {} });
        return exitCodeOf(all.worst());
    };
    QCOMPARE(with({ State::Running, State::Running }), 0);
    QCOMPARE(with({ State::Running, State::Stopped }), 1);
    QCOMPARE(with({ State::Broken, State::Stopped, State::Running }), 2);
}

void TestLabPlace::statusIsPrintedWhole()
{
    const LabStatus all { u"/lab"_s, u"ab12"_s, true,
        { { u"harbor-db"_s, u"postgresql"_s, State::Running, 5511, u"/lab/sockets"_s, 77,
              Instant::fromSeconds(0), {} },
            { u"pbs"_s, u"pbs"_s, State::Stopped, 8007, {}, 0, std::nullopt, u"no process"_s } },
        99 };
    QCOMPARE(statusText(all),
        u"lab in /lab (tidemark-lab is at work)\n"
        "harbor-db    running  port 5511  pid 77  since 1970-01-01T00:00:00Z\n"
        "pbs          stopped  port 8007  (no process)\n"
        "traffic      running  pid 99"_s);
    QCOMPARE(QJsonDocument::fromJson(statusJson(all)),
        QJsonDocument::fromJson(
            R"({"format": 1, "lab": "/lab", "id": "ab12", "state": "stopped", "busy": true, "traffic": 99, "services": [
            {"name": "harbor-db", "kind": "postgresql", "state": "running", "port": 5511, "socket": "/lab/sockets", "pid": 77,
             "since": "1970-01-01T00:00:00Z", "detail": ""},
            {"name": "pbs", "kind": "pbs", "state": "stopped", "port": 8007, "socket": null, "pid": null, "since": null,
             "detail": "no process"}]})"));
}

QTEST_GUILESS_MAIN(TestLabPlace)
#include "tst_labplace.moc"
