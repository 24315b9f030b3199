#include "wal/walk.h"

#include <algorithm>

namespace tidemark {

namespace {

// The smaller, the rather it is read.
int rank(const WalFileName &file)
{
    if (file.kind == WalFileKind::Partial)
        return 2;
    return file.suffix.isEmpty() ? 0 : 1;
}

TimelineHistory historyOf(TimelineId timeline, const std::vector<TimelineHistory> &histories)
{
    const auto found = std::ranges::find(histories, timeline, &TimelineHistory::timeline);
    return found == histories.end() ? TimelineHistory { timeline, {}, {} } : *found;
}

} // namespace

std::vector<WalLeg> readingPlan(const std::vector<WalFileName> &files, std::uint32_t segmentSize,
    const std::vector<TimelineHistory> &histories)
{
    std::map<TimelineId, std::map<SegmentNumber, WalFileAt>> byTimeline;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto number = files[i].number(segmentSize);
        if (!number || files[i].kind == WalFileKind::BackupHistory)
            continue;
        const WalFileAt file { files[i].kind, *number, i };
        const auto [place, isNew] = byTimeline[files[i].timeline].try_emplace(*number, file);
        if (!isNew && rank(files[i]) < rank(files[place->second.index]))
            place->second = file;
    }
    std::vector<WalLeg> plan;
    for (const auto &[timeline, segments] : byTimeline) {
        WalLeg &leg = plan.emplace_back(WalLeg { timeline, historyOf(timeline, histories), {} });
        for (const auto &[number, file] : segments)
            leg.files.push_back(file);
    }
    return plan;
}

std::vector<WalGapBetween> gapsOf(const std::vector<WalLeg> &plan)
{
    std::vector<WalGapBetween> gaps;
    for (const WalLeg &leg : plan)
        for (std::size_t i = 1; i < leg.files.size(); ++i) {
            const std::uint64_t after = leg.files[i - 1].number.value + 1;
            if (leg.files[i].number.value > after)
                gaps.push_back({ leg.timeline, { after }, { leg.files[i].number.value - 1 } });
        }
    return gaps;
}

WalWalk::State::State(const WalStory &begin, std::optional<Lsn> limit)
    : story(begin)
    , until(limit)
{
    check.tellAlso(*this);
}

WalWalk::State::State(const State &other)
    : WalRecords(other)
    , check(other.check)
    , story(other.story)
    , any(other.any)
    , until(other.until)
    , past(other.past)
{
    check.tellAlso(*this);
}

void WalWalk::State::take(const WalRecord &record)
{
    past = past || (until && record.begin >= *until);
    if (!past)
        story.take(record);
}

WalWalk::WalWalk(std::vector<WalLeg> plan, WalStory story, Options options)
    : m_plan(std::move(plan))
    , m_fresh(std::move(story))
    , m_options(options)
    , m_state(std::make_unique<State>(m_fresh, m_options.until))
{
    for (const WalLeg &leg : m_plan)
        if (!leg.history.switches.empty() && !leg.files.empty())
            m_branches.emplace(
                Place { leg.history.switches.back().parent, leg.files.front().number }, nullptr);
}

void WalWalk::keepForBranches(TimelineId timeline, SegmentNumber number)
{
    const auto wanted = m_branches.find({ timeline, number });
    if (wanted != m_branches.end() && !wanted->second)
        wanted->second = std::make_unique<State>(*m_state);
}

// What lies before the branch was told by the parent, as far as it was read.
Lsn WalWalk::toldUpTo(const WalLeg &leg) const
{
    if (leg.history.switches.empty())
        return {};
    const TimelineSwitch &origin = leg.history.switches.back();
    const auto parent = m_reached.find(origin.parent);
    if (parent == m_reached.end()
        || parent->second.begin > leg.files.front().number.begin(m_options.segmentSize))
        return {};
    return std::min(origin.at, parent->second.end);
}

void WalWalk::startLeg(const WalLeg &leg)
{
    m_over = false;
    const SegmentNumber first = leg.files.front().number;
    const auto branch = leg.history.switches.empty()
        ? m_branches.end()
        : m_branches.find({ leg.history.switches.back().parent, first });
    if (branch != m_branches.end() && branch->second)
        m_state = std::make_unique<State>(*branch->second);
    else
        m_state = std::make_unique<State>(m_fresh, m_options.until);
    m_state->story.follow(leg.history, toldUpTo(leg));
    m_reached[leg.timeline].begin = first.begin(m_options.segmentSize);
}

bool WalWalk::begin(std::size_t leg, const WalFileAt &file)
{
    if (m_leg != leg)
        startLeg(m_plan[leg]);
    m_leg = leg;
    m_file = file;
    if (m_over)
        return false;
    keepForBranches(m_plan[leg].timeline, file.number);
    WalExpectation expectation;
    expectation.systemId = m_options.systemId;
    expectation.timeline = m_plan[leg].timeline;
    expectation.number = file.number;
    expectation.segmentSize = m_options.segmentSize;
    expectation.mayEnd = m_options.live || file.kind == WalFileKind::Partial;
    if (!m_state->check.begin(expectation) && m_state->any)
        m_state->story.gap();
    m_state->any = true;
    m_before = m_state->story.stats();
    return true;
}

WalContents WalWalk::finish()
{
    const WalContents contents = m_state->check.finish();
    if (!m_options.systemId && contents.version != 0)
        m_options.systemId = contents.systemId;
    m_over = !contents.ended.isEmpty();
    m_stats.addSince(m_before, m_state->story.stats());
    Reached &reached = m_reached[m_plan[*m_leg].timeline];
    reached.end = std::max(reached.end, contents.end);
    reached.lastRecord = std::max(reached.lastRecord, m_state->story.lastRecord());
    const bool last = m_file == m_plan[*m_leg].files.back();
    if (last && !contents.fault && !m_over)
        keepForBranches(m_plan[*m_leg].timeline, { m_file.number.value + 1 });
    return contents;
}

Lsn WalWalk::end(TimelineId timeline) const
{
    const auto reached = m_reached.find(timeline);
    return reached == m_reached.end() ? Lsn {} : reached->second.end;
}

Lsn WalWalk::lastRecord(TimelineId timeline) const
{
    const auto reached = m_reached.find(timeline);
    return reached == m_reached.end() ? Lsn {} : reached->second.lastRecord;
}

} // namespace tidemark
