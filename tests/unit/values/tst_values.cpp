#include "values/instant.h"
#include "values/secret.h"
#include "wal/lsn.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anInstantNeedsAZone_data();
    void anInstantNeedsAZone();
    void anInstantPrintsWhatItHolds_data();
    void anInstantPrintsWhatItHolds();
    void anLsnReadsBackAsPrinted_data();
    void anLsnReadsBackAsPrinted();
};

void TestValues::anInstantNeedsAZone_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso");
    QTest::newRow("UTC") << u"2026-11-20T02:31:07Z"_s << u"2026-11-20T02:31:07Z"_s;
    QTest::newRow("PostgreSQL's form") << u"2026-11-20 02:31:07.482+00"_s << u"2026-11-20T02:31:07.482Z"_s;
    QTest::newRow("microseconds") << u"2026-11-20 02:31:07.482015+00"_s << u"2026-11-20T02:31:07.482015Z"_s;
    QTest::newRow("east of Greenwich") << u"2026-11-20 03:31:07+01:00"_s << u"2026-11-20T02:31:07Z"_s;
    QTest::newRow("west, half hours") << u"2026-11-20 00:01:07-0230"_s << u"2026-11-20T02:31:07Z"_s;
    QTest::newRow("before the epoch") << u"1969-12-31 23:59:59.5Z"_s << u"1969-12-31T23:59:59.500Z"_s;
    QTest::newRow("no zone") << u"2026-11-20 02:31:07"_s << QString();
    QTest::newRow("a zone's short name") << u"2026-11-20 02:31:07 CET"_s << QString();
    QTest::newRow("no such day") << u"2026-02-30 02:31:07Z"_s << QString();
    QTest::newRow("rubbish") << u"$(date)"_s << QString();
}

void TestValues::anInstantNeedsAZone()
{
    QFETCH(QString, text);
    QFETCH(QString, iso);
    const auto instant = Instant::parse(text);
    QCOMPARE(instant ? instant->toIso() : QString(), iso);
}

void TestValues::anInstantPrintsWhatItHolds_data()
{
    QTest::addColumn<qint64>("micro");
    QTest::addColumn<QString>("iso");
    QTest::newRow("whole") << qint64 { 0 } << u"1970-01-01T00:00:00Z"_s;
    QTest::newRow("milliseconds") << qint64 { 1'500'000 } << u"1970-01-01T00:00:01.500Z"_s;
    QTest::newRow("a microsecond before the epoch") << qint64 { -1 } << u"1969-12-31T23:59:59.999999Z"_s;
}

void TestValues::anInstantPrintsWhatItHolds()
{
    QFETCH(qint64, micro);
    QTEST(Instant::fromMicroseconds(micro).toIso(), "iso");
}

void TestValues::anLsnReadsBackAsPrinted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    QTest::newRow("usual") << u"4C/9A1F3B28"_s << u"4C/9A1F3B28"_s;
    QTest::newRow("low half is not padded") << u"0/0000A0"_s << u"0/A0"_s;
    QTest::newRow("the last one") << u"FFFFFFFF/FFFFFFFF"_s << u"FFFFFFFF/FFFFFFFF"_s;
    QTest::newRow("no slash") << u"4C9A1F3B28"_s << QString();
    QTest::newRow("not hex") << u"4C/9A1G"_s << QString();
    QTest::newRow("too long") << u"4C/9A1F3B280"_s << QString();
    QTest::newRow("a sign") << u"-1/0"_s << QString();
    QTest::newRow("empty half") << u"4C/"_s << QString();
}

void TestValues::anLsnReadsBackAsPrinted()
{
    QFETCH(QString, text);
    const auto lsn = Lsn::parse(text);
    QTEST(lsn ? lsn->toString() : QString(), "printed");
}

QTEST_APPLESS_MAIN(TestValues)
#include "tst_values.moc"
