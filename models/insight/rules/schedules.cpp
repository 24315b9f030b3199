#include "insight/expected.h"
#include "insight/rules/rules.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

// What leaves a run or an artifact that a source can tell of.
bool leavesTraces(const QString &kind)
{
    static const QSet<QString> kinds { u"full"_s, u"diff"_s, u"incr"_s, u"basebackup"_s, u"dump"_s,
        u"snapshot"_s, u"verify"_s, u"gc"_s, u"prune"_s, u"sync"_s };
    return kinds.contains(kind);
}

bool readable(const Scene &scene, const Schedule &schedule)
{
    const SourceFacts *source = scene.source(schedule.source);
    return source && source->readAt && !source->error;
}

const ClusterView *firstCluster(const Scene &scene, const Schedule &schedule)
{
    for (const ClusterView &view : scene.clusters())
        if (schedule.clusters.contains(view.cluster->name))
            return &view;
    return nullptr;
}

// A miss is known only when the source was read after it was due.
bool readSince(const Scene &scene, const Schedule &schedule, const Punctuality &stands)
{
    const SourceFacts *source = scene.source(schedule.source);
    return !stands.lastDue || *source->readAt > *stands.lastDue;
}

void missed(const Schedule &schedule, const Punctuality &stands, const ClusterView *view, Found &found)
{
    Finding &finding = found.add("schedule.missed", view ? view->cluster->name : QString(), schedule.source);
    finding.subject = schedule.name;
    finding.part = schedule.kind;
    finding.since = stands.lastOk;
    finding.until = stands.lastDue;
    finding.count = stands.missedInARow;
    const bool backs = schedule.kind != u"verify" && schedule.kind != u"gc" && schedule.kind != u"prune";
    if (view && backs)
        putAtRisk(finding, *view->insight);
}

void rate(const Schedule &schedule, const Punctuality &stands, const ClusterView *view, Found &found)
{
    if (!schedule.successTarget || !stands.successRate || *stands.successRate >= *schedule.successTarget)
        return;
    Finding &finding = found.add("schedule.rate", view ? view->cluster->name : QString(), schedule.source);
    finding.subject = schedule.name;
    finding.measured = stands.successRate;
    finding.limit = schedule.successTarget;
}

} // namespace

void schedules(const Scene &scene, Found &found)
{
    for (const Schedule &schedule : scene.fleet().schedules) {
        if (!leavesTraces(schedule.kind) || schedule.form == u"manual" || !readable(scene, schedule))
            continue;
        const Punctuality stands = punctuality(schedule, seenRuns(schedule, scene.facts()), scene.now());
        const ClusterView *view = firstCluster(scene, schedule);
        if (stands.overdue && readSince(scene, schedule, stands))
            missed(schedule, stands, view, found);
        else
            rate(schedule, stands, view, found);
    }
}

} // namespace tidemark::rules
