#include "schedule/recurrence.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

Instant at(const QString &iso)
{
    return Instant::parse(iso).value();
}

QString printed(const std::vector<Instant> &times)
{
    QStringList texts;
    for (const Instant time : times)
        texts << time.toIso();
    return texts.join(u' ');
}

} // namespace

class TestRecurrence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void next_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &when, const QString &form, const QString &zone,
                             const QString &after, const QString &expected) {
            QTest::newRow(name) << when << form << zone << after << expected;
        };
        row("every night", u"0 2 * * *"_s, u"cron"_s, {}, u"2026-11-20T02:00:00Z"_s,
            u"2026-11-21T02:00:00Z"_s);
        row("a fraction of a second before", u"0 2 * * *"_s, u"cron"_s, {}, u"2026-11-20T01:59:59.5Z"_s,
            u"2026-11-20T02:00:00Z"_s);
        row("in its zone", u"0 2 * * *"_s, u"cron"_s, u"Europe/Berlin"_s, u"2026-11-20T02:00:00Z"_s,
            u"2026-11-21T01:00:00Z"_s);
        row("not on Sundays", u"0 2 * * 1-6"_s, u"cron"_s, {}, u"2026-11-21T03:00:00Z"_s,
            u"2026-11-23T02:00:00Z"_s);
        row("Sunday is 0", u"0 1 * * 0"_s, u"cron"_s, {}, u"2026-11-20T00:00:00Z"_s,
            u"2026-11-22T01:00:00Z"_s);
        row("Sunday is 7 and a name", u"0 1 * * 7"_s, u"cron"_s, {}, u"2026-11-20T00:00:00Z"_s,
            u"2026-11-22T01:00:00Z"_s);
        row("day of month or weekday", u"0 0 13 * fri"_s, u"cron"_s, {}, u"2026-11-07T00:00:00Z"_s,
            u"2026-11-13T00:00:00Z"_s);
        row("or the weekday", u"0 0 13 * mon"_s, u"cron"_s, {}, u"2026-11-13T00:00:00Z"_s,
            u"2026-11-16T00:00:00Z"_s);
        row("every quarter of an hour", u"*/15 * * * *"_s, u"cron"_s, {}, u"2026-11-20T10:07:00Z"_s,
            u"2026-11-20T10:15:00Z"_s);
        row("a step from a value", u"5/20 * * * *"_s, u"cron"_s, {}, u"2026-11-20T10:06:00Z"_s,
            u"2026-11-20T10:25:00Z"_s);
        row("29 February", u"0 0 29 2 *"_s, u"cron"_s, {}, u"2026-11-20T00:00:00Z"_s,
            u"2028-02-29T00:00:00Z"_s);
        row("skipped by the clock: at the change", u"30 2 * * *"_s, u"cron"_s, u"Europe/Berlin"_s,
            u"2027-03-27T12:00:00Z"_s, u"2027-03-28T01:00:00Z"_s);
        row("comes twice: the first time", u"30 2 * * *"_s, u"cron"_s, u"Europe/Berlin"_s,
            u"2026-10-24T12:00:00Z"_s, u"2026-10-25T00:30:00Z"_s);
        row("and only then", u"30 2 * * *"_s, u"cron"_s, u"Europe/Berlin"_s, u"2026-10-25T00:30:00Z"_s,
            u"2026-10-26T01:30:00Z"_s);
        row("every hour follows the real hours", u"30 * * * *"_s, u"cron"_s, u"Europe/Berlin"_s,
            u"2026-10-25T00:30:00Z"_s, u"2026-10-25T01:30:00Z"_s);
        row("first Sunday", u"Sun 06:00"_s, u"first-weekday"_s, {}, u"2026-11-20T00:00:00Z"_s,
            u"2026-12-06T06:00:00Z"_s);
        row("first Sunday, on the day", u"Sun 06:00"_s, u"first-weekday"_s, {}, u"2026-12-06T05:59:59Z"_s,
            u"2026-12-06T06:00:00Z"_s);
        row("first Sunday of the next year", u"Sun 06:00"_s, u"first-weekday"_s, {},
            u"2026-12-06T06:00:00Z"_s, u"2027-01-03T06:00:00Z"_s);
        row("a calendar event", u"sun 05:00"_s, {}, u"Europe/Berlin"_s, u"2026-11-20T00:00:00Z"_s,
            u"2026-11-22T04:00:00Z"_s);
        row("quarterly", u"quarterly"_s, u"calendar"_s, {}, u"2026-11-20T00:00:00Z"_s,
            u"2027-01-01T00:00:00Z"_s);
        row("an interval", u"6 h"_s, u"interval"_s, {}, u"2026-11-20T01:02:03Z"_s, u"2026-11-20T07:02:03Z"_s);
    }
    void next()
    {
        QFETCH(QString, when);
        QFETCH(QString, form);
        QFETCH(QString, zone);
        QFETCH(QString, after);
        const auto rule = Recurrence::parse(when, form, zone);
        QVERIFY(rule);
        const auto found = rule->next(at(after));
        QTEST(found ? found->toIso() : u"never"_s, "expected");
    }

    void previous_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("expected");
        QTest::newRow("last night") << u"0 2 * * *"_s << u"cron"_s << u"2026-11-20T10:00:00Z"_s
                                    << u"2026-11-20T02:00:00Z"_s;
        QTest::newRow("not now itself")
            << u"0 2 * * *"_s << u"cron"_s << u"2026-11-20T02:00:00Z"_s << u"2026-11-19T02:00:00Z"_s;
        QTest::newRow("a fraction later")
            << u"0 2 * * *"_s << u"cron"_s << u"2026-11-20T02:00:00.5Z"_s << u"2026-11-20T02:00:00Z"_s;
        QTest::newRow("a minute ago")
            << u"minutely"_s << QString() << u"2026-11-20T02:00:30Z"_s << u"2026-11-20T02:00:00Z"_s;
        QTest::newRow("last year") << u"yearly"_s << QString() << u"2026-11-20T02:00:30Z"_s
                                   << u"2026-01-01T00:00:00Z"_s;
        QTest::newRow("29 February") << u"0 0 29 2 *"_s << u"cron"_s << u"2026-11-20T00:00:00Z"_s
                                     << u"2024-02-29T00:00:00Z"_s;
        QTest::newRow("an interval has none")
            << u"6 h"_s << u"interval"_s << u"2026-11-20T00:00:00Z"_s << u"never"_s;
    }
    void previous()
    {
        QFETCH(QString, when);
        QFETCH(QString, form);
        QFETCH(QString, before);
        const auto rule = Recurrence::parse(when, form, {});
        QVERIFY(rule);
        const auto found = rule->previous(at(before));
        QTEST(found ? found->toIso() : u"never"_s, "expected");
    }

    void betweenHoldsItsBeginningButNotItsEnd()
    {
        const auto rule = Recurrence::parse(u"0 */8 * * *"_s, u"cron"_s, {});
        QCOMPARE(printed(rule->between(at(u"2026-11-20T00:00:00Z"_s), at(u"2026-11-21T00:00:00Z"_s))),
            u"2026-11-20T00:00:00Z 2026-11-20T08:00:00Z 2026-11-20T16:00:00Z"_s);
    }

    void periods_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("form");
        QTest::addColumn<int>("hours");
        QTest::newRow("nightly") << u"0 2 * * *"_s << u"cron"_s << 24;
        QTest::newRow("all but Sunday: the longest") << u"0 2 * * 1-6"_s << u"cron"_s << 48;
        QTest::newRow("weekly") << u"sun 05:00"_s << u"calendar"_s << 168;
        QTest::newRow("every 6 h") << u"6 h"_s << u"interval"_s << 6;
    }
    void periods()
    {
        QFETCH(QString, when);
        QFETCH(QString, form);
        const auto rule = Recurrence::parse(when, form, {});
        QVERIFY(rule);
        QTEST(int(rule->periodAt(at(u"2026-11-21T12:00:00Z"_s)).count() / 3600), "hours");
    }

    void refused_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("zone");
        QTest::newRow("four fields") << u"0 2 * *"_s << u"cron"_s << QString();
        QTest::newRow("minute 60") << u"60 2 * * *"_s << u"cron"_s << QString();
        QTest::newRow("day 0") << u"0 2 0 * *"_s << u"cron"_s << QString();
        QTest::newRow("backwards") << u"0 5-2 * * *"_s << u"cron"_s << QString();
        QTest::newRow("step 0") << u"*/0 * * * *"_s << u"cron"_s << QString();
        QTest::newRow("sign") << u"+5 * * * *"_s << u"cron"_s << QString();
        QTest::newRow("no such weekday") << u"Son 06:00"_s << u"first-weekday"_s << QString();
        QTest::newRow("no interval") << u"0 h"_s << u"interval"_s << QString();
        QTest::newRow("no event") << u"whenever"_s << QString() << QString();
        QTest::newRow("no such zone") << u"daily"_s << QString() << u"Europe/Atlantis"_s;
        QTest::newRow("continuous has no times") << QString() << u"continuous"_s << QString();
    }
    void refused()
    {
        QFETCH(QString, when);
        QFETCH(QString, form);
        QFETCH(QString, zone);
        QVERIFY(!Recurrence::parse(when, form, zone));
    }

    void aDayThatNeverComes()
    {
        const auto rule = Recurrence::parse(u"0 0 31 2 *"_s, u"cron"_s, {});
        QVERIFY(rule);
        QVERIFY(!rule->next(at(u"2026-11-20T00:00:00Z"_s)));
        QVERIFY(!rule->previous(at(u"2026-11-20T00:00:00Z"_s)));
    }
};

QTEST_APPLESS_MAIN(TestRecurrence)
#include "tst_recurrence.moc"
