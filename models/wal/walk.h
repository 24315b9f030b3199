#pragma once

#include "wal/contents.h"
#include "wal/story.h"

#include <map>
#include <memory>

namespace tidemark {

// One file that is to be read, as its name tells.
struct WalFileAt {
    WalFileKind kind = WalFileKind::Segment;
    SegmentNumber number;
    std::size_t index = 0; // in the list the plan was made from

    bool operator==(const WalFileAt &) const = default;
};

// A timeline's own files, in order. The first one may begin with a copy of its parent's records.
struct WalLeg {
    TimelineId timeline;
    TimelineHistory history; // without switches: not known, or the first timeline
    std::vector<WalFileAt> files;

    bool operator==(const WalLeg &) const = default;
};

// Orders the files of an archive for reading: timeline by timeline, parents first. Of several files of one
// segment the plain one is taken, a ".partial" one only where there is no other. What is no segment is left
// out.
[[nodiscard]] std::vector<WalLeg> readingPlan(const std::vector<WalFileName> &files,
    std::uint32_t segmentSize, const std::vector<TimelineHistory> &histories);

// Segments that are missing between those of a leg.
struct WalGapBetween {
    TimelineId timeline;
    SegmentNumber first;
    SegmentNumber last;

    bool operator==(const WalGapBetween &) const = default;
};
[[nodiscard]] std::vector<WalGapBetween> gapsOf(const std::vector<WalLeg> &plan);

// Reads a plan's files one after the other, each handed in as its bytes come: checks them and folds them into
// the story. Where a timeline branches off, it goes on from the state its parent had there, and what the
// parent has told is not told twice.
class WalWalk
{
public:
    struct Options {
        std::uint32_t segmentSize = DefaultSegmentSize;
        std::optional<SystemId> systemId; // nothing: that of the first segment
        bool live = false; // a server writes there: the log may end within a segment, and old ones follow
        std::optional<Lsn> until; // records that begin there or behind are not told
    };

    WalWalk(std::vector<WalLeg> plan, WalStory story, Options options);

    // In the order of the plan. False: this file is behind the end of the log, and not to be read.
    [[nodiscard]] bool begin(std::size_t leg, const WalFileAt &file);
    // False: more bytes of this file would not be looked at.
    bool take(QByteArrayView portion) { return m_state->check.take(portion) && !m_state->past; }
    // Reads on, further than was said at first.
    void setUntil(std::optional<Lsn> until) { m_options.until = m_state->until = until; }
    // A record that is not told was met.
    [[nodiscard]] bool isPast() const { return m_state->past; }
    [[nodiscard]] WalContents finish();

    [[nodiscard]] const std::vector<WalLeg> &plan() const { return m_plan; }
    [[nodiscard]] const WalStory &story() const { return m_state->story; }
    [[nodiscard]] const WalStats &stats() const { return m_stats; } // of all that was read
    // How far reading came: behind the last record, and where that one begins.
    [[nodiscard]] Lsn end(TimelineId timeline) const;
    [[nodiscard]] Lsn lastRecord(TimelineId timeline) const;

private:
    struct State : WalRecords {
        WalContentsCheck check;
        WalStory story;
        bool any = false; // something was read
        std::optional<Lsn> until;
        bool past = false;

        State(const WalStory &begin, std::optional<Lsn> limit);
        State(const State &other);
        State &operator=(const State &) = delete;
        void take(const WalRecord &record) override;
    };
    struct Reached {
        Lsn begin;
        Lsn end;
        Lsn lastRecord;
    };
    using Place = std::pair<TimelineId, SegmentNumber>;

    void startLeg(const WalLeg &leg);
    void keepForBranches(TimelineId timeline, SegmentNumber number);
    [[nodiscard]] Lsn toldUpTo(const WalLeg &leg) const;

    std::vector<WalLeg> m_plan;
    WalStory m_fresh;
    Options m_options;
    std::unique_ptr<State> m_state;
    std::map<Place, std::unique_ptr<State>> m_branches; // where children begin; filled as parents come by
    std::map<TimelineId, Reached> m_reached;
    std::optional<std::size_t> m_leg;
    WalFileAt m_file;
    bool m_over = false; // the leg's log has ended
    WalStats m_stats;
    WalStats m_before; // of the state when the file began
};

} // namespace tidemark
