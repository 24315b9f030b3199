#include "insight/insight.h"
#include "wal/fieldbytes.h"

namespace tidemark {

namespace {

// Raised with every change of what is written. Another version's bytes are made anew from the facts.
constexpr quint16 Version = 7;
constexpr quint32 Magic = 0x54444d49;

// One list of members for each struct, for writing and for reading. A member that is added to a struct and
// not here does not compile.
struct InsightFields {
    static void of(auto &visit, Is<MissingRight> auto &right)
    {
        auto &[what, grant] = right;
        visit(what, grant);
    }

    static void of(auto &visit, Is<Error> auto &error)
    {
        auto &[kind, code, detail] = error;
        visit(kind, code, detail);
    }

    static void of(auto &visit, Is<Acceptance> auto &acceptance)
    {
        auto &[key, reason, who, at] = acceptance;
        visit(key, reason, who, at);
    }

    static void of(auto &visit, Is<Finding> auto &finding)
    {
        auto &[code, severity, cluster, source, subject, part, timeline, items, count, since, until, atRisk,
            bytesAtRisk, measured, limit, said, error, missing, accepted]
            = finding;
        visit(code, severity, cluster, source, subject, part, timeline, items, count, since, until, atRisk,
            bytesAtRisk, measured, limit, said, error, missing, accepted);
    }

    static void of(auto &visit, Is<Window> auto &window)
    {
        auto &[from, to, fromLsn, toLsn, timeline, artifact, archive, confidence, open] = window;
        visit(from, to, fromLsn, toLsn, timeline, artifact, archive, confidence, open);
    }

    static void of(auto &visit, Is<Point> auto &point)
    {
        auto &[at, artifact, confidence, partly, kind] = point;
        visit(at, artifact, confidence, partly, kind);
    }

    static void of(auto &visit, Is<DumpRun> auto &run)
    {
        auto &[from, to, confidence, artifacts, withRoles] = run;
        visit(from, to, confidence, artifacts, withRoles);
    }

    static void of(auto &visit, Is<Gap> auto &gap)
    {
        auto &[from, to, cause, timeline, first, count, archive, firstName] = gap;
        visit(from, to, cause, timeline, first, count, archive, firstName);
    }

    static void of(auto &visit, Is<Branch> auto &branch)
    {
        auto &[timeline, parent, forkedAt, forkedWhen, reason, current, reachable, stray, historyMissing]
            = branch;
        visit(timeline, parent, forkedAt, forkedWhen, reason, current, reachable, stray, historyMissing);
    }

    static void of(auto &visit, Is<Recoverability> auto &found)
    {
        auto &[windows, points, runs, gaps, covered, branches, oldest, newest, newestLsn, newestTimeline,
            unusable, reasons]
            = found;
        visit(windows, points, runs, gaps, covered, branches, oldest, newest, newestLsn, newestTimeline,
            unusable, reasons);
    }

    static void of(auto &visit, Is<Risk> auto &risk)
    {
        auto &[basis, newest, newestLsn, newestTimeline, repositoryReadAt, serverLsn, serverReadAt, idle,
            bytes, seconds, whenRead, walWaiting, walPerSecond, untilFull]
            = risk;
        visit(basis, newest, newestLsn, newestTimeline, repositoryReadAt, serverLsn, serverReadAt, idle,
            bytes, seconds, whenRead, walWaiting, walPerSecond, untilFull);
    }

    static void of(auto &visit, Is<ObjectiveStanding> auto &standing)
    {
        auto &[kind, state, promise, keep, measured, limit, at] = standing;
        visit(kind, state, promise, keep, measured, limit, at);
    }

    static void of(auto &visit, Is<Stored> auto &stored)
    {
        auto &[total, untold, made, knownDays] = stored;
        visit(total, untold, made, knownDays);
    }

    static void of(auto &visit, Is<ClusterInsight> auto &cluster)
    {
        auto &[name, standing, confidence, provenAt, recoverability, risk, objectives, stored] = cluster;
        visit(name, standing, confidence, provenAt, recoverability, risk, objectives, stored);
    }

    static void of(auto &visit, Is<FleetVerdict> auto &verdict)
    {
        auto &[kind, worst, others, accepted, met, total] = verdict;
        visit(kind, worst, others, accepted, met, total);
    }

    static void of(auto &visit, Is<Insight> auto &insight)
    {
        auto &[at, version, clusters, findings, verdict] = insight;
        visit(at, version, clusters, findings, verdict);
    }
};

} // namespace

QByteArray toBytes(const Insight &insight)
{
    return fieldBytes<InsightFields>(Magic, Version, insight);
}

std::optional<Insight> insightFromBytes(const QByteArray &bytes)
{
    return fromFieldBytes<InsightFields, Insight>(Magic, Version, bytes);
}

} // namespace tidemark
