#include "hands/hosthand.h"
#include "hosts/hosts.h"
#include "journal/filejournal.h"
#include "sessions/session.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// The time of this machine.
class RealClock : public Clock
{
public:
    [[nodiscard]] Instant now() const override
    {
        return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
    }
};

// Passes on to a hand, but for a while its host cannot be reached.
class FarHand : public Hand
{
public:
    explicit FarHand(std::shared_ptr<Hand> hand)
        : m_hand(std::move(hand))
    {
    }
    int away = 0; // calls that fail
    QCoro::Task<Result<JobSeen>> start(HostJob job, QByteArray script, std::stop_token stop) override
    {
        if (away > 0 && away--)
            co_return failure(ErrorKind::Unreachable, u"ssh.refused"_s, u"gate"_s);
        auto seen = co_await m_hand->start(job, script, stop);
        co_return seen;
    }
    QCoro::Task<Result<JobSeen>> look(
        HostJob job, qint64 from, std::chrono::milliseconds patience, std::stop_token stop) override
    {
        if (away > 0 && away--)
            co_return failure(ErrorKind::Timeout, u"host.timeout"_s, u"gate"_s);
        auto seen = co_await m_hand->look(job, from, patience, stop);
        co_return seen;
    }
    QCoro::Task<Result<JobSeen>> end(HostJob job, std::stop_token stop) override
    {
        return m_hand->end(job, stop);
    }
    QCoro::Task<Result<>> forget(HostJob job, std::stop_token stop) override
    {
        return m_hand->forget(job, stop);
    }
    QCoro::Task<Result<Said>> ask(Host host, QByteArray script, std::stop_token stop) override
    {
        return m_hand->ask(host, script, stop);
    }

private:
    std::shared_ptr<Hand> m_hand;
};

QString wordOf(SessionEvent::Kind kind)
{
    static const QStringList words { u"began"_s, u"begins"_s, u"ended"_s, u"lost"_s, u"known"_s, u"again"_s,
        u"skipped"_s, u"confirmed"_s, u"paused"_s, u"continued"_s, u"handed"_s, u"taken"_s, u"note"_s,
        u"aborted"_s, u"over"_s };
    return words.at(int(kind));
}

} // namespace

// The engine with a real hand on this machine and a real journal.
class TestRunSession : public QObject
{
    Q_OBJECT

    test::TemporaryFolder m_home;
    test::TemporaryFolder m_work;
    std::shared_ptr<FarHand> m_hand;
    std::shared_ptr<OpenSession> m_session;
    QString m_id;
    Procedure m_procedure;
    QByteArray m_heard;
    int m_timesAway = 0;

    [[nodiscard]] QString file(const QString &name) const { return m_work.filePath(name); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile read(file(name));
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    Step &step(const QString &id, const QString &command)
    {
        Step one;
        one.id = id;
        one.title = id;
        one.command = command;
        m_procedure.steps.push_back(one);
        return m_procedure.steps.back();
    }
    [[nodiscard]] FileJournal journal() const { return FileJournal(file(u"sessions"_s)); }
    void begin()
    {
        auto begun = test::settle(journal().begin(m_procedure, RealClock().now()));
        QVERIFY2(begun && *begun, test::wordsOf(begun).constData());
        m_session = **begun;
        m_id = m_session->record().id;
    }
    // As another console does that was started after this one ended.
    void reopen()
    {
        m_session.reset();
        auto opened = test::settle(journal().open(m_id));
        QVERIFY2(opened && *opened, test::wordsOf(opened).constData());
        m_session = **opened;
    }
    SessionTools tools()
    {
        return { m_session, m_hand, std::make_shared<RealClock>(), u"anna@desk"_s,
            [this](const SessionNews &news) {
                m_heard += news.output;
                m_timesAway += news.away ? 1 : 0;
            } };
    }
    static QString wordsOf(const std::optional<Result<SessionState>> &state)
    {
        if (!state || !*state)
            return QString::fromUtf8(test::wordsOf(state));
        static const QStringList words { u"running"_s, u"paused"_s, u"person"_s, u"handed"_s, u"aborted"_s,
            u"ended"_s };
        QString text = words.at(int((*state)->status)) + u' ';
        for (const StepProgress &one : (*state)->steps)
            text += u"drDfls"_s.at(int(one.status));
        return text + ((*state)->whole() ? u" whole"_s : QString());
    }
    QString run() { return wordsOf(test::settle(runSession(tools(), {}), std::chrono::seconds(40))); }
    // Runs until the step has written a file, then ends as a console does that is closed.
    void runUntil(const QString &name)
    {
        std::stop_source source;
        auto running = runSession(tools(), source.get_token());
        QVERIFY(QTest::qWaitFor([&] { return QFile::exists(file(name)); }, 10'000));
        source.request_stop();
        const auto state = test::settle(std::move(running));
        QVERIFY(state && !*state);
        m_session.reset();
    }
    QString doing(SessionAct what, const QString &text = {})
    {
        return wordsOf(test::settle(act(tools(), what, text)));
    }
    QString journalWords()
    {
        QStringList words;
        for (const SessionEvent &event : m_session->record().events)
            words << (event.step.isEmpty() ? QString() : event.step + u':') + wordOf(event.kind)
                    + (event.kind == SessionEvent::Kind::StepEnded ? QString::number(event.exit) : QString());
        return words.join(u' ');
    }
    int group()
    {
        QFile pid(u"%1/.tidemark/jobs/%2/pid"_s.arg(m_home.path(), jobId(m_id, u"a"_s, 1)));
        return pid.open(QIODevice::ReadOnly) ? pid.readAll().split(' ').front().toInt() : 0;
    }

private Q_SLOTS:
    void init()
    {
        qputenv("HOME", m_home.path().toUtf8());
        m_hand = std::make_shared<FarHand>(std::make_shared<HostHand>(makeHostReaders()));
        m_session.reset();
        m_procedure = {};
        m_procedure.kind = u"recover"_s;
        m_heard.clear();
        m_timesAway = 0;
        for (const QString &name : QDir(m_work.path()).entryList(QDir::Files))
            QFile::remove(file(name));
    }

    void stepsInTheirOrder()
    {
        step(u"a"_s, u"echo one\n"_s);
        step(u"b"_s, u"echo two; echo 'password=hush-hush' "_s);
        step(u"c"_s, u"echo three"_s).kind = StepKind::Check;
        begin();
        QCOMPARE(run(), u"ended DDD whole"_s);
        QCOMPARE(journalWords(), u"began a:begins a:ended0 b:begins b:ended0 c:begins c:ended0 over"_s);
        QVERIFY(m_heard.startsWith("one\ntwo\n"));
        QVERIFY(!m_heard.contains("hush-hush"));
        const SessionEvent &ended = m_session->record().events.at(4);
        const auto kept = test::settle(journal().evidence(m_id, ended.evidence));
        QVERIFY(kept && *kept);
        QVERIFY((*kept)->startsWith("two\npassword="));
        QVERIFY(!(*kept)->contains("hush-hush"));
        QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(**kept, QCryptographicHash::Sha256).toHex()),
            ended.sum);
        QVERIFY(QDir(m_home.filePath(u".tidemark/jobs"_s)).isEmpty()); // nothing is left on the host
        QCOMPARE(run(), u"ended DDD whole"_s);
        QCOMPARE(journalWords().count(u"over"_s), 1);
    }
    void aFailureNeedsAPerson()
    {
        step(u"a"_s, u"[ -e %1 ]"_s.arg(file(u"ready"_s)));
        step(u"b"_s, u"true"_s);
        begin();
        QCOMPARE(run(), u"person fd"_s);
        QCOMPARE(doing(SessionAct::Confirm), u"session.refused: nothing waits to be confirmed"_s);
        QCOMPARE(doing(SessionAct::Skip, u"  "_s), u"session.refused: a reason has to be given"_s);
        QFile ready(file(u"ready"_s));
        QVERIFY(ready.open(QIODevice::WriteOnly));
        QCOMPARE(doing(SessionAct::Retry), u"running dd"_s);
        QCOMPARE(run(), u"ended DD whole"_s);
        QCOMPARE(
            journalWords(), u"began a:begins a:ended1 a:again a:begins a:ended0 b:begins b:ended0 over"_s);
    }
    void whatWasSkippedIsNotWhole()
    {
        step(u"a"_s, u"false"_s);
        step(u"b"_s, u"true"_s);
        begin();
        QCOMPARE(run(), u"person fd"_s);
        QCOMPARE(doing(SessionAct::Skip, u"known"_s), u"running sd"_s);
        QCOMPARE(run(), u"ended sD"_s);
    }
    void doneByHand()
    {
        step(u"a"_s, u"false"_s);
        begin();
        QCOMPARE(run(), u"person f"_s);
        QCOMPARE(doing(SessionAct::DoneByHand, u"mounted it"_s), u"ended D whole"_s);
        QCOMPARE(run(), u"ended D whole"_s);
    }
    void confirmedByTyping()
    {
        Step &ask = step(u"a"_s, {});
        ask.kind = StepKind::Confirm;
        ask.typed = u"shop"_s;
        step(u"b"_s, u"true"_s);
        begin();
        QCOMPARE(run(), u"person dd"_s);
        QCOMPARE(doing(SessionAct::Confirm, u"shp"_s), u"session.refused: what was typed is not \"shop\""_s);
        QCOMPARE(doing(SessionAct::Confirm, u"shop"_s), u"running Dd"_s);
        QCOMPARE(run(), u"ended DD whole"_s);
    }
    void pausedAndHandedOver()
    {
        step(u"a"_s, u"true"_s);
        begin();
        QCOMPARE(doing(SessionAct::Pause), u"paused d"_s);
        QCOMPARE(run(), u"paused d"_s);
        QCOMPARE(doing(SessionAct::Continue), u"running d"_s);
        QCOMPARE(doing(SessionAct::HandOver, u"to the storage team"_s), u"handed d"_s);
        QCOMPARE(run(), u"handed d"_s);
        QCOMPARE(doing(SessionAct::TakeBack), u"running d"_s);
        QCOMPARE(run(), u"ended D whole"_s);
    }
    void goesOnWhileTheConsoleIsAway()
    {
        step(u"a"_s,
            u"echo x >>%1; echo on; touch %2; sleep 1; echo off"_s.arg(file(u"count"_s), file(u"on"_s)));
        begin();
        runUntil(u"on"_s);
        QTest::qWait(1500); // it ends meanwhile
        reopen();
        QCOMPARE(run(), u"ended D whole"_s);
        QCOMPARE(content(u"count"_s), "x\n");
        QCOMPARE(journalWords(), u"began a:begins a:ended0 over"_s);
        const auto kept = test::settle(journal().evidence(m_id, u"a.1.txt"_s));
        QCOMPARE(kept.value().value_or("unread"), "on\noff\n");
    }
    void isFollowedOnWhileItRuns()
    {
        step(u"a"_s, u"echo x >>%1; touch %2; sleep 2; echo off"_s.arg(file(u"count"_s), file(u"on"_s)));
        begin();
        runUntil(u"on"_s);
        reopen();
        QCOMPARE(run(), u"ended D whole"_s);
        QCOMPARE(content(u"count"_s), "x\n");
    }
    void endedBetweenJournalAndHost()
    {
        step(u"a"_s, u"echo x >>%1"_s.arg(file(u"count"_s)));
        begin();
        SessionEvent began;
        began.kind = SessionEvent::Kind::StepBegan;
        began.at = RealClock().now();
        began.step = u"a"_s;
        began.attempt = 1;
        QVERIFY(test::settle(m_session->write(began)).value());
        reopen();
        QCOMPARE(run(), u"ended D whole"_s);
        QCOMPARE(content(u"count"_s), "x\n");
    }
    void whatWasLost_data()
    {
        QTest::addColumn<int>("repeat");
        QTest::addColumn<QString>("look");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("journal");
        const QString begun = u"a:begins a:lost"_s;
        const QString again = begun + u" a:again a:begins a:ended0 over"_s;
        QTest::newRow("may be repeated")
            << int(Repeatability::Safe) << QString() << u"ended D whole"_s << again;
        QTest::newRow("never") << int(Repeatability::Never) << QString() << u"person l"_s << begun;
        QTest::newRow("its effect is there") << int(Repeatability::LookFirst) << u"exit 0"_s
                                             << u"ended D whole"_s << begun + u" a:known over"_s;
        QTest::newRow("had not begun")
            << int(Repeatability::LookFirst) << u"exit 1"_s << u"ended D whole"_s << again;
        QTest::newRow("half done") << int(Repeatability::LookFirst) << u"exit 2"_s << u"person l"_s << begun;
    }
    void whatWasLost()
    {
        QFETCH(int, repeat);
        QFETCH(QString, look);
        QFETCH(QString, journal);
        Step &one = step(u"a"_s, u"[ -e %1 ] && exit 0; touch %1; sleep 60"_s.arg(file(u"on"_s)));
        one.repeat = Repeatability(repeat);
        one.look = look;
        begin();
        runUntil(u"on"_s);
        QTRY_VERIFY(group() > 1);
        QCOMPARE(::kill(-group(), SIGKILL), 0);
        reopen();
        QTEST(run(), "state");
        QCOMPARE(journalWords(), u"began "_s + journal);
    }
    void aHostThatIsAwayIsAskedAgain()
    {
        step(u"a"_s, u"echo x >>%1; echo done"_s.arg(file(u"count"_s)));
        begin();
        m_hand->away = 2;
        QCOMPARE(run(), u"ended D whole"_s);
        QCOMPARE(m_timesAway, 2);
        QCOMPARE(content(u"count"_s), "x\n");
    }
    void abortedInTheMiddle()
    {
        step(u"a"_s, u"touch %1; sleep 60"_s.arg(file(u"on"_s))).leaves = u"half a copy"_s;
        step(u"b"_s, u"true"_s);
        begin();
        runUntil(u"on"_s);
        const int pid = group();
        QVERIFY(pid > 1);
        reopen();
        QCOMPARE(
            wordsOf(test::settle(abortSession(tools(), u"wrong cluster"_s, {}), std::chrono::seconds(20))),
            u"aborted fd"_s);
        QTRY_VERIFY(::kill(-pid, 0) != 0);
        QCOMPARE(leftBehind(m_procedure, m_session->record().state()), QStringList { u"half a copy"_s });
        QCOMPARE(run(), u"aborted fd"_s);
        QCOMPARE(doing(SessionAct::Retry), u"session.refused: the session is over"_s);
    }
};

QTEST_GUILESS_MAIN(TestRunSession)
#include "tst_runsession.moc"
