#include "shell/clocks.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestClocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheActiveFace()
    {
        Clocks clocks;
        clocks.setLocalZone(u"Europe/Berlin"_s);
        const Instant at = *Instant::parse(u"2026-11-20 02:31:07.482+00"_s);
        QCOMPARE(clocks.full(at), u"2026-11-20 02:31:07.482 UTC"_s);
        clocks.toggle();
        QCOMPARE(clocks.full(at), u"2026-11-20 03:31:07.482 CET"_s);
        QCOMPARE(clocks.timeOfDay(at), u"03:31:07"_s);
    }

    void bothClocksOfATarget_data()
    {
        QTest::addColumn<QString>("instant");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("words");
        QTest::newRow("same day") << u"2026-11-18T16:20:00Z"_s << u"Europe/Berlin"_s
                                  << u"2026-11-18 16:20:00 UTC = 17:20:00 CET"_s;
        QTest::newRow("other day") << u"2026-11-18T23:20:00Z"_s << u"Europe/Berlin"_s
                                   << u"2026-11-18 23:20:00 UTC = 2026-11-19 00:20:00 CET"_s;
        QTest::newRow("first reading of a doubled hour") << u"2026-10-25T00:30:00Z"_s << u"Europe/Berlin"_s
                                                         << u"2026-10-25 00:30:00 UTC = 02:30:00 CEST"_s;
        QTest::newRow("second reading of it")
            << u"2026-10-25T01:30:00Z"_s << u"Europe/Berlin"_s << u"2026-10-25 01:30:00 UTC = 02:30:00 CET"_s;
        QTest::newRow("odd offset") << u"2026-11-18T16:20:00Z"_s << u"Asia/Kathmandu"_s
                                    << u"2026-11-18 16:20:00 UTC = 22:05:00 +05:45"_s;
    }
    void bothClocksOfATarget()
    {
        QFETCH(QString, instant);
        QFETCH(QString, zone);
        Clocks clocks;
        clocks.setLocalZone(zone);
        QTEST(clocks.both(*Instant::parse(instant)), "words");
    }

    void zoneWordsFollowTheSeason()
    {
        Clocks clocks;
        clocks.setLocalZone(u"America/New_York"_s);
        clocks.setActive(Clocks::Face::Local);
        QCOMPARE(clocks.zoneWords(*Instant::parse(u"2026-11-20T12:00:00Z"_s)), u"EST \u221205:00"_s);
        QCOMPARE(clocks.zoneWords(*Instant::parse(u"2026-07-20T12:00:00Z"_s)), u"EDT \u221204:00"_s);
    }

    void anUnknownZoneIsTheSystems()
    {
        Clocks clocks;
        clocks.setLocalZone(u"Europe/Berlin"_s);
        const QSignalSpy changed(&clocks, &Clocks::changed);
        clocks.setLocalZone(u"Middle/Earth"_s);
        QCOMPARE(clocks.localZone(), QTimeZone::systemTimeZone());
        QCOMPARE(changed.count(), 1);
    }

    void beforeTheEpochFractionsAreRight()
    {
        Clocks clocks;
        QCOMPARE(clocks.full(Instant::fromMicroseconds(-1)), u"1969-12-31 23:59:59.999999 UTC"_s);
    }
};

QTEST_GUILESS_MAIN(TestClocks)
#include "tst_clocks.moc"
