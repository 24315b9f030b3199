#include "insight/recoverability.h"

#include "insight/dumpruns.h"
#include "insight/windowunion.h"

#include <algorithm>
#include <set>

namespace tidemark {

namespace {

class Reckoning
{
public:
    Reckoning(const ClusterFacts &facts, const Objectives &objectives,
        std::optional<TimelineId> serverTimeline, Instant now)
        : m_facts(facts)
        , m_objectives(objectives)
        , m_now(now)
        , m_tree(facts, serverTimeline)
        , m_bases(basesOf(facts, objectives, now))
        , m_uses(facts.artifacts.size())
    {
    }

    Recoverability result()
    {
        m_result.branches = m_tree.branches();
        readArchives();
        std::erase_if(m_pieces, [&](const auto &piece) { return m_tree.stray(piece.timeline); });
        sortGaps();
        m_result.windows = windowUnion(m_pieces);
        joinForks();
        addPoints();
        m_result.runs = dumpRuns(m_facts, m_objectives, m_now);
        addUnusable();
        m_result.oldest = oldest();
        findNewest();
        return std::move(m_result);
    }

private:
    void readArchives()
    {
        for (std::size_t at = 0; at < m_facts.archives.size(); ++at) {
            const WalArchive &archive = m_facts.archives[at];
            if (m_facts.systemId && archive.systemId && *archive.systemId != *m_facts.systemId)
                continue;
            ArchiveWindows found = archiveWindows(archive, qint32(at), m_tree, m_bases.usable, m_uses, m_now);
            m_pieces.insert(m_pieces.end(), found.pieces.begin(), found.pieces.end());
            m_gaps.insert(m_gaps.end(), found.gaps.begin(), found.gaps.end());
        }
    }

    void sortGaps()
    {
        std::stable_sort(
            m_gaps.begin(), m_gaps.end(), [](const Gap &a, const Gap &b) { return a.from < b.from; });
        std::set<std::pair<TimelineId, SegmentNumber>> seen;
        for (const Gap &gap : m_gaps) {
            const auto left = leftOf(gap, m_pieces, m_facts.archives[std::size_t(gap.archive)].segmentSize);
            if (!left)
                m_result.covered.push_back(gap);
            else if (seen.insert({ left->timeline, left->first }).second)
                m_result.gaps.push_back(*left);
        }
    }

    // A timeline whose window begins where that of its parent ends begins at the same instant.
    void joinForks()
    {
        for (Window &after : m_result.windows) {
            const Fork *fork = m_tree.forkOf(after.timeline);
            if (!fork || after.fromLsn > fork->at)
                continue;
            for (const Window &before : m_result.windows)
                if (before.timeline == fork->parent && before.toLsn == after.fromLsn)
                    after.from = std::min(before.to, after.to);
        }
    }

    void addPoints()
    {
        const bool severalDatabases = dumpsOfSeveral();
        for (std::size_t at = 0; at < m_facts.artifacts.size(); ++at)
            addPoint(m_facts.artifacts[at], qint32(at), severalDatabases);
        for (const Base &base : m_bases.usable)
            if (base.carriesWal ? use(base) != BaseUse::Opens : use(base) == BaseUse::Whole)
                m_result.points.push_back({ base.stopped, base.artifact, base.confidence, false });
        std::sort(m_result.points.begin(), m_result.points.end(), [](const Point &a, const Point &b) {
            return std::tie(a.at, a.artifact) < std::tie(b.at, b.artifact);
        });
    }
    BaseUse use(const Base &base) const { return m_uses[std::size_t(base.artifact)]; }
    bool dumpsOfSeveral() const
    {
        const QString *first = nullptr;
        for (const ArtifactFact &artifact : m_facts.artifacts) {
            if (artifact.kind != ArtifactKind::Dump || artifact.database.isEmpty())
                continue;
            if (first && *first != artifact.database)
                return true;
            first = &artifact.database;
        }
        return false;
    }
    void addPoint(const ArtifactFact &artifact, qint32 index, bool severalDatabases)
    {
        const bool dump = artifact.kind == ArtifactKind::Dump;
        if (!dump && artifact.kind != ArtifactKind::VmSnapshot)
            return;
        const auto confidence = confidenceOf(artifact, m_objectives, m_now);
        const auto at = momentOf(artifact);
        if (!confidence || !at || *at > m_now)
            return;
        const bool ofOne = dump && !artifact.database.isEmpty();
        m_result.points.push_back(
            { *at, index, *confidence, ofOne && (severalDatabases || !artifact.withGlobals), artifact.kind });
    }

    void addUnusable()
    {
        auto all = std::move(m_bases.unusable);
        for (const Base &base : m_bases.usable)
            if (!base.carriesWal && use(base) == BaseUse::None)
                all.emplace_back(base.artifact, Unusable::WalMissing);
        std::sort(all.begin(), all.end());
        for (const auto &[artifact, reason] : all) {
            m_result.unusable.push_back(artifact);
            m_result.reasons.push_back(reason);
        }
    }

    std::optional<Instant> oldest() const
    {
        std::optional<Instant> found;
        if (!m_result.windows.empty())
            found = m_result.windows.front().from;
        const auto whole
            = std::ranges::find_if(m_result.points, [](const Point &one) { return !one.partly; });
        if (whole != m_result.points.end() && (!found || whole->at < *found))
            found = whole->at;
        if (!m_result.runs.empty() && (!found || m_result.runs.front().from < *found))
            found = m_result.runs.front().from;
        if (!found && !m_result.points.empty())
            found = m_result.points.front().at;
        return found;
    }
    // On the current line: what another branch holds is older work that was left.
    void findNewest()
    {
        const std::vector<TimelineId> line = m_tree.currentLine();
        for (std::size_t at = 0; at < line.size(); ++at)
            newestOn(line[at], at + 1 < line.size() ? m_tree.forkOf(line[at + 1]) : nullptr);
        const auto current = m_tree.current();
        if (!m_result.newestLsn && current
            && !m_tree.forkOf(*current)) // nothing says how the server came to be where it is
            for (const Branch &branch : m_result.branches)
                if (branch.timeline < *current)
                    newestOn(branch.timeline, nullptr);
        const auto &points = m_result.points;
        const auto whole
            = std::find_if(points.rbegin(), points.rend(), [](const Point &one) { return !one.partly; });
        if (whole != points.rend())
            m_result.newest = std::max(m_result.newest, std::optional(whole->at));
        addNewestDumps(m_result, m_facts, m_objectives, std::nullopt, m_now);
        if (!m_result.newest && !points.empty())
            m_result.newest = points.back().at;
    }
    void newestOn(TimelineId timeline, const Fork *next)
    {
        for (const Window &window : m_result.windows) {
            if (window.timeline != timeline || (next && window.fromLsn >= next->at)
                || (m_result.newestTimeline == timeline && window.toLsn <= *m_result.newestLsn))
                continue;
            const bool beyond = next && window.toLsn > next->at;
            m_result.newest = beyond && next->when ? std::min(*next->when, window.to) : window.to;
            m_result.newestLsn = beyond ? next->at : window.toLsn;
            m_result.newestTimeline = timeline;
        }
    }

    const ClusterFacts &m_facts;
    const Objectives &m_objectives;
    Instant m_now;
    TimelineTree m_tree;
    Bases m_bases;
    std::vector<BaseUse> m_uses; // by artifact, the best of all archives
    std::vector<ArchiveWindows::Piece> m_pieces;
    std::vector<Gap> m_gaps;
    Recoverability m_result;
};

Answer earlier(Instant at, Instant asked)
{
    Answer answer;
    answer.kind = at == asked ? Answer::Kind::Exact : Answer::Kind::Earlier;
    answer.at = at;
    answer.lost = asked - at;
    return answer;
}

bool onCurrentLine(const Recoverability &recoverability, TimelineId timeline)
{
    return std::any_of(recoverability.branches.begin(), recoverability.branches.end(),
        [&](const Branch &branch) { return branch.timeline == timeline && branch.reachable; });
}

qint32 newestPointAt(const Recoverability &recoverability, Instant asked, bool partly)
{
    const auto &points = recoverability.points;
    auto point = std::upper_bound(points.begin(), points.end(), asked,
        [](Instant wanted, const Point &one) { return wanted < one.at; });
    while (point != points.begin())
        if ((--point)->partly == partly)
            return qint32(point - points.begin());
    return -1;
}

// The oldest of its dumps decides what one gets of a run; at the same instant it comes with its globals and
// is better than the one dump.
void takeRun(const Recoverability &recoverability, Instant asked, const auto &take)
{
    const auto &runs = recoverability.runs;
    const auto after = std::upper_bound(
        runs.begin(), runs.end(), asked, [](Instant wanted, const DumpRun &one) { return wanted < one.to; });
    if (after == runs.begin())
        return;
    Answer answer = earlier(std::prev(after)->from, asked);
    answer.run = qint32(std::prev(after) - runs.begin());
    take(answer, true);
}

} // namespace

Recoverability recoverability(const ClusterFacts &facts, const Objectives &objectives,
    std::optional<TimelineId> serverTimeline, Instant now)
{
    return Reckoning(facts, objectives, serverTimeline, now).result();
}

std::optional<Point> newestPoint(const Recoverability &recoverability)
{
    const auto &points = recoverability.points;
    if (points.empty() || !recoverability.newest)
        return {};
    const auto after = std::upper_bound(points.begin(), points.end(), *recoverability.newest,
        [](Instant newest, const Point &one) { return newest < one.at; });
    return after == points.begin() ? points.back() : *std::prev(after);
}

qint32 partAt(const Recoverability &recoverability, Instant asked)
{
    return newestPointAt(recoverability, asked, true);
}

bool leadsTo(const Recoverability &recoverability, TimelineId timeline, Lsn lsn)
{
    return std::ranges::any_of(recoverability.windows, [&](const Window &window) {
        return window.timeline == timeline && window.fromLsn <= lsn && lsn <= window.toLsn;
    });
}

Answer answerAt(const Recoverability &recoverability, Instant asked)
{
    Answer best;
    const auto take = [&](Answer answer, bool preferred) {
        if (best.kind == Answer::Kind::Nothing || answer.at > best.at || (answer.at == best.at && preferred))
            best = answer;
    };
    const auto takePoint = [&](bool partly) {
        const qint32 point = newestPointAt(recoverability, asked, partly);
        if (point < 0)
            return;
        Answer answer = earlier(recoverability.points[std::size_t(point)].at, asked);
        answer.point = point;
        take(answer, false);
    };
    takePoint(false);
    takeRun(recoverability, asked, take);
    for (std::size_t at = 0; at < recoverability.windows.size(); ++at) {
        const Window &window = recoverability.windows[at];
        if (window.from > asked)
            break;
        Answer answer = earlier(std::min(window.to, asked), asked);
        answer.window = qint32(at);
        take(answer, onCurrentLine(recoverability, window.timeline));
    }
    if (best.kind == Answer::Kind::Nothing)
        takePoint(true);
    return best;
}

} // namespace tidemark
