#pragma once

#include "insight/recoverability.h"

#include <map>

namespace tidemark {

// Where a timeline left its parent, as any .history file of the cluster tells.
struct Fork {
    TimelineId parent;
    Lsn at;
    std::optional<Instant> when;
    QString reason;
};

// The timelines of one cluster over all its archives. A parent's number is smaller than its child's.
class TimelineTree
{
public:
    TimelineTree(const ClusterFacts &facts, std::optional<TimelineId> serverTimeline);

    [[nodiscard]] std::optional<TimelineId> current() const { return m_current; }
    [[nodiscard]] std::vector<TimelineId> timelines() const; // ascending
    [[nodiscard]] const Fork *forkOf(TimelineId timeline) const;
    // Its own history file is there, or it needs none: recovery can be sent to it.
    [[nodiscard]] bool named(TimelineId timeline) const;
    // How far recovery can follow it: to the end when it is named, else to where a named child left it.
    [[nodiscard]] std::optional<Lsn> followedTo(TimelineId timeline) const;
    // From the oldest ancestor to the current one.
    [[nodiscard]] std::vector<TimelineId> currentLine() const;
    [[nodiscard]] bool stray(TimelineId timeline) const;
    [[nodiscard]] std::vector<Branch> branches() const;

private:
    struct Node {
        std::optional<Fork> fork;
        bool history = false;
        bool wal = false;
        std::optional<Instant> newestArrival;
    };
    void readHistory(const TimelineHistory &history);
    void readSpans(const WalArchive &archive);
    void readArtifacts(const std::vector<ArtifactFact> &artifacts);
    void chooseCurrent(std::optional<TimelineId> serverTimeline);
    [[nodiscard]] bool historyMissing(TimelineId timeline, const Node &node) const;

    std::map<TimelineId, Node> m_nodes;
    std::optional<TimelineId> m_current;
    bool m_serverKnown = false;
};

} // namespace tidemark
