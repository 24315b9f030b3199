#include "support/temporaryfolder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace tidemark;

// A console that is killed again and again, at any moment, ends its session as one that is not: every step is
// done once. TIDEMARK_KILLS says how often.
class TestKilledConsole : public QObject
{
    Q_OBJECT

    test::TemporaryFolder m_folder;
    QString m_id;

    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray content(const QString &path) const
    {
        QFile read(path);
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    void writePlan() const
    {
        QJsonArray steps;
        for (int i = 0; i < Steps; ++i)
            steps << QJsonObject { { u"id"_s, u"s%1"_s.arg(i) }, { u"kind"_s, u"command"_s },
                { u"danger"_s, u"none"_s }, { u"repeat"_s, u"never"_s },
                { u"command"_s,
                    u"echo %1 >>'%2'\nsleep 0.%3\necho done\n"_s.arg(i).arg(file(u"done"_s)).arg(i % 4) } };
        const QJsonObject plan { { u"procedure"_s, 1 }, { u"kind"_s, u"recover"_s },
            { u"title"_s, u"twelve"_s }, { u"cluster"_s, u"shop"_s }, { u"environment"_s, u"lab"_s },
            { u"hosts"_s, QJsonArray() }, { u"facts"_s, QJsonObject() }, { u"steps"_s, steps } };
        QFile out(file(u"plan.json"_s));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(QJsonDocument(plan).toJson());
    }
    [[nodiscard]] std::unique_ptr<QProcess> started(const QStringList &arguments) const
    {
        auto process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, file(u"data"_s));
        environment.insert(u"HOME"_s, m_folder.path());
        process->setProcessEnvironment(environment);
        process->setStandardOutputFile(QProcess::nullDevice());
        process->start(u"" TIDEMARK_BIN_DIR "/tidemarkctl"_s, arguments);
        return process;
    }
    [[nodiscard]] QStringList goingOn()
    {
        const QStringList ids
            = QDir(file(u"data/tidemark/sessions"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        // Killed before it had begun: nothing of it is there, or a folder without a journal.
        for (const QString &id : ids) {
            if (QFile::exists(file(u"data/tidemark/sessions/%1/journal.jsonl"_s.arg(id))))
                m_id = id;
        }
        return m_id.isEmpty() ? QStringList { u"session"_s, u"run"_s, file(u"plan.json"_s) }
                              : QStringList { u"session"_s, u"resume"_s, m_id };
    }

    static constexpr int Steps = 12;

private Q_SLOTS:
    void everyStepOnce()
    {
        const int kills = qEnvironmentVariableIntValue("TIDEMARK_KILLS") > 0
            ? qEnvironmentVariableIntValue("TIDEMARK_KILLS")
            : 15;
        QByteArray all;
        for (int i = 0; i < Steps; ++i)
            all += QByteArray::number(i) + '\n';
        int killed = 0;
        int sessions = 0;
        while (killed < kills) {
            writePlan();
            m_id.clear();
            QDir(file(u"data"_s)).removeRecursively();
            QFile::remove(file(u"done"_s));
            ++sessions;
            int code = -1;
            while (code < 0) {
                const auto process = started(goingOn());
                const bool ended = process->waitForFinished(
                    killed < kills ? QRandomGenerator::global()->bounded(700) : 60'000);
                if (ended) {
                    code = process->exitCode();
                    break;
                }
                ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
                process->waitForFinished();
                ++killed;
            }
            QCOMPARE(code, 0);
            QCOMPARE(content(file(u"done"_s)), all);
            const auto check
                = started({ u"session"_s, u"status"_s, m_id.isEmpty() ? goingOn().last() : m_id });
            QVERIFY(check->waitForFinished());
            QCOMPARE(check->exitCode(), 0);
        }
        qInfo() << killed << "kills in" << sessions << "sessions";
    }
};

QTEST_GUILESS_MAIN(TestKilledConsole)
#include "tst_killedconsole.moc"
