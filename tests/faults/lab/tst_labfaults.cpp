#include "lab/cluster.h"
#include "lab/processes.h"
#include "support/labprogram.h"
#include "support/temporaryfolder.h"

#include <QDir>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

// One lab in a folder with a hostile name, and what happens to it.
class TestLabFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderWithAHostileNameWorks();
    void killedServersAreStartedAgain();
    void aStalePidFileOfAnotherProcessDoesNotMisleadIt();
    void aCleanedTemporaryFolderIsMended();
    void aTakenPortIsAvoided();
    void twoAtOnceTakeTurnsOrAreRefused();
    void aFleetFileSomebodyChangedIsKept();
    void aDestroyedClusterIsNamedAndCanBeRebuilt();
    void downLeavesNothing();
    void foldersThatAreNoLabAreRefused_data();
    void foldersThatAreNoLabAreRefused();
    void aFullDiskIsToldAndTheNextUpWorks();
    void cleanupTestCase();

private:
    QJsonObject service(const QString &name) const;

    test::TemporaryFolder m_folder;
    QString m_lab = m_folder.filePath(u"-l $(touch pwned) 'q' \"d\" %p,;\nΩ"_s);
    QString m_id;
};

QJsonObject TestLabFaults::service(const QString &name) const
{
    const auto told = test::lab({ u"status"_s, u"--json"_s, u"--"_s, m_lab });
    const auto services = QJsonDocument::fromJson(told.out.toUtf8())[u"services"_s].toArray();
    for (const auto &one : services) {
        if (one[u"name"_s] == name)
            return one.toObject();
    }
    return {};
}

void TestLabFaults::aFolderWithAHostileNameWorks()
{
    const auto made = test::lab({ u"up"_s, u"--"_s, m_lab });
    QVERIFY2(made.code == 0, qPrintable(made.out + made.err));
    QCOMPARE(test::lab({ u"status"_s, u"--"_s, m_lab }).code, 0);
    m_id = test::jsonFile(m_lab + u"/lab.json"_s)[u"id"_s].toString();
    QVERIFY(!QDir(m_folder.path()).entryList(QDir::AllEntries).join(u' ').contains(u"pwned "_s));
}

void TestLabFaults::killedServersAreStartedAgain()
{
    for (const QString &name : { u"harbor-db"_s, u"vault-db"_s, u"pbs"_s })
        QCOMPARE(kill(service(name)[u"pid"_s].toInt(), SIGKILL), 0);
    QTRY_COMPARE(test::lab({ u"status"_s, u"--"_s, m_lab }).code, 1);
    QCOMPARE(service(u"harbor-db"_s)[u"detail"_s].toString(), u"ended without shutting down"_s);
    const auto again = test::lab({ u"up"_s, u"--"_s, m_lab });
    QVERIFY2(again.code == 0, qPrintable(again.out + again.err));
    QCOMPARE(test::lab({ u"status"_s, u"--"_s, m_lab }).code, 0);
}

void TestLabFaults::aStalePidFileOfAnotherProcessDoesNotMisleadIt()
{
    QProcess innocent;
    innocent.start(u"sleep"_s, { u"600"_s });
    QVERIFY(innocent.waitForStarted());
    const pid_t server = service(u"gap-db"_s)[u"pid"_s].toInt();
    QCOMPARE(kill(server, SIGKILL), 0);
    QTRY_VERIFY(!lab::processAt(server));
    QFile file(m_lab + u"/gap-db/data/postmaster.pid"_s);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray rest = file.readAll().split('\n').mid(1).join('\n');
    file.resize(0);
    file.write(QByteArray::number(innocent.processId()) + '\n' + rest);
    file.close();
    QCOMPARE(service(u"gap-db"_s)[u"state"_s].toString(), u"stopped"_s);
    const auto again = test::lab({ u"up"_s, u"--"_s, m_lab });
    QVERIFY2(again.code == 0, qPrintable(again.out + again.err));
    QCOMPARE(service(u"gap-db"_s)[u"state"_s].toString(), u"running"_s);
    QCOMPARE(innocent.state(), QProcess::Running);
    innocent.kill();
    innocent.waitForFinished();
}

void TestLabFaults::aCleanedTemporaryFolderIsMended()
{
    const QString runtime = test::jsonFile(m_lab + u"/lab.json"_s)[u"runtime"_s].toString();
    QVERIFY(runtime.startsWith(u"/tmp/tidemark-lab-"_s) && QDir(runtime).removeRecursively());
    QCOMPARE(test::lab({ u"status"_s, u"--"_s, m_lab }).code, 1);
    const auto again = test::lab({ u"up"_s, u"--"_s, m_lab });
    QVERIFY2(again.code == 0, qPrintable(again.out + again.err));
    QVERIFY2(!again.out.contains(u"building"_s), qPrintable(again.out));
    QCOMPARE(test::lab({ u"status"_s, u"--"_s, m_lab }).code, 0);
}

void TestLabFaults::aTakenPortIsAvoided()
{
    const auto before = service(u"pbs"_s);
    const pid_t server = before[u"pid"_s].toInt();
    QCOMPARE(kill(server, SIGKILL), 0);
    QTRY_VERIFY(!lab::processAt(server));
    QTcpServer stranger;
    QVERIFY(stranger.listen(QHostAddress::LocalHost, static_cast<quint16>(before[u"port"_s].toInt())));
    const auto again = test::lab({ u"up"_s, u"--"_s, m_lab });
    QVERIFY2(again.code == 0, qPrintable(again.out + again.err));
    const auto after = service(u"pbs"_s);
    QCOMPARE(after[u"state"_s].toString(), u"running"_s);
    QVERIFY(after[u"port"_s] != before[u"port"_s]);
    QFile fleet(m_lab + u"/fleet.yaml"_s);
    QVERIFY(fleet.open(QIODevice::ReadOnly));
    QVERIFY(fleet.readAll().contains("127.0.0.1:" + QByteArray::number(after[u"port"_s].toInt())));
}

void TestLabFaults::twoAtOnceTakeTurnsOrAreRefused()
{
    QProcess first;
    first.start(test::labProgram(), { u"up"_s, u"--rebuild"_s, u"dumps-db"_s, u"--"_s, m_lab });
    QVERIFY(first.waitForReadyRead());
    const auto refused = test::lab({ u"up"_s, u"--"_s, m_lab });
    QCOMPARE(refused.code, 4);
    QVERIFY2(refused.err.contains(u"another tidemark-lab is at work"_s), qPrintable(refused.err));
    QVERIFY(test::lab({ u"status"_s, u"--"_s, m_lab }).out.contains(u"(tidemark-lab is at work)"_s));
    const auto patient = test::lab({ u"up"_s, u"--wait"_s, u"60"_s, u"--"_s, m_lab });
    QVERIFY2(patient.code == 0, qPrintable(patient.err));
    QVERIFY(first.waitForFinished());
    QCOMPARE(first.exitCode(), 0);
}

void TestLabFaults::aFleetFileSomebodyChangedIsKept()
{
    QFile fleet(m_lab + u"/fleet.yaml"_s);
    QVERIFY(fleet.open(QIODevice::ReadWrite));
    const QByteArray changed = "# mine\n" + fleet.readAll();
    fleet.seek(0);
    fleet.write(changed);
    fleet.close();
    const auto again = test::lab({ u"up"_s, u"--"_s, m_lab });
    QCOMPARE(again.code, 0);
    QVERIFY2(again.out.contains(u"fleet.yaml: changed by somebody, kept as it is"_s), qPrintable(again.out));
    QVERIFY(fleet.open(QIODevice::ReadOnly));
    QCOMPARE(fleet.readAll(), changed);
}

void TestLabFaults::aDestroyedClusterIsNamedAndCanBeRebuilt()
{
    const pid_t server = service(u"dumps-db"_s)[u"pid"_s].toInt();
    QCOMPARE(kill(server, SIGQUIT), 0);
    QTRY_VERIFY(!lab::processAt(server));
    QVERIFY(QFile::remove(m_lab + u"/dumps-db/data/global/pg_control"_s));
    const auto broken = test::lab({ u"up"_s, u"--"_s, m_lab });
    QCOMPARE(broken.code, 1);
    QVERIFY2(broken.err.contains(u"dumps-db: "_s) && broken.err.contains(u"--rebuild dumps-db"_s),
        qPrintable(broken.err));
    const auto mended = test::lab({ u"up"_s, u"--rebuild"_s, u"dumps-db"_s, u"--"_s, m_lab });
    QVERIFY2(mended.code == 0, qPrintable(mended.err));
    QCOMPARE(test::lab({ u"up"_s, u"--rebuild"_s, u"nosuch"_s, u"--"_s, m_lab }).code, 1);
}

void TestLabFaults::downLeavesNothing()
{
    const QString runtime = test::jsonFile(m_lab + u"/lab.json"_s)[u"runtime"_s].toString();
    QVERIFY(QDir(runtime).exists());
    for (const QString &name : { u"harbor-db"_s, u"standby-db"_s })
        QCOMPARE(kill(service(name)[u"pid"_s].toInt(), SIGKILL), 0);
    const auto gone = test::lab({ u"down"_s, u"--"_s, m_lab });
    QVERIFY2(gone.code == 0, qPrintable(gone.err));
    QVERIFY(!QDir(m_lab).exists() && !QDir(runtime).exists());
    QVERIFY(lab::processesOf(m_id).empty());
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList());
}

void TestLabFaults::foldersThatAreNoLabAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    const QString full = m_folder.filePath(u"full"_s);
    QDir().mkpath(full);
    QVERIFY(QFile(full + u"/photo.jpg"_s).open(QIODevice::WriteOnly));
    QTest::newRow("up where something is") << QStringList { u"up"_s, full } << 1;
    QTest::newRow("down where no lab is") << QStringList { u"down"_s, full } << 3;
    QTest::newRow("down of the root folder") << QStringList { u"down"_s, u"/"_s } << 3;
    QTest::newRow("status of nothing") << QStringList { u"status"_s, u"/nowhere/at/all"_s } << 3;
    QTest::newRow("up in a file") << QStringList { u"up"_s, full + u"/photo.jpg"_s } << 1;
    QTest::newRow("up below a file") << QStringList { u"up"_s, full + u"/photo.jpg/lab"_s } << 1;
    QTest::newRow("up where nothing can be written") << QStringList { u"up"_s, u"/proc/lab"_s } << 1;
    QTest::newRow("a PostgreSQL that is not there")
        << QStringList { u"up"_s, u"--pg-bin"_s, u"/nowhere"_s, m_folder.filePath(u"x"_s) } << 1;
    QTest::newRow("no folder") << QStringList { u"up"_s } << 2;
    QTest::newRow("two folders") << QStringList { u"up"_s, u"a"_s, u"b"_s } << 2;
    QTest::newRow("an unknown verb") << QStringList { u"destroy"_s, full } << 2;
    QTest::newRow("an unknown option") << QStringList { u"up"_s, u"--force"_s, full } << 2;
}

void TestLabFaults::foldersThatAreNoLabAreRefused()
{
    QFETCH(QStringList, arguments);
    const auto refused = test::lab(arguments);
    QTEST(refused.code, "code");
    QVERIFY2(refused.err.startsWith(u"tidemark-lab: "_s), qPrintable(refused.err));
    QVERIFY(QFile::exists(m_folder.filePath(u"full/photo.jpg"_s)));
    QVERIFY(!QFile::exists(m_folder.filePath(u"x"_s)));
    QVERIFY(!QFile::exists(u"/nowhere/at/all"_s));
}

// No file may grow beyond 8 MB: what a WAL segment of 16 MB meets on a full disk.
void TestLabFaults::aFullDiskIsToldAndTheNextUpWorks()
{
    const QString folder = m_folder.filePath(u"tight"_s);
    QProcess tight;
    tight.setChildProcessModifier([] {
        const rlimit limit { 8 << 20, 8 << 20 };
        setrlimit(RLIMIT_FSIZE, &limit);
        signal(SIGXFSZ, SIG_IGN);
    });
    tight.start(test::labProgram(), { u"up"_s, folder });
    QVERIFY(tight.waitForFinished(60'000));
    const QString words = QString::fromUtf8(tight.readAllStandardError());
    QVERIFY2(tight.exitStatus() == QProcess::NormalExit && tight.exitCode() == 1, qPrintable(words));
    QVERIFY2(words.contains(u"-db: "_s), qPrintable(words));
    const auto made = test::lab({ u"up"_s, folder });
    QVERIFY2(made.code == 0, qPrintable(made.out + made.err));
    QCOMPARE(test::lab({ u"status"_s, folder }).code, 0);
    QCOMPARE(test::lab({ u"down"_s, folder }).code, 0);
    QVERIFY(!QDir(folder).exists());
}

void TestLabFaults::cleanupTestCase()
{
    for (const QString &folder : { m_lab, m_folder.filePath(u"tight"_s) }) {
        const QString id = test::jsonFile(folder + u"/lab.json"_s)[u"id"_s].toString();
        if (!id.isEmpty())
            QVERIFY(lab::endProcesses(id));
    }
}

QTEST_GUILESS_MAIN(TestLabFaults)
#include "tst_labfaults.moc"
