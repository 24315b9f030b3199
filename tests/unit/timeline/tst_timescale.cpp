#include "timeline/timeaxis.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Instant at(const QString &iso)
{
    return Instant::parse(iso).value();
}

TimeScale scaleOf(const QString &from, const QString &to, double width = 1000)
{
    return { at(from), at(to), width };
}

QString printed(const TimeScale &scale)
{
    return u"%1 %2"_s.arg(scale.from().toIso(), scale.to().toIso());
}

QString printed(const std::vector<Tick> &ticks, TickStep step, const QTimeZone &zone)
{
    QStringList texts;
    for (const Tick &tick : ticks)
        texts << (tick.major ? u"*"_s : QString()) + tickText(tick.at, step, zone);
    return texts.join(u' ');
}

} // namespace

class TestTimeScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void placeAndTime()
    {
        const auto scale = scaleOf(u"2026-11-20T00:00:00Z"_s, u"2026-11-20T10:00:00Z"_s);
        QCOMPARE(scale.xOf(at(u"2026-11-20T01:00:00Z"_s)), 100.0);
        QCOMPARE(scale.xOf(at(u"2026-11-19T23:00:00Z"_s)), -100.0);
        QCOMPARE(scale.at(250).toIso(), u"2026-11-20T02:30:00Z"_s);
        QCOMPARE(scale.across(1), std::chrono::microseconds(36s));
        QVERIFY(scale.shows(scale.from()) && !scale.shows(scale.to()));
    }

    void movements_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("expected");
        QTest::newRow("panned to later") << u"pan"_s << u"2026-11-20T01:00:00Z 2026-11-20T11:00:00Z"_s;
        QTest::newRow("closer, anchored left") << u"left"_s << u"2026-11-20T00:00:00Z 2026-11-20T05:00:00Z"_s;
        QTest::newRow("closer, anchored right")
            << u"right"_s << u"2026-11-20T05:00:00Z 2026-11-20T10:00:00Z"_s;
        QTest::newRow("farther") << u"far"_s << u"2026-11-19T19:00:00Z 2026-11-20T15:00:00Z"_s;
        QTest::newRow("centred") << u"centre"_s << u"2026-11-20T03:00:00Z 2026-11-20T13:00:00Z"_s;
        QTest::newRow("wider keeps what it shows")
            << u"wide"_s << u"2026-11-20T00:00:00Z 2026-11-20T10:00:00Z"_s;
    }
    void movements()
    {
        const auto scale = scaleOf(u"2026-11-20T00:00:00Z"_s, u"2026-11-20T10:00:00Z"_s);
        const QMap<QString, TimeScale> made {
            { u"pan"_s, scale.panned(100) },
            { u"left"_s, scale.zoomed(2, 0) },
            { u"right"_s, scale.zoomed(2, 1000) },
            { u"far"_s, scale.zoomed(0.5, 500) },
            { u"centre"_s, scale.centred(at(u"2026-11-20T08:00:00Z"_s)) },
            { u"wide"_s, scale.resized(2000) },
        };
        QFETCH(QString, how);
        QTEST(printed(made[how]), "expected");
    }

    void fromTenYearsToOneSecond()
    {
        auto scale = scaleOf(u"2026-01-01T00:00:00Z"_s, u"2026-12-31T00:00:00Z"_s);
        const Instant anchor = scale.at(300);
        for (int i = 0; i < 100; ++i)
            scale = scale.zoomed(2, 300);
        QCOMPARE(scale.span(), std::chrono::microseconds(1s));
        QVERIFY(scale.shows(anchor));
        for (int i = 0; i < 100; ++i)
            scale = scale.zoomed(0.5, 300);
        QCOMPARE(scale.span(), TimeScale::Longest);
    }

    void steps_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("unit");
        QTest::addColumn<int>("count");
        const auto row = [](const char *to, TickUnit unit, int count) {
            QTest::newRow(to) << QString::fromLatin1(to) << int(unit) << count;
        };
        row("2026-11-01T00:00:01Z", TickUnit::Millisecond, 100);
        row("2026-11-01T00:00:03Z", TickUnit::Millisecond, 200);
        row("2026-11-01T00:00:10Z", TickUnit::Second, 1);
        row("2026-11-01T00:08:00Z", TickUnit::Second, 30);
        row("2026-11-01T00:20:00Z", TickUnit::Minute, 1);
        row("2026-11-02T00:00:00Z", TickUnit::Hour, 1);
        row("2026-11-29T00:00:00Z", TickUnit::Day, 1);
        row("2027-01-29T00:00:00Z", TickUnit::Week, 1);
        row("2027-11-01T00:00:00Z", TickUnit::Week, 2);
        row("2028-06-01T00:00:00Z", TickUnit::Month, 1);
        row("2036-10-31T00:00:00Z", TickUnit::Month, 6);
    }
    void steps()
    {
        QFETCH(QString, to);
        const TickStep step = stepFor(scaleOf(u"2026-11-01T00:00:00Z"_s, to, 1000));
        QTEST(int(step.unit), "unit");
        QTEST(step.count, "count");
    }

    void ticks_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("unit");
        QTest::addColumn<int>("count");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &from, const QString &to, TickStep step,
                             const QByteArray &zone, const QString &expected) {
            QTest::newRow(name) << from << to << int(step.unit) << step.count << zone << expected;
        };
        row("days from a Monday", u"2026-11-13T10:00:00Z"_s, u"2026-11-18T10:00:00Z"_s, { TickUnit::Day, 1 },
            "UTC", u"14 15 *16 17 18"_s);
        row("every six hours", u"2026-11-13T10:00:00Z"_s, u"2026-11-14T07:00:00Z"_s, { TickUnit::Hour, 6 },
            "UTC", u"12:00 18:00 *00:00 06:00"_s);
        row("in the zone", u"2026-11-13T20:00:00Z"_s, u"2026-11-14T01:00:00Z"_s, { TickUnit::Hour, 2 },
            "Europe/Berlin", u"22:00 *00:00"_s);
        row("an hour comes twice", u"2026-10-25T00:00:00Z"_s, u"2026-10-25T03:30:00Z"_s,
            { TickUnit::Hour, 1 }, "Europe/Berlin", u"02:00 02:00 03:00 04:00"_s);
        row("an hour is left out", u"2027-03-28T00:00:00Z"_s, u"2027-03-28T02:30:00Z"_s,
            { TickUnit::Hour, 1 }, "Europe/Berlin", u"01:00 03:00 04:00"_s);
        row("six hours from midnight, across the change", u"2026-10-24T20:00:00Z"_s,
            u"2026-10-25T18:00:00Z"_s, { TickUnit::Hour, 6 }, "Europe/Berlin", u"*00:00 06:00 12:00 18:00"_s);
        row("a quarter, an hour left out", u"2027-03-28T00:30:00Z"_s, u"2027-03-28T01:30:00Z"_s,
            { TickUnit::Minute, 15 }, "Europe/Berlin", u"01:30 01:45 *03:00 03:15"_s);
        row("parts of a second", u"2026-11-20T00:00:59.75Z"_s, u"2026-11-20T00:01:00.4Z"_s,
            { TickUnit::Millisecond, 200 }, "Europe/Berlin", u".800 *01:01:00 .200 .400 .600"_s);
        row("a quarter of an hour beside UTC", u"2026-11-20T00:00:00Z"_s, u"2026-11-20T02:00:00Z"_s,
            { TickUnit::Hour, 1 }, "Asia/Kathmandu", u"06:00 07:00"_s);
        row("months", u"2026-11-20T00:00:00Z"_s, u"2027-03-02T00:00:00Z"_s, { TickUnit::Month, 1 }, "UTC",
            u"Dec *Jan Feb Mar"_s);
        row("years", u"2026-11-20T00:00:00Z"_s, u"2031-03-02T00:00:00Z"_s, { TickUnit::Year, 2 }, "UTC",
            u"2028 *2030"_s);
        row("seconds", u"2026-11-20T00:00:55.5Z"_s, u"2026-11-20T00:01:06Z"_s, { TickUnit::Second, 5 }, "UTC",
            u"*00:01:00 00:01:05"_s);
    }
    void ticks()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(int, unit);
        QFETCH(int, count);
        QFETCH(QByteArray, zone);
        const TickStep step { TickUnit(unit), count };
        const QTimeZone in(zone);
        QTEST(printed(tidemark::ticks(scaleOf(from, to), step, in), step, in), "expected");
    }

    void labelsHaveRoom()
    {
        // From a second to ten years no label runs into the next one, at 12 px and at twice that.
        for (const double text : { 1.0, 2.0 }) {
            QFont font;
            TimeScale scale(at(u"2026-11-20T00:00:00Z"_s), at(u"2026-11-20T00:00:01Z"_s), 1000);
            for (int i = 0; i < 200; ++i, scale = scale.zoomed(0.9, 300)) {
                const TickStep step = stepFor(scale, text);
                const auto found = tidemark::ticks(scale, step, QTimeZone("Europe/Berlin"));
                QVERIFY(!found.empty());
                for (std::size_t at = 1; at < found.size(); ++at) {
                    // 6.5 px is the width of a digit at 12 px
                    const double wide
                        = 6.5 * text * double(tickText(found[at - 1].at, step, QTimeZone::utc()).size());
                    const double room = scale.xOf(found[at].at) - scale.xOf(found[at - 1].at);
                    QVERIFY2(room >= wide,
                        qPrintable(u"%1 px for %2"_s.arg(room).arg(
                            tickText(found[at - 1].at, step, QTimeZone::utc()))));
                }
            }
        }
    }

    void sectionsAreTheLargerUnit_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("unit");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &from, const QString &to, TickUnit unit,
                             const QByteArray &zone, const QString &expected) {
            QTest::newRow(name) << from << to << int(unit) << zone << expected;
        };
        row("a day", u"2026-11-20T10:00:00Z"_s, u"2026-11-21T02:00:00Z"_s, TickUnit::Hour, "Europe/Berlin",
            u"2026-11-19T23:00:00Z Fri 20 Nov 2026|2026-11-20T23:00:00Z Sat 21 Nov 2026"_s);
        row("minutes over seconds", u"2026-11-20T10:00:30Z"_s, u"2026-11-20T10:01:10Z"_s, TickUnit::Second,
            "Europe/Berlin",
            u"2026-11-20T10:00:30Z Fri 20 Nov 2026 11:00|2026-11-20T10:01:00Z Fri 20 Nov 2026 11:01"_s);
        row("clocks go back", u"2026-10-25T00:00:00Z"_s, u"2026-10-25T03:00:00Z"_s, TickUnit::Hour,
            "Europe/Berlin",
            u"2026-10-24T22:00:00Z Sun 25 Oct 2026|2026-10-25T01:00:00Z Sun 25 Oct 2026 UTC+01:00"_s);
        row("clocks go forward", u"2027-03-28T00:00:00Z"_s, u"2027-03-28T03:00:00Z"_s, TickUnit::Minute,
            "Europe/Berlin",
            u"2027-03-27T23:00:00Z Sun 28 Mar 2027|2027-03-28T01:00:00Z Sun 28 Mar 2027 UTC+02:00"_s);
        row("a day that has no midnight", u"2023-04-27T12:00:00Z"_s, u"2023-04-28T12:00:00Z"_s,
            TickUnit::Hour, "Africa/Cairo",
            u"2023-04-26T22:00:00Z Thu 27 Apr 2023|2023-04-27T22:00:00Z Fri 28 Apr 2023|"
            "2023-04-27T22:00:00Z Fri 28 Apr 2023 UTC+03:00"_s);
        row("years over months", u"2026-11-20T00:00:00Z"_s, u"2027-03-02T00:00:00Z"_s, TickUnit::Month, "UTC",
            u"2026-01-01T00:00:00Z 2026|2027-01-01T00:00:00Z 2027"_s);
    }
    void sectionsAreTheLargerUnit()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(int, unit);
        QFETCH(QByteArray, zone);
        QStringList texts;
        for (const AxisSection &section : sections(scaleOf(from, to), { TickUnit(unit), 1 }, QTimeZone(zone)))
            texts << u"%1 %2"_s.arg(section.from.toIso(), section.text);
        QTEST(texts.join(u'|'), "expected");
    }

    void weeksAreTheLargerUnitOfDays()
    {
        QStringList texts;
        for (const AxisSection &section :
            sections(scaleOf(u"2026-11-13T10:00:00Z"_s, u"2026-11-24T10:00:00Z"_s), { TickUnit::Day, 1 },
                QTimeZone::utc()))
            texts << u"%1 %2"_s.arg(section.from.toIso(), section.text);
        QCOMPARE(texts.join(u'\n'),
            u"2026-11-09T00:00:00Z Week 46, Nov 2026\n2026-11-16T00:00:00Z Week 47, Nov 2026\n"
            "2026-11-23T00:00:00Z Week 48, Nov 2026"_s);
    }
};

QTEST_APPLESS_MAIN(TestTimeScale)
#include "tst_timescale.moc"
