#include "procedure/session.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

using Kind = SessionEvent::Kind;

namespace {

Procedure threeSteps()
{
    Procedure procedure;
    for (const auto &[id, kind] : { std::pair(u"a"_s, StepKind::Command),
             std::pair(u"b"_s, StepKind::Confirm), std::pair(u"c"_s, StepKind::Check) }) {
        Step step;
        step.id = id;
        step.kind = kind;
        step.leaves = id == u"a" ? u"a folder"_s : QString();
        procedure.steps.push_back(step);
    }
    return procedure;
}

// "a+" begins it, "a0" ends it with 0, "a?" loses it, "a=" knows it, "a!" again, "a-" skips, "ay" confirms;
// "P" pauses, "C" continues, "H" hands over, "T" takes back, "A" aborts.
std::vector<SessionEvent> eventsOf(const QString &text)
{
    std::vector<SessionEvent> events;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        SessionEvent event;
        event.at = Instant::fromSeconds(qint64(events.size()) + 1);
        event.step = word.left(1);
        const QChar what = word.back();
        static const QMap<QChar, Kind> kinds { { u'+', Kind::StepBegan }, { u'?', Kind::StepLost },
            { u'=', Kind::StepKnown }, { u'!', Kind::Again }, { u'-', Kind::Skipped },
            { u'y', Kind::Confirmed }, { u'P', Kind::Paused }, { u'C', Kind::Continued },
            { u'H', Kind::HandedOver }, { u'T', Kind::TakenBack }, { u'A', Kind::Aborted } };
        event.kind = kinds.value(what, Kind::StepEnded);
        event.exit = what.digitValue();
        event.attempt = 1;
        events.push_back(event);
    }
    return events;
}

QString printed(const SessionState &state)
{
    static const QMap<SessionStatus, QString> words { { SessionStatus::Running, u"running"_s },
        { SessionStatus::Paused, u"paused"_s }, { SessionStatus::NeedsPerson, u"person"_s },
        { SessionStatus::HandedOver, u"handed"_s }, { SessionStatus::Aborted, u"aborted"_s },
        { SessionStatus::Ended, u"ended"_s } };
    QString text = words.value(state.status) + u' ';
    for (const StepProgress &step : state.steps)
        text += u"drDfls"_s.at(int(step.status)); // in the order of StepStatus
    return text + (state.whole() ? u" whole"_s : QString());
}

} // namespace

class TestSessionState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsUp_data();
    void addsUp();
    void tellsWhatStays();
    void takesBackLastFirst();
};

void TestSessionState::addsUp_data()
{
    QTest::addColumn<QString>("events");
    QTest::addColumn<QString>("state");
    QTest::newRow("nothing yet") << u""_s << u"running ddd"_s;
    QTest::newRow("under way") << u"a+"_s << u"running rdd"_s;
    QTest::newRow("done") << u"a+ a0"_s << u"person Ddd"_s;
    QTest::newRow("failed") << u"a+ a3"_s << u"person fdd"_s;
    QTest::newRow("failed and again") << u"a+ a3 a!"_s << u"running ddd"_s;
    QTest::newRow("lost") << u"a+ a?"_s << u"person ldd"_s;
    QTest::newRow("lost, but there") << u"a+ a? a="_s << u"person Ddd"_s;
    QTest::newRow("confirmed") << u"a+ a0 by"_s << u"running DDd"_s;
    QTest::newRow("paused before a step") << u"P"_s << u"paused ddd"_s;
    QTest::newRow("paused in a step") << u"a+ P"_s << u"running rdd"_s;
    QTest::newRow("continued") << u"P C"_s << u"running ddd"_s;
    QTest::newRow("failed while paused") << u"P a+ a1"_s << u"person fdd"_s;
    QTest::newRow("handed over") << u"a+ a0 H"_s << u"handed Ddd"_s;
    QTest::newRow("taken back") << u"a+ a0 H T"_s << u"person Ddd"_s;
    QTest::newRow("all done") << u"a+ a0 by c+ c0"_s << u"ended DDD whole"_s;
    QTest::newRow("one left out") << u"a+ a0 by c+ c1 c-"_s << u"ended DDs"_s;
    QTest::newRow("aborted") << u"a+ a0 A"_s << u"aborted Ddd"_s;
}

void TestSessionState::addsUp()
{
    QFETCH(QString, events);
    QFETCH(QString, state);
    QCOMPARE(printed(sessionState(threeSteps(), eventsOf(events))), state);
}

void TestSessionState::tellsWhatStays()
{
    const Procedure procedure = threeSteps();
    QCOMPARE(leftBehind(procedure, sessionState(procedure, {})), QStringList());
    QCOMPARE(
        leftBehind(procedure, sessionState(procedure, eventsOf(u"a+"_s))), QStringList { u"a folder"_s });
}

void TestSessionState::takesBackLastFirst()
{
    Procedure procedure = threeSteps();
    procedure.cluster = u"shop"_s;
    const auto ids = [&](const QString &events) {
        QStringList all;
        for (const Step &step : undoProcedure(procedure, sessionState(procedure, eventsOf(events))).steps)
            all << step.id + u':' + step.command + step.typed;
        return all.join(u' ');
    };
    QCOMPARE(ids(u"a+ a0 by c+ c0"_s), QString());
    procedure.steps[0].undo = u"first"_s;
    procedure.steps[2].undo = u"third"_s;
    QCOMPARE(ids({}), QString());
    QCOMPARE(ids(u"a+ a0 by c+ c0"_s), u"undo:shop undo.c:third undo.a:first"_s);
    QCOMPARE(ids(u"a+ a0 by c+ c1 c-"_s), u"undo:shop undo.a:first"_s);
    QVERIFY(faultsOf(undoProcedure(procedure, sessionState(procedure, eventsOf(u"a+ a0"_s)))).isEmpty());
}

QTEST_APPLESS_MAIN(TestSessionState)
#include "tst_sessionstate.moc"
