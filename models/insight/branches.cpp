#include "insight/branches.h"

#include <algorithm>
#include <limits>

namespace tidemark {

TimelineTree::TimelineTree(const ClusterFacts &facts, std::optional<TimelineId> serverTimeline)
    : m_serverKnown(serverTimeline.has_value())
{
    for (const WalArchive &archive : facts.archives) {
        for (const TimelineHistory &history : archive.histories)
            readHistory(history);
        readSpans(archive);
    }
    readArtifacts(facts.artifacts);
    chooseCurrent(serverTimeline);
}

// Each line tells where the timeline before left for the next one; the last line is this timeline's own.
void TimelineTree::readHistory(const TimelineHistory &history)
{
    m_nodes[history.timeline].history = true;
    for (std::size_t at = 0; at < history.switches.size(); ++at) {
        const bool own = at + 1 == history.switches.size();
        const TimelineSwitch &left = history.switches[at];
        const TimelineId child = own ? history.timeline : history.switches[at + 1].parent;
        if (left.parent >= child)
            continue;
        m_nodes.try_emplace(left.parent);
        std::optional<Fork> &fork = m_nodes[child].fork;
        if (!fork || own)
            fork = Fork { left.parent, left.at, own ? history.arrived : std::nullopt, left.reason };
    }
}

void TimelineTree::readSpans(const WalArchive &archive)
{
    for (const WalSpan &span : archive.spans) {
        Node &node = m_nodes[span.timeline];
        node.wal = true;
        node.newestArrival = std::max(node.newestArrival, span.lastArrived);
    }
}

void TimelineTree::readArtifacts(const std::vector<ArtifactFact> &artifacts)
{
    std::optional<TimelineId> seen;
    for (const ArtifactFact &artifact : artifacts)
        if (artifact.timeline && artifact.timeline != seen && !artifact.foreign) {
            m_nodes.try_emplace(*artifact.timeline);
            seen = artifact.timeline;
        }
}

// Without a server's word the one that WAL arrived on last.
void TimelineTree::chooseCurrent(std::optional<TimelineId> serverTimeline)
{
    if (serverTimeline) {
        m_nodes.try_emplace(*serverTimeline);
        m_current = serverTimeline;
        return;
    }
    const Node *newest = nullptr;
    for (const auto &[timeline, node] : m_nodes)
        if (!newest || node.newestArrival >= newest->newestArrival) {
            m_current = timeline;
            newest = &node;
        }
}

std::vector<TimelineId> TimelineTree::timelines() const
{
    std::vector<TimelineId> all;
    for (const auto &[timeline, node] : m_nodes)
        all.push_back(timeline);
    return all;
}

const Fork *TimelineTree::forkOf(TimelineId timeline) const
{
    const auto node = m_nodes.find(timeline);
    return node == m_nodes.end() || !node->second.fork ? nullptr : &*node->second.fork;
}

bool TimelineTree::named(TimelineId timeline) const
{
    const auto node = m_nodes.find(timeline);
    return timeline.value == 1 || (node != m_nodes.end() && node->second.history);
}

std::optional<Lsn> TimelineTree::followedTo(TimelineId timeline) const
{
    if (named(timeline))
        return Lsn { std::numeric_limits<std::uint64_t>::max() };
    std::optional<Lsn> furthest;
    for (const auto &[child, node] : m_nodes)
        if (node.fork && node.fork->parent == timeline && named(child))
            furthest = std::max(furthest, std::optional(node.fork->at));
    return furthest;
}

std::vector<TimelineId> TimelineTree::currentLine() const
{
    std::vector<TimelineId> line;
    for (std::optional<TimelineId> at = m_current; at;) {
        line.push_back(*at);
        const Fork *fork = forkOf(*at);
        at = fork ? std::optional(fork->parent) : std::nullopt;
    }
    std::reverse(line.begin(), line.end());
    return line;
}

// Timelines are numbered in the order they are made: a greater number than the server's was made by somebody
// else since.
bool TimelineTree::stray(TimelineId timeline) const
{
    const auto node = m_nodes.find(timeline);
    return m_serverKnown && node != m_nodes.end() && timeline > *m_current;
}

// Only where older timelines are there to be reached through it.
bool TimelineTree::historyMissing(TimelineId timeline, const Node &node) const
{
    return node.wal && !node.history && timeline.value > 1 && timeline != m_nodes.begin()->first;
}

std::vector<Branch> TimelineTree::branches() const
{
    const std::vector<TimelineId> line = currentLine();
    std::vector<Branch> branches;
    for (const auto &[timeline, node] : m_nodes) {
        Branch branch;
        branch.timeline = timeline;
        if (node.fork) {
            branch.parent = node.fork->parent;
            branch.forkedAt = node.fork->at;
            branch.forkedWhen = node.fork->when;
            branch.reason = node.fork->reason;
        }
        branch.current = timeline == m_current;
        branch.reachable = std::binary_search(line.begin(), line.end(), timeline);
        branch.stray = stray(timeline);
        branch.historyMissing = historyMissing(timeline, node);
        branches.push_back(branch);
    }
    return branches;
}

} // namespace tidemark
