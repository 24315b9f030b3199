#include "pbs/demand.h"
#include "pbs/facts.h"
#include "pbs/listing.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

using Jobs = std::vector<PbsJobFacts>;

// Servers before 3.2 tell of a collection only store by store, and not when it runs next.
QCoro::Task<Result<std::vector<GcJob>>> oldCollections(
    std::shared_ptr<Client> client, QString store, std::stop_token stop)
{
    QStringList stores { store };
    if (store.isEmpty()) {
        auto items = co_await client->datastores(stop);
        if (!items)
            co_return tl::unexpected(items.error());
        stores.clear();
        for (const DatastoreItem &item : *items)
            stores << item.store;
    }
    std::vector<GcJob> jobs;
    for (const QString &name : stores) {
        auto job = co_await client->gc(name, stop);
        if (!job && job.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(job.error());
        if (!job)
            continue;
        job->store = name;
        jobs.push_back(*job);
    }
    co_return jobs;
}

QCoro::Task<Result<std::vector<GcJob>>> collections(
    std::shared_ptr<Client> client, QString store, std::stop_token stop)
{
    auto version = co_await client->knownVersion(stop);
    if (!version)
        co_return tl::unexpected(version.error());
    if (!version->hasGcJobs()) {
        auto old = co_await oldCollections(client, store, stop);
        co_return old;
    }
    auto jobs = co_await client->gcJobs(store, stop);
    co_return jobs;
}

template <class Item>
void append(Jobs &jobs, const std::vector<Item> &items)
{
    for (const Item &item : items)
        jobs.push_back(jobFacts(item));
}

} // namespace

QCoro::Task<Result<Listing<PbsJobFacts>>> listJobs(
    std::shared_ptr<Client> client, QString store, std::stop_token stop)
{
    auto rights = co_await client->permissions(QString(), stop);
    if (!rights)
        co_return tl::unexpected(rights.error());
    Listing<PbsJobFacts> listing;
    const QString path = store.isEmpty() ? u"/datastore"_s : datastorePath(store);
    const QString what = store.isEmpty() ? u"jobs of all datastores"_s : u"jobs of "_s + within(store, {});
    demand(listing, holds(*rights, path, u"Datastore.Audit"_s), auditOn(what, path, *client));

    auto version = co_await client->knownVersion(stop);
    if (!version)
        co_return tl::unexpected(version.error());
    if (version->hasPruneJobs()) {
        auto prune = co_await client->pruneJobs(store, stop);
        if (!prune)
            co_return tl::unexpected(prune.error());
        append(listing.items, *prune);
    }
    auto verify = co_await client->verifyJobs(store, stop);
    if (!verify)
        co_return tl::unexpected(verify.error());
    append(listing.items, *verify);
    auto sync = co_await client->syncJobs(store, stop);
    if (!sync)
        co_return tl::unexpected(sync.error());
    append(listing.items, *sync);
    auto collected = co_await collections(client, store, stop);
    if (!collected && collected.error().kind != ErrorKind::Denied)
        co_return tl::unexpected(collected.error());
    if (collected)
        for (const GcJob &job : *collected)
            listing.items.push_back(jobFacts(job, store));
    co_return listing;
}

} // namespace tidemark::pbs
