#include "pbs/pbs.h"

#include "pbs/clients.h"
#include "pbs/listing.h"
#include "pbs/rights.h"
#include "pbs/trust.h"

#include <QDateTime>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds HandshakeLimit { 20 };

Instant now()
{
    return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
}

class Probe final : public PbsProbe
{
public:
    Probe(std::shared_ptr<pbs::Clients> clients, std::shared_ptr<pbs::Connections> connections)
        : m_clients(std::move(clients))
        , m_connections(std::move(connections))
    {
    }
    QCoro::Task<Result<CertificateFacts>> certificate(QString url, std::stop_token stop) override
    {
        const auto base = pbs::parseBase(url);
        if (!base)
            co_return tl::unexpected(base.error());
        const auto connections = m_connections;
        auto facts = co_await pbs::shownCertificate(*base, HandshakeLimit, stop);
        if (facts)
            facts->changedBefore = connections->stops()->stopped(*base, facts->fingerprint).has_value();
        co_return facts;
    }
    void confirm(const QString &url, const QString &fingerprint) override
    {
        const auto base = pbs::parseBase(url);
        const auto normal = pbs::normalFingerprint(fingerprint);
        if (base && normal)
            m_connections->stops()->lift(*base, *normal);
    }
    QCoro::Task<Result<PbsFacts>> probe(
        Source source, std::optional<Secret> secret, std::stop_token stop) override;

private:
    std::shared_ptr<pbs::Clients> m_clients;
    std::shared_ptr<pbs::Connections> m_connections;
};

QCoro::Task<Result<PbsFacts>> Probe::probe(Source source, std::optional<Secret> secret, std::stop_token stop)
{
    const auto clients = m_clients;
    auto client = co_await clients->clientFor(source, secret, stop);
    if (!client)
        co_return tl::unexpected(client.error());
    auto version = co_await (*client)->version(stop);
    if (!version)
        co_return tl::unexpected(version.error());
    auto listing = co_await pbs::listDatastores(*client, true, stop);
    if (!listing)
        co_return tl::unexpected(listing.error());
    PbsFacts facts { .readAt = now(),
        .version = version->text(),
        .fingerprint = (*client)->endpoint().fingerprint,
        .authId = pbs::authId((*client)->endpoint().auth),
        .datastores = listing->items,
        .missing = listing->missing };
    co_return facts;
}

class Reader final : public PbsReader
{
public:
    explicit Reader(std::shared_ptr<pbs::Clients> clients)
        : m_clients(std::move(clients))
    {
    }
    QCoro::Task<Result<PbsListing<DatastoreFacts>>> datastores(
        Source source, std::optional<Secret> secret, std::stop_token stop) override
    {
        const auto clients = m_clients;
        auto client = co_await clients->clientFor(source, secret, stop);
        if (!client)
            co_return tl::unexpected(client.error());
        auto listing = co_await pbs::listDatastores(*client, true, stop);
        co_return listing;
    }
    QCoro::Task<Result<PbsListing<PbsSnapshotFacts>>> snapshots(
        Source source, std::optional<Secret> secret, std::stop_token stop) override
    {
        const auto clients = m_clients;
        auto client = co_await clients->clientFor(source, secret, stop);
        if (!client)
            co_return tl::unexpected(client.error());
        const pbs::SnapshotScope scope { source.datastore, source.nameSpace, source.groups };
        auto listing = co_await pbs::listSnapshots(*client, scope, stop);
        co_return listing;
    }
    QCoro::Task<Result<PbsListing<PbsTaskFacts>>> tasks(
        Source source, std::optional<Secret> secret, PbsTaskFilter filter, std::stop_token stop) override
    {
        const auto clients = m_clients;
        auto client = co_await clients->clientFor(source, secret, stop);
        if (!client)
            co_return tl::unexpected(client.error());
        auto listing = co_await pbs::listTasks(*client, source.datastore, filter, stop);
        co_return listing;
    }
    QCoro::Task<Result<PbsListing<PbsJobFacts>>> jobs(
        Source source, std::optional<Secret> secret, std::stop_token stop) override
    {
        const auto clients = m_clients;
        auto client = co_await clients->clientFor(source, secret, stop);
        if (!client)
            co_return tl::unexpected(client.error());
        auto listing = co_await pbs::listJobs(*client, source.datastore, stop);
        co_return listing;
    }
    QCoro::Task<Result<PbsListing<DatastoreFacts>>> usage(
        Source source, std::optional<Secret> secret, std::stop_token stop) override
    {
        const auto clients = m_clients;
        auto client = co_await clients->clientFor(source, secret, stop);
        if (!client)
            co_return tl::unexpected(client.error());
        auto listing = co_await pbs::listDatastores(*client, false, stop);
        if (!listing)
            co_return listing;
        if (!source.datastore.isEmpty()) {
            const auto other = [&](const DatastoreFacts &store) { return store.name != source.datastore; };
            std::erase_if(listing->items, other);
            const QString path = pbs::datastorePath(source.datastore);
            std::erase_if(listing->missing,
                [&](const MissingRight &right) { return !right.grant.contains(u'\'' + path + u'\''); });
            listing->complete = listing->missing.empty() && !listing->items.empty();
        }
        co_return listing;
    }

private:
    std::shared_ptr<pbs::Clients> m_clients;
};

} // namespace

struct PbsAdapters::Parts {
    std::shared_ptr<PbsProbe> probe;
    std::shared_ptr<PbsReader> reader;
};

PbsAdapters::PbsAdapters(std::shared_ptr<SecretStore> secrets, std::shared_ptr<Preferences> memory)
    : m_parts(std::make_unique<Parts>())
{
    const auto connections = std::make_shared<pbs::Connections>(nullptr, std::move(memory));
    const auto clients = std::make_shared<pbs::Clients>(std::move(secrets), connections);
    m_parts->probe = std::make_shared<Probe>(clients, connections);
    m_parts->reader = std::make_shared<Reader>(clients);
}

PbsAdapters::~PbsAdapters() = default;

std::shared_ptr<PbsProbe> PbsAdapters::probe() const
{
    return m_parts->probe;
}

std::shared_ptr<PbsReader> PbsAdapters::reader() const
{
    return m_parts->reader;
}

std::shared_ptr<PbsProbe> makePbsProbe(std::shared_ptr<SecretStore> secrets)
{
    return PbsAdapters(std::move(secrets)).probe();
}

std::shared_ptr<PbsReader> makePbsReader(std::shared_ptr<SecretStore> secrets)
{
    return PbsAdapters(std::move(secrets)).reader();
}

} // namespace tidemark
