#include "standin/taskbook.h"

#include "standin/site.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

Site::Site(std::function<qint64()> clock)
    : now(std::move(clock))
    , started(now())
    , tasks(*this)
{
}

struct TaskBook::Running {
    TaskPlan plan;
    std::size_t next = 0;
    QTimer timer;
};

TaskBook::TaskBook(Site &site)
    : m_site(site)
{
}

TaskBook::~TaskBook() = default;

QString escapeWorkerId(const QString &id)
{
    QString result;
    const QByteArray bytes = id.toUtf8();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_' || (c == '.' && i > 0);
        if (c == '/')
            result += u'-';
        else if (plain)
            result += QLatin1Char(c);
        else
            result += u"\\x"_s + QString::number(quint8(c), 16).rightJustified(2, u'0');
    }
    return result;
}

QString unescapeWorkerId(const QString &escaped)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < escaped.size(); ++i) {
        if (escaped[i] == u'-') {
            bytes += '/';
        } else if (escaped.mid(i, 2) == u"\\x" && i + 3 < escaped.size()) {
            bytes += char(escaped.mid(i + 2, 2).toInt(nullptr, 16));
            i += 3;
        } else {
            bytes += escaped.mid(i, 1).toUtf8();
        }
    }
    return QString::fromUtf8(bytes);
}

std::optional<TaskRecord> parseUpid(const QString &upid)
{
    const QStringList parts = upid.split(u':');
    if (parts.size() != 10 || parts[0] != u"UPID" || !parts[9].isEmpty())
        return {};
    TaskRecord task;
    task.upid = upid;
    task.pid = parts[2].toLongLong(nullptr, 16);
    task.pstart = parts[3].toLongLong(nullptr, 16);
    task.start = parts[5].toLongLong(nullptr, 16);
    task.type = parts[6];
    if (!parts[7].isEmpty())
        task.id = unescapeWorkerId(parts[7]);
    task.authId = parts[8];
    return task;
}

QString taskState(const TaskRecord &task)
{
    if (!task.end)
        return u"running"_s;
    if (task.status == u"OK" || task.status == u"unknown")
        return task.status.toLower();
    return task.status.startsWith(u"WARNINGS: ") ? u"warning"_s : u"error"_s;
}

static QString hex(qint64 number, int width)
{
    return QString::number(number, 16).toUpper().rightJustified(width, u'0');
}

void TaskBook::write(TaskRecord &task, const QString &line) const
{
    const QString stamp
        = QDateTime::fromSecsSinceEpoch(m_site.now(), Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss+00:00"_s);
    task.log.append(stamp + u": "_s + line);
}

TaskRecord &TaskBook::open(const TaskPlan &plan)
{
    State &state = m_site.state;
    TaskRecord task;
    task.type = plan.type;
    task.id = plan.id;
    task.authId = plan.authId;
    task.start = m_site.now();
    task.pid = QCoreApplication::applicationPid();
    task.pstart = state.pstart;
    task.upid = u"UPID:%1:%2:%3:%4:%5:%6:%7:%8:"_s.arg(state.node, hex(task.pid, 8), hex(task.pstart, 8),
        hex(state.nextTask++, 8), hex(task.start, 8), plan.type, escapeWorkerId(plan.id.value_or(QString())),
        plan.authId);
    if (!plan.job.isEmpty())
        state.jobs[plan.job] = { task.upid, {}, {} };
    state.tasks.push_back(task);
    m_site.changed();
    return state.tasks.back();
}

QString TaskBook::start(TaskPlan plan)
{
    const QString upid = open(plan).upid;
    if (plan.started)
        plan.started(upid);
    auto run = std::make_shared<Running>();
    run->plan = std::move(plan);
    connect(&run->timer, &QTimer::timeout, this, [this, upid] { advance(upid); });
    run->timer.start(stepMs);
    m_running.emplace(upid, std::move(run));
    return upid;
}

QString TaskBook::record(const TaskPlan &plan)
{
    const QString upid = open(plan).upid;
    if (plan.started)
        plan.started(upid);
    for (const TaskStep &step : plan.steps) {
        for (const QString &line : step.lines)
            write(*m_site.state.task(upid), line);
        if (step.effect)
            step.effect();
    }
    finish(upid, plan);
    return upid;
}

void TaskBook::advance(const QString &upid)
{
    const auto run = m_running.at(upid); // keeps it alive over close()
    if (run->next < run->plan.steps.size()) {
        const TaskStep &step = run->plan.steps[run->next++];
        for (const QString &line : step.lines)
            write(*m_site.state.task(upid), line);
        if (step.effect)
            step.effect();
        return;
    }
    if (run->plan.hangs) {
        run->timer.stop();
        return;
    }
    finish(upid, run->plan);
}

void TaskBook::finish(const QString &upid, const TaskPlan &plan)
{
    for (const QString &line : plan.closing ? plan.closing() : QStringList())
        write(*m_site.state.task(upid), line);
    const QString outcome = plan.outcome ? plan.outcome() : QString();
    close(upid, outcome.isEmpty() ? u"OK"_s : outcome);
}

void TaskBook::close(const QString &upid, const QString &status)
{
    TaskRecord &task = *m_site.state.task(upid);
    const bool fine = status == u"OK" || status.startsWith(u"WARNINGS: ");
    write(task, (fine ? u"TASK "_s : u"TASK ERROR: "_s) + status);
    task.end = m_site.now();
    task.status = status;
    for (auto &[job, run] : m_site.state.jobs)
        if (run.upid == upid) {
            run.state = status;
            run.end = task.end;
        }
    if (const auto run = m_running.extract(upid)) {
        run.mapped()->timer.stop();
        // Its timer may be the one that called us, so it goes later.
        QTimer::singleShot(0, this, [kept = run.mapped()] {});
    }
    m_site.changed();
    wakeWaiters();
}

void TaskBook::abort(const QString &upid)
{
    const auto run = m_running.find(upid);
    if (run == m_running.end())
        return;
    write(*m_site.state.task(upid), u"received abort request ..."_s);
    close(upid, QString(run->second->plan.abortText));
}

bool TaskBook::busy(const QString &job) const
{
    return std::any_of(
        m_running.begin(), m_running.end(), [&](const auto &run) { return run.second->plan.job == job; });
}

void TaskBook::whenFree(const QString &job, std::function<void(bool)> then)
{
    if (!busy(job)) {
        then(true);
        return;
    }
    const qint64 number = ++m_waiterCount;
    m_waiters.push_back({ job, std::move(then), number });
    QTimer::singleShot(m_site.delay(10'000), this, [this, number] {
        const auto late = std::find_if(
            m_waiters.begin(), m_waiters.end(), [&](const Waiter &w) { return w.number == number; });
        if (late == m_waiters.end())
            return;
        const auto callback = std::move(late->then);
        m_waiters.erase(late);
        callback(false);
    });
}

void TaskBook::wakeWaiters()
{
    const auto free
        = std::find_if(m_waiters.begin(), m_waiters.end(), [this](const Waiter &w) { return !busy(w.job); });
    if (free == m_waiters.end())
        return;
    const auto callback = std::move(free->then);
    m_waiters.erase(free);
    callback(true);
    wakeWaiters();
}

void TaskBook::adoptLeftovers()
{
    for (TaskRecord &task : m_site.state.tasks)
        if (!task.end && !m_running.contains(task.upid)) {
            task.end = task.start;
            task.status = u"unknown"_s;
        }
    for (auto &[job, run] : m_site.state.jobs)
        if (!run.end && !m_running.contains(run.upid)) {
            const TaskRecord *task = m_site.state.task(run.upid);
            run.state = u"unknown"_s;
            run.end = task ? task->end : std::optional<qint64>(m_site.now());
        }
}

} // namespace tidemark::standin
