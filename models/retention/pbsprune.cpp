#include "retention/pbsprune.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

using Mark = std::optional<PruneMark>;
// Which period a snapshot belongs to; no UTC offset in it, so the repeated hour of autumn is one hour.
using Period = std::array<qint64, 4>;
using PeriodOf = std::function<Period(const QDateTime &local, qint64 time)>;

struct Row {
    PruneCandidate snapshot;
    QDateTime local;
    Mark mark;
    PruneReason reason = PruneReason::NotSelected;
};

Period weekOf(const QDateTime &local)
{
    int year = 0;
    const int week = local.date().weekNumber(&year); // ISO: the year may be another one
    return { year, week };
}

struct Phase {
    int count;
    PruneReason reason;
    PeriodOf period;
};

std::array<Phase, 6> phases(const KeepOptions &keep)
{
    const auto date = [](const QDateTime &t) { return t.date(); };
    return { {
        { keep.last, PruneReason::KeepLast, [](const QDateTime &, qint64 time) { return Period { time }; } },
        { keep.hourly, PruneReason::KeepHourly,
            [date](const QDateTime &t, qint64) {
                return Period { date(t).year(), date(t).month(), date(t).day(), t.time().hour() };
            } },
        { keep.daily, PruneReason::KeepDaily,
            [date](const QDateTime &t, qint64) {
                return Period { date(t).year(), date(t).month(), date(t).day() };
            } },
        { keep.weekly, PruneReason::KeepWeekly, [](const QDateTime &t, qint64) { return weekOf(t); } },
        { keep.monthly, PruneReason::KeepMonthly,
            [date](const QDateTime &t, qint64) {
                return Period { date(t).year(), date(t).month() };
            } },
        { keep.yearly, PruneReason::KeepYearly,
            [date](const QDateTime &t, qint64) { return Period { date(t).year() }; } },
    } };
}

// Unfinished and protected snapshots take no part; only the newest of all may be kept unfinished.
void markApart(std::vector<Row> &rows)
{
    bool newerFinished = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row &row = rows[i];
        if (row.snapshot.isProtected) {
            row.mark = PruneMark::Protected;
            row.reason = PruneReason::Protected;
        } else if (!row.snapshot.finished) {
            const bool newest = i == 0 && !newerFinished;
            row.mark = newest ? PruneMark::KeepPartial : PruneMark::Remove;
            row.reason = newest ? PruneReason::NewestUnfinished : PruneReason::StaleUnfinished;
        }
        newerFinished = newerFinished || row.snapshot.finished;
    }
}

void runPhase(std::vector<Row> &rows, const Phase &phase)
{
    if (phase.count <= 0)
        return;
    std::set<Period> covered;
    std::set<Period> chosen;
    for (const Row &row : rows)
        if (row.mark == PruneMark::Keep)
            covered.insert(phase.period(row.local, row.snapshot.time));
    for (Row &row : rows) {
        if (row.mark)
            continue;
        const Period period = phase.period(row.local, row.snapshot.time);
        if (covered.contains(period))
            continue;
        if (chosen.contains(period)) {
            row.mark = PruneMark::Remove;
            continue;
        }
        if (chosen.size() >= std::size_t(phase.count))
            break;
        chosen.insert(period);
        row.mark = PruneMark::Keep;
        row.reason = phase.reason;
    }
}

} // namespace

std::vector<PruneVerdict> pbsPrune(
    std::vector<PruneCandidate> snapshots, const KeepOptions &keep, const QTimeZone &zone)
{
    std::stable_sort(
        snapshots.begin(), snapshots.end(), [](const auto &a, const auto &b) { return a.time > b.time; });
    std::vector<Row> rows;
    rows.reserve(snapshots.size());
    for (const PruneCandidate &s : snapshots)
        rows.push_back({ s, QDateTime::fromSecsSinceEpoch(s.time, zone), {}, PruneReason::NotSelected });
    markApart(rows);
    for (const Phase &phase : phases(keep))
        runPhase(rows, phase);
    std::vector<PruneVerdict> verdicts;
    verdicts.reserve(rows.size());
    for (const Row &row : rows)
        verdicts.push_back({ row.snapshot.time, row.mark.value_or(PruneMark::Remove), row.reason });
    return verdicts;
}

QString wordFor(PruneMark mark)
{
    switch (mark) {
    case PruneMark::Keep:
        return u"keep"_s;
    case PruneMark::Remove:
        return u"remove"_s;
    case PruneMark::Protected:
        return u"protected"_s;
    case PruneMark::KeepPartial:
        return u"keep-partial"_s;
    }
    return {};
}

QString wordFor(PruneReason reason)
{
    switch (reason) {
    case PruneReason::KeepLast:
        return u"keep-last"_s;
    case PruneReason::KeepHourly:
        return u"keep-hourly"_s;
    case PruneReason::KeepDaily:
        return u"keep-daily"_s;
    case PruneReason::KeepWeekly:
        return u"keep-weekly"_s;
    case PruneReason::KeepMonthly:
        return u"keep-monthly"_s;
    case PruneReason::KeepYearly:
        return u"keep-yearly"_s;
    case PruneReason::Protected:
        return u"protected"_s;
    case PruneReason::NewestUnfinished:
        return u"newest-unfinished"_s;
    case PruneReason::NotSelected:
        return u"not-selected"_s;
    case PruneReason::StaleUnfinished:
        return u"stale-unfinished"_s;
    }
    return {};
}

} // namespace tidemark
