#pragma once

#include "ports/momentreader.h"
#include "support/uifakes.h"
#include "support/waltruth.h"
#include "wal/story.h"

namespace tidemark::test {

// One segment of what reading told, as a reader keeps it.
[[nodiscard]] inline std::shared_ptr<const MomentPiece> pieceOf(
    const WalTold &told, SegmentNumber segment, std::uint32_t segmentSize)
{
    const auto inside = [&](Lsn lsn) { return SegmentNumber::of(lsn, segmentSize) == segment; };
    auto piece = std::make_shared<MomentPiece>();
    piece->timeline = { 1 };
    piece->first = piece->last = segment;
    piece->whole = true;
    piece->bytes = segmentSize;
    piece->commits = { 0 };
    WalHistogram histogram(std::chrono::seconds(1));
    for (const WalEndTold &end : told.ends) {
        if (!inside(end.end.lsn))
            continue;
        histogram.ended(end);
        if (!end.committed)
            continue;
        ++piece->commits.front();
        piece->lastCommit = end.end;
        if (!piece->firstCommit)
            piece->firstCommit = end.end;
    }
    piece->seconds.assign(histogram.buckets().begin(), histogram.buckets().end());
    for (const WalTransaction &one : told.transactions)
        if (inside(one.lsn))
            piece->events.push_back(one);
    for (const WalMark &mark : told.marks)
        if (inside(mark.lsn))
            piece->marks.push_back(mark);
    return piece;
}

// Two segments of a real server 15 on which somebody deleted, truncated and dropped things, all of it on
// 2026-11-20 between 11:44:26 and 11:44:28 UTC.
class AccidentWal
{
public:
    AccidentWal()
    {
        for (const WalCase &one : walCases()) {
            if (one.name != QStringLiteral("15/accidents"))
                continue;
            WalStory story(told, WalStory::Options {});
            story.learn(relationsAtStart(one));
            readWal(one.files, std::move(story), one.live, told);
            index.segmentSize = segmentSizeOfAny(one.files);
        }
        index.cluster = QStringLiteral("oltp-db");
        index.timeline = TimelineId { 1 };
        for (std::uint64_t number : { 6, 7 })
            index.pieces.push_back(pieceOf(told, { number }, index.segmentSize));
    }

    WalTold told;
    MomentIndex index;
};

// Tells what it was given, piece by piece from the newest on; the gate holds it before each of them.
class ScriptedMoments : public MomentReader
{
public:
    QCoro::Task<Result<MomentIndex>> kept(MomentQuestion, std::stop_token) override
    {
        MomentIndex found = index;
        if (!isKept)
            found.pieces.clear();
        co_return found;
    }
    QCoro::Task<Result<MomentIndex>> read(MomentQuestion question, Told told, std::stop_token stop) override
    {
        questions.push_back(question);
        MomentIndex known = index;
        known.pieces.clear();
        MomentProgress progress;
        progress.files = qint64(index.pieces.size());
        for (std::size_t left = index.pieces.size(); left > 0; --left) {
            const auto once = gate.turnstile();
            const bool passed = co_await Gate::pass(once, stop);
            if (!passed)
                co_return cancelledError();
            known.pieces.insert(known.pieces.begin(), index.pieces[left - 1]);
            ++progress.filesRead;
            progress.bytes += index.pieces[left - 1]->bytes;
            progress.took += std::chrono::milliseconds(1500);
            progress.back = index.pieces[left - 1]->firstCommit->at;
            if (error && left == 1)
                co_return tl::unexpected(*error);
            told(std::make_shared<const MomentIndex>(known), progress);
        }
        co_return known;
    }
    QCoro::Task<Result<std::vector<WalEndTold>>> around(
        MomentQuestion, TimelineId, Lsn lsn, std::stop_token) override
    {
        if (aroundError)
            co_return tl::unexpected(*aroundError);
        const auto middle = SegmentNumber::of(lsn, index.segmentSize).value;
        std::vector<WalEndTold> near;
        for (const WalEndTold &end : ends) {
            const auto segment = SegmentNumber::of(end.end.lsn, index.segmentSize).value;
            if (segment + 1 >= middle && segment <= middle + 1)
                near.push_back(end);
        }
        co_return near;
    }

    MomentIndex index;
    std::vector<WalEndTold> ends;
    bool isKept = false;
    Gate gate;
    std::optional<Error> error;
    std::optional<Error> aroundError;
    std::vector<MomentQuestion> questions;
};

[[nodiscard]] inline std::shared_ptr<ScriptedMoments> scriptedMoments(const AccidentWal &wal)
{
    auto made = std::make_shared<ScriptedMoments>();
    made->index = wal.index;
    made->ends = wal.told.ends;
    return made;
}

} // namespace tidemark::test
