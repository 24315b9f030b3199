#include "insight/rpohistory.h"

#include "insight/expected.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using std::chrono::seconds;

// What could be brought back: any instant of it.
struct Stretch {
    Instant from;
    Instant to;
};

bool isBackup(const QString &kind)
{
    return QStringList { u"full"_s, u"diff"_s, u"incr"_s, u"basebackup"_s, u"dump"_s, u"snapshot"_s }
        .contains(kind);
}

void addRuns(
    std::vector<Stretch> &kept, const Cluster &cluster, const Fleet &fleet, const CatalogueFacts &facts)
{
    for (const SourceFacts &source : facts.sources) {
        const auto known = std::ranges::find(fleet.sources, source.name, &Source::name);
        const bool only = known != fleet.sources.end() && known->clusters == QStringList { cluster.name };
        for (const Run &run : source.runs) {
            const bool ours = run.cluster.isEmpty() ? only : run.cluster == cluster.name;
            if (ours && isBackup(run.kind) && run.state == RunState::Ok)
                kept.push_back({ run.start, run.start });
        }
    }
}

std::vector<Stretch> stretchesOf(const Cluster &cluster, const Fleet &fleet, const CatalogueFacts &facts,
    const ClusterInsight &insight, Instant now)
{
    std::vector<Stretch> kept;
    for (const Window &window : insight.recoverability.windows)
        kept.push_back({ window.from, window.to });
    for (const Point &point : insight.recoverability.points)
        if (!point.partly)
            kept.push_back({ point.at, point.at });
    for (const DumpRun &run : insight.recoverability.runs)
        kept.push_back({ run.from, run.from });
    addRuns(kept, cluster, fleet, facts);
    if (insight.risk.idle && insight.risk.newest)
        kept.push_back({ *insight.risk.newest, now });
    std::erase_if(kept, [now](const Stretch &one) { return one.from > now; });
    std::ranges::sort(kept, {}, &Stretch::from);
    return kept;
}

seconds between(Instant from, Instant to)
{
    return std::chrono::duration_cast<seconds>(to - from);
}

void addPause(RpoHistory &history, Instant last, Instant next, seconds rpo)
{
    if (next <= history.from || next <= last)
        return;
    const seconds lost = between(last, next);
    history.worst = std::max(history.worst, lost);
    if (lost > rpo)
        history.over.push_back({ std::max(last + rpo, history.from), next, lost });
}

} // namespace

seconds RpoHistory::overall() const
{
    seconds sum {};
    for (const OverRpo &one : over)
        sum += between(one.from, one.to);
    return sum;
}

double RpoHistory::within() const
{
    const seconds whole = between(from, to);
    return whole.count() > 0 ? 100.0 - 100.0 * double(overall().count()) / double(whole.count()) : 100.0;
}

std::optional<RpoHistory> rpoHistory(const Cluster &cluster, const Fleet &fleet, const CatalogueFacts &facts,
    const ClusterInsight &insight, Instant from, Instant now)
{
    const auto rpo = objectivesOf(cluster, fleet).rpo;
    const std::vector<Stretch> kept = stretchesOf(cluster, fleet, facts, insight, now);
    if (!rpo || kept.empty())
        return std::nullopt;
    RpoHistory history;
    history.from = std::max(from, kept.front().from);
    history.to = now;
    Instant last = kept.front().from;
    for (const Stretch &one : kept) {
        addPause(history, last, one.from, *rpo);
        last = std::max(last, one.to);
    }
    addPause(history, last, now, *rpo);
    return history;
}

} // namespace tidemark
