#include "ctl/help.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The man page is made from the command table; TIDEMARK_WRITE_DOCS=1 writes it anew.
class tst_ManPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeFromTheTable();
    void rendersWithoutWarnings();
};

static const QString path = u"" TIDEMARK_SOURCE_DIR "/installer/man/tidemarkctl.1"_s;

void tst_ManPage::isMadeFromTheTable()
{
    if (!qEnvironmentVariableIsEmpty("TIDEMARK_WRITE_DOCS")) {
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(ctl::manPage());
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), QString::fromUtf8(ctl::manPage()));
}

void tst_ManPage::rendersWithoutWarnings()
{
    QProcess man;
    man.start(u"man"_s, { u"--warnings"_s, u"-l"_s, path });
    QVERIFY2(man.waitForFinished(30'000), qPrintable(man.errorString()));
    QCOMPARE(QString::fromUtf8(man.readAllStandardError()), QString());
    QCOMPARE(man.exitCode(), 0);
    const QString page = QString::fromUtf8(man.readAllStandardOutput());
    for (const ctl::Command &command : ctl::commands())
        QVERIFY2(page.contains(command.name), qPrintable(command.name + u" is not in:\n"_s + page));
}

QTEST_GUILESS_MAIN(tst_ManPage)
#include "tst_manpage.moc"
