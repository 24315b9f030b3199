#include "lab/processes.h"
#include "support/labprogram.h"
#include "support/temporaryfolder.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace tidemark;

// `up` is killed at one moment after another, each time further on; then it must end well.
class TestLabKilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedWhileBuildingTheNextUpWorks();
    void killedWhileRemovingTheNextDownWorks();
    void cleanupTestCase();

private:
    // Starts the program and kills it after that many milliseconds; how far it came, in its own words.
    QString killAfter(const QStringList &arguments, int milliseconds) const;

    test::TemporaryFolder m_folder;
    QString m_lab = m_folder.filePath(u"lab"_s);
    QString m_id;
};

QString TestLabKilled::killAfter(const QStringList &arguments, int milliseconds) const
{
    QProcess process;
    process.start(test::labProgram(), arguments);
    if (!process.waitForStarted())
        return process.errorString();
    process.waitForFinished(milliseconds); // false: it still works, as it should
    kill(static_cast<pid_t>(process.processId()), process.processId() > 0 ? SIGKILL : 0);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed().replace(u'\n', u", "_s);
}

void TestLabKilled::killedWhileBuildingTheNextUpWorks()
{
    QRandomGenerator random(20'261'120);
    // Later kills find services of earlier runs complete; --rebuild takes them back to the beginning.
    const QList<int> moments { 5, 60, 200, 450, 900, 1500, 2400, 3500, 5000 };
    for (const int moment : moments) {
        const int jittered = moment + random.bounded(moment / 2 + 5);
        QStringList arguments { u"up"_s, m_lab };
        if (moment == 2400 || moment == 3500)
            arguments << u"--rebuild"_s << u"vault-db"_s << u"--rebuild"_s << u"harbor-db"_s;
        const QString seen = killAfter(arguments, jittered);
        qInfo("killed after %d ms: %s", jittered, qPrintable(seen));
    }
    QElapsedTimer timer;
    timer.start();
    const auto made = test::lab({ u"up"_s, m_lab });
    QVERIFY2(made.code == 0, qPrintable(made.out + made.err));
    qInfo("up after the kills: %.1f s", double(timer.elapsed()) / 1000);
    const auto told = test::lab({ u"status"_s, m_lab });
    QVERIFY2(told.code == 0, qPrintable(told.out + told.err));
    m_id = test::jsonFile(m_lab + u"/lab.json"_s)[u"id"_s].toString();
    QCOMPARE(test::truthOf(m_lab, u"harbor-db"_s)[u"accidents"_s].toArray().size(), 3);
}

void TestLabKilled::killedWhileRemovingTheNextDownWorks()
{
    for (const int moment : { 5, 40, 150 })
        qInfo("killed after %d ms: %s", moment, qPrintable(killAfter({ u"down"_s, m_lab }, moment)));
    const auto gone = test::lab({ u"down"_s, m_lab });
    QVERIFY2(gone.code == 0 || gone.code == 3, qPrintable(gone.err)); // 3: a killed one had just finished
    QVERIFY(!QDir(m_lab).exists());
    QVERIFY(lab::processesOf(m_id).empty());
}

void TestLabKilled::cleanupTestCase()
{
    const QString id = test::jsonFile(m_lab + u"/lab.json"_s)[u"id"_s].toString();
    if (!id.isEmpty())
        QVERIFY(lab::endProcesses(id));
}

QTEST_GUILESS_MAIN(TestLabKilled)
#include "tst_labkilled.moc"
