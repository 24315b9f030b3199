#pragma once

#include "pbs/contents.h"
#include "pbs/jobs.h"
#include "pbs/node.h"
#include "pbs/tasks.h"
#include "pbs/version.h"

#include <concepts>

// The names the server gives the fields: one list for each value, walked by whatever reads or prints it. A
// visitor has v(name, field): required, unless the field is an optional; v.may(name, field): keeps what it
// holds when absent; v.flat(field): its fields stand among those of the value around it.
namespace tidemark::pbs {

template <class T, class Value>
concept Is = std::same_as<std::remove_const_t<T>, Value>;

// What several values have alike.
void amounts(auto &v, auto &x)
{
    v("total", x.total);
    v("used", x.used);
    v("avail", x.available);
}

void taskHead(auto &v, auto &x)
{
    v("upid", x.upid);
    v("node", x.node);
    v("pid", x.pid);
    v("pstart", x.pstart);
    v("starttime", x.started);
}

void fields(auto &v, Is<Version> auto &x)
{
    v("version", x.version);
    v("release", x.release);
    v.may("repoid", x.repoId);
}

void fields(auto &v, Is<Pong> auto &x)
{
    v("pong", x.pong);
}

void fields(auto &v, Is<Ticket> auto &x)
{
    v("username", x.user);
    v("ticket", x.ticket);
    v("CSRFPreventionToken", x.csrf);
}

void fields(auto &v, Is<DatastoreItem> auto &x)
{
    v("store", x.store);
    v("comment", x.comment);
    v("maintenance", x.maintenance);
    v("mount-status", x.mountStatus);
    v("backend-type", x.backendType);
}

void fields(auto &v, Is<GcStatus> auto &x)
{
    v("upid", x.upid);
    v.may("index-file-count", x.indexFileCount);
    v.may("index-data-bytes", x.indexDataBytes);
    v.may("disk-bytes", x.diskBytes);
    v.may("disk-chunks", x.diskChunks);
    v.may("removed-bytes", x.removedBytes);
    v.may("removed-chunks", x.removedChunks);
    v.may("pending-bytes", x.pendingBytes);
    v.may("pending-chunks", x.pendingChunks);
    v.may("removed-bad", x.removedBad);
    v.may("still-bad", x.stillBad);
}

void fields(auto &v, Is<GcJob> auto &x)
{
    v("store", x.store);
    v.flat(x.status);
    v("schedule", x.schedule);
    v("next-run", x.nextRun);
    v("last-run-state", x.lastRunState);
    v("last-run-endtime", x.lastRunEnd);
    v("duration", x.seconds);
}

void fields(auto &v, Is<KindCount> auto &x)
{
    v("groups", x.groups);
    v("snapshots", x.snapshots);
}

void fields(auto &v, Is<Counts> auto &x)
{
    v("vm", x.vm);
    v("ct", x.ct);
    v("host", x.host);
    v("other", x.other);
}

void fields(auto &v, Is<DatastoreStatus> auto &x)
{
    amounts(v, x);
    v("counts", x.counts);
    v("gc-status", x.gc);
}

void fields(auto &v, Is<UsageItem> auto &x)
{
    v("store", x.store);
    amounts(v, x);
    v.reckoned("estimated-full-date", x.estimatedFull);
    v("history-start", x.historyStart);
    v("history-delta", x.historyStepSeconds);
    v.may("history", x.history);
    v("gc-status", x.gc);
    v("error", x.error);
    v("mount-status", x.mountStatus);
}

void fields(auto &v, Is<NamespaceItem> auto &x)
{
    v("ns", x.ns);
    v("comment", x.comment);
}

void fields(auto &v, Is<GroupItem> auto &x)
{
    v("backup-type", x.type);
    v("backup-id", x.id);
    v("backup-count", x.count);
    v("last-backup", x.lastBackup);
    v.may("files", x.files);
    v("owner", x.owner);
    v("comment", x.comment);
}

void fields(auto &v, Is<FileItem> auto &x)
{
    v("filename", x.name);
    v("crypt-mode", x.cryptMode);
    v("size", x.size);
}

void fields(auto &v, Is<Verification> auto &x)
{
    v("upid", x.upid);
    v("state", x.state);
}

void fields(auto &v, Is<SnapshotItem> auto &x)
{
    v("backup-type", x.type);
    v("backup-id", x.id);
    v("backup-time", x.time);
    v("files", x.files);
    v.may("protected", x.isProtected);
    v("size", x.size);
    v("owner", x.owner);
    v("comment", x.comment);
    v("verification", x.verification);
    v("fingerprint", x.keyFingerprint);
}

void fields(auto &v, Is<PruneItem> auto &x)
{
    v("backup-type", x.type);
    v("backup-id", x.id);
    v("ns", x.ns);
    v("backup-time", x.time);
    v("keep", x.keep);
    v.may("protected", x.isProtected);
}

void fields(auto &v, Is<Removal> auto &x)
{
    v("removed-groups", x.groups);
    v("removed-snapshots", x.snapshots);
    v("protected-snapshots", x.protectedSnapshots);
}

void fields(auto &v, Is<JobState> auto &x)
{
    v("next-run", x.nextRun);
    v("last-run-upid", x.lastUpid);
    v("last-run-state", x.lastState);
    v("last-run-endtime", x.lastEnd);
}

void fields(auto &v, Is<KeepOptions> auto &x)
{
    v("keep-last", x.last);
    v("keep-hourly", x.hourly);
    v("keep-daily", x.daily);
    v("keep-weekly", x.weekly);
    v("keep-monthly", x.monthly);
    v("keep-yearly", x.yearly);
}

void fields(auto &v, Is<PruneJob> auto &x)
{
    v("id", x.id);
    v("store", x.store);
    v("schedule", x.schedule);
    v.may("disable", x.disabled);
    v("ns", x.ns);
    v("max-depth", x.maxDepth);
    v.flat(x.keep);
    v("comment", x.comment);
    v.flat(x.state);
}

void fields(auto &v, Is<VerifyJob> auto &x)
{
    v("id", x.id);
    v("store", x.store);
    v("schedule", x.schedule);
    v("ns", x.ns);
    v("max-depth", x.maxDepth);
    v.may("ignore-verified", x.ignoreVerified);
    v("outdated-after", x.outdatedAfterDays);
    v("comment", x.comment);
    v.flat(x.state);
}

void fields(auto &v, Is<SyncJob> auto &x)
{
    v("id", x.id);
    v("store", x.store);
    v("sync-direction", x.direction);
    v("ns", x.ns);
    v("remote", x.remote);
    v("remote-store", x.remoteStore);
    v("remote-ns", x.remoteNs);
    v("owner", x.owner);
    v("remove-vanished", x.removeVanished);
    v("max-depth", x.maxDepth);
    v.may("group-filter", x.groupFilter);
    v("transfer-last", x.transferLast);
    v("schedule", x.schedule);
    v("comment", x.comment);
    v("rate-in", x.rateIn);
    v("rate-out", x.rateOut);
    v.flat(x.state);
}

void fields(auto &v, Is<TaskItem> auto &x)
{
    taskHead(v, x);
    v("worker_type", x.type);
    v("worker_id", x.workerId);
    v("user", x.user);
    v("endtime", x.ended);
    v("status", x.status);
}

void fields(auto &v, Is<TaskStatus> auto &x)
{
    taskHead(v, x);
    v("type", x.type);
    v("id", x.workerId);
    v("user", x.user);
    v("tokenid", x.tokenName);
    v("status", x.status);
    v("exitstatus", x.exitStatus);
    v("endtime", x.ended);
}

void fields(auto &v, Is<LogLine> auto &x)
{
    v("n", x.number);
    v("t", x.text);
}

void fields(auto &v, Is<MemoryUse> auto &x)
{
    v("total", x.total);
    v("used", x.used);
    v("free", x.free);
}

void fields(auto &v, Is<DiskUse> auto &x)
{
    amounts(v, x);
}

void fields(auto &v, Is<CpuInfo> auto &x)
{
    v("model", x.model);
    v("sockets", x.sockets);
    v("cpus", x.cpus);
}

void fields(auto &v, Is<ServerInfo> auto &x)
{
    v("fingerprint", x.fingerprint);
}

void fields(auto &v, Is<NodeStatus> auto &x)
{
    v("cpu", x.cpu);
    v.may("wait", x.wait);
    v("cpuinfo", x.cpuInfo);
    v("memory", x.memory);
    v("swap", x.swap);
    v("root", x.root);
    v("loadavg", x.load);
    v("uptime", x.uptimeSeconds);
    v("kversion", x.kernel);
    v("info", x.info);
}

void fields(auto &v, Is<NodeTime> auto &x)
{
    v("time", x.time);
    v("localtime", x.localTime);
    v("timezone", x.zone);
}

void fields(auto &v, Is<Subscription> auto &x)
{
    v("status", x.status);
    v("message", x.message);
    v("serverid", x.serverId);
    v("nextduedate", x.nextDueDate);
}

void fields(auto &v, Is<NodeCertificate> auto &x)
{
    v("filename", x.fileName);
    v("fingerprint", x.fingerprint);
    v("subject", x.subject);
    v("issuer", x.issuer);
    v.may("san", x.names);
    v("notbefore", x.notBefore);
    v("notafter", x.notAfter);
}

} // namespace tidemark::pbs
