#include "insight/readings.h"
#include "insight/rules/rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

QString sourceOf(const ClusterView &view, const Gap &gap)
{
    return gap.archive < 0 ? QString() : view.facts->archives[std::size_t(gap.archive)].source;
}

const char *codeOf(const Gap &gap)
{
    switch (gap.cause) {
    case GapCause::MissingWal:
    case GapCause::BadWal:
        return gap.to ? "wal.hole" : "wal.gap";
    case GapCause::LostBase:
        return "wal.no-base";
    case GapCause::LostHistory:
        return "wal.history-missing";
    }
    return "wal.gap";
}

Finding &addGap(const ClusterView &view, const Gap &gap, const char *code, Found &found)
{
    Finding &finding = found.add(code, view.cluster->name, sourceOf(view, gap));
    finding.subject = gap.firstName;
    finding.timeline = gap.timeline;
    finding.count = qint64(gap.count);
    finding.since = gap.from;
    finding.until = gap.to;
    return finding;
}

bool holdsBases(const Source &source)
{
    return source.kind == SourceKind::BaseBackups || source.kind == SourceKind::PgBackRest
        || source.kind == SourceKind::Barman;
}

// A base backup may lie where nobody could look.
bool basesKnown(const Scene &scene, const ClusterView &view)
{
    return std::all_of(view.sources.begin(), view.sources.end(), [&](const Source *source) {
        const SourceFacts *facts = scene.source(source->name);
        return !holdsBases(*source) || (facts && readWholly(*facts));
    });
}

void gaps(const Scene &scene, const ClusterView &view, Found &found)
{
    for (const Gap &gap : view.insight->recoverability.gaps) {
        if (gap.cause == GapCause::LostBase && !basesKnown(scene, view))
            continue;
        Finding &finding = addGap(view, gap, codeOf(gap), found);
        if (!gap.to)
            putAtRisk(finding, *view.insight);
    }
    for (const Gap &gap : view.insight->recoverability.covered)
        if (gap.cause == GapCause::MissingWal || gap.cause == GapCause::BadWal)
            addGap(view, gap, "wal.covered", found);
}

// Where a gap says already that it ends there, once is enough.
bool toldByGap(const ClusterView &view, TimelineId timeline)
{
    const auto &gaps = view.insight->recoverability.gaps;
    return std::any_of(gaps.begin(), gaps.end(),
        [&](const Gap &gap) { return gap.cause == GapCause::LostHistory && gap.timeline == timeline; });
}

QString sourceWithTimeline(const ClusterView &view, TimelineId timeline)
{
    for (const WalArchive &archive : view.facts->archives) {
        const bool span = std::any_of(archive.spans.begin(), archive.spans.end(),
            [&](const WalSpan &one) { return one.timeline == timeline; });
        const bool history = std::any_of(archive.histories.begin(), archive.histories.end(),
            [&](const TimelineHistory &one) { return one.timeline == timeline; });
        if (span || history)
            return archive.source;
    }
    return {};
}

Finding &addBranch(const ClusterView &view, const Branch &branch, const char *code, Found &found)
{
    Finding &finding = found.add(code, view.cluster->name, sourceWithTimeline(view, branch.timeline));
    finding.timeline = branch.timeline;
    finding.subject = u"%1.history"_s.arg(branch.timeline.value, 8, 16, QChar(u'0')).toUpper();
    finding.subject.replace(u"HISTORY"_s, u"history"_s);
    finding.since = branch.forkedWhen;
    finding.said = branch.reason;
    return finding;
}

void addStrayFiles(Finding &finding, const ClusterView &view, TimelineId timeline)
{
    for (const WalArchive &archive : view.facts->archives)
        for (const WalSpan &span : archive.spans)
            for (std::uint64_t at = span.first.value; span.timeline == timeline && at <= span.last.value;
                 ++at) {
                if (finding.items.size() == Found::MostItems) {
                    finding.count += qint64(span.last.value - at + 1);
                    break;
                }
                addItem(finding, segmentName(timeline, { at }, archive.segmentSize));
            }
}

void branches(const ClusterView &view, Found &found)
{
    for (const Branch &branch : view.insight->recoverability.branches) {
        if (branch.stray)
            addStrayFiles(addBranch(view, branch, "wal.stray-timeline", found), view, branch.timeline);
        if (branch.historyMissing && !toldByGap(view, branch.timeline))
            addBranch(view, branch, "wal.history-missing", found);
    }
}

void nothing(const ClusterView &view, Found &found)
{
    if (view.insight->standing != ClusterStanding::Nothing || view.standby())
        return;
    Finding &finding = found.add("restore.nothing", view.cluster->name);
    for (const Source *source : view.sources)
        addItem(finding, source->name);
}

void noSource(const ClusterView &view, Found &found)
{
    if (view.sources.empty() && !view.standby() && view.insight->standing == ClusterStanding::Unread)
        found.add("cluster.no-source", view.cluster->name);
}

} // namespace

void restorability(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters()) {
        nothing(view, found);
        noSource(view, found);
        gaps(scene, view, found);
        branches(view, found);
    }
}

} // namespace tidemark::rules
