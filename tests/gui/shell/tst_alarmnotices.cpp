#include "shell/alarms.h"
#include "shell/preferencekeys.h"
#include "support/uiworld.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

class FakeDesktop : public DesktopNotifier
{
public:
    void notify(DesktopNotice notice) override { shown.push_back(std::move(notice)); }
    std::vector<DesktopNotice> shown;
};

Finding finding(const QString &code, const QString &cluster, const QString &subject = {})
{
    Finding made;
    made.code = code;
    made.severity = Severity::Failed;
    made.cluster = cluster;
    made.subject = subject;
    made.since = Instant::parse(u"2026-11-16T09:20:00Z"_s);
    return made;
}

} // namespace

class TestAlarmNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::UiWorld>();
        m_world->openExample();
        m_desktop = std::make_shared<FakeDesktop>();
        start();
        conclude({});
    }
    void aNewFailureIsTold()
    {
        conclude({ finding(u"wal.gap"_s, u"shop"_s, u"000000010000000000000005"_s) });
        QCOMPARE(m_desktop->shown.size(), 1U);
        QCOMPARE(m_desktop->shown.front().title, u"shop: recovery to any instant ends at 16 Nov 09:20"_s);
        QVERIFY(!m_desktop->shown.front().text.isEmpty());
        conclude({ finding(u"wal.gap"_s, u"shop"_s, u"000000010000000000000005"_s) });
        QCOMPARE(m_desktop->shown.size(), 1U);
    }
    void severalAtOnceAreSummedUp()
    {
        std::vector<Finding> many;
        for (int i = 0; i < 7; ++i)
            many.push_back(finding(u"wal.gap"_s, u"shop%1"_s.arg(i)));
        conclude(many);
        QCOMPARE(m_desktop->shown.size(), 1U);
        QCOMPARE(m_desktop->shown.front().title, u"7 things have failed"_s);
        QCOMPARE(m_desktop->shown.front().text.count(u'\n'), 4);
        QVERIFY(m_desktop->shown.front().text.endsWith(u"and 3 more"_s));
    }
    void hostileNamesStayOneLine()
    {
        conclude({ finding(u"wal.gap"_s, u"shop\nall is well\x1b[2J<b>"_s) });
        QVERIFY(!m_desktop->shown.front().title.contains(u'\n'));
        QVERIFY(m_desktop->shown.front().title.contains(u"<b>"_s)); // escaped where it is shown
    }
    void aRestartRepeatsNothing()
    {
        conclude({ finding(u"wal.gap"_s, u"shop"_s) });
        start();
        conclude({ finding(u"wal.gap"_s, u"shop"_s) });
        QCOMPARE(m_desktop->shown.size(), 1U);
        conclude({ finding(u"wal.gap"_s, u"shop"_s), finding(u"run.failed"_s, u"shop"_s) });
        QCOMPARE(m_desktop->shown.size(), 2U);
    }
    void switchedOffNothingIsToldAndNothingIsMadeUpFor()
    {
        m_world->preferences->setText(preference::notify(), u"off"_s);
        conclude({ finding(u"wal.gap"_s, u"shop"_s) });
        m_world->preferences->setText(preference::notify(), u"on"_s);
        conclude({ finding(u"wal.gap"_s, u"shop"_s) });
        QVERIFY(m_desktop->shown.empty());
    }
    void aClickLeadsToThePlace()
    {
        QSignalSpy wanted(m_alarms.get(), &Alarms::wanted);
        conclude({ finding(u"wal.gap"_s, u"shop"_s) });
        Q_EMIT m_desktop->clicked(m_desktop->shown.front().key);
        QCOMPARE(wanted.size(), 1);
        const auto place = wanted.front().front().value<FindingPlace>();
        QCOMPARE(place.page, u"overview"_s);
        QCOMPARE(place.item, (QStringList { u"finding"_s, finding(u"wal.gap"_s, u"shop"_s).key() }));
        Q_EMIT m_desktop->clicked(u"another program's"_s);
        QCOMPARE(wanted.size(), 1);
    }
    void eachFindingHasItsPlace()
    {
        Finding missed = finding(u"schedule.missed"_s, u"shop"_s);
        missed.until = Instant::parse(u"2026-11-18T02:00:00Z"_s);
        QCOMPARE(placeOf(missed), (FindingPlace { u"calendar"_s, { u"shop"_s, u"2026-11-18T02:00:00Z"_s } }));
        QCOMPARE(placeOf(finding(u"rpo.over"_s, u"shop"_s)),
            (FindingPlace { u"timeline"_s, { u"shop"_s, u"2026-11-16T09:20:00Z"_s } }));
        QCOMPARE(placeOf(finding(u"source.offline"_s, {})).page, u"overview"_s);
    }

private:
    void start()
    {
        PageContext context = m_world->context(m_theme);
        context.desktop = m_desktop;
        m_alarms = std::make_unique<Alarms>(context);
    }
    void conclude(std::vector<Finding> findings)
    {
        Insight insight;
        insight.at = m_world->clock->now();
        insight.findings = std::move(findings);
        m_world->catalogue->know({}, std::move(insight));
    }

    Theme m_theme { *qApp };
    std::unique_ptr<test::UiWorld> m_world;
    std::shared_ptr<FakeDesktop> m_desktop;
    std::unique_ptr<Alarms> m_alarms;
};

QTEST_MAIN(TestAlarmNotices)
#include "tst_alarmnotices.moc"
