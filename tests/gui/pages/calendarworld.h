#pragma once

#include "pagebench.h"

namespace tidemark::test {

// The schedules of the calendar's picture and what ran since September: queue-db's backup of the 3rd failed,
// olap-db's dumps of the 12th are missing, and proj-pg01's snapshot of the 18th ran into the vacuum.
class CalendarWorld
{
public:
    CalendarWorld()
    {
        plan("oltp full", "full", "10 0 * * 0", "oltp-repo", "oltp-db");
        plan("oltp diff", "diff", "10 0 * * 1-6", "oltp-repo", "oltp-db");
        plan("queue full", "full", "40 0 * * *", "queue-repo", "queue-db");
        plan("olap dumps", "dump", "30 1 * * *", "olap-dumps", "olap-db");
        plan("content base", "basebackup", "10 2 * * 6", "content-base", "content-db");
        plan("VM 2001", "snapshot", "0 1 * * *", "pbs01", "proj-pg01");
        plan("prune pbs01", "prune", "30 2 * * *", "pbs01", "proj-pg01");
        window("vacuum", "0 4 * * 1-6");
        window("reindex", "0 4 * * 0");
        facts.version = 1;
        for (const char *name : { "oltp-repo", "queue-repo", "olap-dumps", "content-base", "pbs01" }) {
            facts.sources.emplace_back();
            facts.sources.back().name = QString::fromLatin1(name);
            facts.sources.back().readAt = now;
        }
        for (QDate date(2026, 9, 1); date <= QDate(2026, 11, 19); date = date.addDays(1))
            day(date);
        ClusterFacts cluster;
        cluster.name = QStringLiteral("content-db");
        facts.clusters.push_back(cluster);
    }

    void open(UiWorld &world) const
    {
        world.clock->set(now);
        world.openExample();
        Fleet made = exampleFleet();
        made.schedules = schedules;
        made.windows = windows;
        world.fleet->open(QStringLiteral("/home/mkeller/fleet.yaml"), LoadedFleet { made, {}, {} });
        know(world, made);
    }
    // What is known of it, with what `facts` has now.
    void know(UiWorld &world, const Fleet &made) const
    {
        Insight insight = insightOf(facts, made, world.monitor->state(), now);
        for (ClusterInsight &cluster : insight.clusters)
            if (cluster.name == u"content-db")
                cluster.recoverability.gaps
                    = { { Instant::parse(QStringLiteral("2026-11-16T09:20:00Z")).value(), {} } };
        world.catalogue->know(facts, std::move(insight));
    }

    Instant now = Instant::parse(QStringLiteral("2026-11-19T14:05:33Z")).value();
    CatalogueFacts facts;
    std::vector<Schedule> schedules;
    std::vector<MaintenanceWindow> windows;

private:
    void plan(const char *name, const char *kind, const char *cron, const char *source, const char *cluster)
    {
        Schedule made;
        made.name = QString::fromLatin1(name);
        made.kind = QString::fromLatin1(kind);
        made.when = QString::fromLatin1(cron);
        made.form = QStringLiteral("cron");
        made.source = QString::fromLatin1(source);
        made.clusters = QStringList { QString::fromLatin1(cluster) };
        schedules.push_back(made);
    }
    void window(const char *name, const char *cron)
    {
        MaintenanceWindow made;
        made.name = QString::fromLatin1(name);
        made.when = QString::fromLatin1(cron);
        made.form = QStringLiteral("cron");
        made.duration = std::chrono::minutes(49);
        made.clusters = QStringList { QStringLiteral("proj-pg01"), QStringLiteral("queue-db") };
        windows.push_back(made);
    }
    void ran(int source, const char *kind, QDate date, QTime at, int minutes, qint64 size,
        RunState state = RunState::Ok)
    {
        Run run;
        run.start = Instant::fromSeconds(QDateTime(date, at, Qt::UTC).toSecsSinceEpoch());
        run.end = run.start + std::chrono::minutes(minutes);
        run.kind = QString::fromLatin1(kind);
        run.id = run.kind + run.start.toIso();
        run.state = state;
        if (size > 0)
            run.size = Bytes { size };
        if (state == RunState::Failed)
            run.said = QStringLiteral("ERROR: [082]: WAL segment 00000001000000AB was not archived\n"
                                      "before the 60000ms timeout");
        facts.sources[std::size_t(source)].runs.push_back(run);
    }
    void day(QDate date)
    {
        const bool sunday = date.dayOfWeek() == 7;
        const bool november = date.month() == 11;
        ran(0, sunday ? "full" : "diff", date, { 0, 10, 1 }, sunday ? 31 : 8, 1'900'000'000);
        ran(1, "full", date, { 0, 40, 2 }, 6, 2'100'000'000,
            november && date.day() == 3 ? RunState::Failed : RunState::Ok);
        if (!november || date.day() != 12)
            ran(2, "dump", date, { 1, 30, 0 }, 43, 31'000'000'000);
        if (date.dayOfWeek() == 6)
            ran(3, "basebackup", date, { 2, 10, 0 }, 64, 96'000'000'000);
        ran(4, "snapshot", date, { 1, 0, 2 }, november && date.day() == 18 ? 192 : 48, 8'600'000'000);
        ran(4, "prune", date, { 2, 30, 0 }, 1, 0);
    }
};

} // namespace tidemark::test
