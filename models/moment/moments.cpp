#include "moment/moments.h"

#include "wal/verdict.h"

#include <algorithm>
#include <map>

namespace tidemark {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::microseconds Day = 24h;
constexpr std::chrono::microseconds SameTimeOfDay = 30min;
constexpr int EnoughDays = 2;
constexpr std::uint64_t NearlyAsLarge = 3;

const TimelineHistory *historyOf(const MomentIndex &index, TimelineId timeline)
{
    const auto found = std::ranges::find(index.histories, timeline, &TimelineHistory::timeline);
    return found == index.histories.end() ? nullptr : &*found;
}

// Pieces of one timeline, up to a segment.
void addPieces(
    MomentLine &line, const MomentIndex &index, TimelineId timeline, std::optional<SegmentNumber> end)
{
    for (const auto &piece : index.pieces)
        if (piece->timeline == timeline && (!end || piece->last < *end))
            line.pieces.push_back(piece);
}

void findGaps(MomentLine &line)
{
    for (std::size_t i = 1; i < line.pieces.size(); ++i) {
        const MomentPiece &before = *line.pieces[i - 1];
        const MomentPiece &after = *line.pieces[i];
        if (after.first.value > before.last.value + 1)
            line.gaps.push_back({ after.timeline, { before.last.value + 1 }, { after.first.value - 1 } });
    }
}

Instant secondOf(Instant at)
{
    return { std::chrono::floor<std::chrono::seconds>(at.sinceEpoch) };
}

// What makes two events the same thing done again.
struct Habit {
    WalEffectKind kind;
    std::uint32_t database;
    std::uint32_t oid; // 0: only the name tells, as of what is dropped and made anew
    QString name;

    auto operator<=>(const Habit &other) const
    {
        if (const auto order
            = std::tie(kind, database, oid) <=> std::tie(other.kind, other.database, other.oid);
            order != 0)
            return order;
        return QString::compare(name, other.name) <=> 0;
    }
    bool operator==(const Habit &other) const { return (*this <=> other) == 0; }
};

struct Occurrence {
    Instant at;
    std::uint64_t rows = 0;
};

using Habits = std::map<Habit, std::vector<Occurrence>>;

std::optional<Habit> habitOf(const WalEffect &effect)
{
    if (Verdict::classOf(effect) != WalClass::Destructive)
        return {};
    if (effect.kind == WalEffectKind::DroppedDatabase)
        return Habit { effect.kind, 0, 0, effect.database };
    if (!effect.relation)
        return {};
    const bool remade = effect.kind == WalEffectKind::Dropped;
    return Habit { effect.kind, effect.relation->database, remade ? 0 : effect.relation->oid,
        remade ? effect.relation->toString() : QString() };
}

Habits habitsOf(const MomentLine &line)
{
    Habits habits;
    for (const auto &piece : line.pieces)
        for (const WalTransaction &transaction : piece->events) {
            if (transaction.kind != WalClass::Destructive)
                continue;
            for (const WalEffect &effect : transaction.effects)
                if (const auto habit = habitOf(effect))
                    habits[*habit].push_back({ transaction.at, effect.rows });
        }
    return habits;
}

bool sameTimeOfDay(Instant a, Instant b)
{
    const auto apart = ((a - b) % Day + Day) % Day;
    return apart <= SameTimeOfDay || Day - apart <= SameTimeOfDay;
}

// On how many earlier days the same was done about that time.
struct Earlier {
    int days = 0;
    std::optional<Instant> newest;
};

Earlier earlierOf(const std::vector<Occurrence> &all, const Occurrence &one)
{
    Earlier found;
    std::vector<qint64> days;
    for (const Occurrence &other : all) {
        const auto before = one.at - other.at;
        if (before < Day / 2 || !sameTimeOfDay(one.at, other.at) || one.rows > other.rows * NearlyAsLarge)
            continue;
        days.push_back((before + Day / 2) / Day);
        if (!found.newest || *found.newest < other.at)
            found.newest = other.at;
    }
    std::ranges::sort(days);
    found.days = int(std::ranges::unique(days).begin() - days.begin());
    return found;
}

// All that it destroys has to be usual.
MomentEvent judged(const WalTransaction &transaction, const Habits &habits)
{
    MomentEvent event { &transaction, false, {}, 0 };
    if (transaction.kind != WalClass::Destructive)
        return event;
    int days = std::numeric_limits<int>::max();
    for (const WalEffect &effect : transaction.effects) {
        if (Verdict::classOf(effect) != WalClass::Destructive)
            continue;
        const auto habit = habitOf(effect);
        const auto earlier
            = habit ? earlierOf(habits.at(*habit), { transaction.at, effect.rows }) : Earlier {};
        days = std::min(days, earlier.days);
        if (earlier.newest && (!event.usualAt || *event.usualAt < *earlier.newest))
            event.usualAt = earlier.newest;
    }
    event.usualDays = days == std::numeric_limits<int>::max() ? 0 : days;
    event.usual = event.usualDays >= EnoughDays;
    return event;
}

std::uint64_t commitsBehind(const MomentLine &line, SegmentNumber segment)
{
    std::uint64_t commits = 0;
    for (const auto &piece : line.pieces)
        for (std::size_t i = 0; i < piece->commits.size(); ++i)
            if (piece->first.value + i > segment.value)
                commits += piece->commits[i];
    return commits;
}

std::uint64_t commitsFrom(const std::vector<WalEndTold> &near, Lsn from, Lsn to)
{
    return std::uint64_t(std::ranges::count_if(near,
        [&](const WalEndTold &end) { return end.committed && end.end.lsn >= from && end.end.lsn < to; }));
}

} // namespace

std::optional<MomentPiece> named(const MomentPiece &piece, const RelationNames &names)
{
    const auto known = [&](const auto &name, const RelationFile &file) {
        return !name && file.number != 0 && names.of(file);
    };
    const auto lacks = [&](const WalTransaction &event) {
        return std::ranges::any_of(
                   event.effects, [&](const WalEffect &one) { return known(one.relation, one.file); })
            || std::ranges::any_of(
                event.rows, [&](const RelationRows &one) { return known(one.name, one.file); });
    };
    if (std::ranges::none_of(piece.events, lacks))
        return {};
    MomentPiece better = piece;
    for (WalTransaction &event : better.events) {
        for (WalEffect &one : event.effects)
            if (known(one.relation, one.file))
                one.relation = names.of(one.file);
        for (RelationRows &one : event.rows)
            if (known(one.name, one.file))
                one.name = names.of(one.file);
    }
    return better;
}

std::optional<TimelineId> MomentLine::fileOf(Lsn lsn) const
{
    const auto segment = SegmentNumber::of(lsn, segmentSize);
    for (const auto &piece : pieces)
        if (piece->first <= segment && segment <= piece->last)
            return piece->timeline;
    return {};
}

MomentLine momentLine(const MomentIndex &index, TimelineId timeline)
{
    MomentLine line;
    line.timeline = timeline;
    line.segmentSize = index.segmentSize;
    if (const TimelineHistory *history = historyOf(index, timeline))
        for (const TimelineSwitch &left : history->switches)
            addPieces(line, index, left.parent, SegmentNumber::of(left.at, index.segmentSize));
    addPieces(line, index, timeline, {});
    findGaps(line);
    return line;
}

std::vector<WalHistogram::Bucket> momentBuckets(
    const MomentLine &line, Instant from, std::chrono::seconds width, std::size_t count)
{
    std::vector<WalHistogram::Bucket> buckets(count);
    const Instant to = from + width * qint64(count);
    for (const auto &piece : line.pieces) {
        auto second
            = std::ranges::lower_bound(piece->seconds, from, {}, [](const auto &one) { return one.first; });
        for (; second != piece->seconds.end() && second->first < to; ++second) {
            WalHistogram::Bucket &bucket = buckets[std::size_t((second->first - from) / width)];
            bucket.commits += second->second.commits;
            bucket.rollbacks += second->second.rollbacks;
            bucket.inserted += second->second.inserted;
            bucket.updated += second->second.updated;
            bucket.deleted += second->second.deleted;
        }
    }
    return buckets;
}

std::vector<MomentEvent> momentEvents(const MomentLine &line)
{
    const Habits habits = habitsOf(line);
    std::vector<MomentEvent> events;
    for (const auto &piece : line.pieces)
        for (const WalTransaction &transaction : piece->events)
            events.push_back(judged(transaction, habits));
    std::ranges::stable_sort(events, [](const MomentEvent &a, const MomentEvent &b) {
        if (a.suspicious() != b.suspicious())
            return a.suspicious();
        return a.transaction->at > b.transaction->at;
    });
    return events;
}

MomentChoice momentChoice(const MomentLine &line, const std::vector<MomentEvent> &events, Lsn before,
    const std::vector<WalEndTold> &near)
{
    MomentChoice choice;
    for (const WalEndTold &end : near) {
        if (!end.committed)
            continue;
        if (end.end.lsn < before)
            choice.kept = end.end;
        else if (!choice.firstLost)
            choice.firstLost = end.end;
    }
    for (const MomentEvent &event : events)
        if (event.suspicious() && event.transaction->lsn >= before)
            choice.undone.push_back(event.transaction);
    std::ranges::sort(choice.undone, {}, &WalTransaction::lsn);

    const auto segment = SegmentNumber::of(before, line.segmentSize);
    const std::uint64_t behind
        = commitsFrom(near, before, segment.end(line.segmentSize)) + commitsBehind(line, segment);
    choice.lost = behind - std::min<std::uint64_t>(behind, choice.undone.size());
    for (const auto &piece : line.pieces)
        if (piece->lastCommit && piece->lastCommit->lsn >= before)
            choice.lostUntil = piece->lastCommit->at;
    if (choice.firstLost)
        choice.sameSecond = std::uint64_t(std::ranges::count_if(near, [&](const WalEndTold &end) {
            return end.committed && end.end.lsn != choice.firstLost->lsn
                && secondOf(end.end.at) == secondOf(choice.firstLost->at);
        }));
    return choice;
}

} // namespace tidemark
