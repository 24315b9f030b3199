#include "wal/segmentset.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

SegmentSet SegmentSet::parse(const QString &text)
{
    SegmentSet set;
    for (const QString &part : text.split(u';', Qt::SkipEmptyParts)) {
        const TimelineId timeline { part.section(u':', 0, 0).toUInt() };
        for (const QString &run : part.section(u':', 1).split(u',', Qt::SkipEmptyParts)) {
            const SegmentNumber first { run.section(u'-', 0, 0).toULongLong() };
            const SegmentNumber last { run.section(u'-', -1).toULongLong() };
            if (timeline.value != 0 && first <= last)
                set.insert(timeline, first, last);
        }
    }
    return set;
}

QString SegmentSet::toString() const
{
    QStringList parts;
    for (const auto &[timeline, runs] : m_runs) {
        QStringList words;
        for (const Run &run : runs)
            words += run.first == run.last ? QString::number(run.first)
                                           : u"%1-%2"_s.arg(run.first).arg(run.last);
        parts += QString::number(timeline.value) + u':' + words.join(u',');
    }
    return parts.join(u';');
}

void SegmentSet::insert(TimelineId timeline, SegmentNumber first, SegmentNumber last)
{
    auto &runs = m_runs[timeline];
    Run added { first.value, last.value };
    // The first run that reaches up to the one before the new one.
    const auto from
        = std::ranges::lower_bound(runs, added.first, {}, [](const Run &run) { return run.last + 1; });
    auto to = from;
    while (to != runs.end() && to->first <= added.last + 1) {
        added = { std::min(added.first, to->first), std::max(added.last, to->last) };
        ++to;
    }
    if (from == to) {
        runs.insert(from, added);
        return;
    }
    *from = added;
    runs.erase(from + 1, to);
}

bool SegmentSet::contains(TimelineId timeline, SegmentNumber number) const
{
    const auto found = m_runs.find(timeline);
    if (found == m_runs.end())
        return false;
    const auto run = std::ranges::lower_bound(found->second, number.value, {}, &Run::last);
    return run != found->second.end() && run->first <= number.value;
}

std::uint64_t SegmentSet::count() const
{
    std::uint64_t count = 0;
    for (const auto &[timeline, runs] : m_runs)
        for (const Run &run : runs)
            count += run.last - run.first + 1;
    return count;
}

SegmentSet SegmentSet::with(const SegmentSet &other) const
{
    SegmentSet both;
    for (const auto &[timeline, runs] : m_runs) {
        const auto found = other.m_runs.find(timeline);
        if (found == other.m_runs.end())
            continue;
        auto at = found->second.begin();
        for (const Run &run : runs) {
            while (at != found->second.end() && at->last < run.first)
                ++at;
            for (auto here = at; here != found->second.end() && here->first <= run.last; ++here)
                both.insert(
                    timeline, { std::max(run.first, here->first) }, { std::min(run.last, here->last) });
        }
    }
    return both;
}

} // namespace tidemark
