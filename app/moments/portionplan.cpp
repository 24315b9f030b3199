#include "moments/portionplan.h"

#include <algorithm>
#include <set>

namespace tidemark {

namespace {

constexpr std::size_t SmallestPortion = 2; // files
constexpr qint64 LargestPortion = 1ll << 30; // bytes of WAL

class Plan
{
public:
    Plan(const WalFolder &folder, const std::vector<std::shared_ptr<const MomentPiece>> &kept, Instant since)
        : m_folder(folder)
        , m_since(since)
        , m_segmentSize(folder.segmentSize == 0 ? DefaultSegmentSize : folder.segmentSize)
    {
        for (const auto &piece : kept)
            m_kept.emplace(std::pair(piece->timeline, piece->first), piece->last);
        for (const TimelineHistory &history : folder.histories)
            for (const TimelineSwitch &left : history.switches)
                m_forks.emplace(left.parent, SegmentNumber::of(left.at, m_segmentSize));
    }

    std::vector<Portion> result()
    {
        for (std::size_t leg = m_folder.plan.size(); leg-- > 0;)
            takeLeg(leg);
        return std::move(m_portions);
    }

private:
    using Place = std::pair<TimelineId, SegmentNumber>;

    void takeLeg(std::size_t leg)
    {
        const auto &files = m_folder.plan[leg].files;
        std::size_t to = files.size();
        while (to > 0) {
            if (!wanted(leg, files[to - 1])) {
                --to;
                continue;
            }
            std::size_t from = to - 1;
            while (from > 0 && to - from < m_size && joins(leg, from) && wanted(leg, files[from - 1]))
                --from;
            m_portions.push_back({ leg, from, to });
            m_size = std::min(
                m_size * 2, std::max(SmallestPortion, std::size_t(LargestPortion / m_segmentSize)));
            to = from;
        }
    }
    // The file before follows without a border between.
    bool joins(std::size_t leg, std::size_t at) const
    {
        const WalLeg &of = m_folder.plan[leg];
        return of.files[at - 1].number.value + 1 == of.files[at].number.value
            && of.files[at].kind == WalFileKind::Segment
            && !m_forks.contains(Place { of.timeline, of.files[at].number });
    }
    bool wanted(std::size_t leg, const WalFileAt &file) const
    {
        const WalFileFound &found = m_folder.files[file.index];
        if (found.modified != Instant {} && found.modified < m_since)
            return false;
        const TimelineId timeline = m_folder.plan[leg].timeline;
        auto after = m_kept.upper_bound(Place { timeline, file.number });
        if (after == m_kept.begin())
            return true;
        --after;
        return after->first.first != timeline || after->second < file.number;
    }

    const WalFolder &m_folder;
    Instant m_since;
    std::uint32_t m_segmentSize;
    std::size_t m_size = SmallestPortion;
    std::map<Place, SegmentNumber> m_kept; // last segments, by the first
    std::set<Place> m_forks;
    std::vector<Portion> m_portions;
};

} // namespace

std::vector<Portion> portionsOf(
    const WalFolder &folder, const std::vector<std::shared_ptr<const MomentPiece>> &kept, Instant since)
{
    return Plan(folder, kept, since).result();
}

bool isOutdated(
    const MomentPiece &piece, const std::vector<TimelineHistory> &histories, std::uint32_t segmentSize)
{
    for (const TimelineHistory &history : histories)
        for (const TimelineSwitch &left : history.switches)
            if (const auto at = SegmentNumber::of(left.at, segmentSize);
                left.parent == piece.timeline && piece.first < at && at <= piece.last)
                return true;
    return false;
}

} // namespace tidemark
