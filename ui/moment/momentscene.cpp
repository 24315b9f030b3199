#include "moment/momentscene.h"

#include "moment/momentwords.h"
#include "wal/verdict.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 18> Widths { 1s, 2s, 5s, 10s, 15s, 30s, 60s, 120s, 300s, 600s,
    900s, 1800s, 3600s, 7200s, 10800s, 21600s, 43200s, 86400s };

struct Weight {
    bool loud = false;
    std::uint64_t rows = 0;
    Instant newest;
};

bool worse(const Weight &a, const Weight &b)
{
    if (a.loud != b.loud)
        return a.loud;
    if (a.rows != b.rows)
        return a.rows > b.rows;
    return a.newest > b.newest;
}

// What takes everything weighs more than any number of rows.
std::uint64_t weightOf(const WalEffect &effect)
{
    const bool all = effect.kind != WalEffectKind::DeletedRows && effect.kind != WalEffectKind::UpdatedRows;
    return all ? std::numeric_limits<std::uint64_t>::max() : effect.rows;
}

void addEvent(std::map<QString, std::pair<MomentLane, Weight>> &lanes, const MomentEvent &event,
    std::size_t index, const Clocks &clocks)
{
    for (const WalEffect &effect : event.transaction->effects) {
        if (Verdict::classOf(effect) != WalClass::Destructive)
            continue;
        const QString name = MomentWords::subject(effect);
        auto &[lane, weight] = lanes[name];
        lane.name = name;
        lane.known = effect.relation.has_value() || !effect.database.isEmpty();
        lane.loud = lane.loud || event.suspicious();
        const QString habit = MomentWords::usual(event, clocks);
        const QString words = habit.isEmpty() ? MomentWords::effect(effect)
                                              : u"%1, %2"_s.arg(MomentWords::effect(effect), habit);
        const MomentMark mark { index, event.transaction->at, words, event.suspicious() };
        if (std::ranges::find(lane.marks, mark) == lane.marks.end())
            lane.marks.push_back(mark);
        weight.loud = lane.loud;
        weight.rows = std::max(weight.rows, weightOf(effect));
        weight.newest = std::max(weight.newest, event.transaction->at);
    }
}

} // namespace

std::vector<MomentLane> momentLanes(const std::vector<MomentEvent> &events, const Clocks &clocks)
{
    std::map<QString, std::pair<MomentLane, Weight>> byName;
    for (std::size_t i = 0; i < events.size(); ++i)
        if (events[i].transaction->kind == WalClass::Destructive)
            addEvent(byName, events[i], i, clocks);
    std::vector<std::pair<MomentLane, Weight>> all;
    for (auto &[name, one] : byName)
        all.push_back(std::move(one));
    std::ranges::stable_sort(all, worse, &std::pair<MomentLane, Weight>::second);
    std::vector<MomentLane> lanes;
    for (auto &[lane, weight] : all) {
        std::ranges::stable_sort(lane.marks, {}, &MomentMark::at);
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

std::vector<MomentSpan> readSpans(const MomentLine &line)
{
    std::vector<MomentSpan> spans;
    const MomentPiece *before = nullptr;
    for (const auto &piece : line.pieces) {
        const bool goesOn = before && before->last.value + 1 >= piece->first.value;
        before = piece.get();
        if (piece->seconds.empty()) {
            if (!goesOn && !spans.empty())
                before = nullptr;
            continue;
        }
        const MomentSpan span { piece->seconds.front().first, piece->seconds.back().first + 1s };
        if (goesOn && !spans.empty())
            spans.back() = { std::min(spans.back().from, span.from), std::max(spans.back().to, span.to) };
        else
            spans.push_back(span);
    }
    std::ranges::sort(spans, {}, &MomentSpan::from);
    return spans;
}

std::vector<MomentSpan> unreadSpans(const std::vector<MomentSpan> &read, MomentSpan within)
{
    std::vector<MomentSpan> unread;
    Instant at = within.from;
    for (const MomentSpan &span : read) {
        if (span.from > at && at < within.to)
            unread.push_back({ at, std::min(span.from, within.to) });
        at = std::max(at, span.to);
    }
    if (at < within.to)
        unread.push_back({ at, within.to });
    return unread;
}

Unread unreadAs(const MomentScene &scene, MomentSpan span)
{
    if (scene.read.empty())
        return Unread::NotRead;
    if (span.from >= scene.read.back().to)
        return Unread::Behind;
    const bool between = span.from >= scene.read.front().to && span.to <= scene.read.back().from;
    return between && scene.readOut ? Unread::Missing : Unread::NotRead;
}

MomentBars barsOf(const MomentLine &line, const TimeScale &scale, double least)
{
    MomentBars bars;
    const auto wanted = scale.across(least);
    const auto fits
        = std::ranges::find_if(Widths, [&](std::chrono::seconds width) { return width >= wanted; });
    bars.width = fits == Widths.end() ? Widths.back() : *fits;
    const auto begin = scale.from().sinceEpoch / bars.width * bars.width;
    bars.from = { std::chrono::duration_cast<std::chrono::microseconds>(begin) };
    const auto count = std::size_t((scale.to() - bars.from) / bars.width) + 1;
    bars.buckets = momentBuckets(line, bars.from, bars.width, count);
    return bars;
}

std::uint64_t deletedBy(const WalTransaction &transaction)
{
    std::uint64_t deleted = 0;
    for (const RelationRows &rows : transaction.rows)
        deleted += rows.deleted;
    return deleted;
}

} // namespace tidemark
