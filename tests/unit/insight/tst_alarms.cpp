#include "insight/alarms.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

Insight insightWith(const QStringList &codes, qint64 minute)
{
    Insight made;
    made.at = Instant::fromSeconds(minute * 60);
    for (const QString &code : codes) {
        Finding finding;
        finding.code = code.section(u' ', 0, 0);
        finding.cluster = u"shop\n<b>"_s;
        finding.severity = code.contains(u" attention"_s) ? Severity::Attention : Severity::Failed;
        if (code.contains(u" accepted"_s))
            finding.accepted = Acceptance { u"k"_s, {}, {}, {} };
        made.findings.push_back(finding);
    }
    return made;
}

QString told(const std::vector<Finding> &fresh)
{
    QStringList codes;
    for (const Finding &finding : fresh)
        codes.append(finding.code);
    return codes.join(u' ');
}

void pass(const Insight &insight, ToldAlarms &known)
{
    [[maybe_unused]] const auto fresh = newAlarms(insight, known);
}

} // namespace

class TestAlarms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsThereAtFirstIsNotNew()
    {
        ToldAlarms known;
        QCOMPARE(told(newAlarms(insightWith({ u"wal.gap"_s }, 0), known)), QString());
        QCOMPARE(told(newAlarms(insightWith({ u"wal.gap"_s, u"run.failed"_s }, 1), known)), u"run.failed"_s);
        QCOMPARE(told(newAlarms(insightWith({ u"wal.gap"_s, u"run.failed"_s }, 2), known)), QString());
    }
    void onlyFailuresThatNobodyAcceptedAreTold()
    {
        ToldAlarms known;
        pass({}, known);
        QCOMPARE(
            told(newAlarms(insightWith({ u"a attention"_s, u"b accepted"_s, u"c"_s }, 1), known)), u"c"_s);
        // An acceptance that ran out, or was taken back, is told.
        QCOMPARE(told(newAlarms(insightWith({ u"b"_s, u"c"_s }, 2), known)), u"b"_s);
    }
    void whatWorsensIsTold()
    {
        ToldAlarms known;
        pass(insightWith({ u"a attention"_s }, 0), known);
        QCOMPARE(told(newAlarms(insightWith({ u"a"_s }, 1), known)), u"a"_s);
    }
    void whatComesBackSoonIsNotNew()
    {
        ToldAlarms known;
        pass(insightWith({}, 0), known);
        QCOMPARE(told(newAlarms(insightWith({ u"a"_s }, 1), known)), u"a"_s);
        pass(insightWith({}, 2), known);
        QCOMPARE(told(newAlarms(insightWith({ u"a"_s }, 16), known)), QString());
        pass(insightWith({}, 17), known);
        pass(insightWith({}, 32), known);
        QCOMPARE(told(newAlarms(insightWith({ u"a"_s }, 33), known)), u"a"_s);
    }
    void aRestartRepeatsNothing()
    {
        ToldAlarms known;
        pass(insightWith({}, 0), known);
        pass(insightWith({ u"a"_s }, 1), known);
        const QString kept = toText(known);
        ToldAlarms again = alarmsFromText(kept, Instant::fromSeconds(900 * 60));
        // A server that was not asked yet tells nothing of it; then it does.
        QCOMPARE(told(newAlarms(insightWith({}, 900), again)), QString());
        QCOMPARE(told(newAlarms(insightWith({ u"a"_s, u"b"_s }, 901), again)), u"b"_s);
        QCOMPARE(toText(alarmsFromText(toText(again), {})), toText(again));
    }
    void whatWasKeptByNobodyIsAFirstStart()
    {
        for (const QString &text : { u""_s, u"rubbish"_s, u"alarms 2\nabc"_s }) {
            ToldAlarms known = alarmsFromText(text, {});
            QCOMPARE(told(newAlarms(insightWith({ u"a"_s }, 1), known)), QString());
        }
        // Nothing was wrong before: then the first failure is news.
        ToldAlarms calm;
        pass({}, calm);
        calm = alarmsFromText(toText(calm), {});
        QCOMPARE(told(newAlarms(insightWith({ u"a"_s }, 1), calm)), u"a"_s);
    }
};

QTEST_GUILESS_MAIN(TestAlarms)
#include "tst_alarms.moc"
