#include "journal/filejournal.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

using Kind = SessionEvent::Kind;

namespace {

Procedure oneStep()
{
    Procedure procedure;
    procedure.kind = u"recover"_s;
    procedure.title = u"Bring back \"shop\" – all of it"_s;
    procedure.cluster = u"shop"_s;
    Step step;
    step.id = u"copy"_s;
    step.title = u"Copy"_s;
    step.command = u"true\n"_s;
    procedure.steps = { step };
    return procedure;
}

SessionEvent note(const QString &text)
{
    SessionEvent event;
    event.kind = Kind::Note;
    event.at = Instant::fromSeconds(1'780'000'000);
    event.who = u"anna@desk"_s;
    event.text = text;
    return event;
}

// No file may grow beyond it, as on a full disk.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit { bytes, m_before.rlim_max };
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;

private:
    rlimit m_before {};
};

} // namespace

class TestFileJournal : public QObject
{
    Q_OBJECT

    test::TemporaryFolder m_folder;
    FileJournal m_journal { m_folder.filePath(u"sessions"_s) };
    std::shared_ptr<OpenSession> m_session;

    [[nodiscard]] QString lines() const
    {
        return m_folder.filePath(u"sessions/%1/journal.jsonl"_s.arg(m_session->record().id));
    }
    [[nodiscard]] QByteArray bytes() const
    {
        QFile file(lines());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
    void replace(const QByteArray &text) const
    {
        QFile file(lines());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QByteArray write(const QString &text)
    {
        return test::wordsOf(test::settle(m_session->write(note(text))));
    }
    // Its notes, or why it cannot be opened.
    QByteArray opened()
    {
        const QString id = m_session->record().id;
        m_session.reset();
        const auto session = test::settle(m_journal.open(id));
        if (!session || !*session)
            return test::wordsOf(session);
        m_session = **session;
        QStringList texts;
        for (const SessionEvent &event : m_session->record().events)
            texts << event.text;
        return texts.join(u'|').toUtf8();
    }

private Q_SLOTS:
    void init()
    {
        m_session.reset();
        auto session = test::settle(m_journal.begin(oneStep(), Instant::fromSeconds(1'780'000'000)));
        QVERIFY2(session && *session, test::wordsOf(session).constData());
        m_session = **session;
    }

    void keepsWhatIsWritten()
    {
        QCOMPARE(write(u"one"_s), "ok");
        QCOMPARE(write(u"two\nlines \"x\" \u00e9"_s), "ok");
        const auto events = m_session->record().events;
        QCOMPARE(opened(), QByteArray("one|two\nlines \"x\" \xc3\xa9"));
        QCOMPARE(m_session->record().events, events);
        QCOMPARE(m_session->record().procedure, oneStep());
        QCOMPARE(write(u"three"_s), "ok");
        QCOMPARE(opened(), QByteArray("one|two\nlines \"x\" \xc3\xa9|three"));
    }
    void linesOfTwoWritersFollowEachOther()
    {
        std::vector<QCoro::Task<Result<>>> writes;
        for (int i = 0; i < 20; ++i)
            writes.push_back(m_session->write(note(QString::number(i))));
        for (auto &one : writes)
            QCOMPARE(test::wordsOf(test::settle(std::move(one))), "ok");
        QCOMPARE(opened().count('|'), 19);
    }
    void isOfOneConsole()
    {
        const QString id = m_session->record().id;
        FileJournal other(m_folder.filePath(u"sessions"_s));
        QCOMPARE(test::wordsOf(test::settle(other.open(id))), QByteArray("journal.busy: " + id.toLatin1()));
        const auto seen = test::settle(other.read(id));
        QVERIFY(seen && *seen && (*seen)->busy);
        m_session.reset();
        const auto free = test::settle(other.read(id));
        QVERIFY(free && *free && !(*free)->busy);
        QCOMPARE(test::wordsOf(test::settle(other.open(id))), "ok");
        init();
    }
    void aCutLineIsLeftOut()
    {
        QCOMPARE(write(u"one"_s), "ok");
        QCOMPARE(write(u"two"_s), "ok");
        replace(bytes().chopped(20));
        QCOMPARE(opened(), "one");
        QCOMPARE(write(u"three"_s), "ok");
        QCOMPARE(opened(), "one|three");
    }
    void whatWasChangedIsSeen_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("text") << QByteArray("two") << QByteArray("TWO")
                              << QByteArray("what stands before line 3 of the journal was changed");
        QTest::newRow("kind") << QByteArray("note") << QByteArray("nite")
                              << QByteArray("line 1 of the journal is no event");
        QTest::newRow("garbage") << QByteArray("{") << QByteArray("[")
                                 << QByteArray("line 1 of the journal is no event");
    }
    void whatWasChangedIsSeen()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, said);
        for (const QString &text : { u"one"_s, u"two"_s, u"three"_s })
            QCOMPARE(write(text), "ok");
        QByteArray text = bytes();
        QVERIFY(text.contains(from));
        replace(text.replace(from, to));
        const QByteArray words = opened();
        QVERIFY2(words.startsWith("journal.unreadable: " + said), words.constData());
        init();
    }
    void aLineTakenOutIsSeen()
    {
        for (const QString &text : { u"one"_s, u"two"_s, u"three"_s })
            QCOMPARE(write(text), "ok");
        QList<QByteArray> all = bytes().split('\n');
        all.removeAt(1);
        replace(all.join('\n'));
        QVERIFY(opened().contains("before line 2"));
        init();
    }
    void anotherProcedureIsSeen()
    {
        QCOMPARE(write(u"one"_s), "ok");
        QFile file(m_folder.filePath(u"sessions/%1/procedure.json"_s.arg(m_session->record().id)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        file.close();
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.replace("true", "rm x"));
        file.close();
        QVERIFY(opened().startsWith("journal.unreadable: what stands before line 1"));
        init();
    }
    void aFullDiskLosesNothing()
    {
        QCOMPARE(write(u"one"_s), "ok");
        const QByteArray before = bytes();
        {
            const FullDisk full(static_cast<rlim_t>(before.size()) + 40);
            QVERIFY(write(u"two"_s).startsWith("journal.full: "));
            const auto kept = test::settle(m_session->keep(u"x.txt"_s, QByteArray(100'000, 'x')));
            QVERIFY(test::wordsOf(kept).startsWith("journal.full: "));
        }
        QCOMPARE(bytes(), before);
        QCOMPARE(m_session->record().events.size(), 1U);
        QCOMPARE(write(u"three"_s), "ok");
        QCOMPARE(opened(), "one|three");
    }
    void evidenceIsNamedByItsSum()
    {
        const auto sum = test::settle(m_session->keep(u"copy.1.txt"_s, "abc"));
        QVERIFY(sum && *sum);
        QCOMPARE(**sum, u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s);
        const QString id = m_session->record().id;
        const auto kept = test::settle(m_journal.evidence(id, u"copy.1.txt"_s));
        QVERIFY(kept && *kept);
        QCOMPARE(**kept, "abc");
        QCOMPARE(test::wordsOf(test::settle(m_journal.evidence(id, u"../journal.jsonl"_s))).split(':')[0],
            "journal.missing");
    }
    void listsNewestFirstAndWhatCannotBeRead()
    {
        FileJournal journal(m_folder.filePath(u"listed"_s));
        QVERIFY(test::settle(journal.list())->value().empty());
        QStringList ids;
        for (const int second : { 100, 300, 200 }) {
            const auto begun = test::settle(journal.begin(oneStep(), Instant::fromSeconds(second)));
            QVERIFY(begun && *begun);
            ids << (**begun)->record().id;
        }
        QVERIFY(QFile::remove(m_folder.filePath(u"listed/%1/procedure.json"_s.arg(ids[1]))));
        const auto all = test::settle(journal.list())->value();
        QCOMPARE(all.size(), 3U);
        QCOMPARE(QStringList({ all[0].id, all[1].id, all[2].id }), QStringList({ ids[1], ids[2], ids[0] }));
        QVERIFY(!all[0].trouble.isEmpty());
        QVERIFY(all[1].trouble.isEmpty());
    }
    void aBadProcedureIsNotBegun()
    {
        Procedure bad = oneStep();
        bad.steps.push_back(bad.steps[0]);
        const auto begun = test::settle(m_journal.begin(bad, Instant::fromSeconds(1)));
        QVERIFY(test::wordsOf(begun).startsWith("procedure.unreadable: "));
    }
};

QTEST_GUILESS_MAIN(TestFileJournal)
#include "tst_filejournal.moc"
