#pragma once

#include "fleet/fleetstate.h"
#include "pbs/client.h"
#include "ports/pbsreader.h"

#include <memory>
#include <stop_token>

namespace tidemark::pbs {

template <class T>
using Listing = PbsListing<T>;

// Lists with the answer to "is that all?", out of what the server says our rights are. They are verbs over a
// client; those rights are asked for once for each list.

// Every datastore with its numbers. A single one that cannot be read keeps its own error.
[[nodiscard]] QCoro::Task<Result<Listing<DatastoreFacts>>> listDatastores(
    std::shared_ptr<Client> client, bool counts, std::stop_token stop);

// Which part of a store to list: a namespace and those below, and of these some groups or all.
struct SnapshotScope {
    QString store; // empty: every store
    QString ns;
    QStringList groups; // "vm/2001"; empty: all
};

[[nodiscard]] QCoro::Task<Result<Listing<PbsSnapshotFacts>>> listSnapshots(
    std::shared_ptr<Client> client, SnapshotScope scope, std::stop_token stop);

[[nodiscard]] QCoro::Task<Result<Listing<NamespaceItem>>> listNamespaces(
    std::shared_ptr<Client> client, QString store, QString parent, std::stop_token stop);

[[nodiscard]] QCoro::Task<Result<Listing<GroupItem>>> listGroups(
    std::shared_ptr<Client> client, QString store, QString ns, std::stop_token stop);

// Prune, verify, sync and garbage collection jobs; of every store when none is given.
[[nodiscard]] QCoro::Task<Result<Listing<PbsJobFacts>>> listJobs(
    std::shared_ptr<Client> client, QString store, std::stop_token stop);

[[nodiscard]] QCoro::Task<Result<Listing<PbsTaskFacts>>> listTasks(
    std::shared_ptr<Client> client, QString store, PbsTaskFilter filter, std::stop_token stop);

} // namespace tidemark::pbs
