#include "story.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

class TestRecoverability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reckons_data();
    void reckons();
    void answers_data();
    void answers();
    void theOldestIsOfTheWhole();
};

void TestRecoverability::reckons_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *given, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(given) << QString::fromLatin1(expected);
    };
    row("nothing at all", "", "");
    row("base and its WAL", "wal A 1 2-9; full b 1 2.1-2.6",
        "window 1 2.6-10 b A claimed open; newest 10 (10)");
    row("WAL of before the base opens nothing", "wal A 1 0-9; full b 1 4.1-4.6",
        "window 1 4.6-10 b A claimed open; newest 10 (10)");
    row("two spans that touch are one", "wal A 1 2-4; wal A 1 5-9; full b 1 2.1-2.6",
        "window 1 2.6-10 b A claimed open; newest 10 (10)");
    row("a segment is missing", "wal A 1 2-4; wal A 1 6-9; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; gap 1 5- missing 5+1 A; newest 5 (5)");
    row("and a base began after it", "wal A 1 2-4; wal A 1 6-9; full b 1 2.1-2.6; full c 1 7.1-7.4",
        "window 1 2.6-5 b A claimed; window 1 7.4-10 c A claimed open; gap 1 5-7.4 missing 5+1 A; newest 10 "
        "(10)");
    row("a base that began before the gap does not reopen", "wal A 1 2-4; wal A 1 6-9; full b 1 4.1-6.6",
        "gap 1 3- nobase 6+0 A; useless b nowal");
    row("a bad segment", "wal A 1 2-4; bad A 1 5 empty; wal A 1 6-9; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; gap 1 5- bad 5+1 A; newest 5 (5)");
    row("bad segments at the end", "wal A 1 2-4; bad A 1 5 empty; bad A 1 6 page; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; gap 1 5- bad 5+2 A; newest 5 (5)");
    row("a short newest segment is still being copied",
        "now 6.5; wal A 1 2-4; bad A 1 5 empty; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed open; newest 5 (5)");
    row("two gaps, one base between",
        "wal A 1 2-3; wal A 1 5-6; wal A 1 8-9; full b 1 2.1-2.6; full c 1 5.1-5.2",
        "window 1 2.6-4 b A claimed; window 1 5.2-7 c A claimed; gap 1 4-5.2 missing 4+1 A; gap 1 7- missing "
        "7+1 A; newest 7 (7)");
    row("two gaps, no base between",
        "wal A 1 2-3; wal A 1 5-6; wal A 1 8-9; full b 1 2.1-2.6; full c 1 8.1-8.2",
        "window 1 2.6-4 b A claimed; window 1 8.2-10 c A claimed open; gap 1 4-8.2 missing 4+2 A; newest 10 "
        "(10)");
    row("the stop point at a segment's very end", "wal A 1 2-2; full b 1 2.1-3",
        "point 3 b claimed; newest 3");
    row("the stop point's segment is not there", "wal A 1 2-2; full b 1 2.1-3.1",
        "gap 1 3- nobase 2+0 A; useless b nowal");
    row("its first segment is not there", "wal A 1 3-9; full b 1 2.1-3.1",
        "gap 1 4- nobase 3+0 A; useless b nowal");
    row("it carries its own WAL", "wal A 1 3-9; full b 1 2.1-3.1 carries",
        "window 1 3.1-10 b A claimed open; newest 10 (10)");
    row("it carries its own WAL, and no archive goes on", "full b 1 2.1-3.1 carries",
        "point 3.1 b claimed; newest 3.1");
    row("no archive", "full b 1 2.1-3.1", "useless b nowal");
    row("WAL and no base", "wal A 1 2-9", "gap 1 3- nobase 2+0 A");
    row("WAL and a damaged base", "wal A 1 2-9; full b 1 2.1-2.6 damaged", "gap 1 3- nobase 2+0 A");
    row("of no use",
        "wal A 1 2-9; full b 1 2.1-2.6 running; full c 1 3.1-3.2 failed; full d 1 3.1-3.3 unfinished;"
        "full e 1 3.1-3.4 foreign; full f 1 3.1-3.5 refuted",
        "gap 1 3- nobase 2+0 A");
    row("a verified base in a claimed window",
        "wal A 1 2-9; full b 1 2.1-2.6; full c 1 5.1-5.2 verified; full d 1 6.1-6.2",
        "window 1 2.6-5.2 b A claimed; window 1 5.2-10 c A verified open; newest 10 (10)");
    row("every rise of confidence",
        "proof 1; now 2000; wal A 1 2-9; full a 1 2.1-2.2; full b 1 3.1-3.2 verified at=3;"
        "full c 1 4.1-4.2 verified at=1990; full d 1 5.1-5.2 proven at=1990",
        "window 1 2.2-3.2 a A claimed; window 1 3.2-4.2 b A aged; window 1 4.2-5.2 c A verified; window 1 "
        "5.2-10 d A proven open; newest 10 (10)");
    row("an increment",
        "wal A 1 2-9; full b 1 2.1-2.6 verified; incr i b 1 4.1-4.2 verified; incr j i 1 5.1-5.2",
        "window 1 2.6-10 b A verified open; newest 10 (10)");
    row("a chain is as sure as its base",
        "wal A 1 2-3; wal A 1 5-9; full b 1 2.1-2.6; incr i b 1 5.1-5.2 proven",
        "window 1 2.6-4 b A claimed; window 1 5.2-10 i A claimed open; gap 1 4-5.2 missing 4+1 A; newest 10 "
        "(10)");
    row("a chain without its base", "wal A 1 4-9; incr i b 1 4.1-4.2",
        "gap 1 5- nobase 4+0 A; useless i chain");
    row("a chain on a damaged base",
        "wal A 1 2-9; full b 1 2.1-2.6 damaged; incr i b 1 4.1-4.2; incr j i 1 5.1-5.2",
        "gap 1 3- nobase 2+0 A; useless i chain; useless j chain");
    row("a chain that bites its tail", "wal A 1 2-9; incr i j 1 4.1-4.2; incr j i 1 5.1-5.2",
        "gap 1 3- nobase 2+0 A; useless i chain; useless j chain");
    row("an archive that is only claimed", "claims A; wal A 1 2-9; full b 1 2.1-2.6 proven",
        "window 1 2.6-10 b A claimed open; newest 10 (10)");
    row("an archive of another cluster", "id A 77; wal A 1 2-9; full b 1 2.1-2.6", "useless b nowal");
    row("corrupt pages", "wal A 1 2-9; full b 1 2.1-2.6 verified badpages",
        "window 1 2.6-10 b A claimed open; newest 10 (10)");
    row("the archive knows the stop point", "wal A 1 2-9; ends A 1 2.1-2.6; full b 1 2.1-2.6 nostop",
        "window 1 2.6-10 b A claimed open; newest 10 (10)");
    row("nobody knows the stop point", "wal A 1 2-9; full b 1 2.1-2.6 nostop",
        "gap 1 3- nobase 2+0 A; useless b noposition");
    row("nobody knows when", "wal A 1 2-9; full b 1 2.1-2.6 notime",
        "gap 1 3- nobase 2+0 A; useless b notime");
    row("an archive that tells no times", "wal A 1 2-9 untimed; full b 1 2.1-2.6; full c 1 6.1-6.2",
        "window 1 2.6-6.2 (2.6-10) b A claimed open; newest 6.2 (10)");
    row("copied again later", "wal A 1 2-4 late=20; wal A 1 6-9; full b 1 2.1-2.6",
        "window 1 2.6-7 (2.6-5) b A claimed; gap 1 7- missing 5+1 A; newest 7 (5)");
    row("copied again later, all of it",
        "wal A 1 2-4 late=50; wal A 1 6-9 late=60; full b 1 2.1-2.6; full c 1 7.1-7.2",
        "window 1 2.6-7 (2.6-5) b A claimed; window 1 7.2-60 (7.2-10) c A claimed open; gap 1 7-7.2 missing "
        "5+1 A; newest 60 (10)");
    row("another repository fills the gap", "wal A 1 2-4; wal A 1 6-9; wal B 1 2-9; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; window 1 5-10 b B claimed open; covered 1 5- missing 5+1 A; newest 10 "
        "(10)");
    row("another repository fills a part", "wal A 1 2-4; wal A 1 7-9; wal B 1 2-5; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; window 1 5-6 b B claimed open; gap 1 6- missing 6+1 A; newest 6 (6)");
    row("both lack the same", "wal A 1 2-4; wal A 1 6-9; wal B 1 2-4; wal B 1 6-9; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; gap 1 5- missing 5+1 A; newest 5 (5)");
    row("the claimed repository goes further",
        "claims B; wal A 1 2-6; wal B 1 2-9; full b 1 2.1-2.6 verified",
        "window 1 2.6-7 b A verified; window 1 7-10 b B claimed open; newest 10 (10)");
    row("a base on the parent reaches the child",
        "server 2; history A 2 1@5.5; wal A 1 2-5; wal A 2 5-9; full b 1 2.1-2.6",
        "window 1 2.6-6 b A claimed; window 2 5.6-10 (5.5-10) b A claimed open; branch 1; branch 2 of 1 at "
        "5.5 current; newest 10 (10)");
    row("the parent's last segment was never archived",
        "server 2; history A 2 1@5.5; wal A 1 2-4; wal A 2 5-9; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; window 2 5-10 b A claimed open; branch 1; branch 2 of 1 at 5.5 current; "
        "newest 10 (10)");
    row("the parent lacks one before",
        "server 2; history A 2 1@5.5; wal A 1 2-3; wal A 2 5-9; full b 1 2.1-2.6",
        "window 1 2.6-4 b A claimed; gap 1 4- missing 4+1 A; branch 1; branch 2 of 1 at 5.5 current; newest "
        "4 (4)");
    row("the switch segment is not there under the new number",
        "server 2; history A 2 1@5.5; wal A 1 2-5; wal A 2 6-9; full b 1 2.1-2.6",
        "window 1 2.6-6 b A claimed; gap 2 5.6- missing 5+1 A; branch 1; branch 2 of 1 at 5.5 current; "
        "newest 5.6 (5.5)");
    row("a base on the child mends it",
        "server 2; history A 2 1@5.5; wal A 1 2-5; wal A 2 6-9; full b 1 2.1-2.6; full c 2 7.1-7.2",
        "window 1 2.6-6 b A claimed; window 2 7.2-10 c A claimed open; gap 2 5.6-7.2 missing 5+1 A; branch "
        "1; branch 2 of 1 at 5.5 current; newest 10 (10)");
    row("the parent went on after the fork",
        "server 2; history A 2 1@5.5; wal A 1 2-8; wal A 2 5-9; full b 1 2.1-2.6",
        "window 1 2.6-9 b A claimed; window 2 5.6-10 (5.5-10) b A claimed open; branch 1; branch 2 of 1 at "
        "5.5 current; newest 10 (10)");
    row("a base behind the fork does not reach the child",
        "server 2; history A 2 1@5.5; wal A 1 2-8; wal A 2 5-9; full b 1 6.1-6.6",
        "window 1 6.6-9 b A claimed; gap 2 3- nobase 5+0 A; branch 1; branch 2 of 1 at 5.5 current");
    row("a base that ends in the switch segment",
        "server 2; history A 2 1@5.5; wal A 1 2-4; wal A 2 5-9; full b 1 4.1-5.2",
        "window 2 5.2-10 b A claimed open; branch 1; branch 2 of 1 at 5.5 current; newest 10 (10)");
    row("history lost", "server 2; wal A 1 2-5; wal A 2 5-9; full b 1 2.1-2.6",
        "window 1 2.6-6 b A claimed; gap 2 6- nohistory 5+0 A; branch 1 aside; branch 2 current nohistory; "
        "newest 6 (6)");
    row("history lost, a base since",
        "server 2; wal A 1 2-5; wal A 2 5-9; full b 1 2.1-2.6; full c 2 6.1-6.2",
        "window 1 2.6-6 b A claimed; window 2 6.2-10 c A claimed open; branch 1 aside; branch 2 current "
        "nohistory; newest 10 (10)");
    row("an archive that began on timeline 3", "server 3; wal A 3 5-9; full b 3 6.1-6.2",
        "window 3 6.2-10 b A claimed open; newest 10 (10)");
    row("grandchildren",
        "server 3; history A 2 1@4.5; history A 3 1@4.5 2@6.5; wal A 1 2-4; wal A 2 4-6; wal A 3 6-9; full b "
        "1 2.1-2.6",
        "window 1 2.6-5 b A claimed; window 2 4.6-7 (4.5-7) b A claimed; window 3 6.6-10 (6.5-10) b A "
        "claimed open; branch 1; branch 2 of 1 at 4.5; branch 3 of 2 at 6.5 current; newest 10 (10)");
    row("the grandchild's file names what is between",
        "server 3; history A 3 1@4.5 2@6.5; wal A 1 2-4; wal A 2 4-6; wal A 3 6-9; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; window 2 5-7 (4.5-6.5) b A claimed; window 3 7-10 (6.5-10) b A claimed "
        "open; branch 1; branch 2 of 1 at 4.5 nohistory; branch 3 of 2 at 6.5 current; newest 10 (10)");
    row("a restore test archived here",
        "server 1; history A 2 1@5.5; wal A 1 2-9; wal A 2 5-6; full b 1 2.1-2.6",
        "window 1 2.6-10 b A claimed open; branch 1 current; branch 2 of 1 at 5.5 aside stray; newest 10 "
        "(10)");
    row("a restore test of a restore test",
        "server 1; history A 2 1@5.5; history A 3 1@5.5 2@6.5; wal A 1 2-9; wal A 2 5-6; wal A 3 6-6; full b "
        "1 2.1-2.6",
        "window 1 2.6-10 b A claimed open; branch 1 current; branch 2 of 1 at 5.5 aside stray; branch 3 of 2 "
        "at 6.5 aside stray; newest 10 (10)");
    row("an earlier attempt is no stray",
        "server 3; history A 2 1@5.5; history A 3 1@4.5; wal A 1 2-5; wal A 2 5-6; wal A 3 4-9; full b 1 "
        "2.1-2.6",
        "window 1 2.6-6 b A claimed; window 3 4.6-10 (4.5-10) b A claimed open; window 2 5.6-7 (5.5-7) b A "
        "claimed; branch 1; branch 2 of 1 at 5.5 aside; branch 3 of 1 at 4.5 current; newest 10 (10)");
    row("without a server nothing is called stray",
        "history A 2 1@5.5; wal A 1 2-9; wal A 2 5-6; full b 1 2.1-2.6",
        "window 1 2.6-10 b A claimed open; window 2 5.6-7 (5.5-7) b A claimed; branch 1 current; branch 2 of "
        "1 at 5.5 aside; newest 10 (10)");
    row("only the history of a stray", "server 1; history A 2 1@5.5; wal A 1 2-9; full b 1 2.1-2.6",
        "window 1 2.6-10 b A claimed open; branch 1 current; branch 2 of 1 at 5.5 aside stray; newest 10 "
        "(10)");
    row("just failed over", "server 2; history A 2 1@5.5; wal A 1 2-4; full b 1 2.1-2.6",
        "window 1 2.6-5 b A claimed; branch 1; branch 2 of 1 at 5.5 current; newest 5 (5)");
    row("points", "dump d shop 4 globals; vm v 5; vm w 6 refuted",
        "point 4 d claimed; point 5 v claimed; run 4-4 d claimed roleless; newest 5");
    row("dumps of several databases", "dump d shop 4 globals; dump e wiki 4 globals; dump f - 5 globals",
        "point 4 d claimed partly; point 4 e claimed partly; point 5 f claimed; run 4-4 d+e claimed "
        "roleless; newest 5");
    row("a dump of all needs no globals", "dump d - 4", "point 4 d claimed; newest 4");
    row("a dump without globals", "dump d shop 4",
        "point 4 d claimed partly; run 4-4 d claimed roleless; newest 4");
    row("a point does not end a window", "wal A 1 2-4; full b 1 2.1-2.6; vm v 8",
        "window 1 2.6-5 b A claimed open; point 8 v claimed; newest 8 (5)");
    row("what every database has a dump of", "vm v 3; dump d shop 4; dump e wiki 4.2",
        "point 3 v claimed; point 4 d claimed partly; point 4.2 e claimed partly; run 4-4.2 d+e claimed "
        "roleless; newest 4");
    row("one of them has no usable dump", "vm v 3; dump d shop 4 refuted; dump e wiki 4.2",
        "point 3 v claimed; point 4.2 e claimed partly; newest 3");
    row("beside a window", "wal A 1 2-2; full b 1 2.1-2.6; dump d shop 2.8; dump e wiki 4.2",
        "window 1 2.6-3 b A claimed open; point 2.8 d claimed partly; point 4.2 e claimed partly; run "
        "2.8-4.2 "
        "d+e claimed roleless; newest 3 "
        "(3)");
    row("a run of dumps is as old as the oldest of them",
        "vm v 3; globals g 4; dump w wiki 4.3 globals; dump s shop 4.1 globals",
        "point 3 v claimed; point 4.1 s claimed partly; point 4.3 w claimed partly; run 4.1-4.3 g+s+w "
        "claimed; newest 4.1");
    row("a whole point behind a run", "globals g 4; dump w wiki 4.3 globals; dump s shop 4.1 globals; vm v 5",
        "point 4.1 s claimed partly; point 4.3 w claimed partly; point 5 v claimed; run 4.1-4.3 g+s+w "
        "claimed; newest 5");
    row("times from the future are not believed", "now 5; wal A 1 2-9; full b 1 2.1-2.6",
        "window 1 2.6-5 (2.6-10) b A claimed open; newest 5 (10)");
}

void TestRecoverability::reckons()
{
    QFETCH(QString, given);
    const Story story = Story::of(given);
    QTEST(print(story.result(), story.facts), "expected");
}

void TestRecoverability::answers_data()
{
    QTest::addColumn<double>("asked");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, double asked, const char *expected) {
        QTest::newRow(name) << asked << QString::fromLatin1(expected);
    };
    row("before everything", 1, "nothing");
    row("inside a window", 3, "exact window 0 lost 0");
    row("its last instant", 5, "exact window 0 lost 0");
    row("in the gap", 6, "earlier window 0 lost 60");
    row("in the gap, after a snapshot", 6.6, "earlier point 0 lost 6");
    row("at the snapshot", 6.5, "exact point 0 lost 0");
    row("in the second window", 8, "exact window 1 lost 0");
    row("after everything", 20, "earlier window 1 lost 600");
}

void TestRecoverability::answers()
{
    QFETCH(double, asked);
    const Story story
        = Story::of(u"wal A 1 2-4; wal A 1 6-9; full b 1 2.1-2.6; full c 1 7.1-7.4; vm v 6.5"_s);
    const Answer answer = answerAt(story.result(), Story::minute(asked));
    QString text = u"nothing"_s;
    if (answer.kind != Answer::Kind::Nothing)
        text = u"%1 %2 %3 lost %4"_s
                   .arg(answer.kind == Answer::Kind::Exact ? u"exact"_s : u"earlier"_s,
                       answer.window >= 0 ? u"window"_s : u"point"_s)
                   .arg(answer.window >= 0 ? answer.window : answer.point)
                   .arg(answer.lost.count() / 1'000'000);
    QTEST(text, "expected");
}

void TestRecoverability::theOldestIsOfTheWhole()
{
    const auto oldest = [](const QString &given) { return Story::of(given).result().oldest; };
    QCOMPARE(oldest(u"dump d shop 2; dump e wiki 2.5; vm v 3"_s), Story::minute(3));
    QCOMPARE(oldest(u"globals g 4; dump w wiki 4.3 globals; dump s shop 4.1 globals; vm v 5"_s),
        Story::minute(4.1));
    QCOMPARE(oldest(u"dump d shop 2; dump e wiki 2.5"_s), Story::minute(2));
}

QTEST_APPLESS_MAIN(TestRecoverability)
#include "tst_recoverability.moc"
