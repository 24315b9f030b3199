#pragma once

#include "fleet/fleet.h"
#include "insight/expected.h"
#include "insight/facts.h"

namespace tidemark {

// A line of the calendar that keeps its place in every day: the backups of one source, one of its checks, a
// maintenance window, or the jobs that a backup server runs by itself.
struct CalendarTrack {
    QString label; // what distinguishes it from the others: its cluster, else its source, else its schedule
    QString source; // empty: a window
    QString kind; // "backup", else the schedule's kind; "maintenance" for a window, "jobs" of a server
    QStringList clusters; // of jobs none: they work where the backups are
    QStringList hosts; // of the clusters: what they share with others
    QStringList schedules; // names of those that run on it, of the window, ids of the jobs

    bool operator==(const CalendarTrack &) const = default;
    [[nodiscard]] bool isWindow() const { return source.isEmpty() && kind == u"maintenance"; }
    [[nodiscard]] bool isJobs() const { return kind == u"jobs"; }
};

// One time at which something of a track happens, and what became of it.
struct CalendarRun {
    int track = 0;
    QString schedule;
    QString kind; // of the schedule: full, incr, dump …; "maintenance" of a window
    Instant due;
    Instant begin; // when it began, else when it is due
    std::optional<Instant> end; // when it ended, else when it usually would; nothing: not known
    bool predicted = false; // the end is not a fact
    ExpectedState state = ExpectedState::Planned; // of a window only Planned, Running or Unknown
    std::optional<SeenRun> run;
    std::optional<std::chrono::seconds> usual; // median of at most 30 runs, else what the schedule expects
    std::optional<Acceptance> accepted; // a person lets be that it did not end well
    std::optional<std::chrono::seconds> late; // it began this much after it was due, more than is allowed
    QString subject; // of a job: the datastore and namespace it works on

    bool operator==(const CalendarRun &) const = default;
    [[nodiscard]] bool isBad() const
    {
        return state == ExpectedState::Failed || state == ExpectedState::Missed;
    }
    [[nodiscard]] QString occurrence() const { return runOccurrence(schedule, due); }
};

struct CalendarPlan {
    Instant from;
    Instant to;
    Instant now;
    std::vector<CalendarTrack> tracks; // as the fleet file orders them, then windows, then jobs
    std::vector<CalendarRun> runs; // by due
    std::vector<Acceptance> accepted; // the catalogue's

    bool operator==(const CalendarPlan &) const = default;
};

// What the fleet file schedules between two times, and the jobs of its backup servers, but those kinds of
// them that the file schedules itself. Of a source that was never read nothing in the past is known, and
// nothing that was due after it was last read is missed; whether work was done in a past maintenance window
// is not known either. `cluster` empty: all of them.
[[nodiscard]] CalendarPlan calendarPlan(const Fleet &fleet, const CatalogueFacts &facts,
    const QString &cluster, Instant from, Instant to, Instant now);

} // namespace tidemark
