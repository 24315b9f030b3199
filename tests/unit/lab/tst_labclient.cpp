#include "labclient/practicelabprogram.h"
#include "ports/taskscope.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The console's side of the practice lab, against small programs that play tidemark-lab.
class TestLabClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesArriveOneByOneAndTheFleetFileIsNamed();
    void hostileFoldersReachTheProgramAsTheyAre();
    void failuresKeepTheirCodeAndWords_data();
    void failuresKeepTheirCodeAndWords();
    void aMissingProgramIsAnError();
    void stoppingEndsTheProgram();

private:
    QString program(const QByteArray &script);

    test::TemporaryFolder m_folder;
};

QString TestLabClient::program(const QByteArray &script)
{
    QFile file(m_folder.filePath(u"play-%1"_s.arg(QString::fromUtf8(QTest::currentTestFunction()))));
    if (file.open(QIODevice::WriteOnly)) {
        file.write("#!/bin/sh\n" + script);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    return file.fileName();
}

void TestLabClient::linesArriveOneByOneAndTheFleetFileIsNamed()
{
    QStringList lines;
    const auto lab = makePracticeLab(program("echo 'harbor-db: building'; echo 'Größe'; printf 'no end'\n"));
    const auto up
        = test::settle(lab->up(u"/somewhere/lab"_s, [&](const QString &line) { lines << line; }, {}));
    QCOMPARE(test::wordsOf(up), QByteArray("ok"));
    QCOMPARE(**up, u"/somewhere/lab/fleet.yaml"_s);
    QCOMPARE(lines, QStringList({ u"harbor-db: building"_s, u"Größe"_s }));
}

void TestLabClient::hostileFoldersReachTheProgramAsTheyAre()
{
    const QString folder = u"-a \"b\" 'c'\n$(touch d) Ω"_s;
    const QString seen = m_folder.filePath(u"seen"_s);
    const auto lab = makePracticeLab(program("printf '%s|' \"$@\" > '" + seen.toUtf8() + "'\n"));
    QCOMPARE(test::wordsOf(test::settle(lab->down(folder, {}))), QByteArray("ok"));
    QFile file(seen);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), u"down|--|"_s + folder + u'|');
}

void TestLabClient::failuresKeepTheirCodeAndWords_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("kind");
    QTest::newRow("busy") << QByteArray(
        "echo 'tidemark-lab: another one is at work [lab.busy]' >&2; exit 4\n")
                          << QByteArray("lab.busy: another one is at work") << int(ErrorKind::Conflict);
    QTest::newRow("two lines") << QByteArray(
        "printf 'tidemark-lab: harbor-db: a\\nb [lab.exit]\\n' >&2; exit 1\n")
                               << QByteArray("lab.exit: harbor-db: a\nb") << int(ErrorKind::Internal);
    QTest::newRow("not a lab") << QByteArray("echo 'tidemark-lab: no [lab.not-a-lab]' >&2; exit 3\n")
                               << QByteArray("lab.not-a-lab: no") << int(ErrorKind::NotFound);
    QTest::newRow("no code") << QByteArray("echo 'cannot open shared object' >&2; exit 127\n")
                             << QByteArray("lab.failed: cannot open shared object")
                             << int(ErrorKind::Internal);
}

void TestLabClient::failuresKeepTheirCodeAndWords()
{
    QFETCH(QByteArray, script);
    QFETCH(int, kind);
    const auto up = test::settle(makePracticeLab(program(script))->up(u"/lab"_s, {}, {}));
    QTEST(test::wordsOf(up), "words");
    QCOMPARE(int(up->error().kind), kind);
}

void TestLabClient::aMissingProgramIsAnError()
{
    const auto up = test::settle(makePracticeLab(u"/nowhere/tidemark-lab"_s)->up(u"/lab"_s, {}, {}));
    QVERIFY(up && !*up);
    QCOMPARE(up->error().code, u"lab.program"_s);
}

void TestLabClient::stoppingEndsTheProgram()
{
    std::stop_source stop;
    const auto lab = makePracticeLab(program("echo $$; exec sleep 600\n"));
    qint64 pid = 0;
    const auto seen = [&](const QString &line) {
        pid = line.toLongLong();
        stop.request_stop();
    };
    const auto up = test::settle(lab->up(u"/lab"_s, seen, stop.get_token()));
    QCOMPARE(test::wordsOf(up), QByteArray("lab.cancelled: stopped on request"));
    QTRY_VERIFY(pid > 0 && !QFile::exists(u"/proc/%1"_s.arg(pid)));
}

QTEST_GUILESS_MAIN(TestLabClient)
#include "tst_labclient.moc"
