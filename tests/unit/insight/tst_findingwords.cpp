#include "insight/findingtexts.h"
#include "insight/findingwords.h"
#include "world.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

// docs/findings.md holds the table of kinds. After a change of it run this test once with
// TIDEMARK_WRITE_DOCS=1: it writes the table anew.
class TestFindingWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasWords_data();
    void everyKindHasWords();
    void hostileNamesStayWhatTheyAre();
    void unknownCodeIsShown();
    void sentences_data();
    void sentences();
    void verdicts_data();
    void verdicts();
    void plainFormatting_data();
    void plainFormatting();
    void everyWordExists();
    void docsAreTheTable();
};

namespace {

const QString DocsPath = u"" TIDEMARK_SOURCE_DIR "/docs/findings.md"_s;

Finding full(const QString &code)
{
    Finding finding;
    finding.code = code;
    finding.cluster = u"shop"_s;
    finding.source = u"repo"_s;
    finding.subject = u"SUBJECT"_s;
    finding.part = u"PART"_s;
    finding.timeline = TimelineId { 2 };
    finding.items = { u"one"_s, u"two"_s };
    finding.count = 2;
    finding.since = Instant::fromSeconds(0);
    finding.until = Instant::fromSeconds(60);
    finding.atRisk = std::chrono::seconds(90);
    finding.bytesAtRisk = Bytes { 2048 };
    finding.measured = 0.5;
    finding.limit = 1;
    finding.said = u"SAID"_s;
    return finding;
}

QString print(const FindingWords &words)
{
    return QStringList { words.title, words.consequence, words.evidence, words.action }.join(u" / "_s);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString row(const FindingKind &kind)
{
    const FindingText *text = findingText(kind.code);
    return u"| `%1` | %2 | %3 | %4 | %5 | %6 |\n"_s.arg(QString::fromLatin1(kind.code),
        kind.severity == Severity::Failed ? u"failed"_s : u"attention"_s, kind.silent ? u"yes"_s : u"no"_s,
        QString::fromLatin1(text->title), QString::fromLatin1(text->consequence), wordFor(kind.action));
}

QString withTable(const QString &docs)
{
    const QString begin = u"<!-- kinds -->\n"_s;
    const QString end = u"<!-- end of kinds -->"_s;
    QString table = u"| code | severity | silent | says | costs | action |\n|---|---|---|---|---|---|\n"_s;
    for (const FindingKind &kind : findingKinds())
        table += row(kind);
    return docs.section(begin, 0, 0) + begin + table + end + docs.section(end, 1);
}

} // namespace

void TestFindingWords::everyKindHasWords_data()
{
    QTest::addColumn<QString>("code");
    for (const FindingKind &kind : findingKinds())
        QTest::newRow(kind.code) << QString::fromLatin1(kind.code);
}

void TestFindingWords::everyKindHasWords()
{
    QFETCH(QString, code);
    const QRegularExpression unfilled(u"[{}]|\\(unknown\\)"_s);
    const FindingWords words = wordsFor(full(code), plainFormats());
    QVERIFY(!words.title.isEmpty() && !words.consequence.isEmpty() && !words.action.isEmpty());
    QVERIFY2(!print(words).contains(unfilled), qPrintable(print(words)));
    const bool names = words.title.contains(u"shop"_s) || words.title.contains(u"repo"_s)
        || words.title.contains(u"SUBJECT"_s);
    QVERIFY2(names, qPrintable(words.title));
    QVERIFY(words.consequence.endsWith(
        u" If it is lost now, 1 min 30 s of work (2.0 KiB of WAL) is lost with it."_s));
    Finding bare;
    bare.code = code;
    QVERIFY(!print(wordsFor(bare, plainFormats())).contains(u'{'));
}

void TestFindingWords::hostileNamesStayWhatTheyAre()
{
    Finding finding = full(u"wal.gap"_s);
    finding.cluster = u"{since} %1 \"$(rm)\"\n-x"_s;
    finding.subject = u"{cluster}"_s;
    const FindingWords words = wordsFor(finding, plainFormats());
    QCOMPARE(
        words.title, u"{since} %1 \"$(rm)\"\n-x: recovery to any instant ends at 1970-01-01T00:00:00Z"_s);
    QCOMPARE(words.evidence, u"first: {cluster} · missing: 2 · timeline 2 · in repo"_s);
}

void TestFindingWords::unknownCodeIsShown()
{
    Finding finding;
    finding.code = u"of.tomorrow"_s;
    finding.said = u"it says"_s;
    QCOMPARE(print(wordsFor(finding, plainFormats())), u"of.tomorrow /  / it says / "_s);
}

void TestFindingWords::sentences_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, int which, const char *expected) {
        QTest::newRow(name) << which << QString::fromUtf8(expected);
    };
    row("nothing more is known", 0,
        "shop: recovery to any instant ends at (unknown) / Recovery ends at the first missing WAL segment, "
        "even when later ones are there. Only a new base backup opens a window again. / in pbs01 / Take a "
        "base backup…");
    row("an error speaks when nobody said a word", 1,
        "pbs01 cannot be read / New backups there, and faults in them, are not seen. / no answer / Test the "
        "connection");
    row("an error without words", 2,
        "pbs01 cannot be read / New backups there, and faults in them, are not seen. / pbs.timeout / Test "
        "the connection");
    row("missing rights", 3,
        "shop: the role may not see everything / Some faults of archiving and space cannot be seen. / "
        "missing: archiver, sizes / Copy the statements");
    row("one item that is the subject", 4,
        "shop: base backup b is damaged / It cannot be restored, nor can what builds on it. / such backups: "
        "1 / Take a base backup…");
    row("a share", 5,
        "tank of pbs01 is filling up / When it is full, backups fail. / used: 86.4 % / Show what takes the "
        "space");
    row("at risk without bytes", 6,
        "shop would lose 2 h 1 min of work, 15 min are allowed / The newest moment that can be restored is "
        "older than its objective. If it is lost now, 2 h 1 min of work is lost with it. /  / Show on the "
        "timeline");
    row("nothing at risk", 7,
        "shop would lose 2 h 1 min of work, 15 min are allowed / The newest moment that can be restored is "
        "older than its objective. /  / Show on the timeline");
}

void TestFindingWords::sentences()
{
    QFETCH(int, which);
    const QStringList codes { u"wal.gap"_s, u"source.offline"_s, u"source.offline"_s, u"server.rights"_s,
        u"base.damaged"_s, u"store.filling"_s, u"rpo.over"_s, u"rpo.over"_s };
    Finding finding;
    finding.code = codes.at(which);
    finding.cluster = u"shop"_s;
    finding.source = u"pbs01"_s;
    if (which == 1 || which == 2)
        finding.error
            = Error { ErrorKind::Timeout, u"pbs.timeout"_s, which == 1 ? u"no answer"_s : QString() };
    if (which == 3)
        finding.missing = { { u"archiver"_s, {} }, { u"sizes"_s, {} } };
    if (which == 4) {
        finding.subject = u"b"_s;
        finding.items = { u"b"_s };
        finding.count = 1;
    }
    if (which == 5) {
        finding.subject = u"tank"_s;
        finding.measured = 0.8649;
    }
    if (which >= 6) {
        finding.measured = 7260;
        finding.limit = 900;
        finding.atRisk = std::chrono::seconds(which == 6 ? 7260 : 0);
    }
    QTEST(print(wordsFor(finding, plainFormats())), "expected");
}

void TestFindingWords::verdicts_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, int which, const char *expected) {
        QTest::newRow(name) << which << QString::fromUtf8(expected);
    };
    row("all is well", 0, "Every cluster can be restored within its objective");
    row("no objectives", 1, "Nothing is known to be wrong");
    row("no clusters", 2, "No cluster is known yet");
    row("nothing read", 3, "No backup source has been read yet");
    row("a gap", 4, "shop has had no restorable moment since 2026-11-18T11:11:40Z");
    row("a store fills", 5, "tank of pbs01 is filling up");
    row("a gap, and the dump of the night after it", 6,
        "shop: recovery to any instant ends at 2026-11-18T11:11:40Z");
}

void TestFindingWords::verdicts()
{
    QFETCH(int, which);
    World world;
    if (which == 1)
        world.cluster().objectives = {};
    if (which == 2)
        world.fleet = {};
    if (which == 3) {
        world.facts = {};
        world.state = {};
    }
    if (which == 4 || which == 6)
        world.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified"_s);
    if (which == 5)
        world.read(u"pbs01"_s).usage.front().used = Bytes { 860 };
    if (which == 6) {
        ArtifactFact later = world.artifact(u"shop-0.dump"_s);
        later.id = u"later.dump"_s;
        later.database.clear();
        later.start = world.now - std::chrono::minutes(2);
        later.stop = world.now - std::chrono::minutes(1);
        world.put(later);
    }
    QTEST(verdictSentence(world.insight(), plainFormats()), "expected");
}

void TestFindingWords::plainFormatting_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << qint64(0) << u"0 s"_s;
    QTest::newRow("seconds") << qint64(59) << u"59 s"_s;
    QTest::newRow("a minute") << qint64(60) << u"1 min"_s;
    QTest::newRow("two units") << qint64(200) << u"3 min 20 s"_s;
    QTest::newRow("the two largest") << qint64(90061) << u"1 d 1 h"_s;
    QTest::newRow("long ago") << qint64(415 * 86400 + 82800) << u"1 y 2 months"_s;
    QTest::newRow("one month of two units") << qint64(396 * 86400) << u"1 y 1 month"_s;
    QTest::newRow("no gap between them") << qint64(86400 + 61) << u"1 d"_s;
}

void TestFindingWords::plainFormatting()
{
    QFETCH(qint64, seconds);
    QTEST(plainFormats().duration(std::chrono::seconds(seconds)), "expected");
}

void TestFindingWords::everyWordExists()
{
    QStringList words;
    for (int standing = int(ClusterStanding::Nothing); standing <= int(ClusterStanding::Met); ++standing)
        words.append(wordFor(ClusterStanding(standing)));
    for (int confidence = int(Confidence::Claimed); confidence <= int(Confidence::Proven); ++confidence)
        words.append(wordFor(Confidence(confidence)));
    QCOMPARE(words.join(u", "_s),
        u"nothing can be restored, not restorable any more, over its objective, not known yet, not looked at "
        u"lately, "
        "restorable, within its objective, claimed, aged, verified, proven"_s);
    QCOMPARE(findingText("of.tomorrow"), nullptr);
    QCOMPARE(findingKind(u"of.tomorrow"_s), nullptr);
}

void TestFindingWords::docsAreTheTable()
{
    const QString docs = QString::fromUtf8(contents(DocsPath));
    if (!qEnvironmentVariableIsEmpty("TIDEMARK_WRITE_DOCS")) {
        QFile file(DocsPath);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(withTable(docs).toUtf8()) > 0);
        return;
    }
    QVERIFY(docs.contains(u"<!-- kinds -->"_s));
    QCOMPARE(docs, withTable(docs));
}

QTEST_APPLESS_MAIN(TestFindingWords)
#include "tst_findingwords.moc"
