#include "activity/activitypage.h"
#include "pagebench.h"
#include "run/logview.h"
#include "run/runview.h"
#include "run/steplist.h"
#include "support/memoryjournal.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

using namespace tidemark;
using namespace Qt::StringLiterals;

using Kind = SessionEvent::Kind;

class TestActivityPage : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::PageBench> m_bench;
    ActivityPage *m_page = nullptr;

    // A copy, a word of a person, a promotion; events by kind and step.
    [[nodiscard]] BoardSession session(
        const std::vector<std::pair<Kind, QString>> &events, int exit = 0) const
    {
        BoardSession made;
        made.record.id = u"20261120-140000-0001"_s;
        made.record.procedure = test::shortProcedure();
        Procedure &procedure = made.record.procedure;
        procedure.steps[0].leaves = u"a folder"_s;
        Step ask = procedure.steps[0];
        ask.id = u"open"_s;
        ask.title = u"Open the copy"_s;
        ask.kind = StepKind::Confirm;
        ask.command.clear();
        ask.typed = u"shop db"_s;
        procedure.steps.push_back(ask);
        Instant at = m_bench->world.clock->now() - std::chrono::seconds(100);
        for (const auto &[kind, step] : events) {
            SessionEvent event;
            event.kind = kind;
            event.at = at = at + std::chrono::seconds(1);
            event.who = u"anna@desk"_s;
            event.step = step;
            event.attempt = 1;
            event.exit = kind == Kind::StepEnded ? exit : 0;
            event.evidence = kind == Kind::StepEnded ? step + u".1.txt"_s : QString();
            made.record.events.push_back(event);
        }
        return made;
    }
    [[nodiscard]] std::shared_ptr<test::FakeSessionBoard> board() const { return m_bench->world.sessions; }
    template <class W>
    [[nodiscard]] W *part(const QString &name) const
    {
        return m_bench->window->findChild<W *>(name);
    }
    [[nodiscard]] QString next() const { return part<QLabel>(u"nextTitle"_s)->text(); }
    void open(const BoardSession &session)
    {
        board()->show(session);
        m_page->showItem({ u"session"_s, session.record.id });
    }

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<test::PageBench>();
        m_page = m_bench->open<ActivityPage>(u"Activity"_s);
    }
    void cleanup() { m_bench.reset(); }

    void listsAndOpens()
    {
        auto *table = part<QTableView>(u"activityTable"_s);
        QVERIFY(!table->isVisible());
        QVERIFY(board()->looks > 0);
        board()->show(
            session({ { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s }, { Kind::StepEnded, u"copy"_s } }));
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->model()->index(0, 1).data().toString(), u"anna"_s);
        QCOMPARE(table->model()->index(0, 5).data().toString(), u"needs you"_s);
        QCOMPARE(m_page->badge(), u"1"_s);
        QVERIFY(!part<QPushButton>(u"abort"_s)->isVisible());
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(part<StepList>(u"steps"_s)->isVisible());
        QVERIFY(part<QPushButton>(u"abort"_s)->isVisible());
        QTest::mouseClick(part<QPushButton>(u"back"_s), Qt::LeftButton);
        QVERIFY(table->isVisible());
        QVERIFY(!part<QPushButton>(u"abort"_s)->isVisible());
    }
    void aStepOpensOnlyWithItsName()
    {
        open(
            session({ { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s }, { Kind::StepEnded, u"copy"_s } }));
        QCOMPARE(next(), u"Next for you: Open the copy"_s);
        auto *decide = part<QPushButton>(u"decide"_s);
        auto *field = part<QLineEdit>(u"decision"_s);
        QVERIFY(field->isVisible() && !decide->isEnabled());
        QTest::keyClicks(field, u"shop d"_s);
        QVERIFY(!decide->isEnabled());
        QTest::keyClicks(field, u"b"_s);
        QVERIFY(decide->isEnabled());
        QTest::mouseClick(decide, Qt::LeftButton);
        QCOMPARE(board()->decisions, QStringList { u"20261120-140000-0001 0 shop db"_s });
    }
    void aFailureIsDecidedWithAReason()
    {
        open(session(
            { { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s }, { Kind::StepEnded, u"copy"_s } }, 7));
        QCOMPARE(next(), u"Decide about: Copy the backup"_s);
        QVERIFY(part<QPushButton>(u"decide"_s)->isEnabled());
        QVERIFY(!part<QPushButton>(u"skip"_s)->isEnabled());
        QTest::keyClicks(part<QLineEdit>(u"decision"_s), u"known"_s);
        QTest::mouseClick(part<QPushButton>(u"skip"_s), Qt::LeftButton);
        QTest::mouseClick(part<QPushButton>(u"decide"_s), Qt::LeftButton);
        QCOMPARE(board()->decisions,
            QStringList({ u"20261120-140000-0001 2 known"_s, u"20261120-140000-0001 1 "_s }));
    }
    void whatWasInterruptedIsOffered()
    {
        BoardSession left = session({ { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s } });
        left.found = HostJobState::Running;
        left.heard = "copied 10 %\n";
        left.heardOf = u"copy"_s;
        open(left);
        QCOMPARE(next(), u"Go on with it?"_s);
        QCOMPARE(part<LogView>(u"log"_s)->model()->rowCount(), 1);
        QTest::mouseClick(part<QPushButton>(u"decide"_s), Qt::LeftButton);
        QCOMPARE(board()->decisions, QStringList { u"20261120-140000-0001 goes on"_s });
    }
    void anotherConsolesSessionIsOnlyWatched()
    {
        BoardSession other = session({ { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s } });
        other.record.busy = true;
        open(other);
        for (const QString &name : { u"decide"_s, u"abort"_s, u"pause"_s })
            QVERIFY2(!part<QPushButton>(name)->isVisible(), qPrintable(name));
    }
    void abortingAsksAndTellsWhatStays()
    {
        BoardSession ours = session({ { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s } });
        ours.ours = ours.record.busy = true;
        open(ours);
        QTest::mouseClick(part<QPushButton>(u"abort"_s), Qt::LeftButton);
        auto *dialog = m_page->findChild<QDialog *>();
        QVERIFY(dialog);
        QString words;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            words += label->text();
        QVERIFY2(words.contains(u"a folder"_s), qPrintable(words));
        QCOMPARE(board()->decisions, QStringList());
        dialog->accept();
        QCOMPARE(board()->decisions, QStringList { u"20261120-140000-0001 aborted"_s });
    }
    void everyCommandIsShown()
    {
        open(
            session({ { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s }, { Kind::StepEnded, u"copy"_s } }));
        auto *steps = part<StepList>(u"steps"_s);
        steps->setFocus();
        QTest::keyClick(steps, Qt::Key_Home);
        QTest::keyClick(steps, Qt::Key_Down);
        QCOMPARE(part<QPlainTextEdit>(u"command"_s)->toPlainText(), u"true\n"_s);
    }
    void onlyFailedAreListed()
    {
        board()->show(session(
            { { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s }, { Kind::StepEnded, u"copy"_s } }, 1));
        part<SegmentedControl>(u"show"_s)->setCurrent(3);
        QCOMPARE(part<QTableView>(u"activityTable"_s)->model()->rowCount(), 1);
        board()->show(
            session({ { Kind::Began, {} }, { Kind::StepBegan, u"copy"_s }, { Kind::StepEnded, u"copy"_s } }));
        QVERIFY(!part<QTableView>(u"activityTable"_s)->isVisible());
    }
};

QTEST_MAIN(TestActivityPage)
#include "tst_activitypage.moc"
