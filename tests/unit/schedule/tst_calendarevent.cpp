#include "schedule/calendarevent.h"
#include "support/jsonlines.h"

#include <QJsonArray>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

// When the real server's code said a schedule fires.
class TestCalendarEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void thereAreAllVectors() { QCOMPARE(lines().size(), 733); }
    void complaints_data();
    void complaints();

private:
    static const QList<QJsonObject> &lines()
    {
        static const auto all
            = test::jsonLines(QStringLiteral(TIDEMARK_TEST_DATA "/pbs/vectors/calendar.jsonl.gz"));
        return all;
    }
};

void TestCalendarEvent::vectors_data()
{
    QTest::addColumn<QJsonObject>("line");
    for (const QJsonObject &line : lines())
        QTest::newRow(qPrintable(line[u"id"_s].toString())) << line;
}

static QString printed(std::optional<qint64> epoch)
{
    return epoch ? QString::number(*epoch) : u"never"_s;
}

// What a line allows besides its own answer: another pass of a repeated hour, a strictly later instant where
// the server's clock stood still, nothing where its search failed or gave up.
static bool isAllowed(const QJsonObject &line, std::optional<qint64> actual, qint64 after)
{
    for (const auto &other : line[u"accept"_s].toArray())
        if (actual && *actual == other.toInteger())
            return true;
    const QString quirk = line[u"quirk"_s].toString();
    if (quirk == u"not-after")
        return actual && *actual > after;
    return quirk == u"gave-up";
}

void TestCalendarEvent::vectors()
{
    QFETCH(QJsonObject, line);
    const auto event = CalendarEvent::parse(line[u"spec"_s].toString());
    QCOMPARE(event ? u"ok"_s : u"error"_s, line[u"parse"_s].toString());
    if (!event)
        return;
    const QTimeZone zone(line[u"tz"_s].toString().toLatin1());
    QVERIFY(zone.isValid());
    qint64 after = line[u"after"_s].toInteger();
    for (const auto &expected : line[u"next"_s].toArray()) {
        const auto actual = event->next(after, zone);
        const QString wanted = expected.isNull() ? u"never"_s : QString::number(expected.toInteger());
        if (printed(actual) != wanted && isAllowed(line, actual, after))
            return;
        QCOMPARE(printed(actual), wanted);
        after = actual.value_or(after);
    }
}

void TestCalendarEvent::complaints_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("context");
    QTest::newRow("unknown word") << u"every tuesday"_s << u"every tuesday"_s << u"weekday"_s;
    QTest::newRow("month 13") << u"13-40"_s << u"13-40"_s << u"date"_s;
    QTest::newRow("minute 61") << u"mon 2:61"_s << u"61"_s << u"time"_s;
    QTest::newRow("hostile") << u"$(reboot)"_s << u"$(reboot)"_s << u"time"_s;
}

void TestCalendarEvent::complaints()
{
    QFETCH(QString, spec);
    QFETCH(QString, rest);
    QFETCH(QString, context);
    const auto event = CalendarEvent::parse(spec);
    QVERIFY(!event);
    QCOMPARE(event.error().rest, rest);
    QCOMPARE(event.error().context, context);
}

QTEST_GUILESS_MAIN(TestCalendarEvent)
#include "tst_calendarevent.moc"
