#pragma once

#include "ports/hand.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>

namespace tidemark::test {

// What every Hand promises, on a machine whose files can be seen from here.
class HandContract : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] virtual std::shared_ptr<Hand> makeHand() = 0;
    [[nodiscard]] virtual Host host() const = 0;
    [[nodiscard]] virtual QString home() const = 0; // of the account there

    [[nodiscard]] HostJob job() const { return { host(), QString::fromLatin1(m_id) }; }
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile read(file(name));
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    // "state exit output", to its end.
    QByteArray followed(qint64 from = 0)
    {
        QByteArray output;
        const QDeadlineTimer limit(std::chrono::seconds(30));
        while (!limit.hasExpired()) {
            const auto seen = settle(m_hand->look(job(), from + output.size(), std::chrono::seconds(2), {}),
                std::chrono::seconds(20));
            if (!seen || !*seen)
                return wordsOf(seen);
            output += (*seen)->output;
            if ((*seen)->state != HostJobState::Running && from + output.size() >= (*seen)->size)
                return words(**seen) + ' ' + output;
        }
        return "no end";
    }
    static QByteArray words(const JobSeen &seen)
    {
        static const QByteArrayList states { "none", "running", "ended", "lost" };
        return states[int(seen.state)] + ' ' + QByteArray::number(seen.exit);
    }
    QByteArray started(const QByteArray &script)
    {
        const auto seen = settle(m_hand->start(job(), script, {}), std::chrono::seconds(20));
        return seen && *seen ? QByteArray("ok") : wordsOf(seen);
    }
    [[nodiscard]] QString pidFile() const
    {
        return QStringLiteral("%1/.tidemark/jobs/%2/pid").arg(home(), QString::fromLatin1(m_id));
    }
    [[nodiscard]] QByteArrayList pidWords() const
    {
        QFile pid(pidFile());
        return pid.open(QIODevice::ReadOnly) ? pid.readAll().trimmed().split(' ') : QByteArrayList { "0" };
    }

    std::shared_ptr<Hand> m_hand;
    TemporaryFolder m_folder;
    QByteArray m_id;

private Q_SLOTS:
    void init()
    {
        static int count = 0;
        m_hand = makeHand();
        m_id = "20261201-000000-" + QByteArray::number(QCoreApplication::applicationPid()) + ".step."
            + QByteArray::number(++count);
        QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7777));
    }
    void cleanup()
    {
        static_cast<void>(settle(m_hand->end(job(), {}), std::chrono::seconds(20)));
        static_cast<void>(settle(m_hand->forget(job(), {}), std::chrono::seconds(20)));
    }

    void tellsTheEndAndTheOutput()
    {
        QCOMPARE(followed(), "none 0 ");
        QCOMPARE(started("echo one; echo two >&2; exit 7"), "ok");
        QCOMPARE(followed(), "ended 7 one\ntwo\n");
        QCOMPARE(followed(4), "ended 7 two\n");
    }
    void anyScriptComesThroughAsItIs()
    {
        const QByteArray hostile = "printf '%s' 'it'\\''s \"$(echo no)\" `x` \\n ;& \xc3\xa9 \xff\n%d'\n";
        QCOMPARE(started(hostile), "ok");
        QCOMPARE(followed(), QByteArray("ended 0 it's \"$(echo no)\" `x` \\n ;& \xc3\xa9 \xff\n%d"));
    }
    void isStartedOnce()
    {
        const QByteArray script = "echo x >>'" + file(QString::fromLatin1(m_id)).toUtf8() + "'; sleep 0.3";
        std::vector<QCoro::Task<Result<JobSeen>>> calls;
        for (int i = 0; i < 8; ++i)
            calls.push_back(m_hand->start(job(), script, {}));
        for (auto &call : calls)
            QVERIFY(settle(std::move(call), std::chrono::seconds(20)).has_value());
        QCOMPARE(followed(), "ended 0 ");
        QCOMPARE(started(script), "ok");
        QCOMPARE(content(QString::fromLatin1(m_id)), "x\n");
    }
    void aStoppedCallLeavesTheJobRunning()
    {
        std::stop_source source;
        auto call = m_hand->start(job(), "sleep 1; echo done", source.get_token());
        QVERIFY(QTest::qWaitFor([this] { return QFile::exists(pidFile()); }, 10'000));
        source.request_stop();
        static_cast<void>(settle(std::move(call), std::chrono::seconds(10)));
        m_hand = makeHand();
        QCOMPARE(followed(), "ended 0 done\n");
    }
    void muchOutputComesInPortions()
    {
        QCOMPARE(started("i=0; while [ $i -lt 50000 ]; do echo \"line $i of many\"; i=$((i+1)); done"), "ok");
        const QByteArray all = followed();
        QVERIFY(all.startsWith("ended 0 line 0 of many\n"));
        QVERIFY(all.endsWith("line 49999 of many\n"));
        QCOMPARE(all.count('\n'), 50000);
    }
    void endsWithAllItStarted()
    {
        const QByteArray mark = file(QStringLiteral("alive")).toUtf8();
        QCOMPARE(started("trap 'echo asked; exit 3' TERM; (while :; do date >'" + mark
                     + "'; sleep 0.1; done) & echo on; wait"),
            "ok");
        QTRY_VERIFY(QFile::exists(file(QStringLiteral("alive"))));
        const auto seen = settle(m_hand->end(job(), {}), std::chrono::seconds(20));
        QVERIFY2(seen && *seen, wordsOf(seen).constData());
        QCOMPARE(followed(), "ended 3 on\nasked\n");
        QVERIFY(QFile::remove(file(QStringLiteral("alive"))));
        QTest::qWait(400);
        QVERIFY(!QFile::exists(file(QStringLiteral("alive"))));
    }
    void whatWillNotEndIsKilled()
    {
        QCOMPARE(started("trap '' TERM; sleep 60 & wait; sleep 60"), "ok");
        const auto seen = settle(m_hand->end(job(), {}), std::chrono::seconds(30));
        QVERIFY2(seen && *seen, wordsOf(seen).constData());
        QCOMPARE(words(**seen), "lost 0");
    }
    void aKilledJobIsLost()
    {
        QCOMPARE(started("sleep 60"), "ok");
        const int group = pidWords().front().toInt();
        QVERIFY(group > 1);
        QCOMPARE(::kill(-group, SIGKILL), 0);
        QCOMPARE(followed(), "lost 0 ");
    }
    void aNumberUsedAgainIsNotTakenForIt()
    {
        QCOMPARE(started("sleep 60"), "ok");
        const QByteArrayList words = pidWords();
        QCOMPARE(words.size(), 3);
        ::kill(-words[0].toInt(), SIGKILL);
        QFile pid(pidFile());
        QVERIFY(pid.open(QIODevice::WriteOnly));
        pid.write("1 " + words[1] + ' ' + words[2] + '\n'); // init lives
        pid.close();
        QCOMPARE(followed(), "lost 0 ");
    }
    void afterARestartOfTheHostItIsLost()
    {
        QCOMPARE(started("sleep 60"), "ok");
        const QByteArrayList words = pidWords();
        QFile pid(pidFile());
        QVERIFY(pid.open(QIODevice::WriteOnly));
        pid.write(words[0] + ' ' + words[1] + " another-boot\n");
        pid.close();
        QCOMPARE(followed(), "lost 0 ");
        ::kill(-words[0].toInt(), SIGKILL);
    }
    void isForgottenWhenItHasEnded()
    {
        QCOMPARE(started("sleep 60"), "ok");
        auto forgotten = settle(m_hand->forget(job(), {}), std::chrono::seconds(20));
        QCOMPARE(wordsOf(forgotten).split(':').first(), "hand.still-running");
        static_cast<void>(settle(m_hand->end(job(), {}), std::chrono::seconds(20)));
        forgotten = settle(m_hand->forget(job(), {}), std::chrono::seconds(20));
        QVERIFY2(forgotten && *forgotten, wordsOf(forgotten).constData());
        QCOMPARE(followed(), "none 0 ");
    }
    void asksAndWaits()
    {
        const auto said = settle(m_hand->ask(host(), "echo yes; exit 4", {}), std::chrono::seconds(20));
        QVERIFY2(said && *said, wordsOf(said).constData());
        QCOMPARE((*said)->exit, 4);
        QCOMPARE((*said)->output, "yes\n");
    }
};

} // namespace tidemark::test
