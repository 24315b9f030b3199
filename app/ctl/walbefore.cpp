#include "ctl/commands.h"
#include "ctl/walcommand.h"
#include "ctl/words.h"
#include "recovery/recipe.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

struct Asked {
    WalTarget target;
    std::optional<TimelineId> eventTimeline; // the event's own
    QStringList paths;
};

Error usage(const QString &words)
{
    return { ErrorKind::Invalid, u"ctl.usage"_s, words };
}

// "1:0/713050", as the events are listed; without a timeline the newest one is meant.
Result<Asked> eventAsked(const QString &event)
{
    const qsizetype colon = event.indexOf(u':');
    bool good = colon < 0;
    Asked asked;
    if (colon >= 0)
        asked.eventTimeline = TimelineId { event.first(colon).toUInt(&good) };
    const auto lsn = Lsn::parse(event.sliced(colon + 1));
    if (!good || !lsn)
        return tl::unexpected(usage(u"an event is written as wal events lists it: 1:0/713050"_s));
    asked.target.kind = WalTarget::Kind::Lsn;
    asked.target.lsn = *lsn;
    return asked;
}

Result<WalTarget> optionAsked(const Call &call)
{
    WalTarget target;
    if (call.has(u"time"_s)) {
        const auto at = Instant::parse(call.options[u"time"_s]);
        if (!at)
            return tl::unexpected(usage(u"--time must be a time with its zone: 2026-11-18T16:20:00Z"_s));
        target.kind = WalTarget::Kind::Time;
        target.at = *at;
    } else if (call.has(u"lsn"_s)) {
        const auto lsn = Lsn::parse(call.options[u"lsn"_s]);
        if (!lsn)
            return tl::unexpected(usage(u"--lsn must be written as PostgreSQL does: 4C/9A1F3B28"_s));
        target.kind = WalTarget::Kind::Lsn;
        target.lsn = *lsn;
    } else {
        bool good = false;
        target.kind = WalTarget::Kind::Xid;
        target.xid = call.options[u"xid"_s].toUInt(&good);
        if (!good || target.xid == 0)
            return tl::unexpected(usage(u"--xid must be a transaction's number"_s));
    }
    return target;
}

Result<Asked> askedOf(const Call &call)
{
    const int options = int(call.has(u"time"_s)) + int(call.has(u"lsn"_s)) + int(call.has(u"xid"_s));
    if (options > 1)
        return tl::unexpected(usage(u"only one of --time, --lsn and --xid"_s));
    Asked asked;
    if (options == 1) {
        const auto target = optionAsked(call);
        if (!target)
            return tl::unexpected(target.error());
        asked.target = *target;
        asked.paths = call.operands;
    } else {
        auto event = eventAsked(call.operands.front());
        if (!event)
            return event;
        asked = *std::move(event);
        asked.paths = call.operands.mid(1);
    }
    if (asked.paths.isEmpty())
        return tl::unexpected(usage(u"wal before needs PATH..."_s));
    asked.target.inclusive = false;
    return asked;
}

TimelineHistory historyOf(const WalFolder &folder, TimelineId timeline)
{
    for (const WalLeg &leg : folder.plan)
        if (leg.timeline == timeline)
            return leg.history;
    return { timeline, {}, {} };
}

// The one that was asked for, else the newest one that holds the event.
Result<TimelineId> timelineOf(const Call &call, const Asked &asked, const WalFolder &folder)
{
    const auto number = numberOption(call, u"timeline"_s, 0);
    if (!number)
        return tl::unexpected(number.error());
    const TimelineId wanted { static_cast<std::uint32_t>(*number) };
    for (auto leg = folder.plan.rbegin(); leg != folder.plan.rend(); ++leg) {
        const bool holds
            = !asked.eventTimeline || timelineAt(leg->history, asked.target.lsn) == *asked.eventTimeline;
        if (wanted.value == 0 ? holds : leg->timeline == wanted) {
            if (holds)
                return leg->timeline;
            return tl::unexpected(usage(u"timeline %1 does not hold that event"_s.arg(wanted.value)));
        }
    }
    return tl::unexpected(usage(u"there is no WAL of timeline %1"_s.arg(
        wanted.value != 0 ? wanted.value : asked.eventTimeline.value_or(TimelineId()).value)));
}

QStringList settingsOf(const WalTarget &target)
{
    const QString line = u"recovery_target_%1 = '%2'"_s;
    QStringList lines;
    switch (target.kind) {
    case WalTarget::Kind::Time:
        lines << line.arg(u"time"_s, targetTime(target.at));
        break;
    case WalTarget::Kind::Xid:
        lines << line.arg(u"xid"_s).arg(target.xid);
        break;
    default:
        lines << line.arg(u"lsn"_s, target.lsn.toString());
    }
    lines << u"recovery_target_inclusive = off"_s << line.arg(u"timeline"_s).arg(target.timeline.value);
    return lines;
}

// The last segment that is missing on the way to where recovery stops.
std::optional<WalGapBetween> gapBefore(
    const WalReading &reading, const WalTarget &target, const WalPrediction &told, std::uint32_t segmentSize)
{
    const bool byLsn = target.kind == WalTarget::Kind::Lsn;
    const bool open = !byLsn && !told.firstLost; // all that was read is kept
    const auto stop = SegmentNumber::of(byLsn || open ? target.lsn : told.firstLost->lsn, segmentSize);
    std::optional<WalGapBetween> found;
    for (const WalGapBetween &gap : reading.gaps)
        if ((open || gap.last < stop) && (!found || found->last < gap.last))
            found = gap;
    return found;
}

std::vector<Remark> remarksOn(const WalTarget &target, const WalPrediction &told)
{
    std::vector<Remark> remarks;
    const QString subject = u"target"_s;
    if (!told.reached)
        remarks.push_back({ Level::Critical, subject,
            u"the WAL ends before it: a server that recovers to it does not open"_s });
    if (target.kind != WalTarget::Kind::Time)
        return remarks;
    if (told.sameInstant > 1)
        remarks.push_back({ Level::Ok, subject,
            u"%1 commits have that very time, all of them are lost"_s.arg(told.sameInstant) });
    if (told.earlierLost > 0)
        remarks.push_back({ Level::Warning, subject,
            u"%1 commits with an earlier time lie behind the stop and are lost as well"_s.arg(
                told.earlierLost) });
    return remarks;
}

QString predictionText(const WalTarget &target, const WalPrediction &told)
{
    QString text = settingsOf(target).join(u'\n') + u"\n\n"_s;
    text += u"last kept   %1\nfirst lost  %2\n"_s.arg(commitWords(told.last), commitWords(told.firstLost));
    text += u"kept        %1 commits since the beginning of this WAL\n"_s.arg(told.kept);
    text += told.lost == 0 ? u"lost        nothing\n"_s
                           : u"lost        this one and %1 commits behind it\n"_s.arg(told.lost - 1);
    return text;
}

QJsonObject predictionJson(const WalTarget &target, const WalPrediction &told)
{
    return { { u"settings"_s, QJsonArray::fromStringList(settingsOf(target)) },
        { u"reached"_s, told.reached }, { u"timeline"_s, qint64 { target.timeline.value } },
        { u"lastKept"_s, commitJson(told.last) }, { u"firstLost"_s, commitJson(told.firstLost) },
        { u"kept"_s, jsonOf(told.kept) }, { u"lost"_s, jsonOf(told.lost) },
        { u"newestKept"_s, orNull(told.newestKept) }, { u"sameInstant"_s, jsonOf(told.sameInstant) },
        { u"earlierLost"_s, jsonOf(told.earlierLost) } };
}

// Where the LSN must be that of a transaction's end.
class Found : public TargetWatch
{
public:
    Found(const WalTarget &target, const TimelineHistory &history)
        : TargetWatch(target, history)
        , m_lsn(target.lsn)
    {
    }
    void ended(const WalEndTold &end) override
    {
        m_found = m_found || end.end.lsn == m_lsn;
        TargetWatch::ended(end);
    }
    [[nodiscard]] bool found() const { return m_found; }

private:
    Lsn m_lsn;
    bool m_found = false;
};

} // namespace

QCoro::Task<Answer> walBefore(Call call, Tools tools, std::stop_token stop)
{
    auto asked = askedOf(call);
    if (!asked)
        co_return failed(asked.error());
    const auto folder = co_await openAsked(call, asked->paths, tools, stop);
    if (!folder)
        co_return failed(folder.error());
    const auto timeline = timelineOf(call, *asked, *folder);
    if (!timeline)
        co_return failed(timeline.error());
    WalTarget target = asked->target;
    target.timeline = *timeline;
    const auto watch = std::make_shared<Found>(target, historyOf(*folder, *timeline));
    const auto reading = co_await readAsked(call, *folder, watch, tools, stop);
    if (!reading)
        co_return failed(reading.error());
    const bool event = target.kind == WalTarget::Kind::Lsn && !call.has(u"lsn"_s);
    if (event && !watch->found())
        co_return failed({ ErrorKind::NotFound, u"ctl.no-such-event"_s,
            u"no transaction ends at "_s + target.lsn.toString() });
    const auto last = reading->lastRecords.find(target.timeline);
    const WalPrediction told = watch->finish(last == reading->lastRecords.end() ? Lsn() : last->second);
    WalShown shown { .summary = u"%1 commits are kept, %2 are lost"_s.arg(told.kept).arg(told.lost),
        .more = predictionJson(target, told),
        .text = predictionText(target, told),
        .remarks = ctl::remarksOn(*folder, *reading) };
    const auto gap = gapBefore(*reading, target, told, folder->segmentSize);
    const QString missing = gap ? segmentName(gap->timeline, gap->last, folder->segmentSize) : QString();
    shown.more[u"missingBefore"_s] = orNull(missing);
    if (gap)
        shown.remarks.push_back({ Level::Critical, u"target"_s,
            u"only a base backup that ended behind the missing %1 leads to it"_s.arg(missing) });
    for (const Remark &remark : remarksOn(target, told))
        shown.remarks.push_back(remark);
    co_return answerOf(std::move(shown), tools.clock->now());
}

} // namespace tidemark::ctl
