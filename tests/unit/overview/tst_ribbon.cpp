#include "overview/ribbon.h"
#include "widgets/bullet.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const Instant Now = Instant::fromSeconds(1'795'000'000);

Window window(
    std::chrono::seconds from, std::chrono::seconds to, Confidence confidence = Confidence::Verified)
{
    Window made;
    made.from = Now - from;
    made.to = Now - to;
    made.confidence = confidence;
    return made;
}

Gap gap(std::chrono::seconds from, std::optional<std::chrono::seconds> to)
{
    Gap made;
    made.from = Now - from;
    if (to)
        made.to = Now - *to;
    return made;
}

Point point(std::chrono::seconds ago, ArtifactKind kind)
{
    Point made;
    made.at = Now - ago;
    made.kind = kind;
    return made;
}

ClusterInsight cluster(ClusterStanding standing)
{
    ClusterInsight made;
    made.standing = standing;
    return made;
}

// "0-120 checked, 120-300 broken"
QString print(const Ribbon &ribbon)
{
    static const QStringList names { u"empty"_s, u"checked"_s, u"listed"_s, u"broken"_s };
    QStringList parts;
    for (const RibbonSpan &span : ribbon.spans)
        parts.append(u"%1-%2 %3"_s.arg(span.from).arg(span.to).arg(names[int(span.state)]));
    for (const RibbonMark &mark : ribbon.marks)
        parts.append(u"%1x%2@%3"_s.arg(mark.kind == ArtifactKind::Dump ? u"dump"_s : u"snapshot"_s)
                         .arg(mark.count)
                         .arg(qRound(mark.x)));
    return parts.join(u", "_s);
}

} // namespace

class TestRibbon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ages_data()
    {
        QTest::addColumn<qint64>("age");
        QTest::addColumn<int>("x"); // of 1000
        const auto row = [](const char *name, std::chrono::seconds age, int x) {
            QTest::newRow(name) << qint64(age.count()) << x;
        };
        row("now", 0s, 1000);
        row("ahead of now", -5min, 1000);
        row("a minute", 1min, 995);
        row("an hour", 1h, 864);
        row("a day", 24h, 578);
        row("a week", 7 * 24h, 388);
        row("a month", 30 * 24h, 245);
        row("a quarter", 90 * 24h, 138);
        row("a year", 365 * 24h, 0);
        row("ten years", 3650 * 24h, 0);
    }
    void ages()
    {
        QFETCH(qint64, age);
        QFETCH(int, x);
        QCOMPARE(qRound(AgeScale(1000).xOf(std::chrono::seconds(age))), x);
    }

    void anAgeIsFoundAgain()
    {
        const AgeScale scale(295);
        for (const auto age : AgeScale::marks()) {
            const auto again = scale.ageAt(scale.xOf(age));
            QVERIFY2(
                std::chrono::abs(again - age) <= 1s + age / 1000, qPrintable(QString::number(age.count())));
        }
        QCOMPARE(scale.ageAt(-10).count(), std::chrono::seconds(AgeScale::Oldest).count());
        QCOMPARE(scale.ageAt(1e6).count(), 0);
    }

    void spans_data()
    {
        QTest::addColumn<ClusterInsight>("insight");
        QTest::addColumn<QString>("ribbon");
        ClusterInsight met = cluster(ClusterStanding::Met);
        met.recoverability.windows = { window(90 * 24h, 0s) };
        QTest::newRow("a window up to now") << met << u"41-300 checked"_s;
        met.recoverability.windows = { window(90 * 24h, 7 * 24h, Confidence::Claimed), window(7 * 24h, 0s) };
        QTest::newRow("a claim, then a check") << met << u"41-117 listed, 117-300 checked"_s;
        met.recoverability.windows = { window(90 * 24h, 30 * 24h), window(30 * 24h - 1s, 0s) };
        met.recoverability.gaps = { gap(30 * 24h, 30 * 24h - 1s) };
        QTest::newRow("a gap of a second is seen") << met << u"41-73 checked, 73-75 broken, 75-300 checked"_s;
        ClusterInsight lapsed = cluster(ClusterStanding::Lapsed);
        lapsed.recoverability.windows = { window(90 * 24h, 77h) };
        lapsed.recoverability.gaps = { gap(77h, std::nullopt) };
        QTest::newRow("a gap that lasts") << lapsed << u"41-139 checked, 139-300 broken"_s;
        ClusterInsight late = cluster(ClusterStanding::Late);
        late.recoverability.windows = { window(90 * 24h, 1h) };
        late.risk.newest = Now - 1h;
        QTest::newRow("over its RPO") << late << u"41-259 checked, 259-300 broken"_s;
        QTest::newRow("nothing") << cluster(ClusterStanding::Nothing) << u"0-300 broken"_s;
        QTest::newRow("not read") << cluster(ClusterStanding::Unread) << QString();
        ClusterInsight points = cluster(ClusterStanding::Met);
        points.recoverability.points
            = { point(3000 * 24h, ArtifactKind::Dump), point(9 * 24h, ArtifactKind::Dump),
                  point(9 * 24h - 1h, ArtifactKind::Dump), point(12h, ArtifactKind::VmSnapshot) };
        QTest::newRow("points are never a band") << points << u"dumpx1@0, dumpx2@109, snapshotx1@194"_s;
    }
    void spans()
    {
        QFETCH(ClusterInsight, insight);
        QTEST(print(ribbonOf(insight, Now, 300)), "ribbon");
    }

    void aRibbonWithoutWidthIsEmpty()
    {
        QCOMPARE(ribbonOf(cluster(ClusterStanding::Nothing), Now, 0), Ribbon());
        QCOMPARE(ribbonOf(cluster(ClusterStanding::Nothing), Now, -5), Ribbon());
    }

    void bullets_data()
    {
        QTest::addColumn<double>("measured"); // below 0: not measured
        QTest::addColumn<double>("limit"); // below 0: none
        QTest::addColumn<QString>("bullet"); // fill, end of the hatch, tick
        QTest::newRow("half") << 450.0 << 900.0 << "0.375 0 0.75";
        QTest::newRow("at the objective") << 900.0 << 900.0 << "0.75 0 0.75";
        QTest::newRow("a little over") << 1080.0 << 900.0 << "0.75 0.9 0.75";
        QTest::newRow("far over") << 90000.0 << 900.0 << "0.45 1 0.45";
        QTest::newRow("no loss is allowed") << 3.0 << 0.0 << "0 1 0";
        QTest::newRow("none, and none is allowed") << 0.0 << 0.0 << "0 0 0";
        QTest::newRow("no objective") << 3.0 << -1.0 << "0 0 -";
        QTest::newRow("not measured") << -1.0 << 900.0 << "dashed";
    }
    void bullets()
    {
        QFETCH(double, measured);
        QFETCH(double, limit);
        const auto given = [](double value) { return value < 0 ? std::nullopt : std::optional(value); };
        const Bullet bullet = bulletOf(given(measured), given(limit));
        const QString printed = !bullet.measured
            ? u"dashed"_s
            : u"%1 %2 %3"_s.arg(bullet.fill)
                  .arg(bullet.over)
                  .arg(bullet.tick ? QString::number(*bullet.tick) : u"-"_s);
        QTEST(printed, "bullet");
    }
};

QTEST_GUILESS_MAIN(TestRibbon)
#include "tst_ribbon.moc"
