#pragma once

#include "standin/state.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace tidemark::standin {

struct Site;

struct TaskStep {
    QStringList lines; // written when the step is reached
    std::function<void()> effect; // done with it, may be empty
};

// What a background task is going to do.
struct TaskPlan {
    QString type;
    std::optional<QString> id; // decoded worker id
    QString authId;
    std::vector<TaskStep> steps;
    std::function<void(const QString &upid)> started; // told before the first step
    std::function<QStringList()> closing; // last lines before the outcome
    std::function<QString()> outcome; // asked at the end: "" for OK, "WARNINGS: n", or an error text
    QString abortText = QStringLiteral("abort requested - aborting task");
    QString job; // "prune/ID", "gc/STORE": what cannot run twice at a time
    bool hangs = false; // after its last step it waits to be aborted
};

// Runs tasks step by step on the event loop and keeps their logs.
class TaskBook : public QObject
{
public:
    explicit TaskBook(Site &site);
    ~TaskBook() override;

    // The new task's UPID.
    QString start(TaskPlan plan);
    // A task that did its work within the call: it is in the list, finished.
    QString record(const TaskPlan &plan);
    void abort(const QString &upid);
    [[nodiscard]] bool running(const QString &upid) const { return m_running.contains(upid); }
    [[nodiscard]] bool anyRunning() const { return !m_running.empty(); }
    [[nodiscard]] bool busy(const QString &job) const; // a task of that job runs
    // Calls back once no task of that job runs, or with false after ten seconds.
    void whenFree(const QString &job, std::function<void(bool)> then);
    // Tasks that ran when the program ended came to an unknown end.
    void adoptLeftovers();

    int stepMs = 20; // 0: as fast as the event loop turns

private:
    struct Running;
    TaskRecord &open(const TaskPlan &plan);
    void advance(const QString &upid);
    void finish(const QString &upid, const TaskPlan &plan);
    void close(const QString &upid, const QString &status);
    void write(TaskRecord &task, const QString &line) const;
    void wakeWaiters();

    struct Waiter {
        QString job;
        std::function<void(bool)> then;
        qint64 number = 0;
    };
    Site &m_site;
    std::map<QString, std::shared_ptr<Running>> m_running;
    std::vector<Waiter> m_waiters;
    qint64 m_waiterCount = 0;
};

[[nodiscard]] QString escapeWorkerId(const QString &id);
[[nodiscard]] QString unescapeWorkerId(const QString &escaped);
// "ok", "warning", "error", "unknown" or "running"
[[nodiscard]] QString taskState(const TaskRecord &task);
// Type, worker id, start and owner read out of a UPID; nothing when it is none.
[[nodiscard]] std::optional<TaskRecord> parseUpid(const QString &upid);

} // namespace tidemark::standin
