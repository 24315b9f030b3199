#pragma once

#include "backup/scan.h"
#include "backup/servercopy.h"
#include "store/factsfields.h"

namespace tidemark {

// The keys of what sources told, as they are kept in the catalogue's JSON columns.

void fields(auto &visit, Is<Error> auto &error)
{
    auto &[kind, code, detail] = error;
    visit("kind"_L1, kind);
    visit("code"_L1, code);
    visit("detail"_L1, detail);
}

void fields(auto &visit, Is<Check> auto &check)
{
    auto &[kind, passed, at, said] = check;
    visit("kind"_L1, kind);
    visit("passed"_L1, passed);
    visit("at"_L1, at);
    visit("said"_L1, said);
}

void fields(auto &visit, Is<Job> auto &job)
{
    auto &[source, id, kind, subject, schedule, enabled, nextRun, lastRun, lastState, lastSaid, keep] = job;
    visit("id"_L1, id);
    visit("kind"_L1, kind);
    visit("subject"_L1, subject);
    visit("schedule"_L1, schedule);
    visit("enabled"_L1, enabled);
    visit("nextRun"_L1, nextRun);
    visit("lastRun"_L1, lastRun);
    visit("lastState"_L1, lastState);
    visit("lastSaid"_L1, lastSaid);
    visit("keep"_L1, keep);
    static_cast<void>(source); // the row's own
}

void fields(auto &visit, Is<StoreUsage> auto &usage)
{
    auto &[source, part, total, used, available, estimatedFull, at] = usage;
    visit("part"_L1, part);
    visit("total"_L1, total);
    visit("used"_L1, used);
    visit("available"_L1, available);
    visit("estimatedFull"_L1, estimatedFull);
    visit("at"_L1, at);
    static_cast<void>(source);
}

void fields(auto &visit, Is<SourceTrouble> auto &trouble)
{
    auto &[source, part, cluster, error] = trouble;
    visit("part"_L1, part);
    visit("cluster"_L1, cluster);
    visit("error"_L1, error);
    static_cast<void>(source);
}

void fields(auto &visit, Is<WalTrouble> auto &trouble)
{
    auto &[name, fault, detail, timeline, number, arrived] = trouble;
    visit("name"_L1, name);
    visit("fault"_L1, fault);
    visit("detail"_L1, detail);
    visit("timeline"_L1, timeline);
    visit("number"_L1, number);
    visit("arrived"_L1, arrived);
}

void fields(auto &visit, Is<TimelineSwitch> auto &change)
{
    auto &[parent, at, reason] = change;
    visit("parent"_L1, parent);
    visit("at"_L1, at);
    visit("reason"_L1, reason);
}

void fields(auto &visit, Is<TimelineHistory> auto &history)
{
    auto &[timeline, switches, arrived] = history;
    visit("timeline"_L1, timeline);
    visit("switches"_L1, switches);
    visit("arrived"_L1, arrived);
}

void fields(auto &visit, Is<BackupHistoryFile> auto &file)
{
    auto &[timeline, startLsn, stopLsn, stopped, label] = file;
    visit("timeline"_L1, timeline);
    visit("startLsn"_L1, startLsn);
    visit("stopLsn"_L1, stopLsn);
    visit("stopped"_L1, stopped);
    visit("label"_L1, label);
}

// The columns of wal_archives and the rows of wal_spans hold the rest.
void fields(auto &visit, Is<WalArchive> auto &archive)
{
    auto &[source, part, cluster, systemId, segmentSize, listed, spans, histories, backupEnds, troubles,
        partial, files, bytes, checked]
        = archive;
    visit("segmentSize"_L1, segmentSize);
    visit("listed"_L1, listed);
    visit("histories"_L1, histories);
    visit("backupEnds"_L1, backupEnds);
    visit("troubles"_L1, troubles);
    visit("partial"_L1, partial);
    static_cast<void>(std::tie(source, part, cluster, systemId, spans, files, bytes, checked));
}

// The columns of runs hold the rest.
void fields(auto &visit, Is<Run> auto &run)
{
    auto &[source, id, kind, subject, cluster, start, end, state, said, artifact, size] = run;
    visit("subject"_L1, subject);
    visit("cluster"_L1, cluster);
    visit("said"_L1, said);
    visit("artifact"_L1, artifact);
    visit("size"_L1, size);
    static_cast<void>(std::tie(source, id, kind, start, end, state));
}

void fields(auto &visit, Is<ControlFacts> auto &facts)
{
    auto &[controlVersion, catalogVersion, dataChecksums, blockSize, walBlockSize, walLevel, maxConnections,
        maxWorkerProcesses, maxWalSenders, maxPreparedTransactions, maxLocksPerTransaction]
        = facts;
    visit("controlVersion"_L1, controlVersion);
    visit("catalogVersion"_L1, catalogVersion);
    visit("dataChecksums"_L1, dataChecksums);
    visit("blockSize"_L1, blockSize);
    visit("walBlockSize"_L1, walBlockSize);
    visit("walLevel"_L1, walLevel);
    visit("maxConnections"_L1, maxConnections);
    visit("maxWorkerProcesses"_L1, maxWorkerProcesses);
    visit("maxWalSenders"_L1, maxWalSenders);
    visit("maxPreparedTransactions"_L1, maxPreparedTransactions);
    visit("maxLocksPerTransaction"_L1, maxLocksPerTransaction);
}

void fields(auto &visit, Is<ServerSetting> auto &setting)
{
    auto &[name, value, unit, source, file] = setting;
    visit("name"_L1, name);
    visit("value"_L1, value);
    visit("unit"_L1, unit);
    visit("source"_L1, source);
    visit("file"_L1, file);
}

void fields(auto &visit, Is<ServerFile> auto &file)
{
    auto &[path, content] = file;
    visit("path"_L1, path);
    visit("content"_L1, content);
}

void fields(auto &visit, Is<Relation> auto &relation)
{
    auto &[database, databaseName, oid, tablespace, fileNode, schema, name, kind, rows, size] = relation;
    visit("database"_L1, database);
    visit("databaseName"_L1, databaseName);
    visit("oid"_L1, oid);
    visit("tablespace"_L1, tablespace);
    visit("fileNode"_L1, fileNode);
    visit("schema"_L1, schema);
    visit("name"_L1, name);
    visit("kind"_L1, kind);
    visit("rows"_L1, rows);
    visit("size"_L1, size);
}

void fields(auto &visit, Is<ServerCopy> auto &copy)
{
    auto &[at, systemId, versionNumber, control, settings, files, relations, extensions, collation, missing]
        = copy;
    visit("at"_L1, at);
    visit("systemId"_L1, systemId);
    visit("versionNumber"_L1, versionNumber);
    visit("control"_L1, control);
    visit("settings"_L1, settings);
    visit("files"_L1, files);
    visit("relations"_L1, relations);
    visit("extensions"_L1, extensions);
    visit("collation"_L1, collation);
    visit("missing"_L1, missing);
}

} // namespace tidemark
