#include "support/pbs/print.h"
#include "support/pbs/replay.h"

#include <QFile>
#include <QTest>

#include <map>

using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

// tests/data/pbs/expected.txt: "== name (way)", then the outcome up to the next one.
std::map<QString, QString> readExpected()
{
    QFile file(QStringLiteral(TIDEMARK_TEST_DATA "/pbs/expected.txt"));
    std::map<QString, QString> out;
    if (!file.open(QIODevice::ReadOnly))
        return out;
    for (const QString &section : QString::fromUtf8(file.readAll()).split(u"\n== "_s)) {
        const QString body = section.startsWith(u"== "_s) ? section.mid(3) : section;
        const qsizetype end = body.indexOf(u'\n');
        out.emplace(body.left(end).section(u' ', 0, 0), body.trimmed());
    }
    return out;
}

QString wordFor(Way way)
{
    return way == Way::Typed ? u"typed"_s : way == Way::Raw ? u"raw"_s : u"answer"_s;
}

} // namespace

// Every exchange recorded with a real server goes through the client.
class TestPbsRecordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRecordingIsRead_data();
    void everyRecordingIsRead();
    void thereAreAllOfThem();

private:
    std::map<QString, QString> m_expected = readExpected();
    std::map<Way, int> m_ways;
    QByteArray m_printed;
};

void TestPbsRecordings::everyRecordingIsRead_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Recording &recording : recordings())
        QTest::newRow(recording.name.toUtf8().constData()) << index++;
}

void TestPbsRecordings::everyRecordingIsRead()
{
    QFETCH(int, index);
    const Recording &recording = recordings().at(static_cast<std::size_t>(index));
    const Replayed replayed = replay(recording);
    ++m_ways[replayed.way];
    const QString printed = u"%1 (%2)\n%3"_s.arg(recording.name, wordFor(replayed.way), replayed.outcome);
    m_printed += "== " + printed.toUtf8() + "\n";
    QCOMPARE(replayed.sent, replayed.recorded);
    QCOMPARE(printed.trimmed(), m_expected[recording.name]);
}

void TestPbsRecordings::thereAreAllOfThem()
{
    // For the person who reviews a change of the expectations.
    if (const QByteArray path = qgetenv("TIDEMARK_PRINT_EXPECTED"); !path.isEmpty()) {
        QFile file(QFile::decodeName(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_printed);
    }
    QCOMPARE(recordings().size(), std::size_t(437));
    QCOMPARE(m_expected.size(), std::size_t(437));
    qInfo("recordings: %d by the client's own calls, %d by its raw call, %d by the answer alone",
        m_ways[Way::Typed], m_ways[Way::Raw], m_ways[Way::AnswerOnly]);
}

QTEST_GUILESS_MAIN(TestPbsRecordings)
#include "tst_pbs_recordings.moc"
