#include "store/store.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The tidemarkctl program as it is installed, against the servers of a practice lab it builds itself.
class tst_TidemarkCtl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void answersAtOnce_data();
    void answersAtOnce();
    void labRuns();
    void fleetOfTheLabIsGood();
    void serversAnswer();
    void datastoresAnswer();
    void snapshotsAnswer();
    void tasksAnswer();
    void whatCanBeRestoredIsTold();
    void offlineReadsWhatAnotherProcessHasOpen();
    void checkSpeaksAsAMonitoringPlugin();

private:
    struct Ended {
        int code = -1;
        QString out;
        QString err;
    };
    [[nodiscard]] static Ended run(const QStringList &arguments);
    [[nodiscard]] QJsonObject json(const QStringList &arguments, int code) const;

    test::TemporaryFolder m_folder;
    QString m_lab;
    QString m_fleet;
};

tst_TidemarkCtl::Ended tst_TidemarkCtl::run(const QStringList &arguments)
{
    QProcess process;
    process.start(u"" TIDEMARK_BIN_DIR "/tidemarkctl"_s, arguments);
    if (!process.waitForFinished(120'000))
        return { -1, {}, u"hung"_s };
    return { process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError()) };
}

QJsonObject tst_TidemarkCtl::json(const QStringList &arguments, int code) const
{
    const Ended ended = run(arguments + QStringList { u"--json"_s, u"--fleet"_s, m_fleet });
    if (ended.code != code)
        qWarning() << "exit" << ended.code << ended.out << ended.err;
    return ended.code == code ? QJsonDocument::fromJson(ended.out.toUtf8()).object() : QJsonObject();
}

void tst_TidemarkCtl::initTestCase()
{
    m_lab = m_folder.filePath(u"it's a \"lab\""_s);
    m_fleet = m_lab + u"/fleet.yaml"_s;
    const Ended up = run({ u"lab"_s, u"up"_s, m_lab });
    QVERIFY2(up.code == 0, qPrintable(up.out + up.err));
}

void tst_TidemarkCtl::cleanupTestCase()
{
    const Ended down = run({ u"lab"_s, u"down"_s, m_lab });
    QVERIFY2(down.code == 0, qPrintable(down.out + down.err));
    QCOMPARE(run({ u"lab"_s, u"status"_s, m_lab }).code, 3);
}

void tst_TidemarkCtl::answersAtOnce_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("version") << QStringList { u"--version"_s } << 0;
    QTest::newRow("help") << QStringList { u"--help"_s } << 0;
    QTest::newRow("help of a command") << QStringList { u"servers"_s, u"--help"_s } << 0;
    QTest::newRow("nothing") << QStringList() << 3;
    QTest::newRow("unknown command") << QStringList { u"sever"_s } << 3;
    QTest::newRow("no such file") << QStringList { u"fleet"_s, u"check"_s, u"/no/such"_s } << 3;
}

void tst_TidemarkCtl::answersAtOnce()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, code);
    QCOMPARE(ended.out.isEmpty(), code == 3);
    QCOMPARE(ended.err.count(u'\n'), code == 3 ? 1 : 0);
}

void tst_TidemarkCtl::labRuns()
{
    const Ended status = run({ u"lab"_s, u"status"_s, m_lab });
    QVERIFY2(status.code == 0, qPrintable(status.out + status.err));
}

void tst_TidemarkCtl::fleetOfTheLabIsGood()
{
    const Ended ended = run({ u"fleet"_s, u"check"_s, m_fleet });
    QCOMPARE(ended.out, u"ok: the fleet file has no mistakes\n"_s);
    QCOMPARE(ended.code, 0);
}

void tst_TidemarkCtl::serversAnswer()
{
    const QJsonObject answer = json({ u"servers"_s, u"harbor-db"_s }, 0);
    QCOMPARE(answer[u"summary"_s].toString(), u"1 of 1 servers answer"_s);
    const QJsonObject facts = answer[u"servers"_s].toArray().first()[u"facts"_s].toObject();
    QVERIFY(facts[u"versionNumber"_s].toInt() >= 130000);
    QCOMPARE(facts[u"archiveMode"_s].toString(), u"on"_s);
    const Ended all = run({ u"servers"_s, u"--fleet"_s, m_fleet });
    QVERIFY2(all.out.contains(u": 5 of 5 servers answer\n"_s), qPrintable(all.out + all.err));
}

void tst_TidemarkCtl::datastoresAnswer()
{
    const Ended ended = run({ u"pbs"_s, u"datastores"_s, u"--json"_s, u"--fleet"_s, m_fleet });
    const QJsonObject answer = QJsonDocument::fromJson(ended.out.toUtf8()).object();
    QVERIFY2(ended.code < 3, qPrintable(ended.out + ended.err));
    QVERIFY(!answer[u"datastores"_s].toArray().isEmpty());
}

void tst_TidemarkCtl::snapshotsAnswer()
{
    const Ended ended = run({ u"pbs"_s, u"snapshots"_s, u"--json"_s, u"--fleet"_s, m_fleet });
    const QJsonObject answer = QJsonDocument::fromJson(ended.out.toUtf8()).object();
    QVERIFY2(ended.code < 3, qPrintable(ended.out + ended.err));
    QVERIFY(answer[u"count"_s].toInt() > 14); // fourteen months of them
    QCOMPARE(answer[u"snapshots"_s].toArray().size(), answer[u"count"_s].toInt());
}

void tst_TidemarkCtl::tasksAnswer()
{
    const Ended ended
        = run({ u"pbs"_s, u"tasks"_s, u"--since"_s, u"2 y"_s, u"--json"_s, u"--fleet"_s, m_fleet });
    const QJsonObject answer = QJsonDocument::fromJson(ended.out.toUtf8()).object();
    QVERIFY2(answer.contains(u"tasks"_s), qPrintable(ended.out + ended.err));
    QVERIFY2(!ended.out.contains(u"pbs.no-credential"_s), qPrintable(ended.out));
}

// One store for the program's starts, and none of the person who runs the tests.
void tst_TidemarkCtl::whatCanBeRestoredIsTold()
{
    qputenv("XDG_DATA_HOME", m_folder.filePath(u"data"_s).toUtf8());
    const QJsonObject sources = json({ u"sources"_s }, 0);
    QVERIFY(sources[u"sources"_s].toArray().size() >= 7);
    const QJsonArray gaps = json({ u"gaps"_s, u"gap-db"_s }, 2)[u"gaps"_s].toArray();
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(gaps.first().toObject()[u"cause"_s].toString(), u"missing-wal"_s);
    const QJsonObject risk = json({ u"risk"_s, u"harbor-db"_s }, 0);
    QCOMPARE(risk[u"clusters"_s].toArray().first().toObject()[u"standing"_s].toString(), u"met"_s);
    // The lab's servers are reached through a socket: their disk is this machine's.
    QVERIFY(risk[u"clusters"_s].toArray().first().toObject()[u"walFreeBytes"_s].toDouble() > 0);
    const QJsonArray before = json({ u"windows"_s, u"harbor-db"_s }, 0)[u"windows"_s].toArray();
    const QJsonArray offline
        = json({ u"windows"_s, u"harbor-db"_s, u"--offline"_s }, 0)[u"windows"_s].toArray();
    QVERIFY(!before.isEmpty());
    QCOMPARE(offline.size(), before.size());
}

// As while a console is open: this process holds the store, and goes on writing.
void tst_TidemarkCtl::offlineReadsWhatAnotherProcessHasOpen()
{
    const QStringList windows { u"windows"_s, u"harbor-db"_s, u"--offline"_s };
    const QJsonArray before = json(windows, 0)[u"windows"_s].toArray();
    const auto held = test::settle(makeSqliteStore(m_folder.filePath(u"data/tidemark"_s), {}));
    QCOMPARE(test::wordsOf(held), "ok");
    const QJsonObject meanwhile = json(windows, 0);
    QCOMPARE(meanwhile[u"windows"_s].toArray().size(), before.size());
    const QString said = meanwhile[u"remarks"_s].toArray().first().toObject()[u"text"_s].toString();
    QVERIFY2(said.startsWith(u"Another Tidemark has the store open"_s), qPrintable(said));
    const auto written = test::settle((*held)->catalogue->keepInsight(u"x"_s, { 1, "bytes" }, {}));
    QCOMPARE(test::wordsOf(written), "ok");
}

void tst_TidemarkCtl::checkSpeaksAsAMonitoringPlugin()
{
    const Ended lapsed = run({ u"check"_s, u"gap-db"_s, u"--fleet"_s, m_fleet });
    QCOMPARE(lapsed.code, 2);
    QVERIFY2(lapsed.out.startsWith(u"TIDEMARK CRITICAL - gap-db: "_s) && lapsed.out.count(u'\n') == 1,
        qPrintable(lapsed.out));
    QVERIFY2(lapsed.out.contains(u" | 'at_risk'="_s), qPrintable(lapsed.out));
}

QTEST_GUILESS_MAIN(tst_TidemarkCtl)
#include "tst_tidemarkctl.moc"
