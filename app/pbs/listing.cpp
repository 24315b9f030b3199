#include "pbs/listing.h"

#include "pbs/demand.h"
#include "pbs/facts.h"
#include "pbs/rights.h"
#include "pbs/trust.h"
#include "ports/once.h"

#include <QThreadPool>

#include <algorithm>
#include <functional>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

const QString Audit = u"Datastore.Audit"_s;

const UsageItem *usageOf(const std::vector<UsageItem> &items, const QString &store)
{
    const auto found = std::find_if(
        items.begin(), items.end(), [&](const UsageItem &item) { return item.store == store; });
    return found == items.end() ? nullptr : &*found;
}

void addCounts(DatastoreFacts &facts, const Counts &counts)
{
    KindCount sum;
    for (const auto *kind : { &counts.vm, &counts.ct, &counts.host, &counts.other }) {
        sum.groups += *kind ? (*kind)->groups : 0;
        sum.snapshots += *kind ? (*kind)->snapshots : 0;
    }
    facts.groups = sum.groups;
    facts.snapshots = sum.snapshots;
}

void addStatus(DatastoreFacts &facts, const Result<DatastoreStatus> &status)
{
    if (!status) {
        if (facts.error.isEmpty())
            facts.error = status.error().detail;
        return;
    }
    facts.total = facts.total ? facts.total : status->total;
    facts.used = facts.used ? facts.used : status->used;
    facts.available = facts.available ? facts.available : status->available;
    if (status->counts)
        addCounts(facts, *status->counts);
}

// One place to ask for snapshots.
struct Spot {
    QString store;
    QString ns;
    QString type;
    QString id;
};

std::vector<Spot> spotsIn(const QString &store, const QString &ns, const QStringList &groups)
{
    std::vector<Spot> spots;
    for (const QString &group : groups)
        spots.push_back({ store, ns, group.section(u'/', 0, 0), group.section(u'/', 1) });
    if (groups.isEmpty())
        spots.push_back({ store, ns, {}, {} });
    return spots;
}

using Facts = std::vector<PbsSnapshotFacts>;

struct Part {
    Spot spot;
    std::vector<SnapshotItem> items;
};

Facts merged(const std::vector<Part> &parts)
{
    Facts all;
    std::size_t count = 0;
    for (const Part &part : parts)
        count += part.items.size();
    all.reserve(count);
    for (const Part &part : parts)
        for (const SnapshotItem &item : part.items)
            all.push_back(snapshotFacts(part.spot.store, part.spot.ns, item));
    std::stable_sort(all.begin(), all.end(),
        [](const PbsSnapshotFacts &a, const PbsSnapshotFacts &b) { return a.time > b.time; });
    return all;
}

// What belongs to thousands of rows is done on the readers' threads, and freed there.
template <class Rows, class Make>
auto elsewhere(const std::shared_ptr<Client> &client, Rows rows, Make make)
{
    const Once<std::invoke_result_t<Make, const Rows &>> done;
    auto shared = std::make_shared<Rows>(std::move(rows));
    client->connections()->readers()->start([shared = std::move(shared), done, make]() mutable {
        auto made = make(*shared);
        shared.reset();
        done.settle(std::move(made));
    });
    return done;
}

std::vector<PbsTaskFacts> allTaskFacts(const std::vector<TaskItem> &items)
{
    std::vector<PbsTaskFacts> facts;
    facts.reserve(items.size());
    for (const TaskItem &item : items)
        facts.push_back(taskFacts(item));
    return facts;
}

QCoro::Task<Result<QStringList>> storesOf(
    std::shared_ptr<Client> client, SnapshotScope scope, std::stop_token stop)
{
    if (!scope.store.isEmpty())
        co_return QStringList { scope.store };
    auto stores = co_await client->datastores(stop);
    if (!stores)
        co_return tl::unexpected(stores.error());
    QStringList names;
    for (const DatastoreItem &item : *stores)
        names << item.store;
    co_return names;
}

QCoro::Task<Result<QStringList>> namespacesOf(
    std::shared_ptr<Client> client, QString store, QString parent, std::stop_token stop)
{
    auto version = co_await client->knownVersion(stop);
    if (!version)
        co_return tl::unexpected(version.error());
    if (!version->hasNamespaces())
        co_return QStringList { QString() };
    auto items = co_await client->namespaces(store, parent, std::nullopt, stop);
    if (!items)
        co_return tl::unexpected(items.error());
    QStringList names;
    for (const NamespaceItem &item : *items)
        names << item.ns;
    co_return names;
}

MissingRight unseen(const QString &store, const QString &ns, const Client &client)
{
    return auditOn(u"snapshots of "_s + within(store, ns), datastorePath(store, ns), client);
}

// A list, and whether the account holds what it takes to see all of it.
template <class T>
Reply<Listing<T>> audited(std::shared_ptr<Client> client, std::function<Reply<std::vector<T>>()> ask,
    std::function<bool(const Permissions &)> held, MissingRight right, std::stop_token stop)
{
    auto rights = co_await client->permissions(QString(), stop);
    if (!rights)
        co_return tl::unexpected(rights.error());
    auto items = co_await ask();
    if (!items)
        co_return tl::unexpected(items.error());
    Listing<T> listing { *std::move(items), true, {} };
    demand(listing, held(*rights), right);
    co_return listing;
}

} // namespace

QCoro::Task<Result<Listing<DatastoreFacts>>> listDatastores(
    std::shared_ptr<Client> client, bool counts, std::stop_token stop)
{
    auto rights = co_await client->permissions(QString(), stop);
    if (!rights)
        co_return tl::unexpected(rights.error());
    auto stores = co_await client->datastores(stop);
    if (!stores)
        co_return tl::unexpected(stores.error());
    // One bad file system may make the whole call fail; the stores are then asked one by one.
    auto usage = co_await client->usage(stop);
    if (!usage && usage.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(usage.error());
    const std::vector<UsageItem> told = usage ? *usage : std::vector<UsageItem>();

    Listing<DatastoreFacts> listing;
    demand(listing, holdsBelow(*rights, u"/datastore"_s, Audit),
        auditOn(u"datastores without an entry of their own"_s, u"/datastore"_s, *client));
    for (const DatastoreItem &item : *stores) {
        DatastoreFacts facts = datastoreFacts(item, usageOf(told, item.store));
        const bool open = facts.maintenance.isEmpty() && facts.error.isEmpty();
        if (open && (counts || !usage)) {
            auto status = co_await client->datastoreStatus(item.store, counts, stop);
            addStatus(facts, status);
        }
        demand(listing, holds(*rights, datastorePath(item.store), Audit),
            auditOn(u"all of "_s + within(item.store, {}), datastorePath(item.store), *client));
        listing.items.push_back(facts);
    }
    std::sort(listing.items.begin(), listing.items.end(),
        [](const DatastoreFacts &a, const DatastoreFacts &b) { return a.name < b.name; });
    co_return listing;
}

QCoro::Task<Result<Listing<PbsSnapshotFacts>>> listSnapshots(
    std::shared_ptr<Client> client, SnapshotScope scope, std::stop_token stop)
{
    auto rights = co_await client->permissions(QString(), stop);
    if (!rights)
        co_return tl::unexpected(rights.error());
    auto stores = co_await storesOf(client, scope, stop);
    if (!stores)
        co_return tl::unexpected(stores.error());

    Listing<PbsSnapshotFacts> listing;
    if (scope.store.isEmpty())
        demand(listing, holdsBelow(*rights, u"/datastore"_s, Audit),
            auditOn(u"datastores without an entry of their own"_s, u"/datastore"_s, *client));
    std::vector<Part> parts;
    for (const QString &store : *stores) {
        demand(listing, holdsBelow(*rights, datastorePath(store, scope.ns), Audit),
            unseen(store, scope.ns, *client));
        auto spaces = co_await namespacesOf(client, store, scope.ns, stop);
        if (!spaces)
            co_return tl::unexpected(spaces.error());
        for (const QString &ns : *spaces) {
            const std::vector<Spot> spots = spotsIn(store, ns, scope.groups);
            for (const Spot &spot : spots) {
                auto items = co_await client->snapshots(store, ns, spot.type, spot.id, stop);
                if (!items && items.error().code != u"pbs.permission"_s)
                    co_return tl::unexpected(items.error());
                demand(listing, items.has_value(), unseen(store, ns, *client));
                if (items)
                    parts.push_back({ spot, *std::move(items) });
            }
        }
    }
    const auto job = elsewhere(client, std::move(parts), merged);
    listing.items = co_await job;
    co_return listing;
}

QCoro::Task<Result<Listing<NamespaceItem>>> listNamespaces(
    std::shared_ptr<Client> client, QString store, QString parent, std::stop_token stop)
{
    const QString path = datastorePath(store, parent);
    const MissingRight right = auditOn(u"namespaces of "_s + within(store, parent), path, *client);
    return audited<NamespaceItem>(
        client, [=] { return client->namespaces(store, parent, std::nullopt, stop); },
        [path](const Permissions &rights) { return holdsBelow(rights, path, Audit); }, right, stop);
}

QCoro::Task<Result<Listing<GroupItem>>> listGroups(
    std::shared_ptr<Client> client, QString store, QString ns, std::stop_token stop)
{
    const QString path = datastorePath(store, ns);
    const MissingRight right = auditOn(u"groups of others in "_s + within(store, ns), path, *client);
    return audited<GroupItem>(
        client, [=] { return client->groups(store, ns, stop); },
        [path](const Permissions &rights) { return holds(rights, path, Audit); }, right, stop);
}

QCoro::Task<Result<Listing<PbsTaskFacts>>> listTasks(
    std::shared_ptr<Client> client, QString store, PbsTaskFilter filter, std::stop_token stop)
{
    auto rights = co_await client->permissions(QString(), stop);
    if (!rights)
        co_return tl::unexpected(rights.error());
    auto page = co_await client->tasks(taskFilter(store, filter), stop);
    if (!page)
        co_return tl::unexpected(page.error());
    Listing<PbsTaskFacts> listing;
    const auto job = elsewhere(client, std::move(page->tasks), allTaskFacts);
    listing.items = co_await job;
    demand(listing, holds(*rights, u"/system/tasks"_s, u"Sys.Audit"_s),
        missingRight(u"tasks of others"_s, u"/system/tasks"_s, u"Audit"_s, authId(client->endpoint().auth)));
    co_return listing;
}

} // namespace tidemark::pbs
