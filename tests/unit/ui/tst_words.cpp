#include "shell/fuzzy.h"
#include "shell/sourcewords.h"
#include "support/uiworld.h"
#include "widgets/amounts.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString printed(const FuzzyMatch &match, const QString &text)
{
    QString out;
    qsizetype at = 0;
    for (const Range &range : match.ranges) {
        out += text.mid(at, range.from - at) + u'[' + text.mid(range.from, range.length) + u']';
        at = range.from + range.length;
    }
    out += text.mid(at);
    return match.synonym.isEmpty() ? out : out + u" = "_s + match.synonym;
}

QString printed(const std::vector<SourceEntry> &entries)
{
    QStringList lines;
    for (const SourceEntry &entry : entries)
        lines << glyphWords(entry.glyph) + u": "_s + entry.words;
    return lines.join(u'\n');
}

} // namespace

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("tight");
        QTest::newRow("none") << qint64(0) << u"0 s"_s << u"0 s"_s;
        QTest::newRow("seconds") << qint64(59) << u"59 s"_s << u"59 s"_s;
        QTest::newRow("minutes and seconds") << qint64(200) << u"3 min 20 s"_s << u"3 m 20 s"_s;
        QTest::newRow("whole minutes") << qint64(2040) << u"34 min"_s << u"34 m"_s;
        QTest::newRow("hours") << qint64(8640) << u"2 h 24 min"_s << u"2 h 24 m"_s;
        QTest::newRow("days and hours") << qint64(277'200) << u"3 d 5 h"_s << u"3 d 5 h"_s;
        QTest::newRow("two weeks") << qint64(14 * 86'400 + 40'000) << u"14 d"_s << u"14 d"_s;
        QTest::newRow("almost two months") << qint64(59 * 86'400) << u"59 d"_s << u"59 d"_s;
        QTest::newRow("two months") << qint64(60 * 86'400) << u"2 months"_s << u"2 mo"_s;
        QTest::newRow("a year") << qint64(365 * 86'400) << u"1 y"_s << u"1 y"_s;
        QTest::newRow("a year and more")
            << qint64(415 * 86'400 + 82'800) << u"1 y 2 months"_s << u"1 y 2 mo"_s;
        QTest::newRow("before") << qint64(-7 * 30 * 86'400) << u"7 months"_s << u"7 mo"_s;
        QTest::newRow("seven years") << qint64(2555 * 86'400) << u"7 y"_s << u"7 y"_s;
        QTest::newRow("days and minutes: the second unit is none") << qint64(86'700) << u"1 d"_s << u"1 d"_s;
    }
    void durations()
    {
        QFETCH(qint64, seconds);
        QTEST(durationWords(std::chrono::seconds(seconds)), "words");
        QTEST(tightDuration(std::chrono::seconds(seconds)), "tight");
    }

    void sizes_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << qint64(0) << u"0 B"_s;
        QTest::newRow("bytes") << qint64(999) << u"999 B"_s;
        QTest::newRow("three digits") << qint64(9'120'000'000) << u"9.12 GB"_s;
        QTest::newRow("tens") << qint64(61'400'000'000) << u"61.4 GB"_s;
        QTest::newRow("hundreds") << qint64(118'000'000'000) << u"118 GB"_s;
        QTest::newRow("rounds into the next unit") << qint64(999'600) << u"1.00 MB"_s;
        QTest::newRow("less than before") << qint64(-1'500) << u"\u22121.50 kB"_s;
        QTest::newRow("the most there is") << std::numeric_limits<qint64>::max() << u"9223 PB"_s;
    }
    void sizes()
    {
        QFETCH(qint64, bytes);
        QTEST(sizeWords(Bytes { bytes }), "words");
    }

    void countsHaveThinSpaces()
    {
        QCOMPARE(countWords(6912), u"6\u2009912"_s);
        QCOMPARE(countWords(-1'000'000), u"\u22121\u2009000\u2009000"_s);
        QCOMPARE(countWords(12), u"12"_s);
    }

    void fuzzy_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("match");
        QTest::newRow("nothing typed fits") << u""_s << u"Recover olap-db to a moment = "_s.chopped(3);
        QTest::newRow("start of words") << u"rec ol"_s << u"[Rec]over [ol]ap-db to a moment"_s;
        QTest::newRow("synonym") << u"rest ol"_s << u"Recover [ol]ap-db to a moment = restore"_s;
        QTest::newRow("letters in order") << u"rcov"_s << u"[R]e[cov]er olap-db to a moment"_s;
        QTest::newRow("capitals do not matter") << u"OLAP"_s << u"Recover [olap]-db to a moment"_s;
        QTest::newRow("a word that is not there") << u"rec zebra"_s << u"no"_s;
        QTest::newRow("two letters scattered are not a match") << u"rt"_s << u"no"_s;
        QTest::newRow("pattern signs are letters") << u".*"_s << u"no"_s;
    }
    void fuzzy()
    {
        QFETCH(QString, typed);
        const QString text = u"Recover olap-db to a moment"_s;
        const auto match = fuzzyMatch(typed, text, { u"restore"_s });
        QTEST(match ? printed(*match, text) : u"no"_s, "match");
    }
    void betterMatchesScoreMore()
    {
        const auto score
            = [](const char *text) { return fuzzyMatch(u"set"_s, QString::fromLatin1(text))->score; };
        QVERIFY(score("Settings") > score("Open settings"));
        QVERIFY(score("Open settings") > score("Reset"));
    }

    void freshness()
    {
        const Instant now = test::FakeClock().now();
        const Fleet fleet = test::exampleFleet();
        FleetState state = test::exampleState(fleet, now);
        QCOMPARE(freshnessOf({}, now).words, u"Not connected"_s);
        QCOMPARE(freshnessOf(state, now).words, u"Live · 4 s ago"_s);
        state.servers[2].reach = Reach::Stale;
        QCOMPARE(freshnessOf(state, now).words, u"stale · 4 s ago"_s);
        state.backupServers[0].reach = Reach::Offline;
        QCOMPARE(freshnessOf(state, now).words, u"pbs01 offline"_s);
    }

    void sourcesInTheStatusBar()
    {
        const Instant now = test::FakeClock().now();
        const Fleet fleet = test::exampleFleet();
        const Clocks clocks;
        QCOMPARE(printed(sourceEntries(test::exampleState(fleet, now), now, clocks)),
            u"ok: PostgreSQL: 6 of 6 connected\nok: PBS pbs01: answered 12 s ago"_s);
        QCOMPARE(printed(sourceEntries(test::offlineState(fleet, now, u"pbs01"_s), now, clocks)),
            u"ok: PostgreSQL: 6 of 6 connected\nattention: PBS pbs01: last answer 13:31:00 UTC"_s);
        QCOMPARE(printed(sourceEntries(test::offlineState(fleet, now, u"olap-db"_s), now, clocks)),
            u"attention: PostgreSQL: 5 of 6 connected\nok: PBS pbs01: answered 12 s ago"_s);
        QCOMPARE(printed(sourceEntries({}, now, clocks)),
            u"planned: PostgreSQL: not connected\nplanned: PBS: not connected"_s);
    }

    void offlineStrip()
    {
        const Instant now = test::FakeClock().now();
        Clocks clocks;
        const auto notice
            = offlineNotice(test::offlineState(test::exampleFleet(), now, u"pbs01"_s), now, clocks);
        QVERIFY(notice);
        QCOMPARE(notice->title, u"pbs01 has not answered for 34 min"_s);
        QCOMPARE(notice->text, u"Its figures are from 13:31:00 UTC; the PostgreSQL servers are current."_s);
        QCOMPARE(nextTryWords(notice->nextTry, now), u"next try 22 s"_s);
        QCOMPARE(nextTryWords(notice->nextTry, now + 30s), u"trying now"_s);
        QVERIFY(!offlineNotice(test::exampleState(test::exampleFleet(), now), now, clocks));
    }

    void theLongestSilenceComesFirst()
    {
        const Instant now = test::FakeClock().now();
        FleetState state = test::offlineState(test::exampleFleet(), now, u"pbs01"_s);
        state.servers[1].reach = Reach::Offline;
        state.servers[1].offlineSince = now - 5s;
        const auto notice = offlineNotice(state, now, Clocks());
        QCOMPARE(notice->name, u"pbs01"_s);
        QVERIFY(notice->title.startsWith(u"pbs01 and 1 more"_s));
        QCOMPARE(
            notice->text, u"Last answers: pbs01 13:31:00 UTC, %1 14:05:02 UTC."_s.arg(state.servers[1].name));
        state.servers[1].facts->readAt = now - 48h;
        state.servers[2].reach = Reach::Offline;
        state.servers[2].facts.reset();
        state.servers[2].offlineSince = now - 1s;
        QCOMPARE(offlineNotice(state, now, Clocks())->text,
            u"Last answers: pbs01 13:31:00 UTC, %1 18 Nov 14:05 UTC, %2 none yet."_s.arg(
                state.servers[1].name, state.servers[2].name));
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
