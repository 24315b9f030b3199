#include "retention/pbsprune.h"
#include "support/jsonlines.h"

#include <QJsonArray>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

// Marks and reasons as the real server's code gave them for the same input.
class TestPbsPrune : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void thereAreAllVectors() { QCOMPARE(lines().size(), 278); }
    void withoutOptionsEverythingIsKept();

private:
    static const QList<QJsonObject> &lines()
    {
        static const auto all
            = test::jsonLines(QStringLiteral(TIDEMARK_TEST_DATA "/pbs/vectors/prune.jsonl.gz"));
        return all;
    }
};

static KeepOptions keepOptions(const QJsonObject &o)
{
    const auto number = [&](const QString &name) { return o[u"keep-"_s + name].toInt(); };
    return { .last = number(u"last"_s),
        .hourly = number(u"hourly"_s),
        .daily = number(u"daily"_s),
        .weekly = number(u"weekly"_s),
        .monthly = number(u"monthly"_s),
        .yearly = number(u"yearly"_s) };
}

void TestPbsPrune::vectors_data()
{
    QTest::addColumn<QJsonObject>("line");
    for (const QJsonObject &line : lines())
        QTest::newRow(qPrintable(line[u"id"_s].toString())) << line;
}

void TestPbsPrune::vectors()
{
    QFETCH(QJsonObject, line);
    std::vector<PruneCandidate> snapshots;
    for (const auto &value : line[u"snapshots"_s].toArray()) {
        const QString flags = value[1].toString();
        snapshots.push_back({ value[0].toInteger(), flags.contains(u'P'), !flags.contains(u'U') });
    }
    const KeepOptions keep = keepOptions(line[u"keep"_s].toObject());
    QStringList expected;
    for (const auto &value : line[u"expect"_s].toArray())
        expected.append(
            u"%1 %2 %3"_s.arg(value[0].toInteger()).arg(value[1].toString(), value[2].toString()));
    QStringList actual;
    for (const PruneVerdict &verdict :
        pbsPrune(snapshots, keep, QTimeZone(line[u"tz"_s].toString().toLatin1())))
        actual.append(u"%1 %2 %3"_s.arg(verdict.time).arg(wordFor(verdict.mark), wordFor(verdict.reason)));
    QCOMPARE(actual.join(u'\n'), expected.join(u'\n'));
    QCOMPARE(keep.keepsEverything(), line[u"keep_all"_s].toBool());
}

void TestPbsPrune::withoutOptionsEverythingIsKept()
{
    QVERIFY(KeepOptions {}.keepsEverything());
    QVERIFY(!KeepOptions { .weekly = 1 }.keepsEverything());
}

QTEST_GUILESS_MAIN(TestPbsPrune)
#include "tst_pbsprune.moc"
