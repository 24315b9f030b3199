#pragma once

#include "fleet/fleetstate.h"
#include "store/jsonfields.h"

namespace tidemark {

// The keys of what servers told.
void fields(auto &visit, Is<DatabaseFacts> auto &facts)
{
    auto &[name, size, allowsConnections] = facts;
    visit("name"_L1, name);
    visit("size"_L1, size);
    visit("allowsConnections"_L1, allowsConnections);
}

void fields(auto &visit, Is<MissingRight> auto &right)
{
    auto &[what, grant] = right;
    visit("what"_L1, what);
    visit("grant"_L1, grant);
}

void fields(auto &visit, Is<ArchiverFacts> auto &facts)
{
    auto &[archivedCount, lastWal, lastAt, failedCount, failedWal, failedAt] = facts;
    visit("archivedCount"_L1, archivedCount);
    visit("lastArchivedWal"_L1, lastWal);
    visit("lastArchivedAt"_L1, lastAt);
    visit("failedCount"_L1, failedCount);
    visit("lastFailedWal"_L1, failedWal);
    visit("lastFailedAt"_L1, failedAt);
}

void fields(auto &visit, Is<SlotFacts> auto &facts)
{
    auto &[name, active, logical, keeps, state, database, temporary, restartLsn, safeWalSize] = facts;
    visit("name"_L1, name);
    visit("active"_L1, active);
    visit("logical"_L1, logical);
    visit("keeps"_L1, keeps);
    visit("state"_L1, state);
    visit("database"_L1, database);
    visit("temporary"_L1, temporary);
    visit("restartLsn"_L1, restartLsn);
    visit("safeWalSize"_L1, safeWalSize);
}

void fields(auto &visit, Is<StandbyFacts> auto &facts)
{
    auto &[name, role, address, state, syncState, slot, flushed, replayed, replayLag] = facts;
    visit("name"_L1, name);
    visit("role"_L1, role);
    visit("address"_L1, address);
    visit("state"_L1, state);
    visit("syncState"_L1, syncState);
    visit("slot"_L1, slot);
    visit("flushed"_L1, flushed);
    visit("replayed"_L1, replayed);
    visit("replayLag"_L1, replayLag);
}

void fields(auto &visit, Is<ServerFacts> auto &facts)
{
    auto &[readAt, versionNumber, version, systemId, timeline, inRecovery, currentLsn, startedAt, role,
        memberOf, superuser, mayReplicate, tls, tlsVersion, dataDirectory, walLevel, archiveMode,
        archiveCommand, archiveLibrary, archiveTimeout, walSegmentSize, archiver, segmentsWaiting, databases,
        missing, slots, walSize, walFree, clockAhead, maxSlotWalKeepSize, maxWalSize, standbys]
        = facts;
    visit("readAt"_L1, readAt);
    visit("versionNumber"_L1, versionNumber);
    visit("version"_L1, version);
    visit("systemId"_L1, systemId);
    visit("timeline"_L1, timeline);
    visit("inRecovery"_L1, inRecovery);
    visit("currentLsn"_L1, currentLsn);
    visit("startedAt"_L1, startedAt);
    visit("role"_L1, role);
    visit("memberOf"_L1, memberOf);
    visit("superuser"_L1, superuser);
    visit("mayReplicate"_L1, mayReplicate);
    visit("tls"_L1, tls);
    visit("tlsVersion"_L1, tlsVersion);
    visit("dataDirectory"_L1, dataDirectory);
    visit("walLevel"_L1, walLevel);
    visit("archiveMode"_L1, archiveMode);
    visit("archiveCommand"_L1, archiveCommand);
    visit("archiveLibrary"_L1, archiveLibrary);
    visit("archiveTimeout"_L1, archiveTimeout);
    visit("walSegmentSize"_L1, walSegmentSize);
    visit("archiver"_L1, archiver);
    visit("segmentsWaiting"_L1, segmentsWaiting);
    visit("databases"_L1, databases);
    visit("missing"_L1, missing);
    visit("slots"_L1, slots);
    visit("walSize"_L1, walSize);
    visit("walFree"_L1, walFree);
    visit("clockAhead"_L1, clockAhead);
    visit("maxSlotWalKeepSize"_L1, maxSlotWalKeepSize);
    visit("maxWalSize"_L1, maxWalSize);
    visit("standbys"_L1, standbys);
}

void fields(auto &visit, Is<DatastoreFacts> auto &facts)
{
    auto &[name, total, used, available, estimatedFull, maintenance, error, groups, snapshots] = facts;
    visit("name"_L1, name);
    visit("total"_L1, total);
    visit("used"_L1, used);
    visit("available"_L1, available);
    visit("estimatedFull"_L1, estimatedFull);
    visit("maintenance"_L1, maintenance);
    visit("error"_L1, error);
    visit("groups"_L1, groups);
    visit("snapshots"_L1, snapshots);
}

void fields(auto &visit, Is<PbsFacts> auto &facts)
{
    auto &[readAt, version, fingerprint, authId, datastores, missing] = facts;
    visit("readAt"_L1, readAt);
    visit("version"_L1, version);
    visit("fingerprint"_L1, fingerprint);
    visit("authId"_L1, authId);
    visit("datastores"_L1, datastores);
    visit("missing"_L1, missing);
}

} // namespace tidemark
