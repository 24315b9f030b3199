#include "secrets/corefiles.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <cstdlib>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestCoreFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCrashLeavesNone();
    void theProgramsForbidThem_data();
    void theProgramsForbidThem();
};

// In a child that had every right to one.
void TestCoreFiles::aCrashLeavesNone()
{
    const pid_t child = ::fork();
    if (child == 0) {
        rlimit limit {};
        ::getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_CORE, &limit);
        forbidCoreFiles();
        ::getrlimit(RLIMIT_CORE, &limit);
        if (limit.rlim_cur > 1 || limit.rlim_max > 1)
            ::_exit(1);
        ::signal(SIGABRT, SIG_DFL); // not the test's own report of a crash
        std::abort();
    }
    QVERIFY(child > 0);
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY2(WIFSIGNALED(status), "the limit was not set");
    QVERIFY(!WCOREDUMP(status));
}

void TestCoreFiles::theProgramsForbidThem_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("console") << u"/app/main.cpp"_s;
    QTest::newRow("tidemarkctl") << u"/app/ctlmain.cpp"_s;
}

// As their first act: nothing they were given is in memory before.
void TestCoreFiles::theProgramsForbidThem()
{
    QFETCH(QString, file);
    QFile source(QStringLiteral(TIDEMARK_SOURCE_DIR) + file);
    QVERIFY(source.open(QIODevice::ReadOnly));
    QVERIFY(source.readAll().contains("int main(int argc, char **argv)\n{\n    forbidCoreFiles();\n"));
}

QTEST_GUILESS_MAIN(TestCoreFiles)
#include "tst_corefiles.moc"
