#include "secrets/passwordcommand.h"

#include "ports/once.h"
#include "secrets/acceptable.h"

#include <QProcess>
#include <QTimer>

#include <csignal>
#include <string.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype KeptOfErrors = 2000;

// One pass over the line, a state for each kind of quote.
class Words
{
public:
    explicit Words(const QString &command)
    {
        for (const QChar c : command)
            take(c);
        flush();
    }
    [[nodiscard]] bool open() const { return !m_quote.isNull() || m_escaped; }
    [[nodiscard]] bool needsShell() const { return m_needsShell; }
    [[nodiscard]] const QStringList &list() const { return m_list; }

private:
    void take(QChar c)
    {
        if (m_escaped)
            endEscape(c);
        else if (m_quote == u'\'')
            c == m_quote ? endQuote() : add(c);
        else if (c == u'\\')
            m_escaped = true;
        else if (m_quote == u'"')
            inDouble(c);
        else
            plain(c);
    }
    // Inside double quotes a backslash stays before most characters; a shell knows which.
    void endEscape(QChar c)
    {
        m_escaped = false;
        m_needsShell |= c == u'\n' || (m_quote == u'"' && c != u'"' && c != u'\\');
        add(c);
    }
    void inDouble(QChar c)
    {
        m_needsShell |= c == u'$' || c == u'`';
        c == m_quote ? endQuote() : add(c);
    }
    void plain(QChar c)
    {
        m_needsShell |= u"|&;<>()$`*?[]#~!{}\n"_s.contains(c) || (c == u'=' && m_list.isEmpty());
        if (c == u'\'' || c == u'"')
            beginQuote(c);
        else if (c.isSpace())
            flush();
        else
            add(c);
    }
    void beginQuote(QChar c)
    {
        m_quote = c;
        m_inWord = true;
    }
    void endQuote() { m_quote = {}; }
    void add(QChar c)
    {
        m_word += c;
        m_inWord = true;
    }
    void flush()
    {
        if (m_inWord)
            m_list += m_word;
        m_word.clear();
        m_inWord = false;
    }

    QStringList m_list;
    QString m_word;
    QChar m_quote;
    bool m_inWord = false;
    bool m_escaped = false;
    bool m_needsShell = false;
};

// A running command: its process, what it printed, and how it ended. Lives until the process is gone.
class Running : public QObject
{
public:
    Running(const QStringList &words, std::chrono::milliseconds limit)
    {
        m_printed.reserve(LargestSecret + 2);
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] { readPrinted(); });
        connect(&m_process, &QProcess::readyReadStandardError, this, [this] { readErrors(); });
        connect(&m_process, &QProcess::finished, this, [this] { finished(); });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                failedToStart();
        });
        connect(&m_timer, &QTimer::timeout, this, [this] {
            end(ErrorKind::Timeout, u"secrets.command-timeout"_s, u"the command did not end in time"_s);
        });
        m_process.setChildProcessModifier([] { ::setsid(); });
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_timer.setSingleShot(true);
        m_timer.start(limit);
        m_process.start(words.front(), words.mid(1));
    }
    ~Running() override { wipe(); }

    [[nodiscard]] const Once<Result<Secret>> &done() const { return m_done; }

    void end(ErrorKind kind, const QString &code, const QString &detail)
    {
        m_done.settle(failure(kind, code, detail));
        m_timer.stop();
        // Its own session, so the whole of it can go at once; finished() then deletes us.
        if (m_process.processId() > 0)
            ::kill(-static_cast<pid_t>(m_process.processId()), SIGKILL);
    }

private:
    void readPrinted()
    {
        QByteArray more = m_process.readAllStandardOutput();
        m_printed += more.left(LargestSecret + 2 - m_printed.size());
        more.fill('\0');
        if (m_printed.size() > LargestSecret + 1)
            end(ErrorKind::Invalid, u"secrets.size"_s, u"the command printed more than 64 KiB"_s);
    }
    void readErrors() { m_errors += m_process.readAllStandardError().left(KeptOfErrors - m_errors.size()); }

    void failedToStart()
    {
        end(ErrorKind::NotFound, u"secrets.command-failed"_s, m_process.errorString());
        deleteLater();
    }
    void finished()
    {
        readPrinted();
        readErrors();
        if (m_printed.endsWith('\n'))
            m_printed.chop(m_printed.endsWith("\r\n") ? 2 : 1);
        m_done.settle(verdict());
        deleteLater();
    }
    [[nodiscard]] Result<Secret> verdict()
    {
        if (m_process.exitStatus() != QProcess::NormalExit)
            return failure(ErrorKind::Denied, u"secrets.command-failed"_s, u"killed by a signal"_s);
        if (m_process.exitCode() != 0)
            return failure(ErrorKind::Denied, u"secrets.command-failed"_s,
                u"ended with %1: %2"_s.arg(m_process.exitCode()).arg(errorWords()));
        if (m_printed.isEmpty())
            return failure(ErrorKind::NotFound, u"secrets.command-empty"_s, errorWords());
        return Secret(QByteArray(m_printed.constData(), m_printed.size()));
    }
    // What it complained of; every line of what it printed is taken out.
    [[nodiscard]] QString errorWords() const
    {
        QByteArray words = m_errors;
        for (const QByteArray &line : m_printed.split('\n')) {
            if (const QByteArray piece = line.trimmed(); !piece.isEmpty())
                words.replace(piece, "***");
        }
        return QString::fromUtf8(words).simplified();
    }
    void wipe() { explicit_bzero(m_printed.data(), static_cast<std::size_t>(m_printed.size())); }

    QProcess m_process;
    QTimer m_timer;
    QByteArray m_printed;
    QByteArray m_errors;
    Once<Result<Secret>> m_done;
};

} // namespace

Result<QStringList> commandWords(const QString &command)
{
    const Words words(command);
    if (words.open() || words.list().isEmpty() || command.contains(QChar(u'\0')))
        return failure(ErrorKind::Invalid, u"secrets.command-invalid"_s,
            u"the password command is empty, or a quote in it stays open"_s);
    if (words.needsShell())
        return QStringList { u"/bin/sh"_s, u"-c"_s, command };
    return words.list();
}

QCoro::Task<Result<Secret>> secretFromCommand(
    QString command, std::chrono::milliseconds limit, std::stop_token stop)
{
    const auto words = commandWords(command);
    if (!words)
        co_return tl::unexpected(words.error());
    const QPointer<Running> running = new Running(*words, limit);
    const Once<Result<Secret>> done = running->done();
    const std::stop_callback onStop(stop, [running] {
        if (running)
            running->end(ErrorKind::Cancelled, u"secrets.cancelled"_s, u"stopped"_s);
    });
    auto answer = co_await done;
    co_return answer;
}

} // namespace tidemark
