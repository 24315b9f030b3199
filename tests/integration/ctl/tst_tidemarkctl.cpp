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

QTEST_GUILESS_MAIN(tst_TidemarkCtl)
#include "tst_tidemarkctl.moc"
