#include "insight/findings.h"

#include <algorithm>

namespace tidemark {

namespace {

using enum FindingAction;
constexpr Severity F = Severity::Failed;
constexpr Severity A = Severity::Attention;

const std::vector<FindingKind> Kinds {
    { "restore.nothing", F, TakeBaseBackup, true },
    { "wal.gap", F, TakeBaseBackup, true },
    { "wal.no-base", F, TakeBaseBackup, true },
    { "wal.history-missing", F, ShowTimeline, true },
    { "wal.not-archived", F, FixArchiving, true },
    { "archiver.no-op", F, FixArchiving, true },
    { "archiver.failing", F, FixArchiving, false },
    { "archiver.no-command", F, FixArchiving, false },
    { "rpo.over", F, ShowTimeline, true },
    { "schedule.missed", F, ShowRuns, true },
    { "wal.stray-timeline", F, RemoveFiles, true },
    { "server.wal-minimal", F, FixArchiving, true },
    { "wal.archive-foreign", F, ShowSource, true },
    { "wal.foreign", F, ShowTimeline, true },
    { "wal.empty", F, ShowTimeline, true },
    { "wal.wrong-size", F, ShowTimeline, true },
    { "wal.misnamed", F, ShowTimeline, true },
    { "wal.bad-page", F, ShowTimeline, true },
    { "wal.bad-checksum", F, ShowTimeline, true },
    { "wal.unreadable", F, ShowTimeline, true },
    { "wal.bad-history", F, ShowTimeline, true },
    { "base.wal-missing", F, TakeBaseBackup, true },
    { "base.chain-broken", F, TakeBaseBackup, true },
    { "base.damaged", F, TakeBaseBackup, true },
    { "base.refuted", F, TakeBaseBackup, true },
    { "base.bad-pages", F, ShowArtifact, true },
    { "base.foreign", F, ShowArtifact, true },
    { "dump.damaged", F, TakeDump, true },
    { "dump.refuted", F, TakeDump, true },
    { "dump.empty", F, TakeDump, true },
    { "dump.wrong-database", F, TakeDump, true },
    { "snapshot.verify-failed", F, ShowArtifact, true },
    { "snapshot.damaged", F, ShowArtifact, true },
    { "server.foreign", F, EditFleet, true },
    { "server.offline", F, TestConnection, false },
    { "server.access-refused", F, TestConnection, false },
    { "server.no-secret", F, EditFleet, false },
    { "source.certificate-changed", F, ReviewCertificate, false },
    { "source.access-refused", F, TestConnection, false },
    { "source.no-secret", F, EditFleet, false },
    { "source.offline", F, TestConnection, false },
    { "source.denied", F, ShowSource, true },
    { "source.tool", F, ShowSource, true },
    { "store.error", F, ShowSource, false },
    { "store.full", F, FreeSpace, false },
    { "server.wal-filling", F, FreeSpace, true },
    { "slot.lost", F, DropSlot, true },
    { "job.verify-failed", F, ShowRuns, true },
    { "job.sync-failed", F, ShowRuns, true },
    { "job.gc-failed", F, ShowRuns, true },
    { "job.prune-failed", F, ShowRuns, true },
    { "run.failed", F, ShowRuns, false },
    { "retention.keep-short", F, SetRetention, true },
    { "retention.broken", F, SetRetention, true },
    { "archiver.off", A, FixArchiving, true },
    { "cluster.no-source", A, EditFleet, true },
    { "source.empty", A, ShowSource, true },
    { "source.part-unreadable", A, ShowSource, true },
    { "source.stale", A, ReadNow, true },
    { "source.strays", A, EditFleet, true },
    { "source.rights", A, CopyGrants, true },
    { "server.rights", A, CopyGrants, true },
    { "server.stale", A, TestConnection, false },
    { "wal.hole", A, ShowTimeline, true },
    { "wal.covered", A, ShowTimeline, true },
    { "base.no-position", A, ShowArtifact, true },
    { "base.no-manifest", A, Verify, true },
    { "base.unfinished", A, ShowArtifact, true },
    { "base.failed", A, ShowRuns, false },
    { "dump.no-globals", A, TakeDump, true },
    { "dump.size", A, ShowArtifact, true },
    { "dump.database-missing", A, TakeDump, true },
    { "dump.unfinished", A, ShowArtifact, true },
    { "dump.failed", A, ShowRuns, false },
    { "snapshot.never-verified", A, Verify, true },
    { "snapshot.unfinished", A, ShowArtifact, true },
    { "snapshot.failed", A, ShowRuns, false },
    { "snapshot.group-missing", A, ShowSource, true },
    { "proof.aged", A, Verify, true },
    { "run.slow", A, ShowRuns, true },
    { "schedule.rate", A, ShowRuns, true },
    { "job.overdue", A, ShowRuns, true },
    { "store.over-limit", A, FreeSpace, true },
    { "store.filling", A, FreeSpace, false },
    { "store.full-soon", A, FreeSpace, true },
    { "store.maintenance", A, ShowSource, false },
    { "slot.holds-wal", A, DropSlot, true },
    { "settings.archive-timeout", A, FixArchiving, true },
    { "clock.server", A, SetClock, true },
    { "clock.future", A, SetClock, true },
    { "cluster.environment", A, EditFleet, false },
};

} // namespace

const std::vector<FindingKind> &findingKinds()
{
    return Kinds;
}

const FindingKind *findingKind(const QString &code)
{
    const auto found = std::find_if(Kinds.begin(), Kinds.end(),
        [&](const FindingKind &kind) { return code == QLatin1StringView(kind.code); });
    return found == Kinds.end() ? nullptr : &*found;
}

} // namespace tidemark
