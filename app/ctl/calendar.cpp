#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"
#include "insight/conflicts.h"
#include "insight/findingwords.h"
#include "reports/schedulecalendar.h"

#include <QDateTime>
#include <QTimeZone>

#include <set>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

constexpr std::chrono::days Around { 7 }; // shown before and after now
constexpr std::chrono::days Exported { 90 }; // what a calendar file tells ahead, as in the console
constexpr std::chrono::days Longest { 800 };

struct Span {
    Instant from;
    Instant to;
};

Result<Span> spanOf(const Call &call, Instant now)
{
    const bool exports = call.has(u"ical"_s);
    const auto from = timeOption(call, u"from"_s, exports ? now : now - Around);
    if (!from)
        return tl::unexpected(from.error());
    const auto to = timeOption(call, u"to"_s, std::max(now, *from) + (exports ? Exported : Around));
    if (!to)
        return tl::unexpected(to.error());
    if (!(*from < *to) || Longest < *to - *from)
        return failure(
            ErrorKind::Invalid, u"ctl.usage"_s, u"--to must be after --from, by at most 800 days"_s);
    return Span { *from, *to };
}

QString stateWord(const CalendarTrack &track, ExpectedState state)
{
    switch (state) {
    case ExpectedState::Planned:
        return u"planned"_s;
    case ExpectedState::Late:
        return u"late"_s;
    case ExpectedState::Running:
        return track.isWindow() ? u"open"_s : u"running"_s;
    case ExpectedState::Ok:
        return u"ok"_s;
    case ExpectedState::RanLate:
        return u"ran-late"_s;
    case ExpectedState::Warnings:
        return u"warnings"_s;
    case ExpectedState::Failed:
        return u"failed"_s;
    case ExpectedState::Missed:
        return u"missed"_s;
    case ExpectedState::Unknown:
        break;
    }
    return u"unknown"_s;
}

std::optional<std::chrono::seconds> tookOf(const CalendarRun &run)
{
    if (!run.run || !run.run->end)
        return {};
    return std::chrono::duration_cast<std::chrono::seconds>(*run.run->end - run.run->start);
}

void addRun(Shown &shown, const CalendarTrack &track, const CalendarRun &run)
{
    const auto size = run.run ? run.run->size : std::nullopt;
    const QString state = stateWord(track, run.state);
    const QString late = run.late ? u", "_s + secondsWords(*run.late) + u" late"_s : QString();
    shown.rows << QStringList { timeWords(run.due), safe(track.label), safe(run.kind),
        orDash(track.clusters.join(u", "_s)), state + late + (run.accepted ? u", accepted"_s : QString()),
        secondsWords(tookOf(run)), sizeWords(size), safe(run.schedule) };
    shown.list << QJsonObject { { u"due"_s, run.due.toIso() }, { u"begin"_s, run.begin.toIso() },
        { u"end"_s, orNull(run.end) }, { u"predicted"_s, run.predicted }, { u"state"_s, state },
        { u"track"_s, track.label }, { u"schedule"_s, run.schedule }, { u"kind"_s, run.kind },
        { u"source"_s, orNull(track.source) }, { u"window"_s, track.isWindow() },
        { u"clusters"_s, QJsonArray::fromStringList(track.clusters) },
        { u"tookSeconds"_s, orNull(tookOf(run)) }, { u"usualSeconds"_s, orNull(run.usual) },
        { u"lateSeconds"_s, orNull(run.late) }, { u"subject"_s, orNull(run.subject) },
        { u"sizeBytes"_s, orNull(size) }, { u"said"_s, run.run ? orNull(run.run->said) : QJsonValue() },
        { u"accepted"_s, acceptedJson(run.accepted) } };
}

QString conflictWords(const CalendarPlan &plan, const Conflict &conflict)
{
    const auto labelOf
        = [&](int run) { return safe(plan.tracks[std::size_t(plan.runs[std::size_t(run)].track)].label); };
    const QString where
        = conflict.cluster.isEmpty() ? u"host "_s + safe(conflict.host) : safe(conflict.cluster);
    return u"%1 and %2 %3 at the same time for %4 min from %5 to %6, on %7"_s.arg(labelOf(conflict.first),
        labelOf(conflict.second), conflict.predicted ? u"will work"_s : u"worked"_s,
        QString::number(conflict.minutes().count()), timeWords(conflict.from), timeWords(conflict.to), where);
}

QJsonObject conflictJson(const CalendarPlan &plan, const Conflict &conflict)
{
    const auto sideOf = [&](int index) {
        const CalendarRun &run = plan.runs[std::size_t(index)];
        return QJsonObject { { u"track"_s, plan.tracks[std::size_t(run.track)].label },
            { u"schedule"_s, run.schedule }, { u"due"_s, run.due.toIso() } };
    };
    return { { u"from"_s, conflict.from.toIso() }, { u"to"_s, conflict.to.toIso() },
        { u"minutes"_s, qint64(conflict.minutes().count()) }, { u"predicted"_s, conflict.predicted },
        { u"first"_s, sideOf(conflict.first) }, { u"second"_s, sideOf(conflict.second) },
        { u"cluster"_s, orNull(conflict.cluster) }, { u"host"_s, orNull(conflict.host) },
        { u"accepted"_s, acceptedJson(conflict.accepted) } };
}

// What became of it is known.
bool hasEnded(const CalendarRun &run)
{
    return run.isBad() || run.state == ExpectedState::Ok || run.state == ExpectedState::RanLate
        || run.state == ExpectedState::Warnings;
}

// Critical while the newest of its schedule is bad; what a later one made good is a warning.
void remarkRuns(Shown &shown, const CalendarPlan &plan)
{
    std::set<QString> mended;
    std::vector<Remark> remarks;
    for (auto run = plan.runs.rbegin(); run != plan.runs.rend(); ++run) {
        const CalendarTrack &track = plan.tracks[std::size_t(run->track)];
        if (track.isWindow())
            continue;
        const bool asks = (run->isBad() && !run->accepted) || run->state == ExpectedState::Warnings
            || run->state == ExpectedState::Late || run->state == ExpectedState::RanLate;
        if (asks) {
            const bool stands = run->isBad() && !mended.contains(run->schedule);
            remarks.push_back({ stands ? Level::Critical : Level::Warning, track.label,
                u"%1 of %2: %3"_s.arg(
                    safe(run->schedule), timeWords(run->due), stateWord(track, run->state)) });
        }
        if (hasEnded(*run))
            mended.insert(run->schedule);
    }
    shown.remarks.insert(shown.remarks.end(), remarks.rbegin(), remarks.rend());
}

QString summaryOf(const CalendarPlan &plan, std::size_t conflicts)
{
    QStringList words;
    const auto count = [&](auto holds, const QString &word) {
        const auto found = std::ranges::count_if(plan.runs, holds);
        if (found > 0)
            words << u"%1 %2"_s.arg(QString::number(found), word);
    };
    const auto is = [](ExpectedState state) {
        return [state](const CalendarRun &run) { return run.state == state && !run.accepted; };
    };
    count(is(ExpectedState::Failed), u"failed"_s);
    count(is(ExpectedState::Missed), u"missed"_s);
    count(is(ExpectedState::Late), u"late"_s);
    count(is(ExpectedState::RanLate), u"ran late"_s);
    count(is(ExpectedState::Warnings), u"with warnings"_s);
    count(is(ExpectedState::Ok), u"ok"_s);
    count([](const CalendarRun &run) { return run.accepted.has_value(); }, u"accepted"_s);
    const auto unknown = [&](const CalendarRun &run) {
        return run.state == ExpectedState::Unknown && !plan.tracks[std::size_t(run.track)].isWindow();
    };
    count(unknown, u"not known"_s);
    count(is(ExpectedState::Planned), u"planned"_s);
    return u"%1 runs%2, %3 overlaps"_s.arg(plan.runs.size())
        .arg(words.isEmpty() ? QString() : u" ("_s + words.join(u", "_s) + u')')
        .arg(conflicts);
}

Answer answerFor(const Look &look, const CalendarPlan &plan)
{
    Shown shown { .heads
        = { u"DUE"_s, u"RUN"_s, u"KIND"_s, u"CLUSTERS"_s, u"STATE"_s, u"TOOK"_s, u"SIZE"_s, u"SCHEDULE"_s },
        .key = u"runs"_s,
        .remarks = look.remarks };
    for (const CalendarRun &run : plan.runs)
        addRun(shown, plan.tracks[std::size_t(run.track)], run);
    remarkRuns(shown, plan);
    const std::vector<Conflict> conflicts = conflictsOf(plan);
    QJsonArray list;
    for (const Conflict &conflict : conflicts) {
        list << conflictJson(plan, conflict);
        if (!conflict.accepted)
            shown.remarks.push_back(
                { Level::Warning, conflict.cluster.isEmpty() ? conflict.host : conflict.cluster,
                    conflictWords(plan, conflict) });
    }
    shown.summary = summaryOf(plan, conflicts.size());
    Answer answer = answerOf(look, std::move(shown));
    answer.json[u"from"_s] = plan.from.toIso();
    answer.json[u"to"_s] = plan.to.toIso();
    answer.json[u"conflicts"_s] = list;
    return answer;
}

} // namespace

QCoro::Task<Answer> calendar(Call call, Tools tools, std::stop_token stop)
{
    const auto span = spanOf(call, tools.clock->now());
    if (!span)
        co_return misused(span.error().detail);
    const QString path = call.options.value(u"ical"_s);
    if (path == u"-"_s && call.has(u"json"_s))
        co_return misused(u"--ical - and --json both write to standard output"_s);
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    const CalendarPlan plan
        = calendarPlan(seen->fleet, seen->facts, seen->cluster, span->from, span->to, seen->now);
    Answer answer = answerFor(*seen, plan);
    if (path.isEmpty())
        co_return answer;
    const QByteArray text = icalText(scheduleCalendar(plan, seen->fleet.name));
    if (path == u"-"_s) {
        answer.text = QString::fromUtf8(text);
        co_return answer;
    }
    const auto written = co_await tools.files->write(path, text, stop);
    if (!written)
        co_return failed(written.error());
    co_return answer;
}

} // namespace tidemark::ctl
