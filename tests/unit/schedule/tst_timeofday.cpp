#include "schedule/timeofday.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestTimeOfDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFoundAndChanged_data();
    void isFoundAndChanged();
    void whatHasNoOneTimeIsLeftAlone_data();
    void whatHasNoOneTimeIsLeftAlone();
};

void TestTimeOfDay::isFoundAndChanged_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("form");
    QTest::addColumn<QTime>("time");
    QTest::addColumn<QString>("moved");
    const auto row = [](const QString &when, const QString &form, QTime time, const QString &moved) {
        QTest::newRow(qPrintable(form + u' ' + when)) << when << form << time << moved;
    };
    row(u"02:00"_s, {}, QTime(2, 0), u"16:45"_s);
    row(u"2:05"_s, u"calendar"_s, QTime(2, 5), u"16:45"_s);
    row(u"mon..fri 20:30"_s, {}, QTime(20, 30), u"mon..fri 16:45"_s);
    row(u"*-*-01 04:00:00"_s, {}, QTime(4, 0), u"*-*-01 16:45"_s);
    row(u"daily"_s, {}, QTime(0, 0), u"16:45"_s);
    row(u"weekly"_s, {}, QTime(0, 0), u"mon 16:45"_s);
    row(u"monthly"_s, {}, QTime(0, 0), u"*-*-01 16:45"_s);
    row(u"15 3 * * 0"_s, u"cron"_s, QTime(3, 15), u"45 16 * * 0"_s);
    row(u"0 1 1,15 * *"_s, u"cron"_s, QTime(1, 0), u"45 16 1,15 * *"_s);
    row(u"Sun 06:00"_s, u"first-weekday"_s, QTime(6, 0), u"Sun 16:45"_s);
}

void TestTimeOfDay::isFoundAndChanged()
{
    QFETCH(QString, when);
    QFETCH(QString, form);
    QFETCH(QTime, time);
    QFETCH(QString, moved);
    QCOMPARE(timeOfDay(when, form), std::optional(time));
    QCOMPARE(atTimeOfDay(when, form, QTime(16, 45)), std::optional(moved));
    QCOMPARE(timeOfDay(moved, form), std::optional(QTime(16, 45)));
}

void TestTimeOfDay::whatHasNoOneTimeIsLeftAlone_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("form");
    const auto row = [](const QString &when, const QString &form) {
        QTest::newRow(qPrintable(form + u' ' + when)) << when << form;
    };
    row(u"hourly"_s, {});
    row(u"*:15"_s, {});
    row(u"2,14:00"_s, {});
    row(u"2..6:00"_s, {});
    row(u"0/2:00"_s, {});
    row(u"mon"_s, {});
    row(u"02:00:30"_s, {});
    row(u"*/15 2 * * *"_s, u"cron"_s);
    row(u"0 1,13 * * *"_s, u"cron"_s);
    row(u"0 * * * *"_s, u"cron"_s);
    row(u"6 h"_s, u"interval"_s);
    row({}, u"continuous"_s);
    row(u"25:00"_s, {});
    row(u"rubbish 02:00"_s, {});
}

void TestTimeOfDay::whatHasNoOneTimeIsLeftAlone()
{
    QFETCH(QString, when);
    QFETCH(QString, form);
    QVERIFY(!timeOfDay(when, form));
    QVERIFY(!atTimeOfDay(when, form, QTime(16, 45)));
}

QTEST_GUILESS_MAIN(TestTimeOfDay)
#include "tst_timeofday.moc"
