#include "story.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

class TestRestorePath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheWay_data();
    void tellsTheWay();
    void withoutTheFactsTheAnswerStays();
    void whatAnIdleServerHasNotWrittenIsNotLost();
};

void TestRestorePath::tellsTheWay_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<double>("asked");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *given, double asked, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(given) << asked << QString::fromLatin1(expected);
    };
    const char *weekly = "wal A 1 2-9; full b 1 2.1-2.6; full c 1 6.1-6.4";
    row("nothing at all", "", 5, "nothing");
    row("before the first one", weekly, 2, "nothing next 2.6");
    row("from the only one before it", weekly, 5, "exact 5 b claimed wal A 1>1 2.1-6.4 x5 02 06 grows");
    row("from the newest one before it", weekly, 8, "exact 8 c claimed wal A 1>1 6.1-10 x4 06 09 grows");
    row("just before the newest one stopped", weekly, 6.3,
        "exact 6.3 b claimed wal A 1>1 2.1-6.4 x5 02 06 grows");
    row("at its stop point", weekly, 6.4, "exact 6.4 c claimed wal A 1>1 6.1-6.4 x1 06 06 grows");
    row("after all", weekly, 12, "earlier 10 c claimed wal A 1>1 6.1-10 x4 06 09 grows");
    row("a full one and its increments",
        "wal A 1 2-9; full b 1 2.1-2.6; incr i b 1 4.1-4.2; incr j i 1 5.1-5.2", 7,
        "exact 7 b+i+j claimed wal A 1>1 5.1-10 x5 05 09 grows");
    row("an increment whose base is lost",
        "wal A 1 2-9; full b 1 2.1-2.6; incr i gone 1 4.1-4.2; incr j i 1 5.1-5.2", 7,
        "exact 7 b claimed wal A 1>1 2.1-10 x8 02 09 grows");
    row("an increment whose base is damaged",
        "wal A 1 2-9; full a 1 2.1-2.2; full b 1 3.1-3.2 damaged; incr i b 1 4.1-4.2", 7,
        "exact 7 a claimed wal A 1>1 2.1-10 x8 02 09 grows");
    row("an increment whose base lacks its own WAL", "wal A 1 4-9; full b 1 2.1-2.6; incr i b 1 4.1-4.2", 7,
        "exact 7 b+i claimed wal A 1>1 4.1-10 x6 04 09 grows");
    row("a newer one whose own WAL is lost", "wal A 1 2-4; wal A 1 6-9; full b 1 2.1-2.6; full c 1 4.5-6.6",
        8, "earlier 5 b claimed wal A 1>1 2.1-5 x3 02 04");
    row("a newer one that is less sure", "wal A 1 2-9; full b 1 2.1-2.6 verified; full c 1 5.1-5.2", 7,
        "exact 7 b verified wal A 1>1 2.1-10 x8 02 09 grows");
    row("a newer one that is as sure", "wal A 1 2-9; full b 1 2.1-2.6 verified; full c 1 5.1-5.2 proven", 7,
        "exact 7 c proven wal A 1>1 5.1-10 x5 05 09 grows");
    row("a foreign, a refuted and a running one",
        "wal A 1 2-9; full b 1 2.1-2.6; full c 1 5.1-5.2 foreign; full d 1 5.3-5.4 refuted; full e 1 5.5-5.6 "
        "running",
        7, "exact 7 b claimed wal A 1>1 2.1-10 x8 02 09 grows");
    row("in a gap", "wal A 1 2-4; wal A 1 6-9; full b 1 2.1-2.6; full c 1 7.1-7.4", 6,
        "earlier 5 b claimed wal A 1>1 2.1-5 x3 02 04 next 7.4");
    row("after a gap", "wal A 1 2-4; wal A 1 6-9; full b 1 2.1-2.6; full c 1 7.1-7.4", 8,
        "exact 8 c claimed wal A 1>1 7.1-10 x3 07 09 grows");
    row("a snapshot in the gap", "wal A 1 2-4; wal A 1 6-9; full b 1 2.1-2.6; vm v 6.5; full c 1 7.1-7.4", 7,
        "earlier 6.5 v claimed next 7.4");
    row("across a fork", "server 2; history A 2 1@5.5; wal A 1 2-4; wal A 2 5-9; full b 1 2.1-2.6", 8,
        "exact 8 b claimed wal A 1>2 2.1-10 x8 02 09 grows");
    row("after a fork, a base of the new timeline",
        "server 2; history A 2 1@5.5; wal A 1 2-4; wal A 2 5-9; full b 1 2.1-2.6; full c 2 6.1-6.2", 8,
        "exact 8 c claimed wal A 2>2 6.1-10 x4 06 09 grows");
    row("it carries its own WAL", "wal A 1 3-9; full b 1 2.1-3.1 carries", 5,
        "exact 5 b claimed wal A 1>1 3.1-10 x7 03 09 grows");
    row("it carries its own WAL, and no archive goes on", "full b 1 2.1-3.1 carries", 5,
        "earlier 3.1 b claimed");
    row("WAL of the archive that goes on", "wal A 1 2-5; wal B 1 4-9; full b 1 2.1-2.6; full c 1 4.1-4.2", 8,
        "exact 8 c claimed wal B 1>1 4.1-10 x6 04 09 grows");
    row("only the other archive has its own WAL",
        "wal A 1 2-3; wal A 1 5-9; wal B 1 2-4; full b 1 2.1-2.6; full c 1 5.5-5.6; full d 1 3.5-4.5", 4.8,
        "exact 4.8 d claimed wal B 1>1 3.5-5 x2 03 04 grows");
    row("segments that were copied again later", "wal A 1 2-4 late=20; wal A 1 5-9; full b 1 2.1-2.6", 9,
        "exact 9 b claimed wal A 1>1 2.1-10 x8 02 09 grows");
    row("an archive that tells no times", "wal A 1 2-9 untimed; full b 1 2.1-2.6; full c 1 6.1-6.2", 4,
        "exact 4 b claimed wal A 1>1 2.1-6.2 x5 02 06 grows");
    row("dumps of all databases, without globals", "dump d shop 4; dump e wiki 4.2", 5,
        "earlier 4 d+e claimed roleless");
    row("a dump of one of several databases", "dump d shop 4; dump e wiki 4.2 refuted", 5,
        "earlier 4 d claimed partly");
    row("a whole snapshot before a newer dump of one database", "vm v 3; dump d shop 2; dump e wiki 4.2", 5,
        "earlier 3 v claimed part 4.2 e");
    row("dumps of all databases behind a snapshot", "vm v 3; dump d shop 4; dump e wiki 4.2", 5,
        "earlier 4 d+e claimed roleless");
    row("a whole window before a newer dump of one database",
        "wal A 1 2-2; full b 1 2.1-2.6; dump d shop 2; dump e wiki 4.2", 5,
        "earlier 3 b claimed wal A 1>1 2.1-3 x1 02 02 grows part 4.2 e");
    row("a dump of one database, before anything whole", "vm v 6; dump d shop 4; dump e wiki 5.2", 5,
        "earlier 4 d claimed partly next 5.2");
    const char *night = "globals g 4; dump w wiki 4.3 globals; dump s shop 4.1 globals verified";
    row("all databases of one run, its globals first", night, 5, "earlier 4.1 g+s+w claimed");
    row("a part of a run, before all of it is there", night, 4.2, "earlier 4.1 s verified partly next 4.3");
    row("a run whose globals are refuted",
        "globals g 4 refuted; dump w wiki 4.3 globals; dump s shop 4.1 globals", 5,
        "earlier 4.1 s+w claimed roleless");
    row("the only database with its globals", "globals g 4; dump s shop 4.1 globals", 5,
        "earlier 4.1 g+s claimed");
    row("a run that lacks a database, after one that is whole",
        "globals g 4; dump w wiki 4.3 globals; dump s shop 4.1 globals; globals h 904; dump t shop 904.1 "
        "globals; "
        "now 2000",
        1000, "earlier 4.3 h+t+w claimed");
    row("a run that lacks a database, asked of before",
        "globals g 4; dump w wiki 4.3 globals; dump s shop 4.1 globals; globals h 904; dump t shop 904.1 "
        "globals; "
        "now 2000",
        900, "earlier 4.1 g+s+w claimed next 904.1");
    row("a snapshot newer than the run", "globals g 4; dump s shop 4.1 globals; vm v 4.2", 5,
        "earlier 4.2 v claimed");
}

void TestRestorePath::tellsTheWay()
{
    QFETCH(QString, given);
    QFETCH(double, asked);
    const Story story = Story::of(given);
    QTEST(print(story.pathTo(asked), story.facts), "expected");
}

// What was concluded at an earlier start is shown before the facts are read.
void TestRestorePath::withoutTheFactsTheAnswerStays()
{
    const Story story
        = Story::of(u"wal A 1 2-9; full b 1 2.1-2.6; vm v 12; globals g 14; dump s shop 14.1 globals"_s);
    const Recoverability found = story.result();
    const ClusterFacts none;
    const auto told
        = [&](double asked) { return print(restorePath(none, found, {}, Story::minute(asked)), none); };
    QCOMPARE(told(5), u"exact 5  claimed grows"_s);
    QCOMPARE(told(13), u"earlier 12  claimed next 14.1"_s);
    QCOMPARE(told(15), u"earlier 14.1  claimed"_s);
    QCOMPARE(told(1), u"nothing next 2.6"_s);
}

void TestRestorePath::whatAnIdleServerHasNotWrittenIsNotLost()
{
    const auto lostAt = [](bool idle, bool grows, qint64 readAt, qint64 asked) {
        RestorePath path;
        path.answer.kind = tidemark::Answer::Kind::Earlier;
        path.answer.at = Instant::fromSeconds(1000);
        path.answer.lost = std::chrono::seconds(asked - 1000);
        path.grows = grows;
        Risk risk;
        risk.idle = idle;
        risk.serverReadAt = Instant::fromSeconds(readAt);
        discountIdle(path, risk, Instant::fromSeconds(asked));
        return std::chrono::duration_cast<std::chrono::seconds>(path.answer.lost).count();
    };
    QCOMPARE(lostAt(true, true, 1900, 2000), 100);
    QCOMPARE(lostAt(true, true, 1900, 1500), 0);
    QCOMPARE(lostAt(true, true, 900, 1500), 500); // the server was read before the archive ended
    QCOMPARE(lostAt(false, true, 1900, 2000), 1000);
    QCOMPARE(lostAt(true, false, 1900, 2000), 1000); // a gap: what comes behind it is lost
}

QTEST_APPLESS_MAIN(TestRestorePath)
#include "tst_restorepath.moc"
